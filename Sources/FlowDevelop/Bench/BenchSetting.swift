import Glibc

/// What all benchmarks need to know.
struct BenchSetting {
  var isQuick: Bool
  /// The folder of the samples.
  var samples: String
  /// Where data lies until the end.
  var folder: TemporaryFolder
  /// This program, and the `flow` beside it.
  var ourselves: String
  var flow: String

  init?(isQuick: Bool, samples: String, folder: TemporaryFolder) {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &path, path.count)
    guard length > 0 else { return nil }
    self.isQuick = isQuick
    self.samples = samples
    self.folder = folder
    ourselves = String(decoding: path[0..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let slash = ourselves.lastIndex(of: "/") else { return nil }
    flow = ourselves[...slash] + "flow"
  }

  var campaign: String { "\(samples)/payment_reminder" }

  func run(_ program: String, _ arguments: [String], quiet: Bool = false) -> ChildProcess? {
    ChildProcess.run(program, arguments, scratch: folder.file("output"), quiet: quiet)
  }

  func runFlow(_ arguments: [String], quiet: Bool = false) -> ChildProcess? {
    run(flow, arguments, quiet: quiet)
  }

  func runOurselves(_ arguments: [String]) -> ChildProcess? { run(ourselves, arguments) }

  /// Writes people for the payment reminder.
  func generatePeople(
    _ count: Int, _ file: String, columns: PopulationGenerator.Columns = .all
  ) -> Bool {
    let options = ["--participants", "\(count)", "--columns", columns.rawValue]
    return runOurselves(["generate", "participants"] + options + [file])?.exitCode == 0
  }
}

import FlowCheck
import FlowRuntime
import FlowSession
import FlowText
import FlowValues
import Glibc

/// How fast a session answers, on a campaign of a hundred flows with many people (figure 6).
struct SessionBench {
  /// About a hundred flows.
  private static let lineCount = 2_700

  var setting: BenchSetting
  private var peopleCount: Int { setting.isQuick ? 1_000 : 10_000 }

  init(setting: BenchSetting) { self.setting = setting }

  func run(_ table: BenchTable) {
    let session = Session(BenchSurroundings(files: files))
    time("load a campaign", .none, table) { session.enter(":load generated.flow") }
    table.row(BenchRow("its flows", Double(session.campaign?.flows.count ?? 0), .count))
    _ = session.enter(":trace short")
    time("upload \(peopleCount) people from a file", .none, table) { session.enter("upload \"people.csv\"") }
    time("advance 1d, whoever is due", .none, table) { session.enter("advance 1d") }
    for (name, text) in [
      ("a statement about one", "for \"p77\" { update participant.amount_3 = 12 }"),
      ("a row", "upload { external_id = \"p78\", due_0 = 2026-09-01 }"),
      ("a statement that is refused", "for \"p77\" { end FIRST_REMINDER_1 read }"),
      ("an expression", "for \"p77\" { participant.amount_3 * 2 }"),
      ("going back", ":back"), ("going ahead", ":forward"),
    ] {
      var times: [Double] = []
      for _ in 0..<15 {
        let start = Stopwatch.now(CLOCK_MONOTONIC)
        _ = session.enter(text)
        times.append(Stopwatch.now(CLOCK_MONOTONIC) - start)
      }
      table.row(BenchRow(name, times.sorted()[7] * 1000, .milliseconds, .atMost(10)))
    }
  }

  private func time(_ name: String, _ target: BenchTarget, _ table: BenchTable, _ body: () -> SessionReply) {
    let start = Stopwatch.now(CLOCK_MONOTONIC)
    let reply = body()
    let milliseconds = (Stopwatch.now(CLOCK_MONOTONIC) - start) * 1000
    if reply.isError { return table.row(BenchRow(name, says: "failed: \(reply.errors.prefix(60))")) }
    table.row(BenchRow(name, milliseconds, .milliseconds, target))
  }

  private var files: [String: [UInt8]] {
    let people = (0..<peopleCount).map { "p\($0),\(600_000_000 + $0),2026-0\(1 + $0 % 9)-1\($0 % 10)\n" }
    return [
      "generated.flow": Array(CampaignGenerator.campaign(lines: Self.lineCount).utf8),
      "people.csv": Array(("external_id,phone,due_0\n" + people.joined()).utf8),
    ]
  }
}

/// Files in memory, and the zones of the system.
private struct BenchSurroundings: SessionSurroundings {
  var files: [String: [UInt8]]
  let zones = ZoneTable { bytes(ofFile: "/usr/share/zoneinfo/\($0)") }
  var style: TextStyle { .plain }
  var isInterrupted: Bool { false }

  func loadCampaign(_ path: String) -> Result<[CampaignFile], FileReadFailure> {
    readFile(path).map { [CampaignFile(name: path, bytes: $0)] }
  }

  func readFile(_ path: String) -> Result<[UInt8], FileReadFailure> {
    files[path].map { .success($0) } ?? .failure(FileReadFailure("no such file"))
  }

  func writeFile(_ path: String, _ bytes: [UInt8]) -> FileReadFailure? { FileReadFailure("read only") }

  func scripts(of program: Program, _ sources: [SourceFile]) -> SessionScripts { SessionScripts(host: nil) }
}

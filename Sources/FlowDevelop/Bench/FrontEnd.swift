import ArgumentParser
import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowText
import FlowValues
import Glibc

/// Reads one campaign file again and again and prints what it cost, a number a line.
///
/// It is a process of its own, so that nothing else is in its memory. `bench` reads what it prints.
struct FrontEnd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "front-end", abstract: "Lex, parse, check and format a campaign file; what bench starts.",
    shouldDisplay: false)

  @Option(help: "How often to measure each phase.") var repeats = 5
  @Argument(help: "The file.") var file: String

  func run() throws {
    guard let text = bytes(ofFile: file) else { throw ValidationError("cannot read \(file)") }
    let zones = ZoneTable { bytes(ofFile: "/usr/share/zoneinfo/\($0)") }
    let before = Self.highWaterKilobytes
    let errors = loadErrors(text, zones)
    let after = Self.highWaterKilobytes
    guard errors.isEmpty else {
      throw ValidationError("\(file) has \(errors.count) errors: \(errors.prefix(5).joined(separator: "; "))")
    }
    print("bytes \(text.count)")
    print("peak \((after - before) * 1024)")
    time("all") { _ = loadErrors(text, zones) }
    let source = SourceFile(id: FileID(0), name: file, bytes: text)
    time("lex") {
      var symbols = SymbolTable()
      keep(lex(source, symbols: &symbols).tokens.count)
    }
    time("parse") {
      var symbols = SymbolTable()
      keep(FlowSyntax.parse(source, symbols: &symbols).tree.declarations.count)
    }
    time("format") {
      var symbols = SymbolTable()
      keep(FlowSyntax.format(source, symbols: &symbols).bytes?.count ?? 0)
    }
    var symbols = SymbolTable()
    let parsed = FlowSyntax.parse(source, symbols: &symbols)
    time("check") {
      keep(Checker.check([parsed], own: 1, symbols: symbols, zones: zones).diagnostics.count)
    }
  }

  private func loadErrors(_ text: [UInt8], _ zones: ZoneTable) -> [String] {
    let result = CampaignLoader.load([CampaignFile(name: file, bytes: text)], zones: zones) { _ in
      .failure(FileReadFailure("a generated campaign uses nothing"))
    }
    return result.diagnostics.filter { $0.severity == .error }.map(\.message)
  }

  private func time(_ phase: String, _ work: () -> Void) {
    var seconds: [Double] = []
    for _ in 0..<repeats {
      let start = Stopwatch.now(CLOCK_PROCESS_CPUTIME_ID)
      work()
      seconds.append(Stopwatch.now(CLOCK_PROCESS_CPUTIME_ID) - start)
    }
    print("\(phase) \(Int(median(seconds) * 1e9))")
  }

  /// The most memory this program has had. Unlike `ru_maxrss` it knows nothing of who started it.
  private static var highWaterKilobytes: Int {
    let status = String(decoding: bytes(ofFile: "/proc/self/status") ?? [], as: UTF8.self)
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }
        ?? 0
    }
    return 0
  }
}

/// Makes a result count as used.
@inline(never) private func keep(_ count: Int) { if count < 0 { print(count) } }

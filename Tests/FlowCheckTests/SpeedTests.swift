import FlowCheck
import FlowSyntax
import FlowText
import Foundation
import Testing

/// `FLOW_BENCH=1 swift test -c release --filter SpeedTests` prints figures and holds them against their bounds.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FLOW_BENCH"] != nil), .serialized) struct SpeedTests
{
  struct Figures {
    var lines: Int
    var bytes: Int
    var parseSeconds: Double
    var totalSeconds: Double

    var description: String {
      let speed = Double(lines) / totalSeconds / 1e6
      return
        "\(lines) lines, \(bytes) bytes: parse \(parseSeconds * 1e3) ms, all \(totalSeconds * 1e3) ms, \(speed) M lines/s"
    }
  }

  static func measure(flowCount: Int) -> Figures {
    let bytes = Array(GeneratedCampaign.text(flowCount: flowCount).utf8)
    let clock = ContinuousClock()
    var best = Figures(
      lines: bytes.count { $0 == UInt8(ascii: "\n") }, bytes: bytes.count, parseSeconds: .infinity,
      totalSeconds: .infinity)
    for _ in 0..<7 {
      var symbols = SymbolTable()
      let start = clock.now
      let file = parse(SourceFile(id: FileID(0), name: "a.flow", bytes: bytes), symbols: &symbols)
      let parsed = clock.now
      let result = Checker.check([file], own: 1, symbols: symbols, zones: TestZones.all)
      let end = clock.now
      #expect(!result.hasErrors)
      best.parseSeconds = min(best.parseSeconds, (parsed - start) / .seconds(1))
      best.totalSeconds = min(best.totalSeconds, (end - start) / .seconds(1))
    }
    return best
  }

  @Test func millionLinesASecond() {
    let figures = Self.measure(flowCount: 4_000)
    print(figures.description)
    #expect(Double(figures.lines) / figures.totalSeconds >= 1_000_000)
  }

  /// All that is kept of a text, and the most that was needed on the way.
  @Test func memoryIsBounded() {
    let bytes = Array(GeneratedCampaign.text(flowCount: 12_000).utf8)
    let before = Self.peakKilobytes
    var symbols = SymbolTable()
    let file = parse(SourceFile(id: FileID(0), name: "a.flow", bytes: bytes), symbols: &symbols)
    let result = Checker.check([file], own: 1, symbols: symbols, zones: TestZones.all)
    let factor = Double(Self.peakKilobytes - before) * 1024 / Double(bytes.count)
    print("memory: \(factor) times the source, \(result.campaign.flows.count) flows")
    #expect(factor < 40)
  }

  /// The largest size the process has had (Linux).
  private static var peakKilobytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }

  @Test func isLinear() {
    let half = Self.measure(flowCount: 2_000)
    let whole = Self.measure(flowCount: 4_000)
    print(half.description, whole.description, separator: "\n")
    #expect(whole.totalSeconds / half.totalSeconds <= 2.3)
  }
}

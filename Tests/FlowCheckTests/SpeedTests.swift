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

/// Texts that are all wrong take no more than their share.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FLOW_BENCH"] != nil), .serialized)
struct WrongSpeedTests {
  static let texts: [(name: String, text: @Sendable (Int) -> String)] = [
    (
      "flows", { n in (0..<n).map { "flow f\($0) { on participant created { to flow g\($0) } }\n" }.joined() }
    ),
    (
      "communications",
      { n in
        "agent a { channel email }\nflow f { on participant created {\n"
          + (0..<n).map { "email A_\($0) by a\ncancel communications B_\($0)\n" }.joined() + "} }\n"
      }
    ),
    (
      "steps",
      { n in
        "flow f { on participant created { stop }\n"
          + (0..<n / 4).map { "step s\($0) { go s\($0 + 1) go t\($0) }\n" }.joined() + "}\n"
      }
    ),
    (
      "results",
      { n in
        (0..<900).map { "agent a\($0) { channel email results { r: \($0 == 0 ? "date" : "integer") } }\n" }
          .joined()
          + "flow f { on participant created { email A by a1\n } }\nflow g { on participant created {\n"
          + (0..<n).map { "check result.r > \($0) { } check result.s\($0) { }\n" }.joined() + "} }\n"
      }
    ),
    (
      "cases",
      { n in
        "enum big (\((0..<9_000).map { "c\($0)" }.joined(separator: ", ")))\nparticipant { a: big b: big }\n"
          + "flow f { on participant created {\n"
          + (0..<n).map {
            "check participant.a == d\($0) or default(participant.a, c1) == participant.b { }\n"
          }.joined()
          + "} }\n"
      }
    ),
  ]

  @Test(arguments: texts.indices) func isLinear(_ index: Int) {
    func seconds(_ count: Int) -> Double {
      let text = "campaign demo { }\n" + Self.texts[index].text(count)
      let clock = ContinuousClock()
      let start = clock.now
      let result = checked(text)
      let time = (clock.now - start) / .seconds(1)
      #expect(result.hasErrors)
      return time
    }
    let half = seconds(20_000)
    let whole = seconds(40_000)
    print("wrong \(Self.texts[index].name): \(half * 1e3) ms, \(whole * 1e3) ms")
    #expect(whole < 5)
  }
}

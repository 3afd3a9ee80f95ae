import FlowSyntax
import FlowText
import Foundation
import Testing

/// How long a line takes, and that twice the text takes twice as long.
///
/// Times mean something in a release build only: `FLOW_SPEED=1 swift test -c release --filter SpeedTests`.
@Suite(.serialized) struct SpeedTests {
  /// A campaign of about so many lines, made of copies of a flow.
  static func campaign(lines: Int) -> SourceFile {
    var text = ""
    var count = 0
    var number = 0
    while count < lines {
      text += """
        flow flow_\(number) "Flow number \(number)" {
          /// Somebody new, or uploaded again
          on participant created, participant updated (status, due_date) {
            check participant.contacted or profile.opted_out {
              stop
            } else check participant.amount >= 5.5 and participant.status in (paid, refused) {
              update participant.attempts = participant.attempts + 1, participant.status = reminded
            } else {
              go remind
            }
          }

          // A comment of some length, as people write them.
          step remind {
            whatsapp REMINDER_\(number) by collector
              on participant.due_date - 3d at 10:00
              within office
              expires in 2d
              only if not profile.opted_out
              with { amount = participant.amount, name = profile.name }
            to flow flow_\(number) on default(result.promised_on, today + 3d) + 1d at 10:00
          }
        }

        """
      count += 24
      number += 1
    }
    return SourceFile(name: "large.flow", text: text)
  }

  static func seconds(_ source: SourceFile, _ work: (SourceFile) -> Void) -> Double {
    (0..<5).map { _ in
      let start = ContinuousClock.now
      work(source)
      let elapsed = ContinuousClock.now - start
      return Double(elapsed.components.attoseconds) / 1e18 + Double(elapsed.components.seconds)
    }
    .min() ?? 0
  }

  static func lexing(_ source: SourceFile) {
    var symbols = SymbolTable()
    _ = lex(source, symbols: &symbols)
  }

  static func parsing(_ source: SourceFile) {
    var symbols = SymbolTable()
    _ = parse(source, symbols: &symbols)
  }

  @Test func workGrowsWithTheTextOnly() {
    let lines = ProcessInfo.processInfo.environment["FLOW_SPEED"] == nil ? 5_000 : 100_000
    let half = Self.campaign(lines: lines / 2)
    let whole = Self.campaign(lines: lines)
    #expect(ParsedFile(whole.bytes).diagnostics.isEmpty)
    let lexed = Self.seconds(whole, Self.lexing)
    let parsed = Self.seconds(whole, Self.parsing)
    let count = Double(whole.lines.starts.count)
    print(
      "\(Int(count)) lines, \(whole.bytes.count) bytes: lexed \(Int(lexed / count * 1e9)) ns a line,"
        + " lexed and parsed \(Int(parsed / count * 1e9)) ns a line")
    // Other processes disturb a measurement, but not every one of several.
    let ratio =
      (0..<4).map { _ in Self.seconds(whole, Self.parsing) / Self.seconds(half, Self.parsing) }.min() ?? 0
    #expect(ratio < 2.5, "twice the text took \(ratio) times as long")
  }
}

import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation
import Testing

@testable import FlowSession

/// What stands behind a colon.
@Suite struct ParsedCommandTests {
  private func parsed(_ text: String) -> ParsedCommand { ParsedCommand(SourceFile(name: "", text: text)) }

  @Test(
    arguments: [
      (":load samples/a", .load(path: "samples/a")), (":l \"a b\"", .load(path: "a b")), (":reload", .reload),
      (" :rel ", .reload), (":help", .help(topic: nil)), (":h why", .help(topic: "why")),
      (":help :why", .help(topic: "why")), (":type a  + b", .type(expression: "a  + b")),
      (":show", .show(.overview, of: nil)), (":sho part", .show(.participants, of: nil)),
      (":graph f", .graph(flow: "f")),
      (":trace", .story(key: nil)), (":trace off", .trace(.off)), (":tr full", .trace(.full)),
      (":trace c1", .story(key: "c1")), (":trace \"off\"", .story(key: "off")),
      (":why X", .why(.communication(name: "X"), of: nil)),
      (":w not X_1", .why(.absence(name: "X_1"), of: nil)),
      (":why participant.a", .why(.field(.participant, name: "a"), of: nil)),
      (":why profile.a", .why(.field(.profile, name: "a"), of: nil)),
      (":why X for \"c 1\"", .why(.communication(name: "X"), of: "c 1")),
      (":why not X for p-17", .why(.absence(name: "X"), of: "p-17")),
      (":why profile.a for c1", .why(.field(.profile, name: "a"), of: "c1")),
      (":show runs for c1", .show(.runs, of: "c1")), (":show for c1", .show(.overview, of: "c1")),
      (":trace for \"c 1\"", .story(key: "c 1")), (":trace \"for\"", .story(key: "for")),
      (":back", .back(1)), (":b 12", .back(12)),
      (":forward 2", .forward(2)), (":fork a", .fork(name: "a")), (":switch a", .switchTo(name: "a")),
      (":save-test \"a \\\"b\\\"\"", .saveTest(name: "a \"b\"", file: nil)),
      (":save \"a\" b.flow", .saveTest(name: "a", file: "b.flow")), (":seed 7", .seed(7)),
      (":seed off", .seed(nil)), (":q", .quit),
    ] as [(String, SessionCommand)])
  func commands(_ text: String, _ expected: SessionCommand) {
    #expect(parsed(text).command == expected)
    #expect(parsed(text).diagnostics.isEmpty)
  }

  @Test(arguments: [
    (":", "expected a command, found `:`"),
    (":relaod", "expected a command, found `:relaod` | did you mean `:reload`?"),
    (":exit", "expected a command, found `:exit` | did you mean `:quit`?"),
    (":f", "`:f` may be `:forward`, `:fork`"), (":t x", "`:t` may be `:trace`, `:type`"),
    (":load", "expected `:load PATH`, found the end of the line"),
    (":load a b", "expected `:load PATH`, found `b`"), (":reload now", "expected `:reload`, found `now`"),
    (":back 0", "expected `:back [N]`, found `0`"), (":back x", "expected `:back [N]`, found `x`"),
    (":seed -1", "expected `:seed N | off`, found `-1`"),
    (":type", "expected `:type EXPRESSION`, found the end of the line"),
    (
      ":show flwos",
      "expected `:show [participants|communications|flows|fields|runs] [for \"KEY\"]`, found `flwos` | did you mean `flows`?"
    ),
    (
      ":why status",
      "expected `:why [not] NAME | participant.FIELD | profile.FIELD [for \"KEY\"]`, found `status` | did you mean `participant.status`?"
    ),
    (
      ":why not",
      "expected `:why [not] NAME | participant.FIELD | profile.FIELD [for \"KEY\"]`, found the end of the line"
    ),
    (
      ":why X for",
      "expected `:why [not] NAME | participant.FIELD | profile.FIELD [for \"KEY\"]`, found the end of the line"
    ),
    (
      ":why X for a b",
      "expected `:why [not] NAME | participant.FIELD | profile.FIELD [for \"KEY\"]`, found `b`"
    ),
    (":trace off for c1", "expected `:trace [off|short|nodes|full|KEY]`, found `off`"),
    (":\u{1B}[31m", "expected a command, found `:\u{241B}[31m`"),
  ])
  func mistakes(_ text: String, _ expected: String) throws {
    let parsed = parsed(text)
    #expect(parsed.command == nil)
    let diagnostic = try #require(parsed.diagnostics.first)
    let label = diagnostic.primary?.text ?? ""
    #expect(diagnostic.message + (label.isEmpty ? "" : " | " + label) == expected)
    #expect(parsed.diagnostics.count == 1)
  }

  @Test func pagesHoldWhatTheySay() throws {
    for page in EntryExplanations.all where page.name != .unknownTopic {
      #expect(parsed(page.wrong.text).diagnostics.map(\.name) == [page.name])
      #expect(parsed(page.right.text).diagnostics.isEmpty)
    }
  }

  /// Every command has a page whose examples are commands or entries, and fits a terminal.
  @Test func helpIsTrue() throws {
    let overview = try #require(HelpPage.rendered(nil, .plain))
    for word in CommandWord.allCases {
      #expect(overview.contains("\n  \(word.spelling)"), "\(word)")
      let page = try #require(HelpPage.rendered(word.rawValue, .plain))
      #expect(page.hasPrefix(word.usage))
      for line in page.split(separator: "\n") where line.hasPrefix("  :") {
        let example = line.dropFirst(2).components(of: "   ")
        #expect(parsed(example).diagnostics.isEmpty, "\(line)")
      }
    }
    for page in HelpPage.all {
      #expect(HelpPage.rendered(page.topic, .plain) != nil)
      #expect(
        HelpPage.rendered(String(page.topic.dropLast()), .plain) != nil || page.topic.count < 5,
        "\(page.topic)")
    }
    for text in HelpPage.all.compactMap({ HelpPage.rendered($0.topic, .plain) }) + [overview] {
      for line in text.split(separator: "\n") { #expect(line.count <= 84, "\(line)") }
    }
    #expect(HelpPage.rendered("nothing", .plain) == nil)
  }
}

extension StringProtocol {
  /// What stands before a separator.
  fileprivate func components(of separator: String) -> String {
    range(of: separator).map { String(self[..<$0.lowerBound]) } ?? String(self)
  }
}

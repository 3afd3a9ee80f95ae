import FlowAnalysis
import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowText
import Testing

/// A body of a flow, and what its checks come to in the order of the text: `both`, `match`, `else`, or `dead` where no run
/// comes to it.
struct StateCase: CustomTestStringConvertible, Sendable {
  var name: String
  var body: String
  var expected: [String]
  var testDescription: String { name }

  init(_ name: String, _ body: String, _ expected: String...) {
    self.name = name
    self.body = body
    self.expected = expected
  }

  static let all: [StateCase] = [
    // Booleans and unset.
    StateCase("nothing is known at first", "check participant.a { }", "both"),
    StateCase("true stays true", "check participant.a { check participant.a { } }", "both", "match"),
    StateCase(
      "else is false or unset", "check participant.a { } else { check participant.a { } }", "both", "else"),
    StateCase(
      "not of unset is unknown",
      "check participant.a is not set { check not participant.a { } }", "both", "else"),
    StateCase(
      "else of not is true or unset",
      "check not participant.a { } else { check participant.a is set { check participant.a { } } }",
      "both", "both", "match"),
    // Enumerations.
    StateCase(
      "a case excludes the others",
      "check participant.e == x { check participant.e == y { } check participant.e in (x, y) { } }",
      "both", "else", "match"),
    StateCase(
      "what is left of three",
      "check participant.e in (x, y) { } else check participant.e is set { check participant.e == z { } }",
      "both", "both", "match"),
    StateCase(
      "all cases but unset", "check participant.e in (x, y, z) { } else { check participant.e is set { } }",
      "both", "else"),
    StateCase(
      "not in leaves unset in else",
      "check participant.e not in (x, y) { check participant.e == z { } }", "both", "match"),
    StateCase(
      "united cases", "check participant.e == participant.e { }", "both"),
    // Numbers.
    StateCase(
      "ranges", "check participant.n >= 3 { check participant.n > 2 { } check participant.n < 3 { } }",
      "both", "match", "else"),
    StateCase(
      "integers have no between",
      "check participant.n > 2 and participant.n < 4 { check participant.n == 3 { } }",
      "both", "match"),
    StateCase(
      "numerics have one", "check participant.m > 2 and participant.m < 4 { check participant.m == 3 { } }",
      "both", "both"),
    StateCase(
      "an integer against a numeric", "check participant.n > 2.5 { check participant.n >= 3 { } }", "both",
      "match"),
    StateCase(
      "a sum", "check participant.n + 1 > 5 { check participant.n >= 5 { } }", "both", "match"),
    StateCase(
      "the least of two",
      "check participant.n >= min(participant.n, 60) { } else { check participant.n < 60 { } }",
      "both", "both"),
    StateCase("hours of the day", "check hour(now) > 23 { } check weekday(today) >= 1 { }", "else", "match"),
    StateCase(
      "dates", "check participant.d < 2026-03-01 { check participant.d > 2026-03-01 { } }", "both", "else"),
    StateCase(
      "days before a date",
      "check participant.d - 3d >= 2026-03-01 { check participant.d > 2026-03-03 { } }", "both", "match"),
    // And, or, if, default.
    StateCase(
      "both sides of and",
      "check participant.a and participant.n == 1 { check participant.a { } check participant.n == 1 { } }",
      "both", "match", "match"),
    StateCase(
      "else of and",
      "check participant.a and participant.e == x { } else check participant.a { check participant.e == x { } }",
      "both", "both", "else"),
    StateCase(
      "else of or",
      "check participant.a or participant.e == x { } else { check participant.a { } check participant.e == x { } }",
      "both", "else", "else"),
    StateCase(
      "a range has no holes", "check participant.n == 1 { } else { check participant.n == 1 { } }", "both",
      "both"),
    StateCase(
      "default", "check default(participant.n, 0) > 5 { check participant.n is set { } }", "both", "match"),
    StateCase(
      "if",
      "check if(participant.a, participant.n == 1, participant.n == 2) { check participant.n in (1, 2) { } }",
      "both", "match"),
    // Writing.
    StateCase(
      "an update is seen",
      "update participant.e = y check participant.e == y { } check participant.e == x { }",
      "match", "else"),
    StateCase(
      "right sides are read first",
      "update participant.n = 1, participant.m = participant.n check participant.m == 1 { }",
      "both"),
    StateCase("unset is written", "update participant.n = unset check participant.n is set { }", "else"),
    StateCase(
      "a counter",
      "update participant.n = 1 update participant.n = participant.n + 1 check participant.n == 2 { }",
      "match"),
    StateCase(
      "a script writes anything",
      "update participant.n = 1 python \"a.py\" writes participant.n check participant.n == 1 { }",
      "both"),
    // What is remembered as a whole.
    StateCase(
      "the same condition again",
      "check participant.s contains \"x\" { check participant.s contains \"x\" { } }",
      "both", "match"),
    StateCase(
      "until it is written",
      "check participant.s contains \"x\" { update participant.s = \"y\" check participant.s contains \"x\" { } }",
      "both", "both"),
    StateCase(
      "true only of what is set", "check participant.s starts with \"x\" { check participant.s is set { } }",
      "both", "match"),
    StateCase(
      "two texts", "check participant.s == \"x\" { check participant.s == \"y\" { } }", "both", "else"),
    StateCase(
      "counts",
      "email MAIL by bot check communications(MAIL) > 0 { } check communications(MAIL, planned) == 0 { }",
      "match", "else"),
    StateCase(
      "counts after a cancellation",
      "email MAIL by bot cancel communications check communications(MAIL) > 0 { } check communications(MAIL, planned) == 0 { }",
      "match", "both"),
    // Ways.
    StateCase(
      "ways are told apart",
      "check participant.a { update participant.e = x } else { update participant.e = y } check participant.a { check participant.e == y { } }",
      "both", "both", "else"),
    StateCase(
      "a port that ends", "check participant.a { stop } check participant.a { check participant.n == 1 { } }",
      "both", "else", "dead"),
  ]
}

@Suite struct FlowStatesTests {
  @Test(arguments: StateCase.all) func checksComeTo(_ one: StateCase) {
    let analyzed = AnalyzedCampaign(
      """
      campaign demo { }
      participant {
        a: boolean  n: integer  m: numeric  d: date  s: string
        e: enum(x, y, z)
      }
      agent bot { channel email }
      flow f { on participant updated { \(one.body) } }
      """)
    #expect(analyzed.result.diagnostics.isEmpty, "\(analyzed.result.diagnostics.map(\.message))")
    #expect(Self.outcomes(analyzed) == one.expected)
  }

  /// By the place of the checks in the text.
  private static func outcomes(_ analyzed: AnalyzedCampaign) -> [String] {
    let states = analyzed.analysis.states(of: 0)
    let graph = analyzed.analysis.graphs[0]
    let tree = analyzed.analysis.files[0].tree
    var found: [(Int, String)] = []
    for (index, node) in graph.nodes.enumerated() {
      guard let id = node.statement, case .check(let condition, _, _) = tree[id].kind else { continue }
      let truths = states.truths(condition, at: index)
      let isElse = !truths.isDisjoint(with: .notTrue)
      let outcome =
        !states.isReached(index) ? "dead" : truths.contains(.yes) ? (isElse ? "both" : "match") : "else"
      found.append((tree[id].range.lower, outcome))
    }
    return found.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Forty checks make a million millions of ways; they are not told apart, and nothing is said that is not so.
  @Test func fortyChecksAreFortyChecks() {
    let fields = (0..<40).map { "f\($0): boolean" }.joined(separator: " ")
    let checks = (0..<40).map { "check participant.f\($0) { update participant.n = \($0) }" }.joined(
      separator: "\n")
    let analyzed = AnalyzedCampaign(
      """
      campaign demo { }
      participant { n: integer \(fields) }
      flow f { on participant updated { \(checks) check participant.n == 100 { } check participant.n == 39 { } } }
      """)
    #expect(analyzed.result.diagnostics.isEmpty)
    let outcomes = Self.outcomes(analyzed)
    #expect(outcomes.allSatisfy { $0 == "both" })
    #expect(analyzed.analysis.states(of: 0).sets.allSatisfy { $0.states.count <= 8 })
  }

  @Test func triggersSayWhatTheyAreAbout() {
    let analyzed = AnalyzedCampaign(
      """
      campaign demo { reupload: updated }
      agent bot { channel email results { r: boolean } }
      flow f {
        on communication ended (ONE, completed) {
          check communication.name == ONE { }
          check communication.status == failed { }
          check result.r { }
        }
        on incoming session { check communication.name is set { } check result.r { } }
        on participant created { email ONE by bot email TWO by bot check communication.status is set { } }
      }
      """)
    #expect(analyzed.result.diagnostics.isEmpty)
    #expect(Self.outcomes(analyzed) == ["match", "else", "both", "else", "else", "else"])
  }
}

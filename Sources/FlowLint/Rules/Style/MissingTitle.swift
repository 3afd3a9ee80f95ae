internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax

/// A long flow that nobody has given a title.
enum MissingTitle: LintRule {
  static let name: DiagnosticName = "missing-title"
  static let defaultSeverity = Severity.note

  /// A flow with more statements than this is long.
  private static let longestWithoutTitle = 8

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.campaign.flows.enumerated().compactMap { index, flow in
      let count = context.analysis.graphs[index].nodes.count - 1
      guard flow.title == nil, count > longestWithoutTitle else { return nil }
      return finding(
        message(flow.name, count), at: Label(context.span(index, flow.declaration.name.range), label),
        help: [help(flow.name)])
    }
  }

  static let page = Explanation(
    name, summary: "a long flow has no title",
    meaning: """
      Titles are what drawings, traces, hovers and reports call things. A flow with more than eight statements is read by people \
      who do not know its names.
      """,
    reason: """
      Whoever has to decide about a campaign reads its drawing and its reports, and there a long flow without a title \
      is a word that only its author understands.
      """,
    wrong: MissingTitle.example(title: ""),
    right: MissingTitle.example(title: " \"Count the visits\""),
    decision: "A title is the text behind the name, or `///` lines directly above. Every statement counts.",
    limits: """
      Whether the title says something is not looked at. Short flows say by themselves what they do.
      """)

  private static func example(title: String) -> Explanation.Example {
    .flow(
      """
      campaign demo { }

      participant {
        visits: integer = 0
        level: integer = 0 internal
      }

      flow count\(title) {
        on participant updated (visits) {
          check participant.visits > 1 {
            update participant.level = 1
          }
          check participant.visits > 10 {
            update participant.level = 2
          }
          check participant.visits > 100 {
            update participant.level = 3
          }
          check participant.visits > 1000 {
            update participant.level = 4
          }
          check participant.visits > 10000 {
            update participant.level = 5
          }
        }
      }
      """)
  }

  private static func message(_ flow: String, _ count: Int) -> String {
    "flow `\(flow)` has \(count) statements and no title"
  }
  private static let label = "no title"
  private static func help(_ flow: String) -> String { "write `flow \(flow) \"…\" {`, or `/// …` above it" }
}

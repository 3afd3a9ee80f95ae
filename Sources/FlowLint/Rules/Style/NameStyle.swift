internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Names are words in small letters with underscores between them.
enum NameStyle: LintRule {
  static let name: DiagnosticName = "name-style"
  static let defaultSeverity = Severity.note

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.campaign.files.flatMap { tree in
      tree.declarations.flatMap(names).compactMap { name -> Diagnostic? in
        let spelling = context.spelling(name)
        guard
          spelling.utf8.contains(where: { 65...90 ~= $0 }) || spelling.hasPrefix("_")
            || spelling.hasSuffix("_")
        else { return nil }
        return finding(
          message(spelling), at: Label(tree.span(name.range), label), help: [help(snakeCase(spelling))])
      }
    }
  }

  /// The names that a declaration gives; those of communications are in capitals by the rules of the language.
  private static func names(_ declaration: Declaration) -> [Name] {
    switch declaration {
    case .campaign(let campaign): [campaign.name]
    case .fields(let fields): fields.fields.flatMap { [$0.name] + cases($0.type) }
    case .enumeration(let enumeration): [enumeration.name] + enumeration.cases
    case .window(let window): [window.name]
    case .agent(let agent):
      [agent.name] + agent.channels.compactMap(\.name) + agent.results.flatMap { [$0.name] + cases($0.type) }
    case .flow(let flow):
      [flow.name]
        + flow.members.compactMap { member in
          guard case .step(let step) = member else { return nil }
          return step.name
        }
    case .use, .model, .test: []
    }
  }

  private static func cases(_ type: TypeReference) -> [Name] {
    if case .enumeration(let names) = type.kind { names } else { [] }
  }

  /// `dueDate` as `due_date`.
  private static func snakeCase(_ name: String) -> String {
    var result = ""
    for character in name {
      if character.isUppercase, let last = result.last, last != "_" { result.append("_") }
      result += character.lowercased()
    }
    while result.hasPrefix("_") { result.removeFirst() }
    while result.hasSuffix("_") { result.removeLast() }
    return result
  }

  static let page = Explanation(
    name, summary: "a name is not written in small letters with underscores",
    meaning: """
      Fields, cases, flows, steps, agents and windows are written alike in all campaigns: words in small letters, joined by \
      underscores. Only communications are in capitals, so that they stand out.
      """,
    reason: """
      Names that look alike are found and compared by eye; one in another style is taken for something special, and a \
      capital in a field is easily written small in an upload.
      """,
    wrong: """
      campaign demo { }

      participant {
        visits: integer = 0
        isFrequent: boolean = false internal
      }

      flow count {
        on participant updated (visits) {
          update participant.isFrequent = participant.visits > 10
        }
      }
      """,
    right: """
      campaign demo { }

      participant {
        visits: integer = 0
        is_frequent: boolean = false internal
      }

      flow count {
        on participant updated (visits) {
          update participant.is_frequent = participant.visits > 10
        }
      }
      """,
    decision: "A capital letter anywhere in a declared name, or an underscore at one of its ends.",
    limits: """
      What a name says is not looked at, nor are the names of communications, which the language has in capitals.
      """)

  private static func message(_ name: String) -> String {
    "expected a name in small letters with underscores, found `\(name)`"
  }
  private static let label = "written another way"
  private static func help(_ name: String) -> String { "call it `\(name)`" }
}

/// What holds statements, which decides which of them it may hold.
enum StatementPlace {
  case flow, model, scenario
  /// Inside a statement that has been reported as misplaced; any other is right there.
  case misplaced

  /// What a message says should stand in the place.
  var expected: String {
    switch self {
    case .flow, .misplaced: "a statement of a flow"
    case .model: "`progress`, `end`, `chance` or `check` in a model"
    case .scenario: "a statement of a scenario"
    }
  }

  /// What holds the statements that begin with a word.
  static func owners(of keyword: Keyword) -> [StatementPlace] {
    switch keyword {
    case .check: [.flow, .model]
    case .chance: [.model]
    case .progress, .end: [.model, .scenario]
    case .update: [.flow, .scenario]
    case .at, .advance, .upload, .for, .incoming, .expect: [.scenario]
    default: [.flow]
    }
  }

  /// The owner as a message names it.
  var spelling: String {
    switch self {
    case .flow, .misplaced: "a flow"
    case .model: "a model"
    case .scenario: "a test"
    }
  }
}

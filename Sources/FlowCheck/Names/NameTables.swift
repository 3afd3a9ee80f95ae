internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// What every name of the campaign stands for, and where it was declared first.
struct NameTables {
  /// Slots of `Schema.profile` and `Schema.participant`.
  var profile = SymbolMap()
  var participant = SymbolMap()
  /// Slots of `Schema.resultNames`.
  var results = SymbolMap()
  /// Positions in `Schema.enumerations` of the named ones.
  var enumerations = SymbolMap()
  var windows = SymbolMap()
  var agents = SymbolMap()
  var flows = SymbolMap()
  /// Positions in `NameTables.communicationTargets`.
  var communications = SymbolMap()
  var cases = SymbolMap()
  var functions = SymbolMap()

  /// For every communication name its position in `Schema.communications`; `nil` where its statement is wrong.
  var communicationTargets: [Int?] = []

  func fields(_ level: FieldLevel) -> SymbolMap {
    switch level {
    case .profile: profile
    case .participant: participant
    }
  }

  func slot(_ level: FieldLevel, _ symbol: Symbol) -> Int? {
    switch level {
    case .profile: profile[symbol]
    case .participant: participant[symbol]
    }
  }

  mutating func set(_ level: FieldLevel, _ symbol: Symbol, _ slot: Int) {
    switch level {
    case .profile: profile[symbol] = slot
    case .participant: participant[symbol] = slot
    }
  }
}

/// A level of fields as the checker knows it, beside `Schema`.
struct FieldFacts {
  /// By slot; `nil` where the declaration's type is wrong, which was reported.
  var types: [ValueType?]
  /// Where a field was declared, redeclared system fields among them.
  var declarations: [SourceSpan?]

  init(_ fields: [Field]) {
    types = fields.map(\.type)
    declarations = fields.map(\.declaration)
  }
}

/// An agent as the checker knows it, beside `Schema.agents`.
struct AgentFacts {
  /// The names of its channels, by their position in `Agent.channels`.
  var channels: [Symbol] = []
  /// Positions in `Agent.results` and types; a type is `nil` where it is wrong, which was reported.
  var results: [Symbol: ValueType?] = [:]
  var resultDeclarations: [Symbol: SourceSpan] = [:]
}

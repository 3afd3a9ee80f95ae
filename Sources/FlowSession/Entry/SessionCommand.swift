public import FlowSyntax

/// What is typed behind a colon.
public enum SessionCommand: Sendable, Equatable {
  case load(path: String)
  case reload
  case help(topic: String?)
  case type(expression: String)
  /// What there is; of one person with a key.
  case show(SessionTopic, of: String?)
  case graph(flow: String)
  case trace(TraceDetail)
  /// The whole story of one person, by a key; of the participant at hand without.
  case story(key: String?)
  /// About the person with a key; about the participant at hand without.
  case why(WhyQuestion, of: String?)
  case back(Int)
  case forward(Int)
  case fork(name: String)
  case switchTo(name: String)
  case saveTest(name: String, file: String?)
  /// Models answer from the beginning on, with draws of this seed; without a number (`:seed off`) they do not.
  case seed(Int64?)
  case quit
}

/// What `:show` shows; all of it in short where nothing is said.
public enum SessionTopic: String, Sendable, CaseIterable {
  case overview, participants, communications, flows, fields, runs

  /// As it is typed.
  var command: String {
    CommandWord.show.spelling + (self == .overview ? "" : " " + rawValue)
  }
}

/// How much is told of what a statement leads to.
public enum TraceDetail: String, Sendable, CaseIterable {
  /// Nothing.
  case off
  /// What the participant would notice, what is planned, and which fields change.
  case short
  /// Events, flows, and the nodes with the values they saw.
  case nodes
  /// The same with the lines of the source.
  case full
}

/// What `:why` can be asked.
public enum WhyQuestion: Sendable, Equatable {
  /// `:why NAME`: the cause of the latest communication of that name.
  case communication(name: String)
  /// `:why participant.status`: the cause of the value that a field has.
  case field(FieldLevel, name: String)
  /// `:why not NAME`: what would have had to be different.
  case absence(name: String)

  /// As it is typed.
  var command: String {
    switch self {
    case .communication(let name): "\(CommandWord.why.spelling) \(name)"
    case .field(let level, let name): "\(CommandWord.why.spelling) \(level.spelling).\(name)"
    case .absence(let name): "\(CommandWord.why.spelling) not \(name)"
    }
  }
}

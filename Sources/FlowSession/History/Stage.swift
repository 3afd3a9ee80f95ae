internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSyntax
internal import FlowTesting
internal import FlowText
internal import FlowValues

/// What was typed, checked with its campaign and ready to be played.
struct Stage {
  let check: CheckResult
  let run: TestRun
  let configuration: SimulationConfiguration
  let file: FileID
  /// What the statements upload.
  let files: [String: Result<[UInt8], FileReadFailure>]

  var tree: SyntaxTree { check.campaign.files[file.index] }
  var statements: [StatementID] {
    guard case .statements(let list) = check.campaign.prompt?.content else { return [] }
    return Array(tree[list])
  }
  var expression: ExpressionID? {
    guard case .expression(let id) = check.campaign.prompt?.content else { return nil }
    return id
  }

  /// A player at a state, or at the beginning.
  func player(at state: ScenarioPlayer?) -> ScenarioPlayer {
    state.map { ScenarioPlayer(following: $0, run, file, configuration) }
      ?? ScenarioPlayer(run, file, configuration)
  }
}

extension Stage {
  /// The paths of the files that statements upload, those inside of `for` too.
  static func uploads(_ statements: [StatementID], _ tree: SyntaxTree) -> [String] {
    statements.flatMap { id -> [String] in
      guard case .scenario(let scenario) = tree[id].kind else { return [] }
      switch tree[scenario] {
      case .uploadFile(let path): return [path.value]
      case .participant(_, let block): return uploads(Array(tree[block.statements]), tree)
      case .at, .advance, .upload, .progress, .end, .incomingSession, .expect, .expectCommunication,
        .expectNone:
        return []
      }
    }
  }

  /// Whether a statement looks and changes nothing.
  static func isExpectation(_ id: StatementID, _ tree: SyntaxTree) -> Bool {
    guard case .scenario(let scenario) = tree[id].kind else { return false }
    switch tree[scenario] {
    case .expect, .expectCommunication, .expectNone: return true
    case .participant(_, let block): return tree[block.statements].allSatisfy { isExpectation($0, tree) }
    case .at, .advance, .upload, .uploadFile, .progress, .end, .incomingSession: return false
    }
  }
}

/// Why something is not done: what to say on standard error.
struct SessionProblem: Error {
  var diagnostics: [Diagnostic]
  var sources: [SourceFile] = []

  init(_ diagnostics: [Diagnostic], _ sources: [SourceFile] = []) {
    self.diagnostics = diagnostics
    self.sources = sources
  }

  init(
    _ name: DiagnosticName, _ message: String, notes: [String] = [], help: [String] = []
  ) {
    diagnostics = [Diagnostic(name, .error, message, notes: notes, help: help)]
  }
}

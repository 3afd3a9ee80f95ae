internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// The state of one check. What is checked lives in extensions by area.
///
/// Declarations come first, over all files: enumerations and windows, fields, agents, the names of flows and
/// communications. Then the bodies of flows and models are read once, each expression with what its place expects.
/// An expression with a mistake has no type, and nothing that depends on it is reported again.
struct CampaignChecker {
  let trees: [SyntaxTree]
  /// How many of the files are the campaign's own.
  let ownCount: Int
  let zones: ZoneTable
  var symbols: SymbolTable

  var schema = Schema()
  var names = NameTables()
  var profileFacts = FieldFacts(SystemField.profileFields)
  var participantFacts = FieldFacts(SystemField.participantFields)
  var agentFacts: [AgentFacts] = []
  /// The names of all communications, in the order of their statements.
  var communicationCases: [CaseID] = []
  var enumerationSets = EnumerationSets()
  var windows: [ContactWindow] = []
  /// The kinds of trigger of every flow, by its number in `NameTables.flows`.
  var flowTriggers: [Set<TriggerKind>] = []
  var declarationSpans = DeclarationSpans()
  var windowNames: [String: ContactWindow] = [:]
  var flows: [CheckedFlow] = []
  var models: [CheckedModel] = []
  var tests: [CheckedTest] = []
  /// Where a test stands, by its name.
  var testSpans: [String: SourceSpan] = [:]
  var scenario = ScenarioFacts()
  /// What the statement of each communication sends, by its number in `NameTables.communications`.
  var payloads: [SentPayload] = []
  /// Where the model of an agent stands, by the agent's position.
  var modelSpans: [Int: SourceSpan] = [:]

  /// What is typed, whose file is the last.
  var prompt: CheckedPrompt?

  var campaign: (declaration: CampaignDeclaration, span: SourceSpan)?
  var timezone = "UTC"
  var reupload = Reupload.created

  var diagnostics: [Diagnostic] = []
  /// How many names may still be looked at for messages.
  var namesLeft = CheckLimit.namesForMessages

  // The place that is being checked.
  /// The tree of the present file.
  var tree: SyntaxTree
  /// The tree's own arrays, at hand without going through the tree.
  var expressions: [Expression]
  var statements: [Statement]
  var fileIndex = 0
  /// What is known of the present file's expressions.
  var types: [ValueType?] = []
  var references: [Reference] = []
  var facts: [FileFacts]
  var place = Place()
  /// Positions in `CommunicationProperty.allCases`, by name.
  var propertiesBySymbol = SymbolMap()
  var nameSymbol = Symbol(index: 0)
  /// The agent of the present model, and how many `end` statements the model has so far.
  var modelAgent: Int?
  var endCount = 0
  /// The names that occur in the present list.
  var listNames = ScopedSymbolMap()
  /// The steps of the present flow, by position.
  var stepNames = ScopedSymbolMap()

  init(
    _ trees: [SyntaxTree], own: Int, symbols: SymbolTable, zones: ZoneTable, prompt: CheckedPrompt? = nil
  ) {
    self.prompt = prompt
    self.trees = trees
    ownCount = own
    self.symbols = symbols
    self.zones = zones
    tree = trees.first ?? SyntaxTree(source: SourceFile(name: "", text: ""))
    expressions = []
    statements = []
    facts = trees.map { FileFacts(expressionCount: $0.expressions.count) }
  }

  mutating func run() -> CheckedCampaign {
    internNames()
    eachFile { checker, _ in checker.declareCampaign() }
    eachFile { checker, _ in checker.declareEnumerationsAndWindows() }
    eachFile { checker, _ in checker.declareFields() }
    eachFile { checker, _ in checker.declareAgents() }
    eachFile { checker, _ in checker.declareFlowNames() }
    eachFile { checker, _ in checker.declareCommunications() }
    completeEnumerations()
    eachFile { checker, _ in checker.checkFlows() }
    eachFile { checker, _ in checker.checkModels() }
    eachFile { checker, _ in checker.checkTests() }
    checkPrompt()
    return result()
  }

  /// Makes every file the present one, in order.
  private mutating func eachFile(_ body: (inout CampaignChecker, Int) -> Void) {
    for index in trees.indices {
      enter(file: index)
      body(&self, index)
      leaveFile()
    }
  }

  private mutating func checkPrompt() {
    guard let prompt else { return }
    enter(file: prompt.file.index)
    check(prompt)
    leaveFile()
  }

  private mutating func enter(file index: Int) {
    fileIndex = index
    tree = trees[index]
    expressions = tree.expressions
    statements = tree.statements
    // Moved, not copied: whoever writes into an array must be its only owner.
    swap(&types, &facts[index].types)
    swap(&references, &facts[index].references)
  }

  private mutating func leaveFile() {
    swap(&types, &facts[fileIndex].types)
    swap(&references, &facts[fileIndex].references)
  }

  private func result() -> CheckedCampaign {
    CheckedCampaign(
      name: campaign.map { symbols[$0.declaration.name.symbol] } ?? "",
      title: campaign.flatMap { title($0.declaration.title, $0.declaration.documentation) },
      timezone: timezone, reupload: reupload, schema: schema, flows: flows, models: models,
      tests: tests, prompt: prompt, windows: windowNames, files: trees, ownFileCount: ownCount, facts: facts,
      symbols: symbols
    )
  }

  /// What a declaration is called: its own text goes before the lines above it.
  func title(_ text: TextLiteral?, _ documentation: TextLiteral?) -> String? {
    (text ?? documentation)?.value
  }

  /// Whether a file belongs to the campaign's own, as what is typed does.
  func isOwn(_ file: Int) -> Bool { file < ownCount || file == prompt?.file.index }
}

/// Where in the campaign a statement or an expression stands, as far as that decides what is right there.
struct Place {
  /// Whose results `result.f` can read.
  var resultAgents = ResultAgents.all
  /// Whether statements stand in a model.
  var isModel = false
  /// Whether they stand in a test, or were typed.
  var isScenario = false
  /// What `it` is, where it is anything.
  var lastValue: LastValue?
  /// The flow's position in `CampaignChecker.flows`.
  var flow = 0
  /// The step whose body it is, by position in its flow; `nil` in triggers.
  var step: Int?
  /// The names of the flow's steps.
  var steps: [Name] = []
  /// What was found out about `result.f` here, by slot of `Schema.resultNames`.
  var resultTypes: [Int: ValueType?] = [:]
  /// Slots of results that no agent records who can stand here.
  var unknownResults: Set<Int> = []
  /// `go` from step to step.
  var jumps: [Jump] = []
}

/// `go` in the body of a step.
struct Jump {
  var from: Int
  var to: Int
  var range: SourceRange
}

/// The agents of the conversations whose results a place can read (language 5).
enum ResultAgents {
  case all
  /// Positions in `Schema.agents`, ascending.
  case some([Int])
}

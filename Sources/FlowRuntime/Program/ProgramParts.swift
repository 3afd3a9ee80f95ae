import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues

/// A program while it is compiled. Statements and expressions are compiled in extensions.
struct ProgramParts {
  let campaign: CheckedCampaign
  let index: Int
  let firstSlot: Int
  let participantDefaults: [Value]
  /// The deployment's slot of each profile field of the campaign.
  let profileSlots: [Int]
  /// The deployment's number of each case of the campaign.
  let caseNumbers: [Int64]
  var constantText: ConstantTextBuilder

  var code: [Instruction] = []
  var constants: [Value] = []
  var registerCount = 1
  var nodes: [ProgramNode] = []
  var listeners: [[Listener]] = Array(repeating: [], count: TriggerKind.allCases.count)
  var plans: [CommunicationPlan] = []
  var handOvers: [HandOverPlan] = []
  var reports: [ReportPlan] = []
  var cancellations: [Cancellation] = []
  var queries: [CommunicationsQuery] = []
  var scripts: [ProgramScript] = []
  var patterns: [Pattern] = []
  var models: [Int] = []
  var agents: [AgentLayout] = []
  var nameCases: [Int64] = []
  var agentCases: [Int64] = []
  var channelCases: [Int64] = []
  var statusCases: [Int64] = []
  var nameText = Value.unset
  var writesKeys = false
  /// The expressions of tests, and what they count.
  var probes: [ProbeKey: Probe] = [:]
  var counts: [TestCount] = []
  var countLoads: [Int] = []
  var firstCountRegister = 0

  /// What `it` stands for.
  let lastValue: Value
  /// Whether comparisons are observed, and those that are.
  let observes: Bool
  var comparisons: [ObservedComparison] = []

  // Where in the text the compiler is.
  var file = FileID(0)
  var flow = -1
  var model = -1
  /// Jumps to steps that are not compiled yet, of the flow at hand.
  var stepJumps: [(instruction: Int, step: Int)] = []
  /// Conditions of `only if` that wait to be compiled behind the code at hand.
  var pendingConditions: [(plan: Int, condition: ExpressionID)] = []
  /// Text names resolved once.
  let flowIndices: [String: Int]
  let communicationIndices: [String: Int]

  var tree: SyntaxTree { campaign.files[file.index] }
  var facts: FileFacts { campaign.facts[file.index] }
  var schema: Schema { campaign.schema }

  init(
    campaign: CheckedCampaign, index: Int, firstSlot: Int, participantDefaults: [Value], profileSlots: [Int],
    caseNumbers: [Int64], constantText: ConstantTextBuilder, observes: Bool, lastValue: Value
  ) {
    self.observes = observes
    self.lastValue = lastValue
    self.campaign = campaign
    self.index = index
    self.firstSlot = firstSlot
    self.participantDefaults = participantDefaults
    self.profileSlots = profileSlots
    self.caseNumbers = caseNumbers
    self.constantText = constantText
    flowIndices = Dictionary(
      campaign.flows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    communicationIndices = Dictionary(
      campaign.schema.communications.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func compile() {
    nameText = constantText.value(of: campaign.name)
    nameCases = schema.communications.map { number(of: $0.caseID) }
    agentCases = schema.agents.map { number(of: $0.caseID) }
    channelCases = ChannelKind.allCases.map { number(of: schema.caseID(of: $0)) }
    statusCases = CommunicationStatus.allCases.map { number(of: schema.caseID(of: $0)) }
    agents = schema.agents.map { agent in
      AgentLayout(
        slotOfName: schema.resultNames.map { agent.results.index(of: $0) ?? -1 },
        resultCount: agent.results.count,
        types: agent.results.fields.map { StorageType($0.type) })
    }
    for (position, flow) in campaign.flows.enumerated() { compile(flow, at: position) }
    models = Array(repeating: -1, count: schema.agents.count)
    for model in campaign.models { compile(model) }
    compileProbes()
  }

  func number(of id: CaseID) -> Int64 { caseNumbers[id.index] }

  private mutating func compile(_ flow: CheckedFlow, at position: Int) {
    file = flow.file
    self.flow = position
    model = -1
    var entries: [Int: Int] = [:]
    for trigger in flow.triggers {
      // Kinds that share a body share its code.
      let body = trigger.body.range.lower
      let entry = entries[body] ?? code.count
      if entries[body] == nil {
        entries[body] = entry
        compile(trigger.body)
        emit(Instruction(.stop))
      }
      if flow.isActive { listen(trigger, entry: entry) }
    }
    compileSteps(of: flow)
    compilePendingConditions()
  }

  private mutating func listen(_ trigger: CheckedTrigger, entry: Int) {
    var fields = FieldSet()
    for field in trigger.fields { fields.insert(field) }
    let statuses = trigger.statuses.reduce(UInt16(0)) { $0 | 1 << UInt16($1.rawValue) }
    listeners[Int(trigger.kind.rawValue)].append(
      Listener(
        flow: flow, entry: entry, fields: fields, narrowsFields: !trigger.fields.isEmpty,
        names: trigger.names.isEmpty ? nil : mask(of: trigger.names),
        statuses: trigger.statuses.isEmpty ? .max : statuses))
  }

  func mask(of communications: [Int]) -> [Bool] {
    var mask = Array(repeating: false, count: schema.communications.count)
    for communication in communications { mask[communication] = true }
    return mask
  }

  private mutating func compileSteps(of flow: CheckedFlow) {
    var entries: [Int] = []
    for step in flow.steps {
      entries.append(code.count)
      compile(step.body)
      emit(Instruction(.stop))
    }
    for jump in stepJumps { code[jump.instruction].wide = entries[jump.step] }
    stepJumps = []
  }

  private mutating func compilePendingConditions() {
    for pending in pendingConditions {
      plans[pending.plan].condition = code.count
      compile(pending.condition, into: 0, as: .boolean)
      emit(Instruction(.yield, a: 0))
    }
    pendingConditions = []
  }

  private mutating func compile(_ model: CheckedModel) {
    file = model.file
    flow = -1
    self.model = model.agent
    models[model.agent] = code.count
    compile(model.body)
    emit(Instruction(.stop))
  }

  // MARK: Emitting

  @discardableResult
  mutating func emit(_ instruction: Instruction) -> Int {
    registerCount = max(registerCount, Int(instruction.a) + 4)
    code.append(instruction)
    return code.count - 1
  }

  mutating func emitConstant(_ value: Value, into register: Int) {
    emit(.wide(.constant, a: register, constants.count))
    constants.append(value)
  }

  /// Lets an earlier jump lead to what is compiled next.
  mutating func land(_ jump: Int) { code[jump].wide = code.count }

  mutating func append<Element>(_ element: Element, to list: WritableKeyPath<Self, [Element]>) -> Int {
    self[keyPath: list].append(element)
    return self[keyPath: list].count - 1
  }
}

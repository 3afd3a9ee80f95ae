import FlowCheck
import FlowRuntime
import FlowSchema
import FlowSyntax
import FlowValues

/// A small generator whose sequence depends on its seed alone (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// Rows and events that mean something to a deployment, in order of time.
struct RandomInputs {
  typealias Row = [(field: String, value: String)]

  enum Step {
    case rows([Row], at: String, campaign: Int)
    case event(OutsideEvent, campaign: Int)
  }

  private(set) var steps: [Step] = []
  private var random: Seeded
  private let deployment: Deployment
  private let people: Int
  private let sharesKeys: Bool

  /// - Parameter sharesKeys: Whether people may have each other's email or phone, so that rows can be refused.
  init(_ deployment: Deployment, seed: UInt64, people: Int, events: Int, sharesKeys: Bool = true) {
    self.deployment = deployment
    self.people = people
    self.sharesKeys = sharesKeys
    random = Seeded(seed)
    var milliseconds = World.instant("2026-01-05T08:00:00Z").milliseconds
    for campaign in deployment.programs.indices {
      steps.append(.rows((0..<people).map { row($0, campaign) }, at: text(milliseconds), campaign: campaign))
    }
    for _ in 0..<events {
      let pauses: [Int64] = [0, 0, 0, 1000, 600_000, 3_600_000, 20_000_000, 86_400_000]
      milliseconds += random.one(of: pauses)
      addStep(at: text(milliseconds))
    }
  }

  private func text(_ milliseconds: Int64) -> String { Instant(milliseconds: milliseconds)?.description ?? "" }

  private mutating func addStep(at: String) {
    let campaign = random.below(deployment.programs.count)
    if random.chance(10) {
      let count = random.below(6) + 1
      let rows = (0..<count).map { _ in row(random.below(people + 5), campaign) }
      return steps.append(.rows(rows, at: at, campaign: campaign))
    }
    let event = OutsideEvent(
      line: steps.count, at: World.instant(at), keys: [.init(.externalID, "p\(random.below(people + 2))")],
      kind: kind(campaign))
    steps.append(.event(event, campaign: campaign))
  }

  private mutating func kind(_ campaign: Int) -> OutsideEvent.Kind {
    let schema = deployment.programs[campaign].campaign.schema
    switch random.below(10) {
    case 0: return .sessionIncoming(channel: nil, agent: schema.agents.first?.name)
    case 1, 2: return .participantUpdated(fields(campaign, count: random.below(3) + 1, isEdit: true))
    case 3: return .participantUploaded(fields(campaign, count: 6, isEdit: false))
    case 4...6:
      let status = random.one(of: CommunicationStatus.allCases.filter { !$0.isFinal && $0 != .planned })
      return .communicationUpdated(CommunicationReport(target(schema), status))
    default:
      let status = random.one(of: CommunicationStatus.allCases.filter(\.isFinal))
      return .communicationEnded(CommunicationReport(target(schema), status, results: results(schema)))
    }
  }

  private mutating func target(_ schema: Schema) -> CommunicationReport.Target {
    if random.chance(10) || schema.communications.isEmpty { return .session }
    if random.chance(10) { return .numbered(random.below(5) + 1, name: nil) }
    return .named(random.one(of: schema.communications).name)
  }

  private mutating func results(_ schema: Schema) -> [NamedScalar] {
    guard let agent = schema.agents.first, random.chance(70) else { return [] }
    return agent.results.fields.compactMap { field in
      guard random.chance(60) else { return nil }
      var cases: [String] = []
      if case .enumeration(let id) = field.type { cases = schema[id].cases.map { schema[$0] } }
      return NamedScalar(field.name, .text(value(field.type, cases: cases)))
    }
  }

  private mutating func fields(_ campaign: Int, count: Int, isEdit: Bool) -> [NamedScalar] {
    let all = deployment.inputFields(campaign: campaign).filter { $0.name != "external_id" }
    var chosen: [NamedScalar] = []
    for field in all where field.isRequired && !isEdit || random.below(all.count) < count {
      if field.isInternal && !isEdit { continue }
      if chosen.contains(where: { $0.name == field.qualifiedName }) { continue }
      if field.key != nil && !sharesKeys { continue }
      let text = isEdit && random.chance(20) ? nil : cell(field, person: random.below(people))
      chosen.append(NamedScalar(field.qualifiedName, text.map { .text($0) } ?? .null))
    }
    return chosen
  }

  /// A row of a person, perhaps of somebody who is known by other keys.
  private mutating func row(_ person: Int, _ campaign: Int) -> Row {
    var row: Row = []
    for field in deployment.inputFields(campaign: campaign) where !field.isInternal {
      if field.name == "external_id" {
        if !sharesKeys || random.chance(85) { row.append((field.qualifiedName, "p\(person)")) }
      } else if field.isRequired || random.chance(70) {
        row.append((field.qualifiedName, cell(field, person: person)))
      }
    }
    return row
  }

  private mutating func cell(_ field: InputField, person: Int) -> String {
    if field.isTimezone {
      return random.one(of: ["Europe/Madrid", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "", "UTC"])
    }
    if field.key != nil {
      let owner = sharesKeys && random.chance(10) ? random.below(people) : person
      return field.type == .email ? "p\(owner)@example.org" : field.type == .phone ? "600\(owner)" : "k\(owner)"
    }
    return value(field.type, cases: field.cases.keys.sorted())
  }

  private mutating func value(_ type: ValueType, cases: [String]) -> String {
    let date = "2026-0\(random.below(3) + 1)-\(random.below(18) + 10)"
    switch type {
    case .string: return random.one(of: ["", "pppprr", "rrr", "é😀x", "a,\"b\"", "npr"])
    case .integer: return String(random.below(200) - 20)
    case .numeric: return "\(random.below(2000)).\(random.below(100))"
    case .boolean: return random.one(of: ["true", "false", "yes", "0"])
    case .date: return date
    case .datetime: return date + random.one(of: ["T10:00", "T23:30Z", "T02:15", "T08:00+02:00"])
    case .enumeration: return cases.isEmpty ? "" : random.one(of: cases)
    case .email: return "x\(random.below(9))@example.org"
    case .phone: return "34\(random.below(900))"
    case .time, .duration: return ""
    }
  }
}

extension World {
  /// Hands everything in. Between steps, `reloading` makes the store pack and unpack every person once more.
  func play(_ inputs: RandomInputs, reloading people: Int = 0) {
    for step in inputs.steps {
      switch step {
      case .rows(let rows, let at, let campaign):
        reload(people, at: at)
        uploadTogether(rows, at: at, campaign: campaign)
      case .event(let event, let campaign):
        reload(people, at: event.at.description)
        _ = simulation.apply(event, campaign: campaign)
      }
    }
  }

  /// A report on a communication that nobody has: it changes nothing, but the person is loaded and stored.
  func reload(_ people: Int, at: String) {
    for person in 0..<people {
      let report = CommunicationReport(.numbered(1_000_000, name: nil), .read)
      let event = OutsideEvent(
        line: 0, at: World.instant(at), keys: [.init(.externalID, "p\(person)")], kind: .communicationUpdated(report))
      _ = simulation.apply(event, campaign: 0)
    }
  }

  /// The runs, those of each campaign and person together.
  var runsByPerson: [String] {
    func person(_ line: String) -> String {
      line.firstRange(of: "\"participant\":").map { String(line[$0.upperBound...].prefix { $0 != "," }) } ?? ""
    }
    return runsByCampaign.sorted { $0.key < $1.key }.flatMap { _, text in
      text.split(separator: "\n").map(String.init).enumerated()
        .sorted { (person($0.element), $0.offset) < (person($1.element), $1.offset) }.map(\.element)
    }
  }

  /// Everything that came out, to compare.
  var outcome: String {
    [participants, communications, profiles, summary.map { String(describing: $0) } ?? ""].joined(separator: "\n")
  }
}

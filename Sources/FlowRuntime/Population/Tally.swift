import FlowCheck
import FlowSchema
import FlowSyntax

/// Counts over finished people: participants, communications by status, values of fields.
struct Tally: ~Copyable {
  private static let statusCount = CommunicationStatus.allCases.count

  private let layout: TallyLayout
  // Addresses in the layout: counting a person retains nothing.
  private let codes: UnsafePointer<TallyLayout.FieldCode>
  private let starts: UnsafePointer<TallyLayout.Start>
  private let campaignCount: Int
  private var counts: Buffer<Int>
  var profiles = 0
  var pending = 0

  init(_ deployment: Deployment) {
    layout = TallyLayout(deployment)
    codes = layout.codes
    starts = layout.starts
    campaignCount = deployment.programs.count
    counts = Buffer(capacity: max(layout.size, 1))
    counts.append(repeating: 0, count: layout.size)
  }

  mutating func add(_ other: borrowing Tally) {
    profiles += other.profiles
    pending += other.pending
    for index in 0..<counts.count { counts.pointer[index] += other.counts[index] }
  }

  /// Counts the person in an engine.
  mutating func count(_ engine: inout Engine) {
    profiles += 1
    for index in 0..<engine.person.participants.count where engine.person.participants[index].exists {
      counts.pointer[starts[index].participants] += 1
      for field in starts[index].fields { count(codes[field], engine.person.values[codes[field].slot]) }
    }
    for field in starts[campaignCount].fields { count(codes[field], engine.person.values[codes[field].slot]) }
    for index in 0..<engine.person.communications.count {
      let communication = engine.person.communications[index]
      let first = starts[Int(communication.campaign)].communications
      // Sessions, which have no name, come before all names.
      let row = Int(communication.name) + 1
      counts.pointer[first + row * Self.statusCount + Int(communication.status.rawValue)] += 1
    }
    for index in 0..<engine.person.pending.count where !engine.person.isStale(engine.person.pending[index]) {
      pending += 1
    }
  }

  @inline(__always) private mutating func count(_ field: TallyLayout.FieldCode, _ value: Value) {
    let position = value.isSet ? Int(field.positions[Int(value.bits)]) : field.unset
    counts.pointer[field.first + position] += 1
  }

  // MARK: Reading

  func participants(_ campaign: Int) -> Int { counts[layout.participants[campaign]] }

  /// By status; `name` -1 for sessions.
  func communications(_ campaign: Int, name: Int) -> [Int] {
    let first = layout.communications[campaign] + (name + 1) * Self.statusCount
    var byStatus: [Int] = []
    for status in first..<first + Self.statusCount { byStatus.append(counts[status]) }
    return byStatus
  }

  func fields(_ campaign: Int) -> [SimulationSummary.Field] {
    var fields: [SimulationSummary.Field] = []
    for field in layout.fields[campaign] { fields.append(summary(field)) }
    return fields
  }

  func profileFields() -> [SimulationSummary.Field] {
    var fields: [SimulationSummary.Field] = []
    for field in layout.profileFields { fields.append(summary(field)) }
    return fields
  }

  private func summary(_ field: TallyLayout.Field) -> SimulationSummary.Field {
    var named: [(value: String, count: Int)] = []
    for (index, value) in (field.values + ["unset"]).enumerated() {
      named.append((value: value, count: counts[field.first + index]))
    }
    return SimulationSummary.Field(level: field.level, name: field.name, counts: named)
  }
}

/// Where a tally counts what.
final class TallyLayout: @unchecked Sendable {
  // Safe to share: written once, when it is made.
  struct Field: Sendable {
    var level: FieldLevel
    var name: String
    var slot: Int
    /// The values in order; unset comes behind them.
    var values: [String]
    /// By the value's bits: which of `values` it is.
    var positions: [Int]
    var first: Int
  }

  /// A field as counting needs it.
  struct FieldCode {
    var slot: Int
    var first: Int
    /// Where unset is counted, from `first` on.
    var unset: Int
    var positions: UnsafePointer<Int32>
  }

  /// Where a campaign's counts begin; behind the campaigns, the profile's.
  struct Start {
    var participants: Int
    var communications: Int
    /// In `codes`.
    var fields: Range<Int>
  }

  let codes: UnsafePointer<FieldCode>
  let starts: UnsafePointer<Start>
  private let memory = ImageMemory()
  let participants: [Int]
  let communications: [Int]
  let fields: [[Field]]
  let profileFields: [Field]
  let size: Int

  init(_ deployment: Deployment) {
    var size = 0
    func take(_ count: Int) -> Int {
      defer { size += count }
      return size
    }
    func field(_ level: FieldLevel, _ field: FlowSchema.Field, slot: Int, _ schema: Schema) -> Field? {
      var values: [String]
      var positions: [Int]
      switch field.type {
      case .boolean:
        values = ["false", "true"]
        positions = [0, 1]
      case .enumeration(let id):
        values = schema[id].cases.map { schema[$0] }
        positions = deployment.caseNames.map { values.firstIndex(of: $0) ?? 0 }
      case .string, .integer, .numeric, .date, .datetime, .time, .duration, .email, .phone: return nil
      }
      return Field(
        level: level, name: field.name, slot: slot, values: values, positions: positions,
        first: take(values.count + 1))
    }
    participants = deployment.programs.map { _ in take(1) }
    communications = deployment.programs.map {
      take(($0.campaign.schema.communications.count + 1) * CommunicationStatus.allCases.count)
    }
    fields = deployment.programs.map { program in
      let schema = program.campaign.schema
      return schema.participant.fields.enumerated().compactMap { index, declared in
        field(.participant, declared, slot: program.firstSlot + index, schema)
      }
    }
    profileFields = deployment.profile.enumerated().compactMap { slot, declared in
      let owner = deployment.programs.first { $0.campaign.schema.profile.index(of: declared.name) != nil }
      return owner.flatMap { field(.profile, declared, slot: slot, $0.campaign.schema) }
    }
    self.size = size
    let memory = memory
    var codes: [FieldCode] = []
    func take(_ fields: [Field]) -> Range<Int> {
      let first = codes.count
      codes += fields.map { field in
        FieldCode(
          slot: field.slot, first: field.first, unset: field.values.count,
          positions: memory.copy(field.positions.map(Int32.init)))
      }
      return first..<codes.count
    }
    var starts: [Start] = []
    for (index, campaign) in fields.enumerated() {
      starts.append(
        Start(
          participants: participants[index], communications: communications[index], fields: take(campaign)))
    }
    starts.append(Start(participants: 0, communications: 0, fields: take(profileFields)))
    self.codes = memory.copy(codes)
    self.starts = memory.copy(starts)
  }
}

public import FlowCheck
internal import FlowSchema
public import FlowSyntax

/// Something whose value states know: a field, a result, a property of the run's communication, or what a condition that
/// is not followed further came to when it was last read.
public struct Variable: Hashable, Sendable, Comparable {
  let index: Int32

  init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  public static func < (a: Variable, b: Variable) -> Bool { a.index < b.index }
}

/// A condition or a count that is known only as a whole.
struct Atom: Sendable {
  /// The variables that it reads, ascending.
  var reads: [Variable] = []
  /// Which communications it counts, if it is `communications(…)`; else it is a condition.
  var count: CountFilter?
  /// Whether it reads `now` or `today`.
  var readsTime = false

  var isCount: Bool { count != nil }
}

/// The arguments of `communications(…)`.
struct CountFilter: Sendable, Hashable {
  var name: Int?
  var channel: ChannelKind?
  var statuses: Set<CommunicationStatus> = []
  var isWithin = false

  /// Whether a communication that was just created counts.
  func counts(_ communication: Int, _ kind: ChannelKind) -> Bool {
    (name == nil || name == communication) && (channel == nil || channel == kind)
      && (statuses.isEmpty || statuses.contains(.planned))
  }

  /// Whether what is counted stays counted, whatever becomes of it.
  var isLasting: Bool { statuses.isEmpty && !isWithin }
}

/// The numbering of all variables of a campaign, and what each can hold.
public struct VariableTable: Sendable {
  private let profileCount: Int
  private let participantCount: Int
  private let resultCount: Int
  /// What each variable holds while nothing is known about it.
  private(set) var tops: [ValueSet] = []
  private(set) var atoms: [Atom] = []
  private var atomNumbers: [UInt64: Int] = [:]
  /// For each file, by expression: the atom it is, or -1.
  private(set) var atomOfExpression: [[Int32]]

  init(_ campaign: CheckedCampaign, _ files: [FileView], _ numbers: ValueNumbers) {
    let schema = campaign.schema
    profileCount = schema.profile.count
    participantCount = schema.participant.count
    resultCount = schema.resultNames.count
    atomOfExpression = files.map { Array(repeating: -1, count: $0.expressions.count) }
    let fields = schema.profile.fields + schema.participant.fields
    for field in fields { tops.append(Self.top(field.type, numbers)) }
    for name in schema.resultNames { tops.append(Self.resultTop(name, schema, numbers)) }
    for property in CommunicationProperty.allCases { tops.append(Self.top(property, numbers)) }
  }

  /// Everything a value of a type can be, unset too.
  static func top(_ type: ValueType, _ numbers: ValueNumbers) -> ValueSet {
    switch type {
    case .boolean: ValueSet(.cases(0b11), canBeUnset: true)
    case .integer, .numeric, .date, .datetime, .time, .duration:
      ValueSet(.range(.min, .max), canBeUnset: true)
    case .enumeration(let id): ValueSet(.cases(numbers.all(id)), canBeUnset: true)
    case .string: ValueSet(.cases(numbers.allTexts), canBeUnset: true)
    case .email, .phone: ValueSet(.anything, canBeUnset: true)
    }
  }

  private static func resultTop(_ name: String, _ schema: Schema, _ numbers: ValueNumbers) -> ValueSet {
    var top = ValueSet.unset
    for agent in schema.agents {
      if let field = agent.results[name] { top = top.union(Self.top(field.type, numbers)) }
    }
    return top
  }

  private static func top(_ property: CommunicationProperty, _ numbers: ValueNumbers) -> ValueSet {
    switch property {
    case .name, .agent: ValueSet(.cases(~0), canBeUnset: true)
    case .channel: top(.enumeration(Schema.channelEnumeration), numbers)
    case .status: top(.enumeration(Schema.statusEnumeration), numbers)
    case .plannedAt, .startedAt, .endedAt: top(.datetime, numbers)
    }
  }

  // MARK: Numbers

  public func field(_ level: FieldLevel, _ slot: Int) -> Variable {
    switch level {
    case .profile: Variable(slot)
    case .participant: Variable(profileCount + slot)
    }
  }

  public func result(_ slot: Int) -> Variable { Variable(profileCount + participantCount + slot) }
  public func property(_ property: CommunicationProperty) -> Variable {
    Variable(
      profileCount + participantCount + resultCount
        + (CommunicationProperty.allCases.firstIndex(of: property) ?? 0))
  }
  func atom(_ number: Int) -> Variable { Variable(firstAtom + number) }

  var firstContext: Int { profileCount + participantCount }
  var firstAtom: Int { firstContext + resultCount + CommunicationProperty.allCases.count }

  /// The field that a variable stands for.
  public func fieldOf(_ variable: Variable) -> (level: FieldLevel, slot: Int)? {
    let index = Int(variable.index)
    if index < profileCount { return (.profile, index) }
    return index < firstContext ? (.participant, index - profileCount) : nil
  }

  /// Whether a variable belongs to the run's communication and its results.
  func isContext(_ variable: Variable) -> Bool {
    (firstContext..<firstAtom).contains(Int(variable.index))
  }

  func atomOf(_ variable: Variable) -> Atom? {
    Int(variable.index) >= firstAtom ? atoms[Int(variable.index) - firstAtom] : nil
  }

  public func top(_ variable: Variable) -> ValueSet {
    Int(variable.index) < firstAtom
      ? tops[Int(variable.index)]
      : atoms[Int(variable.index) - firstAtom].isCount
        ? ValueSet(.range(0, .max)) : ValueSet(.cases(0b11), canBeUnset: true)
  }

  /// The variable that a name or a count stands for.
  func variable(_ id: ExpressionID, _ file: FileView) -> Variable? {
    switch file.reference(id) {
    case .field(let level, let slot): field(level, slot)
    case .result(let slot): result(slot)
    case .communication(let property): self.property(property)
    case .function(.communications): atomVariable(id, file)
    case .none, .campaignName, .enumerationCase, .function, .communicationName, .channel, .status, .flow,
      .runOutcome, .lastValue:
      nil
    }
  }

  func atomVariable(_ id: ExpressionID, _ file: FileView) -> Variable? {
    let number = atomOfExpression[file.index][Int(id.index)]
    return number < 0 ? nil : atom(Int(number))
  }

  /// Gives an expression the number of the atom that has its meaning, a new one if there is none.
  mutating func note(_ id: ExpressionID, _ file: FileView, _ meaning: UInt64, _ make: () -> Atom) {
    let number: Int
    if let known = atomNumbers[meaning] {
      number = known
    } else {
      number = atoms.count
      atoms.append(make())
      atomNumbers[meaning] = number
    }
    atomOfExpression[file.index][Int(id.index)] = Int32(truncatingIfNeeded: number)
  }
}

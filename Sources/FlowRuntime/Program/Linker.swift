import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

/// Gives slots, case numbers and constant texts to campaigns that run together, and compiles each.
struct Linker {
  var programs: [Program] = []
  var profile = FieldTable()
  var profileDefaults: [Value] = []
  var storage: [StorageType] = []
  var cases = CaseNumbers()
  var constantText = ConstantTextBuilder()
  /// Whether the programs note how far apart the sides of their comparisons are.
  var observes = false
  var slotCount: Int { storage.count }

  mutating func mergeProfiles(_ campaigns: [CheckedCampaign]) throws(ProfileConflict) {
    var owner: [String: (schema: Schema, campaign: String)] = [:]
    for campaign in campaigns {
      for field in campaign.schema.profile.fields {
        if let known = profile[field.name], let (schema, name) = owner[field.name] {
          guard Self.agree(known.type, schema, field.type, campaign.schema) else {
            throw ProfileConflict(field: field.name, campaigns: [name, campaign.name])
          }
          continue
        }
        owner[field.name] = (campaign.schema, campaign.name)
        profile.append(field)
        storage.append(StorageType(field.type))
        profileDefaults.append(value(of: field.defaultValue, campaign.schema))
      }
    }
  }

  mutating func link(_ campaign: CheckedCampaign) {
    let firstSlot = slotCount
    var defaults: [Value] = []
    for field in campaign.schema.participant.fields {
      storage.append(StorageType(field.type))
      defaults.append(value(of: field.defaultValue, campaign.schema))
    }
    // These first: what was asked at a prompt must not change the numbers that records hold.
    let caseNumbers = campaign.schema.caseNames.map { cases.number(of: $0) }
    let lastValue = value(of: campaign.prompt?.lastValue, campaign.schema)
    var parts = ProgramParts(
      campaign: campaign, index: programs.count, firstSlot: firstSlot, participantDefaults: defaults,
      profileSlots: campaign.schema.profile.fields.map { profile.index(of: $0.name) ?? 0 },
      caseNumbers: caseNumbers, constantText: constantText,
      observes: observes, lastValue: lastValue)
    parts.compile()
    constantText = parts.constantText
    programs.append(Program(parts))
  }

  private mutating func value(of last: LastValue?, _ schema: Schema) -> Value {
    switch last?.value {
    case nil, .unset: .unset
    case .constant(let constant): value(of: constant, schema)
    case .time(let time): Value(bits: Int64(time.milliseconds))
    case .duration(let duration): Value(bits: duration.milliseconds, extra: duration.days)
    }
  }

  private mutating func value(of constant: ConstantValue?, _ schema: Schema) -> Value {
    switch constant {
    case nil: .unset
    case .string(let text): constantText.value(of: text)
    case .integer(let number): Value(bits: number)
    case .numeric(let number): Value(bits: number.millionths)
    case .boolean(let truth): Value(truth)
    case .date(let date): Value(bits: Int64(date.dayNumber))
    case .localDateTime(let local):
      Value(bits: Int64(local.date.dayNumber) * 86_400_000 + Int64(local.time.milliseconds), tag: .local)
    case .instant(let instant): Value(bits: instant.milliseconds)
    case .enumeration(let id): Value(bits: cases.number(of: schema[id]))
    }
  }

  /// Enumerations agree if their cases do; any other type agrees with itself.
  private static func agree(_ a: ValueType, _ schemaA: Schema, _ b: ValueType, _ schemaB: Schema) -> Bool {
    if case .enumeration(let first) = a, case .enumeration(let second) = b {
      return schemaA[first].cases.map { schemaA[$0] } == schemaB[second].cases.map { schemaB[$0] }
    }
    return a == b
  }
}

/// The numbers of enumeration cases, one for each spelling.
struct CaseNumbers: Sendable {
  private(set) var names: [String] = []
  private var numbers: [String: Int64] = [:]

  func known(_ name: String) -> Int64? { numbers[name] }

  mutating func number(of name: String) -> Int64 {
    if let known = numbers[name] { return known }
    let number = Int64(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }
}

/// Collects constant texts, each once.
struct ConstantTextBuilder {
  private(set) var bytes: [UInt8] = []
  /// By bytes: to `String`, texts that are canonically equivalent are one, in the language they are two (K3).
  private var values: [[UInt8]: Value] = [:]

  mutating func value(of text: String) -> Value {
    let utf8 = Array(text.utf8)
    if let known = values[utf8] { return known }
    let value = Value(bits: ~Int64(bytes.count), extra: Int32(utf8.count))
    bytes += utf8
    values[utf8] = value
    return value
  }
}

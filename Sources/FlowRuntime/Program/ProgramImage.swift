import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

/// The tables of a program as the engine reads them: addresses of trivial values, which never move and which
/// reading does not retain. Its `Program` owns the memory.
struct ProgramImage: BitwiseCopyable, @unchecked Sendable {
  // Safe to share: written once, before the program that owns it is seen by anybody.
  let code: UnsafePointer<Instruction>
  let constants: UnsafePointer<Value>
  let defaults: UnsafePointer<Value>
  let listeners: UnsafePointer<ListenerCode>
  /// Where each `TriggerKind` begins in `listeners`, and the end.
  let listenerStarts: UnsafePointer<Int32>
  let plans: UnsafePointer<PlanCode>
  let handOvers: UnsafePointer<HandOverPlan>
  let reports: UnsafePointer<ReportCode>
  let reportResults: UnsafePointer<Int32>
  let cancellations: UnsafePointer<CancellationCode>
  let queries: UnsafePointer<CommunicationsQuery>
  /// Masks over the names of communications, one byte each.
  let nameMasks: UnsafePointer<UInt8>
  let models: UnsafePointer<Int32>
  let resultCounts: UnsafePointer<Int32>
  /// By agent, then by name of result: the agent's slot or -1.
  let resultSlots: UnsafePointer<Int32>
  /// The kinds of each agent's results, and where each agent's begin.
  let resultTypes: UnsafePointer<StorageType>
  let resultTypeStarts: UnsafePointer<Int32>
  let payloadTypes: UnsafePointer<StorageType>
  let nameCases: UnsafePointer<Int64>
  let agentCases: UnsafePointer<Int64>
  let channelCases: UnsafePointer<Int64>
  let statusCases: UnsafePointer<Int64>
  let resultNameCount: Int
  let firstSlot: Int
  let fieldCount: Int
  let reuploadFiresUpdated: Bool
}

struct ListenerCode: BitwiseCopyable {
  var fields: FieldSet
  var flow: Int32
  var entry: Int32
  /// Where its mask begins in `nameMasks`, -1 for any name, sessions too.
  var nameMask: Int32
  var statuses: UInt16
  var narrowsFields: Bool
}

struct PlanCode {
  var window: ContactWindow?
  var name: Int32
  var agent: Int32
  var condition: Int32
  var payloadCount: Int32
  var firstPayload: Int32
  var channel: UInt8
  var schedule: ScheduleKind
  var hasExpiry: Bool
}

struct ReportCode: BitwiseCopyable {
  var firstResult: Int32
  var resultCount: Int32
  var status: CommunicationStatus
  var isRange: Bool
}

struct CancellationCode: BitwiseCopyable {
  var nameMask: Int32
  var plannedOnly: Bool
}

/// Copies tables to memory that stays, and frees it with the program.
final class ImageMemory: @unchecked Sendable {
  // Safe to share: filled while a program is made, and only freed afterwards.
  private var allocations: [UnsafeMutableRawPointer] = []

  func copy<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    memory.initialize(from: elements, count: elements.count)
    allocations.append(UnsafeMutableRawPointer(memory))
    return UnsafePointer(memory)
  }

  deinit { for allocation in allocations { allocation.deallocate() } }
}

extension ProgramParts {
  func image(in memory: ImageMemory) -> ProgramImage {
    var masks: [UInt8] = []
    func mask(_ names: [Bool]?) -> Int32 {
      guard let names else { return -1 }
      masks += names.map { $0 ? 1 : 0 }
      return Int32(masks.count - names.count)
    }
    var starts: [Int32] = [0]
    var flat: [ListenerCode] = []
    for kind in listeners {
      flat += kind.map { listener in
        ListenerCode(
          fields: listener.fields, flow: Int32(listener.flow), entry: Int32(listener.entry),
          nameMask: mask(listener.names), statuses: listener.statuses, narrowsFields: listener.narrowsFields)
      }
      starts.append(Int32(flat.count))
    }
    let cancellationCodes = cancellations.map {
      CancellationCode(nameMask: mask($0.names), plannedOnly: $0.plannedOnly)
    }
    return ProgramImage(
      code: memory.copy(code), constants: memory.copy(constants), defaults: memory.copy(participantDefaults),
      listeners: memory.copy(flat), listenerStarts: memory.copy(starts), plans: memory.copy(planCodes()),
      handOvers: memory.copy(handOvers), reports: memory.copy(reportCodes()),
      reportResults: memory.copy(reports.flatMap(\.results).map(Int32.init)),
      cancellations: memory.copy(cancellationCodes), queries: memory.copy(queries),
      nameMasks: memory.copy(masks), models: memory.copy(models.map(Int32.init)),
      resultCounts: memory.copy(agents.map { Int32($0.resultCount) }),
      resultSlots: memory.copy(agents.flatMap { $0.slotOfName.map(Int32.init) }),
      resultTypes: memory.copy(agents.flatMap(\.types)),
      resultTypeStarts: memory.copy(Self.starts(agents.map(\.types.count))),
      payloadTypes: memory.copy(plans.flatMap { $0.payload.map { StorageType($0.type) } }),
      nameCases: memory.copy(nameCases), agentCases: memory.copy(agentCases),
      channelCases: memory.copy(channelCases), statusCases: memory.copy(statusCases),
      resultNameCount: schema.resultNames.count,
      firstSlot: firstSlot, fieldCount: schema.participant.count,
      reuploadFiresUpdated: campaign.reupload == .updated)
  }

  private func planCodes() -> [PlanCode] {
    let starts = Self.starts(plans.map(\.payload.count))
    return plans.enumerated().map { index, plan in
      PlanCode(
        window: plan.window, name: Int32(plan.name), agent: Int32(plan.agent),
        condition: Int32(plan.condition),
        payloadCount: Int32(plan.payload.count), firstPayload: starts[index], channel: plan.kind.rawValue,
        schedule: plan.schedule,
        hasExpiry: plan.hasExpiry)
    }
  }

  /// Where runs of these lengths begin when they lie one after another.
  private static func starts(_ counts: [Int]) -> [Int32] {
    var next: Int32 = 0
    return counts.map { count in
      defer { next += Int32(count) }
      return next
    }
  }

  private func reportCodes() -> [ReportCode] {
    var first = 0
    return reports.map { report in
      defer { first += report.results.count }
      return ReportCode(
        firstResult: Int32(first), resultCount: Int32(report.results.count), status: report.status,
        isRange: report.isRange)
    }
  }
}

import FlowCheck
import FlowSchema
import FlowSyntax
import FlowValues

/// What a program does, without where it stands in the text: two programs of one form do the same for everybody.
///
/// It is the code that can be reached, numbered in the order in which it is found, and all that its instructions mean in
/// the tables. Jumps are followed, statements' marks are left out, and a check of a condition that never holds is its Else
/// port, so that much that is written differently has one form. Programs of different forms may still do the same.
struct ProgramForm {
  private let program: Program
  private var words: [Int64] = []
  /// The number of each instruction, by its address.
  private var labels: [Int: Int64] = [:]
  private var waiting: [Int] = []

  /// - Parameter constantText: The texts that the program's values point into.
  static func words(of program: Program, constantText: ConstantText) -> [Int64] {
    var form = ProgramForm(program: program)
    form.writeListeners()
    for model in 0..<program.campaign.schema.agents.count {
      let entry = Int(program.image.models[model])
      form.words.append(entry < 0 ? -1 : form.label(entry))
    }
    while let address = form.waiting.popLast() { form.write(address) }
    // Which text a value means depends on all of them.
    form.words += (0..<constantText.count).map { Int64(constantText.base[$0]) }
    for pattern in program.patterns { form.write(pattern.source) }
    return form.words
  }

  private init(program: Program) { self.program = program }

  private mutating func writeListeners() {
    let image = program.image
    words.append(image.reuploadFiresUpdated ? 1 : 0)
    for kind in 0..<TriggerKind.allCases.count {
      words.append(Int64(image.listenerStarts[kind]))
      for index in Int(image.listenerStarts[kind])..<Int(image.listenerStarts[kind + 1]) {
        let listener = image.listeners[index]
        words += [Int64(listener.flow), label(Int(listener.entry)), Int64(listener.statuses)]
        words.append(listener.narrowsFields ? 1 : 0)
        words += (0..<image.fieldCount).map { listener.fields.contains($0) ? 1 : 0 }
        write(mask: listener.nameMask)
      }
    }
  }

  // MARK: Addresses

  private static let end: Int64 = -2

  /// The number of what is done at an address.
  private mutating func label(_ address: Int) -> Int64 {
    let address = target(of: address)
    if program.image.code[address].operation == .stop { return Self.end }
    if let known = labels[address] { return known }
    let label = Int64(labels.count)
    labels[address] = label
    waiting.append(address)
    return label
  }

  /// The first instruction from an address on that does something.
  private func target(of address: Int) -> Int {
    var address = address
    while true {
      let instruction = program.image.code[address]
      switch instruction.operation {
      case .node: address += 1
      case .jump: address = instruction.wide
      case .constant where isFalseBranch(address): address = program.image.code[address + 1].wide
      case _: return address
      }
    }
  }

  /// Whether a check stands here whose condition is a constant that is not true.
  private func isFalseBranch(_ address: Int) -> Bool {
    let (constant, next) = (program.image.code[address], program.image.code[address + 1])
    return next.operation == .branch && next.a == constant.a
      && !program.image.constants[constant.wide].isTrue
  }

  // MARK: Instructions

  private mutating func write(_ address: Int) {
    let instruction = program.image.code[address]
    words += [
      labels[address] ?? -1, Int64(instruction.operation.rawValue), Int64(instruction.flag),
      Int64(instruction.a),
    ]
    switch instruction.operation {
    case .stop, .yield: return
    case .jumpIfNotTrue, .branch, .jumpIfTrue, .jumpIfFalse, .jumpIfSet, .chance:
      words.append(label(instruction.wide))
    case .constant:
      let value = program.image.constants[instruction.wide]
      words += [value.bits, Int64(value.extra), Int64(value.tag.rawValue)]
    case .plan: write(program.plans[instruction.wide], program.image.plans[instruction.wide].condition)
    case .cancel:
      let cancellation = program.image.cancellations[instruction.wide]
      words.append(cancellation.plannedOnly ? 1 : 0)
      write(mask: cancellation.nameMask)
    case .handOver:
      let handOver = program.image.handOvers[instruction.wide]
      words += [Int64(handOver.flow), Int64(handOver.schedule.rawValue)]
    case .countCommunications: write(program.image.queries[Int(instruction.c)], register: instruction.b)
    case .report:
      let report = program.image.reports[instruction.wide]
      words += [Int64(report.status.rawValue), report.isRange ? 1 : 0, Int64(report.resultCount)]
      words += (0..<Int(report.resultCount)).map {
        Int64(program.image.reportResults[Int(report.firstResult) + $0])
      }
    case .node, .jump, .field, .result, .communicationProperty, .now, .today, .copy, .not, .and, .or, .isSet,
      .isNotSet, .compareBits, .compareText, .compareDuration, .toNumeric, .addInteger, .subtractInteger,
      .multiplyInteger, .remainderInteger, .negateInteger, .addNumeric, .subtractNumeric, .multiplyNumeric,
      .divideNumeric, .remainderNumeric, .negateNumeric, .concatenate, .dateAdd, .dateSubtract, .dateDistance,
      .datetimeAdd, .datetimeSubtract, .datetimeDistance, .durationAdd, .durationSubtract, .durationMultiply,
      .durationNegate, .contains, .startsWith, .endsWith, .matches, .function, .observe, .store, .beginUpdate,
      .endUpdate, .cancelHandOvers, .python:
      words += [Int64(instruction.b), Int64(instruction.c)]
    }
    words.append(label(address + 1))
  }

  private mutating func write(_ plan: CommunicationPlan, _ condition: Int32) {
    words += [
      Int64(plan.name), Int64(plan.agent), Int64(plan.kind.rawValue), Int64(plan.schedule.rawValue),
      plan.hasExpiry ? 1 : 0, condition < 0 ? -1 : label(Int(condition)),
    ]
    if let window = plan.window {
      words.append(Int64(window.days.bits))
      words += window.hours.map { [Int64($0.start.milliseconds), Int64($0.endMilliseconds)] } ?? []
    }
    words.append(-1)
    for entry in plan.payload { write(entry.key) }
  }

  private mutating func write(_ query: CommunicationsQuery, register: UInt16) {
    words += [
      Int64(register), Int64(query.name), Int64(query.channel), Int64(query.statuses), query.isWithin ? 1 : 0,
    ]
  }

  private mutating func write(mask: Int32) {
    guard mask >= 0 else { return words.append(-1) }
    words += program.campaign.schema.communications.indices.map {
      Int64(program.image.nameMasks[Int(mask) + $0])
    }
  }

  private mutating func write(_ text: String) {
    words.append(Int64(text.utf8.count))
    words += text.utf8.map { Int64($0) }
  }
}

extension Deployment {
  /// What the programs do, without where that stands in the text: deployments of one form do the same for everybody.
  package var form: [Int64] {
    programs.flatMap { ProgramForm.words(of: $0, constantText: constantText) }
  }
}

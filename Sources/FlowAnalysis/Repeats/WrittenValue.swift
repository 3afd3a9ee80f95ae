internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowValues

/// A value that a statement writes into a field, whatever held before it.
struct WrittenValue {
  var place: RepeatedContact.Opening
  var value: ValueSet

  /// The same without some cases, and without what has no bit of its own.
  func without(_ bits: UInt128) -> WrittenValue {
    var result = self
    result.value.content = value.content.intersection(.cases(~(bits | ValueNumbers.others)))
    return result
  }
}

extension CampaignAnalysis {
  /// What is written into each field but the value of a new record, each value with the first two places that write it.
  func writtenValues() -> [Variable: [WrittenValue]] {
    let interpreter = Interpreter(self, flows: [])
    var result: [Variable: [WrittenValue]] = [:]
    for (flow, node, assignment) in assignments {
      guard let field = names.field(assignment.target) else { continue }
      let declared = campaign.schema.fields(field.level)[field.slot]
      var value = interpreter.value(assignment.value, AbstractState(), files[graphs[flow].file]).withoutUnset
      guard case .cases = value.content, !value.isVague,
        declared.type != .boolean || declared.defaultValue != nil
      else { continue }
      value.content = value.content.subtracting(declared.initialValue(numbers).content)
      let variable = table.field(field.level, field.slot)
      let same = (result[variable] ?? []).filter { $0.value == value }
      guard value.canBeSet, same.count < 2, same.allSatisfy({ $0.place.flow != flow }) else { continue }
      let place = RepeatedContact.Opening(flow: flow, node: node, level: field.level, slot: field.slot)
      result[variable, default: []].append(WrittenValue(place: place, value: value))
    }
    return result
  }
}

extension Field {
  /// What a new record holds where no upload has brought a value.
  func initialValue(_ numbers: ValueNumbers) -> ValueSet {
    switch defaultValue {
    case .none: .unset
    case .boolean(let value): .truth(value)
    case .integer(let value): type == .numeric ? ValueSet.number(value).scaled : .number(value)
    case .numeric(let value): .number(value.millionths)
    case .date(let date): .number(Int64(date.dayNumber))
    case .instant(let instant): .number(instant.milliseconds)
    case .enumeration(let element): ValueSet(.cases(numbers.bit(element)))
    case .string(let text): type == .string ? ValueSet(.cases(numbers.bit(text))) : ValueSet(.anything)
    case .localDateTime: ValueSet(.range(.min, .max), isVague: true)
    }
  }
}

internal import FlowSchema
internal import FlowValues

extension ValueSet {
  /// What a field is in a new record.
  static func initial(of field: Field, _ numbers: ValueNumbers) -> ValueSet {
    switch field.defaultValue {
    case .none: .unset
    case .boolean(let value): .truth(value)
    case .integer(let value): field.type == .numeric ? ValueSet.number(value).scaled : .number(value)
    case .numeric(let value): .number(value.millionths)
    case .date(let date): .number(Int64(date.dayNumber))
    case .instant(let instant): .number(instant.milliseconds)
    case .enumeration(let element): ValueSet(.cases(numbers.bit(element)))
    case .string(let text):
      field.type == .string ? ValueSet(.cases(numbers.bit(text))) : ValueSet(.anything)
    case .localDateTime: ValueSet(.range(.min, .max), isVague: true)
    }
  }
}

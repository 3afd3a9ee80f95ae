import FlowSchema

/// Rows and edits that do not come from a file of rows: from events, and from scenarios.
extension RowIntake {
  /// Takes in one row: the keys of an event, and fields by name. `null` clears a field, an empty text leaves it.
  ///
  /// - Returns: Whether the row is in the batch.
  package mutating func takeRow(
    keys: [OutsideEvent.Key] = [], fields given: [NamedScalar], into batch: inout RowBatch,
    rejected: inout [RejectedRow]
  ) -> Bool {
    let mistakes = rejected.count
    beginRow(&batch)
    for key in keys {
      take(NamedScalar("profile.\(key.field.name)", .text(key.value)), isEdit: false, &batch, &rejected)
    }
    for scalar in given { take(scalar, isEdit: false, &batch, &rejected) }
    endRow(&batch, rejected: &rejected)
    return rejected.count == mistakes
  }

  /// Takes in an edit from outside: fields by name, internal ones too, none of them required.
  ///
  /// - Returns: Whether the edit is in the batch, as a row.
  package mutating func takeEdit(
    fields given: [NamedScalar], into batch: inout RowBatch, rejected: inout [RejectedRow]
  ) -> Bool {
    beginRow(&batch)
    for scalar in given { take(scalar, isEdit: true, &batch, &rejected) }
    return endEdit(&batch)
  }

  private mutating func take(
    _ given: NamedScalar, isEdit: Bool, _ batch: inout RowBatch, _ rejected: inout [RejectedRow]
  ) {
    var name = given.name
    guard let field = name.withUTF8({ names[$0] }) else {
      return refuse(unknownName: given.name, &rejected)
    }
    if !isEdit && fields[field].isInternal { return refuse(internal: field, &rejected) }
    if !self.name(field) { return refuse(repeated: field, &rejected) }
    switch given.value {
    case .null: batch.append(clearing: fields[field].slot)
    case .boolean(let truth): take(.boolean(truth), field: field, into: &batch, rejected: &rejected)
    case .text(var text):
      text.withUTF8 { take(.text($0), field: field, into: &batch, rejected: &rejected) }
    case .number(var digits):
      digits.withUTF8 { take(.number($0), field: field, into: &batch, rejected: &rejected) }
    }
  }

  package mutating func refuse(unknownName name: String, _ rejected: inout [RejectedRow]) {
    let hint = names.likely(name).map { ": did you mean `\($0)`?" } ?? ""
    refuse("no field has this name\(hint)", field: name, &rejected)
  }

  package mutating func refuse(internal field: Int, _ rejected: inout [RejectedRow]) {
    refuse("the field is internal and never read from an upload", field: fields[field].name, &rejected)
  }

  package mutating func refuse(repeated field: Int, _ rejected: inout [RejectedRow]) {
    refuse("the field is named twice", field: fields[field].name, &rejected)
  }
}

internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `upload { … }`: one row, as an import would bring it (language 6; semantics D5).
extension CampaignChecker {
  mutating func checkRow(_ list: CellList) {
    let cells = tree[list]
    var seen: [String: SourceRange] = [:]
    for cell in cells {
      guard let (level, slot) = field(of: cell) else {
        check(cell.value, .silent)
        continue
      }
      let field = schema.fields(level)[slot]
      let earlier = seen.updateValue(cell.keyRange, forKey: "\(level.spelling).\(field.name)")
      if let earlier { reportRepeated(cell.keyRange, "`\(field.name)`", "in one row", earlier) }
      if field.isInternal { reportInternal(cell, field) }
      noteIdentifier(cell, level, slot)
      checkCell(cell.value, level, slot)
    }
  }

  /// A bare name that exists at both levels means the participant's (semantics D5).
  private mutating func field(of cell: UploadCell) -> (FieldLevel, Int)? {
    if cell.field.isMissing { return nil }
    if let name = cell.level {
      guard let level = FieldLevel(name.symbol) else {
        reportUnknownRecord(name.symbol, name.range, cell.field)
        return nil
      }
      if let slot = names.slot(level, cell.field.symbol) { return (level, slot) }
      reportUnknownField(cell.field, level, base: name.range)
      return nil
    }
    if let slot = names.participant[cell.field.symbol] { return (.participant, slot) }
    if let slot = names.profile[cell.field.symbol] { return (.profile, slot) }
    reportUnknownCell(cell.field)
    return nil
  }

  private mutating func reportUnknownCell(_ name: Name) {
    let all = isBrief ? [] : (schema.participant.fields + schema.profile.fields).map(\.name)
    let near = suggestion(text(name), all)
    report(
      .unknownField, "neither `participant` nor `profile` has a field `\(text(name))`", at: name.range,
      label: didYouMean(near), fixes: renaming(name.range, to: near))
  }

  /// A text is read as a cell would be, whatever the field's type: it may also be one that is refused.
  private mutating func checkCell(_ value: ExpressionID, _ level: FieldLevel, _ slot: Int) {
    requireParticipant(value)
    if isUnset(value) { return }
    if case .text = expressions[Int(value.index)].kind {
      check(value, .none)
      return
    }
    guard let type = fieldType(level, slot) else {
      check(value, .silent)
      return
    }
    guard let found = check(value, .type(type)), !isAssignable(found, to: type) else { return }
    let field = schema.fields(level)[slot]
    reportMismatch(
      value, expected: described(type), found: described(found), for: "`\(field.name)`",
      secondary: field.declaration.map { [Label($0, "declared here")] } ?? [],
      notes: missingCases(found, in: type),
      help: ["a text in quotes is read as a cell of a file would be, rightly or not"])
  }

  private mutating func reportInternal(_ cell: UploadCell, _ field: Field) {
    report(
      .internalUpload, "expected a field that is uploaded, found `\(field.name)`, which is internal",
      at: cell.keyRange, secondary: field.declaration.map { [Label($0, "declared `internal` here")] } ?? [],
      help: ["an edit from outside may write it: `update participant.\(field.name) = …`"])
  }

  private mutating func noteIdentifier(_ cell: UploadCell, _ level: FieldLevel, _ slot: Int) {
    guard level == .profile, slot == SystemField.Profile.externalID.rawValue,
      case .text(let id) = expressions[Int(cell.value.index)].kind,
      scenario.identifiers[tree[id]] == nil
    else { return }
    scenario.identifiers[tree[id]] = expressions[Int(cell.value.index)].range
  }
}

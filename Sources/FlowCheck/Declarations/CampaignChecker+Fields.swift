internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `profile { … }` and `participant { … }`, which may stand several times and in several files.
extension CampaignChecker {
  mutating func declareFields() {
    for case .fields(let declaration) in tree.declarations {
      for field in declaration.fields where !field.name.isMissing { declare(field, declaration.level) }
    }
  }

  private mutating func declare(_ declaration: FieldDeclaration, _ level: FieldLevel) {
    let type = self.type(declaration.type)
    reportContradiction(declaration)
    var field = Field(
      name: text(declaration.name), type: type ?? .string,
      title: title(declaration.title, declaration.documentation), isRequired: declaration.required != nil,
      isInternal: declaration.internal != nil, declaration: span(declaration.name.range))
    if let value = declaration.defaultValue { field.defaultValue = constant(value, for: type, declaration) }
    if let slot = names.slot(level, declaration.name.symbol) {
      redeclare(declaration, level, slot, field, type)
    } else if schema.fields(level).count < FieldTable.maximumCount {
      append(field, declaration.name.symbol, level, type)
    } else {
      reportLimit(declaration.name, "a level has at most \(FieldTable.maximumCount) fields")
    }
  }

  private mutating func append(_ field: Field, _ symbol: Symbol, _ level: FieldLevel, _ type: ValueType?) {
    switch level {
    case .profile:
      names.profile[symbol] = schema.profile.count
      schema.profile.append(field)
      profileFacts.types.append(type)
      profileFacts.declarations.append(field.declaration)
    case .participant:
      names.participant[symbol] = schema.participant.count
      schema.participant.append(field)
      participantFacts.types.append(type)
      participantFacts.declarations.append(field.declaration)
    }
  }

  /// A second declaration is right only for a system field, once, and with its own type (language 3).
  private mutating func redeclare(
    _ declaration: FieldDeclaration, _ level: FieldLevel, _ slot: Int, _ field: Field, _ type: ValueType?
  ) {
    if let earlier = fieldFacts(level).declarations[slot] {
      return reportDuplicate(declaration.name, "the field", earlier: earlier)
    }
    let own = schema.fields(level)[slot].type
    if let type, type != own {
      reportSystemFieldType(declaration, level, own)
    }
    var field = field
    field.type = own
    switch level {
    case .profile:
      schema.profile[slot] = field
      profileFacts.declarations[slot] = field.declaration
    case .participant:
      schema.participant[slot] = field
      participantFacts.declarations[slot] = field.declaration
    }
  }

  func fieldFacts(_ level: FieldLevel) -> FieldFacts {
    switch level {
    case .profile: profileFacts
    case .participant: participantFacts
    }
  }

  private mutating func reportContradiction(_ declaration: FieldDeclaration) {
    guard let required = declaration.required, let hidden = declaration.internal else { return }
    report(
      .requiredInternal, "expected `required` or `internal`, found both at `\(text(declaration.name))`",
      at: max(required, hidden),
      secondary: [Label(span(min(required, hidden)), "contradicts this")],
      notes: ["a required field must be filled by every uploaded row, an internal one is never read from any"]
    )
  }

  private mutating func reportSystemFieldType(
    _ declaration: FieldDeclaration, _ level: FieldLevel, _ own: ValueType
  ) {
    let written = spelling(own)
    report(
      .systemFieldType,
      "expected `\(text(declaration.name)): \(written)`, found `\(tree.source.text(declaration.type.range))`",
      at: declaration.type.range,
      notes: ["`\(level.spelling).\(text(declaration.name))` exists without being declared, as `\(written)`"],
      fixes: [Fix("write `\(written)`", .unsafe, [Edit(span(declaration.type.range), written)])])
  }
}

private func max(_ a: SourceRange, _ b: SourceRange) -> SourceRange { a.lower < b.lower ? b : a }
private func min(_ a: SourceRange, _ b: SourceRange) -> SourceRange { a.lower < b.lower ? a : b }

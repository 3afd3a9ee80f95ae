import FlowCheck
import FlowSchema
import FlowSyntax

/// `python` statements: which slots their fields are.
extension ProgramParts {
  mutating func compile(_ statement: PythonStatement, at id: StatementID) {
    if let timeout = statement.timeout { compile(timeout, into: 0, as: .duration) }
    let script: ProgramScript.Script =
      switch statement.script {
      case .file(let text): .file(tree[text])
      case .inline(let text): .inline(tree[text])
      }
    let position = append(
      ProgramScript(
        file: file, scriptRange: statement.scriptRange, script: script, statement: id,
        hasTimeout: statement.timeout != nil, reads: tree[statement.reads].map(read),
        writes: tree[statement.writes].map { write($0) }), to: \.scripts)
    emit(.wide(.python, a: 0, position))
  }

  private func read(_ name: QualifiedName) -> ProgramScript.Read {
    let record = campaign.symbols[name.level.symbol]
    let field = campaign.symbols[name.field.symbol]
    let (source, type) = source(name.level.symbol, field)
    return ProgramScript.Read(field: ScriptRead(record: record, field: field), source: source, type: type)
  }

  private func source(_ record: Symbol, _ field: String) -> (ProgramScript.Source, ValueType) {
    switch record.keyword {
    case .profile:
      guard let index = schema.profile.index(of: field) else { break }
      return (.slot(profileSlots[index]), schema.profile[index].type)
    case .participant:
      guard let index = schema.participant.index(of: field) else { break }
      return (.slot(firstSlot + index), schema.participant[index].type)
    case .result:
      guard let index = schema.resultNames.firstIndex(of: field) else { break }
      return (.result(index), .string)
    case .communication:
      guard let property = CommunicationProperty(rawValue: field) else { break }
      return (.property(RuntimeProperty(property)), .string)
    case .campaign: return (.campaignName, .string)
    default: break
    }
    return (.nothing, .string)
  }

  private func form(_ type: ValueType) -> ScriptForm {
    switch type {
    case .email: .email
    case .phone: .phone
    case .enumeration(let id): .oneOf(schema[id].cases.map { schema[$0] })
    case .string, .integer, .numeric, .boolean, .date, .datetime, .time, .duration: .any
    }
  }

  /// A bare key means the participant's field where both levels have it (semantics P1).
  private mutating func write(_ name: QualifiedName) -> ProgramScript.Write {
    let target = target(of: name)
    let field = campaign.symbols[name.field.symbol]
    let isProfile = name.level.symbol == Symbol(.profile)
    let exact = "\(campaign.symbols[name.level.symbol]).\(field)"
    let isShared = isProfile && schema.participant.index(of: field) != nil
    var cases: [String: Int64] = [:]
    if case .enumeration(let id) = target.type {
      for identifier in schema[id].cases { cases[schema[identifier]] = number(of: identifier) }
    }
    return ProgramScript.Write(
      field: ScriptWrite(
        keys: isShared ? [exact] : [field, exact], type: ScriptType(target.type), form: form(target.type)),
      slot: target.slot, store: target.store, type: target.type, cases: cases)
  }
}

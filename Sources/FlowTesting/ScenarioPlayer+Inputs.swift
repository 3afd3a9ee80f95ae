internal import FlowCheck
internal import FlowData
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// What comes from outside: rows, edits, reports, sessions (semantics E1).
extension ScenarioPlayer {
  // MARK: Rows

  /// One row, whose cells are read as those of a file.
  func upload(_ list: CellList) throws(ScenarioFailure) {
    var fields: [NamedScalar] = []
    for cell in tree[list] {
      let level = cell.level.map { name($0.symbol) + "." } ?? ""
      guard let text = try cellText(cell.value) else { continue }
      fields.append(NamedScalar(level + name(cell.field.symbol), .text(text)))
    }
    let row = OutsideEvent(line: 1, at: now, keys: [], kind: .participantUploaded(fields))
    rememberRow(fields)
    if case .rowRefused(let refusal) = simulation.apply(row, campaign: 0) {
      rejectedRows += 1
      refusals.append(refusal)
    }
    settle()
  }

  /// A value as a cell has it; `nil` for `unset`, which leaves the field as it is (semantics D3).
  private func cellText(_ id: ExpressionID) throws(ScenarioFailure) -> String? {
    switch tree[id].kind {
    case .text(let text): return tree[text]
    case .unset: return nil
    // A datetime without offset is read in the row's own zone.
    case .localDateTime: return tree.source.text(tree[id].range)
    default:
      let value = try evaluate(id)
      return value.isSet ? value.cell : nil
    }
  }

  /// The rows of a file. A file that cannot be used fails the test.
  func upload(_ path: TextLiteral) throws(ScenarioFailure) {
    let bytes: [UInt8]
    switch run.readFile(path.value, tree.source.name) {
    case .success(let found): bytes = found
    case .failure(let failure):
      throw .statement("cannot read `\(path.value)`: \(failure.reason)", path.range, person: nil)
    }
    var reader = UploadReader(
      ByteSource(bytes), fileName: path.value, fields: run.deployment.inputFields(campaign: 0),
      zones: run.deployment.zones)
    let problems = (try? reader.open()) ?? []
    if let problem = problems.first(where: { $0.severity == .error }) {
      throw .statement(
        "cannot upload `\(path.value)`: \(problem.message)", path.range, person: nil, help: problem.notes)
    }
    var refused: Set<Int> = []
    var hasMore = true
    let peopleBefore = simulation.peopleCount
    while hasMore, goesOn() {
      var batch = RowBatch()
      var mistakes: [RejectedRow] = []
      hasMore =
        (try? reader.readRows(into: &batch, limit: Simulation.rowsPerBatch, rejected: &mistakes)) ?? false
      refused.formUnion(mistakes.map(\.rowNumber))
      let refusedByStore = simulation.upload(&batch, campaign: 0, at: now)
      refused.formUnion(refusedByStore.map(\.row))
      remember(mistakes, refusedByStore)
    }
    rejectedRows += refused.count
    rememberNewcomers(from: peopleBefore)
    settle()
  }

  private func remember(_ mistakes: [RejectedRow], _ refused: [RowRefusal]) {
    let all =
      mistakes.map {
        RowRefusal(row: $0.rowNumber, field: $0.fieldName, value: $0.value, reason: $0.reason)
      } + refused
    let room = Self.rememberedRefusals - refusals.count
    refusals += all.sorted { $0.row < $1.row }.prefix(max(room, 0))
  }

  // MARK: Edits

  func edit(_ list: AssignmentList, _ range: SourceRange) throws(ScenarioFailure) {
    let person = try requirePerson(range)
    var fields: [NamedScalar] = []
    for assignment in tree[list] {
      let target = assignment.target
      let field = "\(name(target.level.symbol)).\(name(target.field.symbol))"
      let text = try cellText(assignment.value)
      fields.append(NamedScalar(field, text.map { .text($0) } ?? .null))
    }
    let event = OutsideEvent(line: 1, at: now, keys: [], kind: .participantUpdated(fields))
    try apply(event, range, person)
  }

  // MARK: Reports

  func report(
    _ subject: ReportSubject, _ status: Name, _ results: EntryList, _ range: SourceRange, isEnd: Bool
  ) throws(ScenarioFailure) {
    let person = try requirePerson(range)
    guard let status = CommunicationStatus(spelling: name(status.symbol)) else { return }
    let wanted: String? =
      switch subject {
      case .communication(let name): self.name(name.symbol)
      case .session: nil
      }
    let known = simulation.communications(of: person, campaign: 0).filter { $0.name == wanted }
    guard known.contains(where: { !$0.status.isFinal }) else {
      throw notOpen(wanted, known.last, subject.range, person)
    }
    var values: [NamedScalar] = []
    for entry in tree[results] {
      guard let text = try cellText(entry.value) else { continue }
      values.append(NamedScalar(name(entry.key.symbol), .text(text)))
    }
    let report = CommunicationReport(wanted.map { .named($0) } ?? .session, status, results: values)
    let kind: OutsideEvent.Kind = isEnd ? .communicationEnded(report) : .communicationUpdated(report)
    let event = OutsideEvent(line: 1, at: now, keys: [], kind: kind)
    try apply(event, range, person)
  }

  private func notOpen(
    _ name: String?, _ last: CommunicationState?, _ range: SourceRange, _ person: Int
  ) -> ScenarioFailure {
    let what = name.map { "`\($0)`" } ?? "session"
    guard let last else {
      var failure = ScenarioFailure.statement(
        "expected an open \(what), found none", range, person: person)
      if let name { explain(missing: name, person, &failure) }
      return failure
    }
    var failure = ScenarioFailure.statement(
      "expected an open \(what), found it \(last.status.words)", range, person: person)
    if let reason = skipReason(last, person) { failure.notes = ["it was skipped: \(reason)"] }
    return failure
  }

  // MARK: Sessions

  func openSession(_ channel: Name?, _ agent: Name?, _ range: SourceRange) throws(ScenarioFailure) {
    let person = try requirePerson(range)
    let event = OutsideEvent(
      line: 1, at: now, keys: [],
      kind: .sessionIncoming(
        channel: channel.map { name($0.symbol) }, agent: agent.map { name($0.symbol) }))
    try apply(event, range, person)
  }

  private func apply(
    _ event: OutsideEvent, _ range: SourceRange, _ person: Int
  ) throws(ScenarioFailure) {
    remember(.outside(event.kind, campaign: 0), person)
    let outcome = simulation.apply(event, 0, to: person)
    settle()
    switch outcome {
    // A report of a status that is no step forward changes nothing, as in production (semantics C2).
    case .applied, .ignored: return
    case .refused(let reason): throw .statement(reason, range, person: person)
    case .rowRefused(let refusal): throw .statement(refusal.reason, range, person: person)
    case .unmatched(.nobody(let reason)), .unmatched(.unknownName(let reason)),
      .unmatched(.noCommunication(let reason)):
      throw .statement(reason, range, person: person)
    }
  }
}

extension CommunicationStatus {
  /// As a sentence has it.
  var words: String { self == .noResponse ? "ended without response" : spelling }
}

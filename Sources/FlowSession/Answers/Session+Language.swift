internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// What is typed as it is in files: statements, declarations, an expression.
extension Session {
  func language(_ text: String) throws(SessionProblem) -> SessionReply {
    let campaign = history.present.campaign
    var symbols = campaign.campaign.symbols
    let source = campaign.source(text, place)
    switch EntryReading(source, symbols: &symbols) {
    case .nothing, .command: return SessionReply()
    case .beginning:
      try refuseMistakes(ReadEntry(parseScenario(source, symbols: &symbols), symbols), campaign)
      return SessionReply()
    case .scenario(let parsed):
      let entry = ReadEntry(parsed, symbols)
      try refuseMistakes(entry, campaign)
      return entry.hasDeclarations ? try declare(entry) : try carryOut(entry)
    case .expression(let parsed):
      try refuseBareCommand(text)
      return try value(of: ReadEntry(parsed, symbols), about: nil)
    case .expressionFor(let key, let parsed): return try value(of: ReadEntry(parsed, symbols), about: key)
    }
  }

  func refuseMistakes(_ entry: ReadEntry, _ campaign: SessionCampaign) throws(SessionProblem) {
    if entry.isRight { return }
    throw SessionProblem(
      entry.file.diagnostics, campaign.campaign.files.map(\.source) + [entry.file.tree.source])
  }

  private func refuseBareCommand(_ text: String) throws(SessionProblem) {
    guard let command = CommandWord(withoutColon: text) else { return }
    throw SessionProblem(
      .unknownCommand, "expected an expression or a statement, found the bare word `\(text.terminalSafe)`",
      help: ["a command begins with a colon: `\(command.spelling)`"])
  }

  // MARK: Statements

  /// Plays statements, each of which can be gone back behind on its own; where one cannot be, none is.
  private func carryOut(_ entry: ReadEntry) throws(SessionProblem) -> SessionReply {
    let moment = history.present
    let check = moment.campaign.check(entry, lastValue: lastValue, surroundings.zones)
    try refuseErrors(check)
    guard case .statements(let list) = entry.content else { return SessionReply() }
    let files = readUploads(Array(entry.file.tree[list]), entry.file.tree)
    let stage = try stage(check, seed: moment.seed, files: files)
    var told = ""
    var moments: [Moment] = []
    var state = try state(of: moment)
    for statement in stage.statements {
      let next = try play(statement, of: stage, behind: state)
      if Stage.isExpectation(statement, stage.tree) {
        let text = inputText(of: statement, in: stage.tree)
        let last = moments.last ?? moment
        if !last.inputs.isEmpty { last.inputs[last.inputs.count - 1].expectations.append(text) }
        told += "as expected\n"
        continue
      }
      let input = SessionInput(text: inputText(of: statement, in: stage.tree), files: files)
      told += Telling(self, moment.campaign, from: state, to: next).text
      moments.append(
        Moment(
          moment.campaign, seed: moment.seed, inputs: (moments.last ?? moment).inputs + [input], state: next,
          cause: Self.oneLine(statement, stage.tree)))
      state = next
    }
    for moment in moments { history.append(moment) }
    return SessionReply(output: told)
  }

  func refuseErrors(_ check: CheckResult) throws(SessionProblem) {
    if check.hasErrors { throw SessionProblem(check.diagnostics, check.sources) }
  }

  /// The text of a statement, with the value of `it` in its place: it means the same when it is played again.
  private func inputText(of statement: StatementID, in tree: SyntaxTree) -> String {
    let range = tree[statement].range
    guard let lastValue else { return tree.source.text(range) }
    var text = ""
    var place = range.lower
    for (index, token) in tree.tokens.enumerated()
    where token.range.lower >= range.lower && token.range.upper <= range.upper {
      guard tree.source.text(token.range) == "it", token.kind == .identifier,
        !Self.isName(index, tree)
      else { continue }
      text += tree.source.text(SourceRange(place, token.range.lower))
      text += LiteralWords.text(of: lastValue, history.present.campaign.campaign)
      place = token.range.upper
    }
    return text + tree.source.text(SourceRange(place, range.upper))
  }

  /// Whether the word at a position names a field or a key.
  private static func isName(_ index: Int, _ tree: SyntaxTree) -> Bool {
    let before = index > 0 ? tree.source.text(tree.tokens[index - 1].range) : ""
    let behind = index + 1 < tree.tokens.count ? tree.source.text(tree.tokens[index + 1].range) : ""
    return before == "." || behind == "="
  }

  // MARK: Expressions

  private func value(of entry: ReadEntry, about key: String?) throws(SessionProblem) -> SessionReply {
    let moment = history.present
    try refuseMistakes(entry, moment.campaign)
    let check = moment.campaign.check(entry, lastValue: lastValue, surroundings.zones)
    try refuseErrors(check)
    let stage = try stage(check, seed: moment.seed)
    guard let expression = stage.expression else { return SessionReply() }
    if case .unset = stage.tree[expression].kind { return SessionReply(output: "unset\n") }
    let player = stage.player(at: try state(of: moment))
    if let key { player.choose(try person(withKey: key, player)) }
    try refuseDoubt(expression, stage, player)
    switch player.answer(expression) {
    case .failed(let reason):
      throw SessionProblem(.impossibleStatement, "the expression has no value: \(reason.message)")
    case nil: throw SessionProblem(.impossibleStatement, "the expression has no value")
    case .value(let value):
      lastValue = value.asLastValue
      let type = TypeWords.text(of: value.asLastValue.type, check.campaign.schema)
      return SessionReply(output: "\(value.text.terminalSafe)\(surroundings.style.pale(" : \(type)"))\n")
    }
  }

  /// An expression about a participant needs one.
  private func refuseDoubt(
    _ expression: ExpressionID, _ stage: Stage, _ player: ScenarioPlayer
  ) throws(SessionProblem) {
    guard player.onlyPerson == nil, ParticipantReads.has(expression, stage.tree) else { return }
    let text = stage.tree.source.text(stage.tree[expression].range).split { $0.isWhitespace }
    throw doubt(player, proposed(player) { _ in true }) { "for \($0) { \(text.joined(separator: " ")) }" }
  }

  /// `:type EXPR`.
  func type(of text: String) throws(SessionProblem) -> SessionReply {
    let campaign = history.present.campaign
    let entry = ReadEntry.expression(text, campaign, at: place)
    try refuseMistakes(entry, campaign)
    let check = campaign.check(entry, lastValue: lastValue, surroundings.zones)
    try refuseErrors(check)
    guard case .expression(let id) = check.campaign.prompt?.content else { return SessionReply() }
    let type = check.campaign.facts[entry.file.tree.source.id.index].type(of: id)
    let words = type.map { TypeWords.text(of: $0, check.campaign.schema) } ?? "unset"
    return SessionReply(output: words + "\n")
  }
}

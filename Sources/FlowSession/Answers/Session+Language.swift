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
    let statements = ReadEntry.statements(text, campaign)
    if statements.isRight {
      return statements.hasDeclarations ? try declare(statements, text) : try carryOut(statements)
    }
    if let command = CommandWord(withoutColon: text) {
      throw SessionProblem(
        .unknownCommand, "expected an expression or a statement, found the bare word `\(text.terminalSafe)`",
        help: ["a command begins with a colon: `\(command.spelling)`"])
    }
    let expression = ReadEntry.expression(text, campaign)
    if expression.isRight, !Self.isWord(expression) || !Self.beginsStatement(statements) {
      return try value(of: expression, about: nil)
    }
    if let (key, inner) = Self.expressionOfSomebody(text, campaign) {
      return try value(of: inner, about: key)
    }
    let likelier =
      Self.beginsStatement(statements) || Self.isMendable(statements) ? statements : expression
    throw SessionProblem(
      likelier.file.diagnostics, campaign.campaign.files.map(\.source) + [likelier.file.tree.source])
  }

  /// Whether nothing but a name was typed.
  private static func isWord(_ entry: ReadEntry) -> Bool {
    entry.file.tree.tokens.filter { $0.kind != .endOfFile }.count == 1
  }

  /// Whether a statement's first word is a slip that the parser can mend: `advanc 3d`.
  private static func isMendable(_ entry: ReadEntry) -> Bool {
    var symbols = SymbolTable()
    guard case .scenario(let parsed) = EntryReading(entry.file.tree.source, symbols: &symbols) else {
      return false
    }
    return parsed.diagnostics.first?.primary?.span.range.lower == entry.file.tree.tokens.first?.range.lower
  }

  /// Whether the first word is one that statements and declarations begin with.
  private static func beginsStatement(_ entry: ReadEntry) -> Bool {
    guard let first = entry.file.tree.tokens.first else { return false }
    let words: Set<String> = [
      "at", "advance", "upload", "update", "progress", "end", "incoming", "for", "expect", "use", "campaign",
      "enum", "window", "agent", "flow", "model", "test",
    ]
    let levels: Set<String> = ["profile", "participant"]
    let word = entry.file.tree.source.text(first.range)
    if words.contains(word) { return true }
    let next = entry.file.tree.tokens.dropFirst().first
    return levels.contains(word) && next.map { entry.file.tree.source.text($0.range) } == "{"
  }

  /// `for "c1" { participant.status }`: an expression about somebody, where there are several.
  private static func expressionOfSomebody(
    _ text: String, _ campaign: SessionCampaign
  ) -> (key: String, entry: ReadEntry)? {
    var symbols = campaign.campaign.symbols
    let source = SourceFile(name: ReadEntry.name, text: text)
    let lexed = lex(source, symbols: &symbols)
    let words = lexed.tokens.filter { $0.kind != .endOfFile }
    guard words.count > 4, source.text(words[0].range) == "for", words[1].kind == .stringLiteral,
      words[2].kind == .leftBrace, words[words.count - 1].kind == .rightBrace
    else { return nil }
    var bytes = source.bytes
    let inner = words[2].range.upper..<words[words.count - 1].range.lower
    for place in bytes.indices where !inner.contains(place) && bytes[place] != UInt8(ascii: "\n") {
      bytes[place] = UInt8(ascii: " ")
    }
    let entry = ReadEntry.expression(String(decoding: bytes, as: UTF8.self), campaign)
    guard entry.isRight else { return nil }
    return (String(source.text(words[1].range).dropFirst().dropLast()), entry)
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
    let count = player.simulation.peopleCount
    if count == 0 {
      throw SessionProblem(
        .impossibleStatement, "expected a participant, found none: nobody has been uploaded",
        help: ["write for example `upload { external_id = \"c1\" }`"])
    }
    throw SessionProblem(
      .impossibleStatement, "expected one participant, found \(Counted.number(count)) that could be meant",
      help: [
        "write `for \"\(player.simulation.name(of: 0))\" { \(stage.tree.source.text(stage.tree[expression].range)) }`"
      ])
  }

  func person(withKey key: String, _ player: ScenarioPlayer) throws(SessionProblem) -> Int {
    let found = player.simulation.people(withKey: key)
    if found.count == 1 { return found[0] }
    let what = found.isEmpty ? "nobody" : "\(found.count) people"
    throw SessionProblem(
      .nothingThere, "expected one participant with the key `\(key)`, found \(what)",
      help: ["`:show participants` lists them"])
  }

  /// `:type EXPR`.
  func type(of text: String) throws(SessionProblem) -> SessionReply {
    let campaign = history.present.campaign
    let entry = ReadEntry.expression(text, campaign)
    guard entry.isRight else {
      throw SessionProblem(
        entry.file.diagnostics, campaign.campaign.files.map(\.source) + [entry.file.tree.source])
    }
    let check = campaign.check(entry, lastValue: lastValue, surroundings.zones)
    try refuseErrors(check)
    guard case .expression(let id) = check.campaign.prompt?.content else { return SessionReply() }
    let type = check.campaign.facts[entry.file.tree.source.id.index].type(of: id)
    let words = type.map { TypeWords.text(of: $0, check.campaign.schema) } ?? "unset"
    return SessionReply(output: words + "\n")
  }
}

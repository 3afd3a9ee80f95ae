internal import FlowDiagnostics
internal import FlowText

/// Campaigns and agents (language 3).
extension Parser {
  mutating func parseCampaign(_ documentation: TextLiteral?) -> CampaignDeclaration? {
    let start = token.range.lower
    advance()
    guard let name = parseDeclaredName(.campaign) else { return nil }
    var campaign = CampaignDeclaration(
      range: SourceRange(at: start), name: name, title: acceptText(), documentation: documentation)
    var found: [Keyword: SourceRange] = [:]
    parseElements { $0.parseSetting(&campaign, &found) }
    campaign.range = range(from: start)
    return campaign
  }

  private static let settings: [Keyword] = [.timezone, .reupload, .lint]

  private mutating func parseSetting(
    _ campaign: inout CampaignDeclaration, _ found: inout [Keyword: SourceRange]
  ) {
    let word = token
    var setting = keyword.flatMap { Parser.settings.contains($0) ? $0 : nil }
    if setting == nil, let meant = misspelling(of: Parser.settings) {
      reportUnexpected(
        .expectedToken, "`\(meant.spelling)`", fixes: [replacement(word.range, by: meant.spelling, .unsafe)],
        label: "did you mean `\(meant.spelling)`?")
      setting = meant
    }
    guard let setting else {
      return fail(.expectedToken, "`timezone`, `reupload` or `lint`")
    }
    advance()
    if let first = found[setting], setting == word.symbol.keyword {
      reportDuplicate("`\(setting.spelling)`", at: word.range, first: first)
    }
    found[setting] = found[setting] ?? word.range
    switch setting {
    case .timezone:
      parseColon()
      if !failed { campaign.timezone = expectText("a time zone in quotes, like `\"Europe/Madrid\"`") }
    case .reupload:
      parseColon()
      if failed { return }
      guard token.kind == .identifier, peek().kind != .colon else {
        return fail(.expectedToken, "`created` or `updated`")
      }
      campaign.reupload = name(at: token)
      advance()
    default: parseLintLevels(&campaign)
    }
  }

  private mutating func parseLintLevels(_ campaign: inout CampaignDeclaration) {
    var levels: [LintLevel] = []
    parseElements { parser in
      if let level = parser.parseLintLevel() { levels.append(level) }
    }
    campaign.lintLevels += levels
  }

  /// `duplicate-contact: off`; the parts of a rule's name are joined by `-`.
  private mutating func parseLintLevel() -> LintLevel? {
    let start = token.range.lower
    guard token.kind == .identifier else {
      fail(.expectedName, "a rule's name")
      return nil
    }
    // What stands between the parts, blanks or a comment, is none of the name.
    var spelling = text(token.range)
    advance()
    while token.kind == .minus, peek().kind == .identifier {
      advance()
      spelling += "-" + text(token.range)
      advance()
    }
    let rule = range(from: start)
    parseColon()
    if failed { return nil }
    guard token.kind == .identifier, peek().kind != .colon else {
      fail(.expectedToken, "`off`, `note`, `warning` or `error`")
      return nil
    }
    let level = name(at: token)
    advance()
    return LintLevel(rule: TextLiteral(spelling, rule), level: level)
  }

  mutating func parseAgent(_ documentation: TextLiteral?) -> AgentDeclaration? {
    let start = token.range.lower
    advance()
    guard let name = parseDeclaredName(.agent) else { return nil }
    var agent = AgentDeclaration(
      range: SourceRange(at: start), name: name, title: acceptText(), documentation: documentation,
      channels: [],
      results: [])
    var results: SourceRange?
    parseElements { $0.parseAgentElement(&agent, &results) }
    agent.range = range(from: start)
    return agent
  }

  private mutating func parseAgentElement(_ agent: inout AgentDeclaration, _ results: inout SourceRange?) {
    let start = token.range
    if isAt(.results) {
      advance()
      if let first = results { reportDuplicate("`results`", at: start, first: first) }
      results = results ?? start
      agent.results += parseFieldBlock()
    } else if isAt(.channel) {
      advance()
      if let channel = parseChannel(from: start.lower) { agent.channels.append(channel) }
    } else if let meant = misspelling(of: [.channel, .results]) {
      reportUnexpected(
        .expectedToken, "`\(meant.spelling)`", fixes: [replacement(start, by: meant.spelling, .unsafe)],
        label: "did you mean `\(meant.spelling)`?")
      advance()
      if meant == .results {
        agent.results += parseFieldBlock()
      } else if let channel = parseChannel(from: start.lower) {
        agent.channels.append(channel)
      }
    } else {
      fail(.expectedToken, "`channel` or `results`")
    }
  }

  /// The kind of a channel and perhaps its name; the word `channel` has been consumed.
  private mutating func parseChannel(from start: Int) -> ChannelDeclaration? {
    var kind = channelKind
    if kind == nil, let meant = misspelling(of: [.email, .telegram, .voice, .whatsapp]) {
      reportUnexpected(
        .expectedToken, "a channel", fixes: [replacement(token.range, by: meant.spelling, .unsafe)],
        label: "did you mean `\(meant.spelling)`?")
      kind = ChannelKind(meant)
    }
    guard let kind else {
      fail(.expectedToken, "`email`, `telegram`, `voice` or `whatsapp`")
      return nil
    }
    advance()
    var name: Name?
    if token.kind == .identifier, !isAt(.channel), !isAt(.results), peek().kind != .leftBrace,
      peek().kind != .colon, !isDeclarationStart(), misspelledElement == nil
    {
      name = parseDeclaredName(.channel)
    }
    return ChannelDeclaration(range: range(from: start), kind: kind, name: name)
  }

  /// The word that a line begins with that is nearly `channel` or `results`.
  var misspelledElement: Keyword? {
    isFirstOnLine(position) && (peek().kind == .identifier || peek().kind == .leftBrace)
      ? misspelling(of: [.channel, .results]) : nil
  }

  var channelKind: ChannelKind? { keyword.flatMap(ChannelKind.init) }
}

extension ChannelKind {
  init?(_ keyword: Keyword) {
    switch keyword {
    case .email: self = .email
    case .telegram: self = .telegram
    case .voice: self = .voice
    case .whatsapp: self = .whatsapp
    default: return nil
    }
  }
}

internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Which kind of name stands behind which tokens.
extension NamePlaces {
  /// `nil` where an expression or a word of the language stands.
  var place: NamePlace? {
    let last = trail.last
    switch trail.kind(last) {
    case .dot: return afterDot(last)
    case .colon: return afterColon(last)
    case .ellipsis: return trail.keyword(last - 1).flatMap(Self.isDay) == true ? .window : nil
    case .leftParenthesis, .comma, .leftBrace: return inBrackets(last)
    case .identifier: return afterWord(last)
    case .stringLiteral, .rightParenthesis, .integerLiteral, .numericLiteral, .dateLiteral, .datetimeLiteral,
      .timeLiteral, .durationLiteral:
      return isInFieldBlock(last) ? .modifier : nil
    case _: return nil
    }
  }

  private static func isDay(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .mon, .tue, .wed, .thu, .fri, .sat, .sun: true
    default: false
    }
  }

  private func afterDot(_ dot: Int) -> NamePlace? {
    switch trail.word(dot - 1) {
    case "participant": return isRow(dot - 2) ? .rowField(.participant) : .field(.participant)
    case "profile": return isRow(dot - 2) ? .rowField(.profile) : .field(.profile)
    case "result": return .result
    case "communication": return .property
    case "campaign": return .campaignProperty
    case let word?: return trail.keyword(dot - 2) == .by ? .channel(agent: word) : .new
    case nil: return .new
    }
  }

  /// Whether a key of a row stands behind an index.
  private func isRow(_ index: Int) -> Bool {
    guard let open = trail.enclosing(index), trail.kind(open) == .leftBrace else { return false }
    return trail.keyword(open - 1) == .upload && trail.kind(index) != .equal
  }

  private func afterColon(_ colon: Int) -> NamePlace? {
    switch trail.keyword(colon - 1) {
    case .timezone where isInCampaign(colon): return .new
    case .reupload where isInCampaign(colon): return .reupload
    default: return isInFieldBlock(colon) ? .type : .new
    }
  }

  private func isInCampaign(_ index: Int) -> Bool { trail.keyword(0) == .campaign }

  /// Whether the innermost block declares fields.
  private func isInFieldBlock(_ index: Int) -> Bool {
    guard let open = trail.enclosing(index), trail.kind(open) == .leftBrace else { return false }
    switch trail.keyword(open - 1) {
    case .participant, .profile: return open == 1
    case .results: return true
    default: return false
    }
  }

  // MARK: Between brackets

  private func inBrackets(_ last: Int) -> NamePlace? {
    guard let open = trail.enclosing(last) else {
      return trail.kind(last) == .comma ? afterLooseComma(last) : nil
    }
    return trail.kind(open) == .leftBrace ? inBraces(open, last) : inParentheses(open)
  }

  private func inBraces(_ open: Int, _ last: Int) -> NamePlace? {
    let word = trail.keyword(open - 1)
    if word == .upload { return .rowField(nil) }
    if word == .with { return .new }
    if isStatus(open - 1), let key = resultKey(open) { return key }
    if isInFieldBlock(last) { return .new }
    return trail.kind(last) == .comma ? afterLooseComma(last) : nil
  }

  /// `end NAME completed {`, or in a model `end completed {`.
  private func resultKey(_ open: Int) -> NamePlace? {
    if trail.keyword(open - 2) == .end { return .resultKey(communication: nil) }
    guard trail.keyword(open - 3) == .end else { return nil }
    return .resultKey(communication: trail.word(open - 2))
  }

  /// A comma that belongs to no bracket: of `update`, of days, of names to cancel.
  private func afterLooseComma(_ comma: Int) -> NamePlace? {
    if trail.isCapitals(comma - 1) { return .communication }
    if let word = trail.keyword(comma - 1), Self.isDay(word) { return .window }
    return nil
  }

  private func inParentheses(_ open: Int) -> NamePlace? {
    switch trail.word(open - 1) {
    case "communications": return .counted
    case "runs": return trail.commas(since: open) == 0 ? .flow : .runOutcome
    case "ended" where trail.keyword(open - 2) == .communication:
      return .narrowing(CommunicationStatus.finals)
    case "updated" where trail.keyword(open - 2) == .communication:
      return .narrowing(CommunicationStatus.intermediates)
    case "updated" where trail.keyword(open - 2) == .participant: return .field(.participant)
    case "enum": return .new
    case _: return trail.keyword(open - 2) == .enum ? .new : nil
    }
  }

  // MARK: Behind words

  private func afterWord(_ last: Int) -> NamePlace? {
    if trail.isCapitals(last) || trail.keyword(last) == .session, let status = status(last) { return status }
    switch trail.keyword(last) {
    case .by: return .agent(trail.isCapitals(last - 1) ? trail.keyword(last - 2).flatMap(Self.channel) : nil)
    case .on where trail.keyword(last - 1) == .session: return .channelKind
    case .end, .progress: return isInModel ? .statuses(reportable(trail.keyword(last))) : .subject
    case .no where trail.keyword(last - 1) == .expect: return .communication
    case .communications where trail.keyword(last - 1) == .cancel || trail.keyword(last - 1) == .planned:
      return .communication
    case .flow:
      if last == 0 { return .flow }
      return trail.keyword(last - 1) == .to || trail.keyword(last - 1) == .cancel ? .handOver : nil
    case .model where last == 0: return .agent(nil)
    case .go: return .step
    case .within where trail.kind(last - 1) != .comma && trail.kind(last - 1) != .leftParenthesis:
      return .window
    case .campaign, .window, .agent, .enum, .step:
      return last == 0 || trail.keyword(last) == .step ? .new : nil
    default: return isInFieldBlock(last) && trail.kind(last - 1) == .colon ? .modifier : nil
    }
  }

  private static func channel(_ keyword: Keyword) -> ChannelKind? {
    ChannelKind.allCases.first { $0.spelling == keyword.spelling }
  }

  private var isInModel: Bool { trail.keyword(0) == .model }

  private func reportable(_ keyword: Keyword?) -> [CommunicationStatus] {
    keyword == .end ? CommunicationStatus.finals : CommunicationStatus.intermediates
  }

  /// The status behind the name of a communication or `session`.
  private func status(_ name: Int) -> NamePlace? {
    switch trail.keyword(name - 1) {
    case .end: return .statuses(CommunicationStatus.finals)
    case .progress: return .statuses(CommunicationStatus.intermediates)
    case .expect: return .statuses(CommunicationStatus.allCases)
    case .no: return trail.keyword(name - 2) == .expect ? .statuses(CommunicationStatus.allCases) : nil
    default: return nil
    }
  }

  private func isStatus(_ index: Int) -> Bool {
    trail.word(index).flatMap(CommunicationStatus.init(spelling:)) != nil
  }
}

internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// `communications([NAME | CHANNEL] [, STATUS…] [, within DURATION])` (language 5).
extension CampaignChecker {
  mutating func countOfCommunications(_ arguments: ArraySlice<ExpressionID>) -> ValueType? {
    let before = diagnostics.count
    var stage = CountStage.what
    var seen: [Symbol: SourceRange] = [:]
    for argument in arguments {
      switch expressions[Int(argument.index)].kind {
      case .name(let symbol):
        let range = expressions[Int(argument.index)].range
        if let earlier = seen[symbol] {
          reportRepeated(range, "`\(symbols[symbol])`", "in one `communications(…)`", earlier)
        }
        seen[symbol] = range
        count(argument, symbol, &stage)
      case .within(let duration):
        require(duration, .duration, "`within`")
        if stage == .end { reportMisplaced(argument, "`within` a second time") }
        stage = .end
      default:
        reportMisplaced(argument, "an expression")
        check(argument, .silent)
      }
    }
    return diagnostics.count == before ? .integer : nil
  }

  /// What may still come.
  private enum CountStage { case what, statuses, end }

  private mutating func count(_ id: ExpressionID, _ symbol: Symbol, _ stage: inout CountStage) {
    let name = Name(symbol, expressions[Int(id.index)].range)
    if let status = status(symbol) {
      references[Int(id.index)] = .status(status)
      if stage == .end {
        reportMisplaced(id, "the status `\(text(name))` after `within`")
      } else {
        stage = .statuses
      }
      return
    }
    if let channel = ChannelKind(symbol) {
      references[Int(id.index)] = .channel(channel)
    } else if let position = names.communications[symbol] {
      if let target = names.communicationTargets[position] {
        references[Int(id.index)] = .communicationName(target)
      }
    } else {
      return reportUnknownCount(name)
    }
    if stage != .what { reportMisplaced(id, "`\(text(name))`, which stands first") }
    stage = stage == .end ? .end : .statuses
  }

  private mutating func reportUnknownCount(_ name: Name) {
    if isCapitals(text(name)) { return reportUnknownCommunication(name) }
    let words = ChannelKind.allCases.map(\.spelling) + CommunicationStatus.allCases.map(\.spelling)
    let near = suggestion(text(name), words)
    report(
      .misplacedArgument, "expected a communication's name, a channel or a status, found `\(text(name))`",
      at: name.range, label: didYouMean(near), notes: [countUsage], fixes: renaming(name.range, to: near))
  }

  private mutating func reportMisplaced(_ id: ExpressionID, _ found: String) {
    report(
      .misplacedArgument, "expected a name or channel, then statuses, then `within`, found \(found)",
      at: expressions[Int(id.index)].range, notes: [countUsage])
  }

  mutating func reportMisplacedWithin(_ range: SourceRange) {
    report(
      .misplacedArgument, "expected a value, found `within`, which only `communications(…)` takes", at: range,
      notes: [countUsage])
  }

  private var countUsage: String { "written as `\(BuiltinFunction.communications.usage)`" }
}

extension ChannelKind {
  /// The kind that a word names.
  init?(_ symbol: Symbol) {
    switch symbol.keyword {
    case .email: self = .email
    case .telegram: self = .telegram
    case .voice: self = .voice
    case .whatsapp: self = .whatsapp
    default: return nil
    }
  }
}

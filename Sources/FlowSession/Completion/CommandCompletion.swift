internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Completes a command behind its colon, and what stands behind its word.
struct CommandCompletion {
  let bytes: [UInt8]
  let scene: CompletionScene

  func completion() -> Completion {
    let words = TypedWord.words(of: bytes)
    let isBetween = words.last.map { $0.isClosed && ($0.isQuoted || $0.range.upper < bytes.count) } ?? true
    let last = isBetween ? nil : words.last
    let partial = Partial(
      text: last?.text ?? "",
      range: (last.map { $0.range.lower + ($0.isQuoted ? 1 : 0) } ?? bytes.count)..<bytes.count)
    let before = words.dropLast(last == nil ? 0 : 1)
    guard let first = before.first else {
      return Completion(partial, CommandWord.allCases.map(\.spelling), isWord: true)
    }
    let candidates = CommandWord.candidates(String(first.text.dropFirst()))
    guard candidates.count == 1, let word = candidates.first else { return Completion(partial, []) }
    return argument(of: word, Array(before.dropFirst()), partial, isQuoted: last?.isQuoted ?? false)
  }

  private func argument(
    of word: CommandWord, _ before: [TypedWord], _ partial: Partial, isQuoted: Bool
  ) -> Completion {
    switch word {
    case .type: return expression(partial)
    case .why: return why(before, partial, isQuoted: isQuoted)
    case .show where !before.isEmpty, .trace where !before.isEmpty:
      return participant(before, behind: before[0].text == "for" ? 0 : 1, partial, isQuoted: isQuoted)
    case .saveTest:
      return before.count == 1
        ? Completion(partial, scene.paths(partial.text, endings: [".flow"])) : Completion(partial, [])
    case _ where !before.isEmpty: return Completion(partial, [])
    case .load:
      let paths = scene.paths(partial.text, endings: [".flow"])
      return Completion(partial, isQuoted ? paths : paths.filter { !$0.contains(" ") })
    case .show:
      return Completion(partial, SessionTopic.allCases.dropFirst().map(\.rawValue) + ["for"], isWord: true)
    case .graph: return Completion(partial, scene.campaign?.flows.map(\.name) ?? [])
    case .trace:
      return Completion(partial, TraceDetail.allCases.map(\.rawValue) + ["for"] + scene.participantKeys)
    case .switchTo, .fork: return Completion(partial, scene.forkNames)
    case .help: return Completion(partial, HelpPage.all.map(\.topic))
    case .seed: return Completion(partial, ["off"])
    case .reload, .back, .forward, .quit: return Completion(partial, [])
    }
  }

  /// `for` behind what a command is about, and the keys of people behind that.
  private func participant(
    _ before: [TypedWord], behind count: Int, _ partial: Partial, isQuoted: Bool
  ) -> Completion {
    if before.count == count { return Completion(partial, ["for"], isWord: true) }
    guard before.count == count + 1, before[count].text == "for" else { return Completion(partial, []) }
    let isBare = !isQuoted && !partial.text.isEmpty
    return Completion(
      partial, isQuoted || isBare ? scene.participantKeys : scene.participantKeys.map(LiteralWords.quoted))
  }

  private func why(_ before: [TypedWord], _ partial: Partial, isQuoted: Bool) -> Completion {
    let names = scene.campaign?.schema.communications.map(\.name) ?? []
    let isAbsence = before.first?.text == "not"
    if isAbsence, before.count == 1 { return Completion(partial, names) }
    guard before.isEmpty else {
      return participant(before, behind: isAbsence ? 2 : 1, partial, isQuoted: isQuoted)
    }
    var words = names
    for level in [FieldLevel.participant, .profile] {
      let prefix = level == .participant ? "participant." : "profile."
      let isInside = partial.text.hasPrefix(prefix)
      words += isInside ? scene.fieldNames(level).map { prefix + $0 } : [prefix]
    }
    return Completion(partial, words + ["not"])
  }

  /// The expression of `:type` is completed as one that stands alone.
  private func expression(_ partial: Partial) -> Completion {
    let start = TypedWord.words(of: bytes)[0].range.upper
    var completion = EntryCompletion(bytes: Array(bytes[start...]), scene: scene, isExpression: true)
      .completion()
    completion.range = completion.range.lowerBound + start..<completion.range.upperBound + start
    return completion
  }
}

extension CompletionScene {
  func fieldNames(_ level: FieldLevel) -> [String] {
    campaign?.schema.fields(level).fields.map(\.name) ?? []
  }
}

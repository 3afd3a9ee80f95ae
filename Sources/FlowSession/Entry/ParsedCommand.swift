public import FlowDiagnostics
internal import FlowSyntax
public import FlowText

/// A command as far as it could be understood, and what was wrong with it.
public struct ParsedCommand: Sendable {
  /// `nil` where something is wrong.
  public var command: SessionCommand?
  public var diagnostics: [Diagnostic]

  /// - Parameter source: An entry that begins with a colon.
  public init(_ source: SourceFile) {
    var parser = CommandParser(source)
    command = parser.parse()
    diagnostics = parser.diagnostics
  }
}

/// Reads a command: its word, which may be shortened as long as it is the only one, and what stands behind it.
private struct CommandParser {
  let source: SourceFile
  var diagnostics: [Diagnostic] = []
  private let words: [TypedWord]

  init(_ source: SourceFile) {
    self.source = source
    words = TypedWord.words(of: source.bytes)
  }

  mutating func parse() -> SessionCommand? {
    guard let first = words.first else { return nil }
    let typed = String(first.text.dropFirst())
    let candidates = CommandWord.candidates(typed)
    guard candidates.count == 1, let word = candidates.first else {
      reportUnknown(typed, first.range, candidates)
      return nil
    }
    if case .type = word { return parseType() }
    return parse(word, Array(words.dropFirst()))
  }

  private mutating func parse(_ word: CommandWord, _ arguments: [TypedWord]) -> SessionCommand? {
    var arguments = arguments
    var key: String?
    if Self.isAboutSomebody(word),
      let place = arguments.firstIndex(where: { $0.text == "for" && !$0.isQuoted })
    {
      guard let named = required(word, arguments.dropFirst(place + 1).first) else { return nil }
      guard arguments.count == place + 2 else { return fail(word, arguments[place + 2], nil) }
      key = named.text
      arguments.removeSubrange(place...)
    }
    guard arguments.count <= Self.maximumCount(word) else {
      return fail(word, arguments[Self.maximumCount(word)], nil)
    }
    return parse(word, arguments, of: key)
  }

  private mutating func parse(_ word: CommandWord, _ arguments: [TypedWord], of key: String?)
    -> SessionCommand?
  {
    let first = arguments.first
    switch word {
    case .reload: return .reload
    case .quit: return .quit
    case .load: return required(word, first).map { .load(path: $0.text) }
    case .graph: return required(word, first).map { .graph(flow: $0.text) }
    case .fork: return required(word, first).map { .fork(name: $0.text) }
    case .switchTo: return required(word, first).map { .switchTo(name: $0.text) }
    case .help:
      return .help(topic: first.map { $0.text.hasPrefix(":") ? String($0.text.dropFirst()) : $0.text })
    case .show: return parseShow(first).map { .show($0, of: key) }
    case .trace: return parseTrace(first, of: key)
    case .why: return parseWhy(arguments).map { .why($0, of: key) }
    case .back: return parseCount(word, first).map(SessionCommand.back)
    case .forward: return parseCount(word, first).map(SessionCommand.forward)
    case .seed: return parseSeed(first)
    case .saveTest:
      return required(word, first).map {
        .saveTest(name: $0.text, file: arguments.count > 1 ? arguments[1].text : nil)
      }
    case .type: return parseType()
    }
  }

  /// Whether `for "KEY"` may say who is meant, as in scenarios.
  private static func isAboutSomebody(_ word: CommandWord) -> Bool {
    switch word {
    case .show, .trace, .why: true
    case .load, .reload, .graph, .back, .forward, .fork, .switchTo, .type, .seed, .saveTest, .help, .quit:
      false
    }
  }

  private static func maximumCount(_ word: CommandWord) -> Int {
    switch word {
    case .reload, .quit: 0
    case .load, .graph, .fork, .switchTo, .help, .show, .trace, .back, .forward, .seed: 1
    case .why, .saveTest: 2
    case .type: .max
    }
  }

  // MARK: Arguments

  private mutating func required(_ word: CommandWord, _ argument: TypedWord?) -> TypedWord? {
    if let argument { return argument }
    reportMissing(word)
    return nil
  }

  private mutating func parseType() -> SessionCommand? {
    guard words.count > 1 else {
      reportMissing(.type)
      return nil
    }
    let rest = source.bytes[words[1].range.lower...]
    return .type(expression: String(decoding: rest, as: UTF8.self))
  }

  private mutating func parseShow(_ argument: TypedWord?) -> SessionTopic? {
    guard let argument else { return .overview }
    let topics = SessionTopic.allCases.filter { $0.rawValue.hasPrefix(argument.text) }
    if topics.count == 1, let topic = topics.first { return topic }
    report(.show, argument, closestName(to: argument.text, among: SessionTopic.allCases.map(\.rawValue)))
    return nil
  }

  private mutating func parseTrace(_ argument: TypedWord?, of key: String?) -> SessionCommand? {
    guard let argument else { return .story(key: key) }
    if key != nil { return fail(.trace, argument, nil) }
    if !argument.isQuoted, let detail = TraceDetail(rawValue: argument.text) { return .trace(detail) }
    return .story(key: argument.text)
  }

  private mutating func parseCount(_ word: CommandWord, _ argument: TypedWord?) -> Int? {
    guard let argument else { return 1 }
    if let count = Int(argument.text), count > 0 { return count }
    report(word, argument, nil)
    return nil
  }

  private mutating func parseSeed(_ argument: TypedWord?) -> SessionCommand? {
    guard let argument = required(.seed, argument) else { return nil }
    if argument.text == "off" { return .seed(nil) }
    guard let seed = Int64(argument.text), seed >= 0 else { return fail(.seed, argument, nil) }
    return .seed(seed)
  }

  private mutating func parseWhy(_ arguments: [TypedWord]) -> WhyQuestion? {
    guard let subject = required(.why, arguments.last) else { return nil }
    if arguments.count == 2 {
      if arguments[0].text == "not" { return .absence(name: subject.text) }
      report(.why, subject, nil)
      return nil
    }
    if subject.text == "not" {
      reportMissing(.why)
      return nil
    }
    let parts = subject.text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      let level: FieldLevel? =
        parts[0] == "participant" ? .participant : parts[0] == "profile" ? .profile : nil
      if let level, !parts[1].isEmpty { return .field(level, name: String(parts[1])) }
      report(.why, subject, closestName(to: String(parts[0]), among: ["participant", "profile"]))
      return nil
    }
    guard !subject.text.contains(where: \.isLowercase) else {
      report(.why, subject, "participant." + subject.text)
      return nil
    }
    return .communication(name: subject.text)
  }

  // MARK: Reports

  private mutating func reportUnknown(_ typed: String, _ range: SourceRange, _ candidates: [CommandWord]) {
    let found = candidates.map { "`\($0.spelling)`" }.joined(separator: ", ")
    let near = Self.meant(typed)
    diagnostics.append(
      Diagnostic(
        .unknownCommand, .error,
        candidates.isEmpty
          ? "expected a command, found `:\(typed.terminalSafe)`" : "`:\(typed)` may be \(found)",
        at: Label(SourceSpan(source.id, range), near.map { "did you mean `:\($0)`?" } ?? ""),
        help: ["`:help` lists the commands"]))
  }

  /// The command that other tools call so, or that is spelled nearly so.
  private static func meant(_ typed: String) -> String? {
    switch typed {
    case "exit", "bye": CommandWord.quit.rawValue
    case "undo", "u": CommandWord.back.rawValue
    case "redo": CommandWord.forward.rawValue
    case "open", "o": CommandWord.load.rawValue
    case "save", "write": CommandWord.saveTest.rawValue
    case "?": CommandWord.help.rawValue
    case _: closestName(to: typed, among: CommandWord.allCases.map(\.rawValue))
    }
  }

  private mutating func reportMissing(_ word: CommandWord) {
    let end = SourceRange(at: words.last?.range.upper ?? source.bytes.count)
    diagnostics.append(
      Diagnostic(
        .commandArgument, .error, "expected `\(word.usage)`, found the end of the line",
        at: Label(SourceSpan(source.id, end)), help: ["`:help \(word.rawValue)` has an example"]))
  }

  private mutating func fail(_ word: CommandWord, _ argument: TypedWord, _ near: String?) -> SessionCommand? {
    report(word, argument, near)
    return nil
  }

  private mutating func report(_ word: CommandWord, _ argument: TypedWord, _ near: String?) {
    diagnostics.append(
      Diagnostic(
        .commandArgument, .error, "expected `\(word.usage)`, found `\(argument.text.terminalSafe)`",
        at: Label(SourceSpan(source.id, argument.range), near.map { "did you mean `\($0)`?" } ?? ""),
        help: ["`:help \(word.rawValue)` has an example"]))
  }
}

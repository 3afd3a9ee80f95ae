internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowText

/// Says what is wrong with the arguments in the words of all other diagnostics.
///
/// The argument library hands out its findings as English sentences only (version pinned in the manifest);
/// they are taken apart here, and one that is not known is passed on as it is.
enum UsageErrors {
  /// What is wrong with the name of the command, which the library would take for one argument too many.
  static func commandProblem(_ arguments: [String]) -> Diagnostic? {
    // `flow help NAME` is about a command too.
    let names = arguments.first == "help" && arguments.count > 1 ? arguments.dropFirst() : arguments[...]
    guard let first = names.first else {
      return Diagnostic(
        .usage, .error, "expected a command, found nothing", notes: ["commands: " + commandList],
        help: ["run `flow --help`"])
    }
    if first.hasPrefix("-") || FlowCommand.commandNames.contains(first) { return nil }
    if FlowCommand.plannedNames.contains(first) {
      return Diagnostic(
        .usage, .error, "`flow \(first)` is not part of version \(FlowTool.version)",
        notes: ["commands: " + commandList])
    }
    let close = closestName(to: first, among: FlowCommand.commandNames)
    return Diagnostic(
      .usage, .error, "expected a command, found `\(first)`", notes: ["commands: " + commandList],
      help: close.map { ["did you mean `flow \($0)`?"] } ?? ["run `flow --help`"])
  }

  static func diagnostic(_ message: String, arguments: [String]) -> Diagnostic {
    let name = arguments.first.flatMap { FlowCommand.command(named: $0) == nil ? nil : $0 }
    let problem = problem(in: message, command: name, arguments)
    let help = name.map { "run `flow \($0) --help`" } ?? "run `flow --help`"
    return Diagnostic(
      .usage, .error, problem.message,
      help: (problem.suggestion.map { ["did you mean `\($0)`?"] } ?? []) + [help])
  }

  private static var commandList: String {
    FlowCommand.commandNames.filter { $0 != "help" }.joined(separator: ", ")
  }

  private static func problem(
    in text: String, command: String?, _ arguments: [String]
  ) -> (message: String, suggestion: String?) {
    let quoted = quotedParts(of: text)
    let first = quoted.first ?? ""
    if text.hasPrefix("Unknown option") {
      return ("unknown option `\(first)`", closestName(to: first, among: optionNames(of: command)))
    }
    if text.hasPrefix("Missing expected argument") {
      let name = first.filter { !"<>. ".contains($0) }
      return ("expected a \(name.uppercased()), found nothing", nil)
    }
    if text.hasPrefix("Missing value for") {
      let option = first.split(separator: " ").first.map(String.init) ?? first
      // The library takes a negative number for an option.
      let next = arguments.firstIndex(of: option).map { arguments.dropFirst($0 + 1).first } ?? nil
      if let next, numberOptions.contains(option), Int(next) != nil { return (notNumber(next, option), nil) }
      return ("expected a value after `\(option)`, found nothing", nil)
    }
    if text.hasPrefix("Unexpected argument") { return ("unexpected argument `\(first)`", nil) }
    if text.hasPrefix("The value "), quoted.count > 1 { return valueProblem(text, quoted) }
    return (plain(text), nil)
  }

  private static func valueProblem(
    _ text: String, _ quoted: [String]
  ) -> (message: String, suggestion: String?) {
    let listed = text.split(separator: "\n").dropFirst().map { String($0.drop { " -".contains($0) }) }
    let allowed = Array(quoted.dropFirst(2)) + listed
    let place = quoted[1].split(separator: " ").first.map(String.init) ?? quoted[1]
    if numberOptions.contains(place) { return (notNumber(quoted[0], place), nil) }
    guard !allowed.isEmpty else { return ("`\(quoted[0])` is no value for `\(place)`", nil) }
    let list = allowed.map { "`\($0)`" }.joined(separator: ", ")
    return (
      "expected one of \(list) for `\(place)`, found `\(quoted[0])`",
      closestName(to: quoted[0], among: allowed)
    )
  }

  private static let numberOptions = ["--seed", "--jobs"]

  private static func notNumber(_ text: String, _ option: String) -> String {
    !text.isEmpty && text.allSatisfy { "0"..."9" ~= $0 }
      ? "expected a number of at most 64 bits after `\(option)`, found `\(text)`"
      : "expected a whole number from 0 after `\(option)`, found `\(text)`"
  }

  /// What stands between single quotes.
  private static func quotedParts(of text: String) -> [String] {
    text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
  }

  private static func plain(_ text: String) -> String {
    var line = (text.split(separator: "\n").first.map(String.init) ?? text).lowercasedFirst
    while line.hasSuffix(".") { line.removeLast() }
    return String(line.map { $0 == "'" ? "`" : $0 })
  }

  /// The options that a command's help names.
  private static func optionNames(of command: String?) -> [String] {
    let type = command.flatMap(FlowCommand.command(named:)) ?? FlowCommand.self
    let help = FlowCommand.helpMessage(for: type)
    return help.split { $0 == " " || $0 == "\n" || $0 == "," || $0 == "[" || $0 == "]" || $0 == "/" }
      .filter { $0.hasPrefix("--") }.map(String.init)
  }
}

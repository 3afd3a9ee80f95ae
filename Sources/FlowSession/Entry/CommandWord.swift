/// The words of the commands, in the order in which help shows them.
public enum CommandWord: String, Sendable, CaseIterable {
  case load, reload, show, graph, trace, why, back, forward, fork
  case switchTo = "switch"
  case type, seed
  case saveTest = "save-test"
  case help, quit

  /// The word with its colon.
  public var spelling: String { ":" + rawValue }

  /// What stands behind the word; empty where nothing does.
  public var arguments: String {
    switch self {
    case .load: "PATH"
    case .reload, .quit: ""
    case .show:
      "[" + SessionTopic.allCases.dropFirst().map(\.rawValue).joined(separator: "|") + "] [for \"KEY\"]"
    case .graph: "FLOW"
    case .trace: "[off|short|nodes|full|KEY]"
    case .why: "[not] NAME | participant.FIELD | profile.FIELD [for \"KEY\"]"
    case .back, .forward: "[N]"
    case .fork, .switchTo: "NAME"
    case .type: "EXPRESSION"
    case .seed: "N | off"
    case .saveTest: "\"NAME\" [FILE]"
    case .help: "[TOPIC]"
    }
  }

  public var usage: String { arguments.isEmpty ? spelling : spelling + " " + arguments }

  /// The command that somebody meant who typed its mere word, or `exit`.
  init?(withoutColon text: String) {
    let word = String(text.filter { !$0.isWhitespace })
    guard let command = CommandWord(rawValue: word == "exit" ? CommandWord.quit.rawValue : word) else {
      return nil
    }
    self = command
  }

  /// The words that begin with what was typed; the word itself alone, where it is one.
  static func candidates(_ prefix: String) -> [CommandWord] {
    if let word = CommandWord(rawValue: prefix) { return [word] }
    return prefix.isEmpty ? [] : allCases.filter { $0.rawValue.hasPrefix(prefix) }
  }
}

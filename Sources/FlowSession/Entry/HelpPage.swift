internal import FlowDiagnostics
public import FlowText

/// What `:help` shows: an overview, a page for each command, and pages on what is typed without a colon.
///
/// The text is written for a terminal of 80 cells and is not wrapped again.
public struct HelpPage: Sendable {
  /// The word behind `:help`.
  public var topic: String
  /// In one line, lower case, without a full stop.
  public var summary: String
  /// Lines of prose; those that begin with two blanks are shown as they would be typed.
  public var text: String

  /// All pages but the overview.
  public static var all: [HelpPage] { CommandWord.allCases.map(\.page) + topics }

  /// The page of a topic, which may be shortened as long as it is the only one; the overview without.
  ///
  /// - Returns: `nil` where there is no such page.
  public static func rendered(_ topic: String?, _ style: TextStyle) -> String? {
    guard let topic else { return overview(style) }
    let wanted = topic.lowercased()
    let exact = all.first { $0.topic == wanted }
    let near = all.filter { $0.topic.hasPrefix(wanted) }
    guard let page = exact ?? (near.count == 1 ? near.first : nil) else { return nil }
    return page.rendered(style)
  }

  private func rendered(_ style: TextStyle) -> String {
    let title = CommandWord(rawValue: topic)?.usage ?? topic
    return "\(style.bold(title))\n\n\(summary)\n\n\(text)\n"
  }

  // MARK: The overview

  private static func overview(_ style: TextStyle) -> String {
    let width = (CommandWord.allCases.map(\.shortUsage.count).max() ?? 0) + 2
    func line(_ word: String, _ summary: String) -> String {
      "  " + style.bold(word) + String(repeating: " ", count: max(2, width - word.count)) + summary + "\n"
    }
    var text = """
      Type what a test says (upload, at, advance, end, expect …), a declaration
      (a flow, a model, a test), or an expression, whose value is shown:

        upload { external_id = "c1", due_date = 2026-01-20 }
        advance 3d
        participant.status

      Commands begin with a colon and may be shortened:

      """
    for word in CommandWord.allCases { text += line(word.shortUsage, word.page.summary) }
    text += "\nMore is told by `:help` and the word of a command, or one of these:\n\n"
    for page in topics { text += line(page.topic, page.summary) }
    return text
  }

  // MARK: Pages on what is typed without a colon

  static let topics = [
    HelpPage(
      topic: "statements", summary: "what happens: people come in, time passes, agents report",
      text: """
          at 2026-01-05T09:00          moves the clock there; all that is due happens
          advance 3d                   moves it on
          upload { external_id = "c1", due_date = 2026-01-20 }
          upload "people.csv"          rows, as an import brings them
          update participant.amount = 12
          progress REMINDER read       the latest REMINDER has been read
          end REMINDER completed { outcome = paid }
          incoming session on whatsapp by collector
          for "c1" { end REMINDER no_response }
          expect participant.status == paid and communications(planned) == 0

        After each one stands what it led to. Where there are several people,
        `for "c1" { … }` says whom it is about.
        """),
    HelpPage(
      topic: "expressions", summary: "ask for any value",
      text: """
          participant.due_date - 3d
          communications(REMINDER, completed)
          runs(remind, failed)
          weekday(today)
          it                           the value that was shown last

        Shows the value with its type, of the participant at hand, at this moment.
        `:type EXPRESSION` shows the type alone.
        """),
    HelpPage(
      topic: "declarations", summary: "try another flow, model or test on the spot",
      text: """
          flow remind {
            on participant created { stop }
          }

        A declaration of a name that exists replaces it, another is added. From then on
        it is part of the campaign: what was typed before is played again with
        it, and what differs is told. One that does not check changes nothing, and files are
        never written.
        """),
    HelpPage(
      topic: "keys", summary: "history, completion, and how to get out",
      text: """
          Tab          how the text may go on; twice shows all ways
          Up, Down     earlier entries, whole ones; Ctrl-R searches
          Enter        carries out what is whole; while something is open, the line goes
                       on behind `…`
          Ctrl-C       drops what is being typed, or stops what is being played
          Ctrl-D       leaves, on an empty line

        What was typed is kept in $XDG_STATE_HOME/flow/history, else in
        ~/.local/state/flow/history.
        """),
    HelpPage(
      topic: "pipes", summary: "the same without a terminal",
      text: """
          flow repl reminder < script.txt

        From a pipe or a file there is no banner, no prompt and no echo, only the answers.
        The first error ends it with exit code 1. Comments begin with `//`.
        """),
  ]
}

extension CommandWord {
  /// The usage, where it is short enough for a list.
  fileprivate var shortUsage: String {
    switch self {
    case .show, .trace: spelling + " […]"
    case .why: ":why […]"
    case .load, .reload, .graph, .back, .forward, .fork, .switchTo, .type, .seed, .saveTest, .help, .quit:
      usage
    }
  }
}

public import FlowDiagnostics

/// The pages of what can be wrong with a command behind a colon.
public enum EntryExplanations {
  public static let all: [Explanation] = [
    Explanation(
      .unknownCommand, summary: "no command of the REPL has this name",
      meaning: """
        What is not language begins with a colon and the word of a command. A word may be shortened as long as only one \
        command begins so. `:help` lists them all.
        """,
      wrong: .command(":relaod"), right: .command(":reload")),
    Explanation(
      .commandArgument, summary: "a command of the REPL is used in another way than it can be",
      meaning: """
        Something is missing behind the command's word, is one too many, or is none of what can stand there. Nothing was \
        done. `:help` and the command's word show all forms with an example.
        """,
      wrong: .command(":back yesterday"), right: .command(":back 2")),
    Explanation(
      .unknownTopic, summary: "there is no help on this",
      meaning: "`:help` alone lists the commands and the other topics.",
      wrong: .command(":help me"), right: .command(":help why")),
  ]
}

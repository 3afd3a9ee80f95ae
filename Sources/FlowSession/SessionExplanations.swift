public import FlowDiagnostics

/// The pages of what can be wrong with what is asked of a session.
public enum SessionExplanations {
  public static let all: [Explanation] = [
    Explanation(
      .nothingThere, summary: "the session has nothing that is called so, or nothing at all",
      meaning: """
        A command names a participant, a communication, a field, a flow or a fork that there is not, or asks for a step \
        where none is left. `:show participants`, `:show communications`, `:show fields` and `:show flows` list what there is.
        """,
      wrong: .command(":switch nowhere"), right: .command(":fork nowhere")),
    Explanation(
      .unsavedTest, summary: "the session cannot be saved as a test",
      meaning: """
        A saved test passes with the files as they are, or it is not saved: nothing of a file changes then. A session that \
        has typed declarations in the place of those of the files may not pass; write them into the files and `:reload`. A typed \
        campaign is saved with its test, in a new file.
        """,
      wrong: .command(":save-test \"nothing was typed yet\""),
      right: .flow(
        """
        campaign demo { }

        test "saved" {
          upload { external_id = "c1" }
          expect rejected() == 0
        }
        """)),
    Explanation(
      .interruptedStatement, summary: "somebody has asked to stop a statement",
      meaning: """
        Ctrl-C stops what is being played. The session stands where it stood before the statement: nothing of it was done. A \
        statement that takes too long mostly plays flows that trigger one another again and again over a long time.
        """,
      wrong: .command("advance 5000w"), right: .command("advance 5w")),
    Explanation(
      .unreadableCampaign, summary: "a campaign cannot be loaded",
      meaning: """
        The path names nothing, or no campaign, or its files cannot be read. What was at hand stays at hand, also where the \
        directory of a loaded campaign is gone when it is to be loaded again.
        """,
      wrong: .command(":load nowhere"), right: .command(":load samples/payment_reminder")),
  ]
}

import FlowDiagnostics
import FlowText
import Testing

@Suite struct ExplanationTests {
  @Test func text() {
    #expect(
      ExplanationRenderer.text(samplePage) == """
        unknown-field — a field that is not declared

        What it means
          The field after `participant.` or `profile.` is declared neither in the block of that
          name nor is it a field that every campaign has.

          - A word spelled wrong is the likeliest reason.
          - A field of the profile is not a field of the participant, and the other way round:
            which of the two is meant has to be said.

        Why it matters
          A check of a field that nobody fills would never match.

        Wrong
            check participant.conctacted {
              stop
            }

        Right
            check participant.contacted {
              stop
            }

        Limits
          Columns of a file of rows are checked when the file is read.

        """)
  }

  @Test func proseIsWrapped() {
    let prose = (1...200).map { String(repeating: "w", count: $0 % 13 + 1) }.joined(separator: " ")
    let page = Explanation("n", summary: "s", meaning: prose, wrong: "a", right: .csv("b,\tc"))
    let lines = ExplanationRenderer.text(page).split(separator: "\n")
    #expect(lines.allSatisfy { $0.displayWidth <= ExplanationRenderer.lineWidth })
    #expect(lines.contains { $0.displayWidth > ExplanationRenderer.lineWidth - 14 })
    #expect(lines.contains("    b,\tc"))
  }

  @Test func markdown() {
    let page = Explanation("n", summary: "s", meaning: "m", wrong: "  a\nb\n", right: .csv("x\n```"))
    #expect(
      ExplanationRenderer.markdown(page)
        == "# `n`\n\ns\n\n## What it means\n\nm\n\n## Wrong\n\n```flow\n  a\nb\n```\n\n## Right\n\n````csv\nx\n```\n````\n"
    )
  }

  @Test func index() {
    let pages = ExplanationIndex([
      Explanation("b", summary: "", meaning: "", wrong: "", right: ""), samplePage,
    ])
    #expect(pages.names == ["b", "unknown-field"])
    #expect(pages["unknown-field"]?.summary == samplePage.summary)
    #expect(pages["other"] == nil)
  }
}

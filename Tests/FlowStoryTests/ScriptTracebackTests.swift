import FlowRuntime
import FlowStory
import Testing

@Suite struct ScriptTracebackTests {
  @Test func framesAreToldFromTheOutermostInwards() {
    let failure = ScriptFailure(
      .pythonFailed, "ZeroDivisionError: division by zero",
      frames: [
        ScriptFrame(file: "score.py", line: 3, function: "<module>"),
        ScriptFrame(file: "score.py", line: 9, function: "share"),
      ], omittedFrames: 2, printed: ["begun"])
    #expect(
      ScriptTraceback.lines(of: failure) == [
        "ZeroDivisionError: division by zero", "  at score.py:3", "  and 2 calls between",
        "  at score.py:9 in share", "it printed:", "  begun",
      ])
  }

  @Test func aSilentFailureHasNoLines() {
    #expect(ScriptTraceback.lines(of: ScriptFailure(.pythonFailed, "")) == [])
  }
}

import FlowSession
import Foundation
import Testing

@Suite struct SessionTranscriptTests {
  @Test func transcriptsAreThere() throws { #expect(try SessionTranscript.all().count >= 10) }

  /// What a session answers, to the byte. `FLOW_UPDATE_GOLDENS=1` writes what is new and fails.
  @Test(arguments: try SessionTranscript.all())
  func transcript(_ transcript: SessionTranscript) throws {
    #expect(!transcript.exchanges.isEmpty)
    let session = Session(MemorySurroundings())
    var answers: [String] = []
    for exchange in transcript.exchanges {
      let reply = session.enter(exchange.entry)
      let answer = reply.output + reply.errors
      answers.append(answer)
      #expect(answer == exchange.answer, "\(exchange.entry)")
    }
    let text = transcript.rewritten(answers)
    let isUpdate = ProcessInfo.processInfo.environment["FLOW_UPDATE_GOLDENS"] == "1"
    if isUpdate, text != (try String(contentsOf: transcript.path, encoding: .utf8)) {
      try text.write(to: transcript.path, atomically: true, encoding: .utf8)
      Issue.record("\(transcript.path.lastPathComponent) was rewritten: read the difference, then run again")
    }
  }
}

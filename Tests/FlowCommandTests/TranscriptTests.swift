import FlowCommand
import Foundation
import Testing

@Suite struct TranscriptTests {
  @Test func casesAreThere() throws {
    #expect(try TranscriptCase.all().count >= 12)
  }

  /// What a command prints, writes and answers, to the byte. `FLOW_UPDATE_GOLDENS=1` writes what is new and fails.
  @Test(arguments: try TranscriptCase.all())
  func transcript(_ transcript: TranscriptCase) throws {
    #expect(!transcript.commands.isEmpty)
    let system = MemoryFileSystem(transcript.files)
    var known = system.contents
    var results: [[(section: String, text: String)]] = []
    for command in transcript.commands {
      let arguments = Array(TranscriptCase.arguments(command.line).dropFirst())
      let run = CommandRun(arguments, files: system, input: transcript.input)
      let written = system.contents.filter { known[$0.key] != $0.value }
      known = system.contents
      let sections = transcript.sections(of: run, written: written)
      results.append(sections)
      #expect(sections.map(\.section) == command.expected.map(\.section), "\(command.line)")
      for (found, expected) in zip(sections, command.expected) {
        #expect(found.text == expected.text, "\(command.line): \(expected.section)")
      }
    }
    let text = transcript.rewritten(results)
    let isUpdate = ProcessInfo.processInfo.environment["FLOW_UPDATE_GOLDENS"] == "1"
    if isUpdate, text != (try String(contentsOf: transcript.path, encoding: .utf8)) {
      try text.write(to: transcript.path, atomically: true, encoding: .utf8)
      Issue.record("\(transcript.path.lastPathComponent) was rewritten: read the difference, then run again")
    }
  }
}

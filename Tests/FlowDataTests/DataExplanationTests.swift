import FlowDiagnostics
import FlowRuntime
import FlowValues
import Testing

@testable import FlowData

@Suite struct DataExplanationTests {
  static let pages = DataExplanations.all

  /// Each wrong example gives the finding it is there for, and nothing else; each right one gives nothing.
  @Test(arguments: pages.map(\.name.description)) func examplesHold(_ name: String) throws {
    guard let page = DataExplanationTests.pages.first(where: { $0.name.description == name }) else { return }
    #expect(try names(page.wrong, of: page.name) == [name])
    #expect(try names(page.right, of: page.name) == [])
  }

  @Test func everyNameHasAPage() {
    #expect(DataExplanationTests.pages.count == 9)
    #expect(Set(DataExplanationTests.pages.map(\.name)).count == 9)
  }

  private func names(_ example: Explanation.Example, of name: DiagnosticName) throws -> [String] {
    let source = ByteSource(Array(example.text.utf8))
    var found: [Diagnostic] = []
    if name == .badEvent || name == .eventsNotSorted {
      var reader = try EventFileReader(source, fileName: "e.jsonl", zones: ZoneTable())
      var events: [OutsideEvent] = []
      var problems: [EventProblem] = []
      while try reader.readEvents(into: &events, limit: 10, problems: &problems) {}
      found = problems.map(\.diagnostic)
    } else {
      var reader = UploadReader(source, fileName: "p.csv", fields: Reminder.fields, zones: ZoneTable())
      found = try reader.open()
    }
    return found.map(\.name.description)
  }
}

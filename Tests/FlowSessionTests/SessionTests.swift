import FlowSession
import Testing

@Suite struct SessionTests {
  @Test func topicsAreWords() { #expect(SessionTopic(rawValue: "fields") == .fields) }
}

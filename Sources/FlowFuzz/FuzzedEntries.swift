import FlowCheck
import FlowSession
import FlowText
import FlowValues

/// Lines become entries and nothing is lost; and whatever stands there, Tab is answered at every place of it.
func fuzzEntry(_ bytes: [UInt8]) {
  let text = String(decoding: bytes.prefix(400), as: UTF8.self)
  var reader = EntryReader()
  var taken: [String] = []
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if let entry = reader.take(String(line)) { taken.append(entry.text) }
  }
  if let rest = reader.takeRest() { taken.append(rest.text) }
  precondition(solid(taken.joined(separator: "\n")) == solid(text))
  let count = text.utf8.count
  for offset in [count, count / 2, count / 3] {
    let completion = Completion(text, at: offset, fuzzedScene)
    let typed = String(decoding: Array(text.utf8)[completion.range], as: UTF8.self)
    precondition(completion.candidates.allSatisfy { $0.hasPrefix(typed) })
  }
}

/// The lines that are not blank: blank ones between entries are nobody's.
private func solid(_ text: String) -> [Substring] {
  text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
}

private let fuzzedScene = CompletionScene(
  campaign: checked(
    Array(
      """
      campaign fuzz { }
      participant { due: date  status: enum(new, paid) = new }
      agent caller { channel voice  results { outcome: enum(paid, refused) } }
      flow start { on participant created { voice CALL by caller  to flow next } }
      flow next { on from flow { stop } }
      """.utf8)
  ).campaign, participantKeys: ["c1", "c2"], forkNames: ["main"])

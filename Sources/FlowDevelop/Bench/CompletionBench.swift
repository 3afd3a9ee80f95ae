import FlowCheck
import FlowSession
import FlowText
import FlowValues
import Glibc

/// How long somebody waits for the names behind Tab (figure 7).
struct CompletionBench {
  var setting: BenchSetting

  /// About forty lines to a flow.
  private static let lines = 4_000
  private static let people = 10_000

  func run(_ table: BenchTable) {
    let zones = ZoneTable { bytes(ofFile: "/usr/share/zoneinfo/\($0)") }
    let text = CampaignGenerator.campaign(lines: Self.lines)
    let check = CampaignLoader.load(
      [CampaignFile(name: "generated.flow", bytes: Array(text.utf8))], zones: zones
    ) { _ in
      .failure(FileReadFailure("a generated campaign uses nothing"))
    }
    guard !check.hasErrors else { return table.row(BenchRow("completion", says: "the campaign has errors")) }
    let scene = CompletionScene(
      campaign: check.campaign, participantKeys: (0..<Self.people).map { "c\($0)" })
    let size = "\(check.campaign.flows.count) flows, \(decimal(Double(Self.people), 0)) people"
    for (figure, text) in Self.texts {
      table.row(BenchRow("\(figure), \(size)", milliseconds(text, scene), .milliseconds, .below(30)))
    }
  }

  private static let block = String(
    repeating: "    update participant.attempts_0 = participant.attempts_0 + 1\n", count: 100)

  private static let texts = [
    ("a field", "participant."), ("a name behind a command", ":why not "), ("a key", "for \"c"),
    ("any value", "expect "),
    ("a word in a flow of a hundred lines", "flow f {\n  on from flow {\n" + block + "    "),
  ]

  /// The slowest of several.
  private func milliseconds(_ text: String, _ scene: CompletionScene) -> Double {
    var slowest = 0.0
    for _ in 0..<20 {
      let start = Stopwatch.now(CLOCK_MONOTONIC)
      let found = Completion(text, at: text.utf8.count, scene).candidates.count
      guard found > 0 else { return .nan }
      slowest = max(slowest, (Stopwatch.now(CLOCK_MONOTONIC) - start) * 1000)
    }
    return slowest
  }
}

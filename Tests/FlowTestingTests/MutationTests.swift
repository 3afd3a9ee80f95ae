import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowTesting
import FlowText
import Foundation
import Testing

/// Changes of flows, and which of them tests notice.
struct MutationTests {
  static let folder = TestedCampaign.root.appending(path: "Tests/Spec/Mutation")
  static let cases =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".flow") }.sorted()

  // MARK: What is changed

  @Test func thereAreCases() throws {
    #expect(Self.cases.count >= 2)
    let kinds = try Self.cases.flatMap { try Self.results($0).results.mutations.map(\.kind) }
    #expect(Set(kinds) == Set(MutationKind.allCases))
  }

  @Test("the changes of a campaign are those listed", arguments: cases)
  func changesAreListed(_ name: String) throws {
    let (campaign, results) = try Self.results(name)
    var found = ""
    for (mutation, outcome) in zip(results.mutations, results.outcomes) {
      let source = campaign.check.sources[mutation.file.index]
      let place = source.position(at: mutation.place.lower)
      found += "\(place.line):\(place.column) \(mutation.kind.rawValue): "
      found += "`\(mutation.original(in: source))` → \(mutation.replacement)\(Self.remark(outcome))\n"
    }
    let path = Self.folder.appending(path: name.replacing(".flow", with: ".mutants"))
    let expected = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    if found != expected, ProcessInfo.processInfo.environment["FLOW_UPDATE_GOLDENS"] == "1" {
      try found.write(to: path, atomically: true, encoding: .utf8)
    }
    #expect(found == expected)
  }

  private static func remark(_ outcome: MutationRun.Outcome) -> String {
    switch outcome {
    case .noticed: " -- noticed"
    case .unnoticed, .notTried: ""
    case .doesNotCheck: " -- does not check"
    case .isEqual: " -- the same"
    }
  }

  private static func results(_ name: String) throws -> (campaign: TestedCampaign, results: MutationResults) {
    let path = folder.appending(path: name)
    let campaign = try TestedCampaign(String(contentsOf: path, encoding: .utf8), name: name)
    return (campaign, MutationRun(campaign.run, []).results(jobs: 1))
  }

  // MARK: Properties

  /// A change is one place of the text, and what comes out can be read.
  @Test("every change is one place of a readable text", arguments: SampleFolders.names)
  func changesAreOnePlace(_ name: String) throws {
    let campaign = try TestedCampaign(TestedCampaign.files("samples/\(name)"))
    let mutations = MutationRun(campaign.run, []).mutations
    #expect(mutations.count > 50)
    for mutation in mutations {
      let source = campaign.check.sources[mutation.file.index]
      let (range, text) = (mutation.edit.range, Array(mutation.edit.text.utf8))
      let changed = mutation.applied(to: source)
      #expect(changed != source.bytes)
      #expect(changed[..<range.lower] == source.bytes[..<range.lower])
      #expect(changed[(range.lower + text.count)...] == source.bytes[range.upper...])
      var symbols = SymbolTable()
      let parsed = parse(SourceFile(id: FileID(0), name: "changed.flow", bytes: changed), symbols: &symbols)
      #expect(parsed.diagnostics.map(\.message) == [], "\(mutation.kind) at \(mutation.place)")
    }
  }

  /// Neither threads nor leaving out tests that do not come to the place change what is found.
  @Test("who is asked, and by how many threads, changes nothing", arguments: ["subscription_renewal"])
  func isDeterministic(_ name: String) throws {
    let campaign = try TestedCampaign(TestedCampaign.files("samples/\(name)"))
    let tests = campaign.check.campaign.tests
    var run = MutationRun(campaign.run, tests)
    let once = run.results(jobs: 1)
    #expect(run.results(jobs: 3).outcomes == once.outcomes)
    run.asksEveryTest = true
    let all = run.results(jobs: 2)
    #expect(all.noticed == once.noticed && all.count == once.count)
  }

  // MARK: What counts as noticed

  private func results(_ text: String) throws -> MutationResults {
    let campaign = try TestedCampaign(text)
    #expect(campaign.failures() == [])
    return MutationRun(campaign.run, campaign.check.campaign.tests).results(jobs: 1)
  }

  /// Without the check the flow starts itself for ever; without the guard of the second, at one instant.
  @Test func endlessRunsAreNoticed() throws {
    let results = try results(
      """
      campaign endless { }
      participant { count: integer = 0 internal  ticks: integer = 0 internal }
      flow ring {
        on participant updated (count) {
          check participant.count > 5 { stop }
          update participant.count = participant.count + 1
        }
      }
      flow clock {
        on participant created { to flow tick in 1s }
      }
      flow tick {
        on from flow {
          check participant.ticks >= 3 { stop }
          update participant.ticks = min(participant.ticks + 1, 3)
          to flow tock in 1s
        }
      }
      flow tock { on from flow { to flow tick } }
      test "both come to an end" {
        upload { external_id = "c1" }
        update participant.count = 1
        advance 365d
      }
      """)
    let noticed = zip(results.mutations, results.outcomes).filter { $0.1 == .noticed }.map(\.0.kind)
    #expect(noticed.filter { $0 == .droppedStop }.count == 2)
  }

  @Test func scoresAreRoundedDown() throws {
    let results = try results(
      """
      campaign score { }
      participant { a: integer  b: enum(x, y, z) = x internal }
      flow score { on participant created { check participant.a > 3 { update participant.b = y } } }
      test "four" { upload { external_id = "c1", a = 4 } expect participant.b == y }
      """)
    #expect(results.count == 6 && results.noticed == 5 && results.score == 83)
    let survivor = try #require(results.survivors.first)
    #expect(survivor.mutation.kind == .shiftedBound && survivor.isReached)
    #expect(results.isComplete)
  }

  @Test func interruptionsStop() throws {
    let campaign = try TestedCampaign(TestedCampaign.files("samples/win_back"))
    let run = MutationRun(campaign.run, campaign.check.campaign.tests)
    let results = run.results(jobs: 2, isInterrupted: { true })
    #expect(!results.isComplete && results.count == 0 && results.score == 100)
  }
}

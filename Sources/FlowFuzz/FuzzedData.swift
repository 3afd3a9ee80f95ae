import FlowCheck
import FlowData
import FlowDiagnostics
import FlowRuntime
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues

/// Whether a file is CSV, JSON Lines or neither, and in what pieces it arrives: reading ends, and the pieces make
/// no difference.
func fuzzUpload(_ bytes: [UInt8]) {
  let whole = uploaded(ByteSource(bytes))
  let pieces = uploaded(inPieces(bytes))
  precondition(whole == pieces)
}

func fuzzEvents(_ bytes: [UInt8]) {
  precondition(events(ByteSource(bytes)) == events(inPieces(bytes)))
}

/// A campaign without errors plays, whatever it says, and two cores play it as one does.
func fuzzRun(_ bytes: [UInt8]) {
  let result = checked(bytes)
  guard result.hasCampaign, !result.hasErrors else { return }
  guard let deployment = try? Deployment([result.campaign], zones: ZoneTable()) else { return }
  precondition(played(deployment, jobs: 1) == played(deployment, jobs: 2))
}

// MARK: What they read

/// All types of fields, with required and internal ones.
private let fuzzedCampaign = Array(
  """
  campaign fuzz { }
  profile { language: enum(en, es) = en  opted_out: boolean }
  participant {
    due: date required  n: integer  x: numeric  met: datetime  mail: email  tel: phone  s: string
    timezone: string  hidden: integer internal  status: enum(new, paid) = new
  }
  """.utf8)

private let fuzzedDeployment = try? Deployment([checked(fuzzedCampaign).campaign], zones: ZoneTable())

private func uploaded(_ source: ByteSource) -> [String] {
  guard let deployment = fuzzedDeployment else { preconditionFailure("the campaign has errors") }
  var reader = UploadReader(
    source, fileName: "fuzz.csv", fields: deployment.inputFields(campaign: 0), zones: ZoneTable(),
    options: .init(ignoresUnknownColumns: true))
  guard let found = try? reader.open() else { return ["throws"] }
  var outcome = found.map(\.message)
  var batch = RowBatch()
  var rejected: [RejectedRow] = []
  var rows = 0
  var isMore = true
  while isMore {
    batch.removeAll()
    isMore = (try? reader.readRows(into: &batch, limit: 3, rejected: &rejected)) ?? false
    rows += batch.rowCount
  }
  outcome.append("\(rows) rows")
  return outcome + rejected.map { "\($0.rowNumber) \($0.fieldName) \($0.value) \($0.reason)" }
}

private func events(_ source: ByteSource) -> [String] {
  guard var reader = try? EventFileReader(source, fileName: "fuzz.jsonl", zones: ZoneTable()) else {
    return ["throws"]
  }
  var events: [OutsideEvent] = []
  var found: [EventProblem] = []
  while (try? reader.readEvents(into: &events, limit: 3, problems: &found)) ?? false {}
  return found.map(\.diagnostic.message) + events.map { "\($0)" }
}

/// The pieces are small, and their sizes depend on the bytes alone.
private func inPieces(_ bytes: [UInt8]) -> ByteSource {
  var offset = 0
  return ByteSource { buffer in
    let piece = offset < bytes.count ? Int(bytes[offset] % 7) + 1 : 0
    let count = min(buffer.count, piece, bytes.count - offset)
    buffer.copyBytes(from: bytes[offset..<offset + count])
    offset += count
    return count
  }
}

// MARK: Playing

/// Short, as a campaign may well do something every second.
private func played(_ deployment: Deployment, jobs: Int) -> [UInt8] {
  let begin: Int64 = 1_767_225_600_000
  guard let start = Instant(milliseconds: begin), let end = Instant(milliseconds: begin + 3 * 3_600_000)
  else { return [] }
  let configuration = SimulationConfiguration(
    engine: EngineConfiguration(seed: 1, runsPerInstant: 20),
    until: end, jobs: jobs, storyCount: 2, logsRuns: true)
  let simulation = Simulation(deployment, configuration)
  var exported: [UInt8] = []
  simulation.export = { _, _, bytes in exported += bytes }
  for (index, keys) in ["a", "b", "c"].enumerated() {
    let event = OutsideEvent(
      line: index + 1, at: start, keys: [.init(.externalID, keys)],
      kind: .participantUploaded([
        .init("email", .text("\(keys)@example.org")), .init("phone", .text("34600")),
      ]))
    _ = simulation.apply(event, campaign: 0)
  }
  _ = try? simulation.finish()
  return exported
}

import FlowCheck
import FlowDiagnostics
import FlowRuntime
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues
import Foundation
import Testing

/// A campaign in a small world of its own: what happens is said line by line, then everything is played.
final class World {
  let deployment: Deployment
  let simulation: Simulation
  private(set) var participants = ""
  private(set) var communications = ""
  private(set) var runs = ""
  private(set) var runsByCampaign: [Int: String] = [:]
  private(set) var profiles = ""
  private(set) var outcomes: [OutsideOutcome] = []
  private(set) var summary: SimulationSummary?
  private var line = 0

  static let zones = ZoneTable { name in
    FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)").map { Array($0) }
  }

  convenience init(
    _ source: String, until: String = "2027-01-01T00:00:00Z", seed: UInt64 = 0, jobs: Int = 1,
    models: Bool = true, budget: Int = EngineLimits.runsPerInstant, scripts: (any ScriptHost)? = nil,
    location: SourceLocation = #_sourceLocation
  ) throws {
    try self.init(
      [source], until: until, seed: seed, jobs: jobs, models: models, budget: budget, scripts: scripts,
      location: location)
  }

  /// Several campaigns over one store, each a whole text.
  convenience init(
    _ sources: [String], until: String = "2027-01-01T00:00:00Z", seed: UInt64 = 0, jobs: Int = 1,
    models: Bool = true, budget: Int = EngineLimits.runsPerInstant, scripts: (any ScriptHost)? = nil,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let campaigns = try sources.map { source in
      var symbols = SymbolTable()
      let file = SourceFile(id: FileID(0), name: "test.flow", text: source)
      return try World.right(
        Checker.check([parse(file, symbols: &symbols)], own: 1, symbols: symbols, zones: World.zones),
        location: location)
    }
    try self.init(
      campaigns, until: until, seed: seed, jobs: jobs, models: models, budget: budget, scripts: scripts)
  }

  init(
    _ campaigns: [CheckedCampaign], until: String = "2027-01-01T00:00:00Z", seed: UInt64 = 0, jobs: Int = 1,
    models: Bool = true, budget: Int = EngineLimits.runsPerInstant, scripts: (any ScriptHost)? = nil
  ) throws {
    deployment = try Deployment(campaigns, zones: World.zones)
    let configuration = SimulationConfiguration(
      engine: EngineConfiguration(
        seed: seed, runsPerInstant: budget, usesModels: models, scripts: scripts),
      until: World.instant(until), jobs: jobs, storyCount: 10, logsRuns: true)
    simulation = Simulation(deployment, configuration)
    simulation.export = { [unowned self] file, campaign, bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      switch file {
      case .participants: participants += text
      case .communications: communications += text
      case .runs:
        runs += text
        runsByCampaign[campaign, default: ""] += text
      case .profiles: profiles += text
      }
    }
  }

  /// The campaign, which must have no errors.
  static func right(
    _ result: CheckResult, location: SourceLocation = #_sourceLocation
  ) throws -> CheckedCampaign {
    let report = DiagnosticReport(result.diagnostics)
    let text = FullRenderer(files: result.sources, palette: .plain).render(report)
    let isRight = !result.hasErrors
    try #require(isRight, "\(text)", sourceLocation: location)
    return result.campaign
  }

  static func instant(_ text: String) -> Instant {
    guard case .instant(let instant) = Array(text.utf8).withUnsafeBufferPointer({ ParsedDateTime.parse($0) })
    else { fatalError("no instant: \(text)") }
    return instant
  }

  // MARK: What happens

  @discardableResult
  func upload(
    _ id: String = "c1", at: String = "2026-01-01T00:00:00Z", campaign: Int = 0,
    _ fields: KeyValuePairs<String, String> = [:]
  ) -> OutsideOutcome {
    apply(at, [.init(.externalID, id)], .participantUploaded(Self.scalars(fields)), campaign)
  }

  /// The first of them, with these fields, at the beginning.
  @discardableResult
  func upload(_ fields: KeyValuePairs<String, String>) -> OutsideOutcome { upload("c1", fields) }

  @discardableResult
  func upload(
    keys: [OutsideEvent.Key], at: String = "2026-01-01T00:00:00Z",
    _ fields: KeyValuePairs<String, String> = [:]
  ) -> OutsideOutcome {
    apply(at, keys, .participantUploaded(Self.scalars(fields)), 0)
  }

  @discardableResult
  func edit(
    _ id: String = "c1", at: String, campaign: Int = 0, _ fields: KeyValuePairs<String, String?>
  ) -> OutsideOutcome {
    let scalars = fields.map { NamedScalar($0.key, $0.value.map { .text($0) } ?? .null) }
    return apply(at, [.init(.externalID, id)], .participantUpdated(scalars), campaign)
  }

  @discardableResult
  func edit(
    keys: [OutsideEvent.Key], at: String, _ fields: KeyValuePairs<String, String>
  ) -> OutsideOutcome {
    apply(at, keys, .participantUpdated(Self.scalars(fields)), 0)
  }

  @discardableResult
  func end(
    _ name: String?, _ status: CommunicationStatus, id: String = "c1", at: String, campaign: Int = 0,
    _ results: KeyValuePairs<String, String> = [:]
  ) -> OutsideOutcome {
    let target = name.map { CommunicationReport.Target.named($0) } ?? .session
    return apply(
      at, [.init(.externalID, id)],
      .communicationEnded(CommunicationReport(target, status, results: Self.scalars(results))), campaign)
  }

  @discardableResult
  func progress(
    _ name: String?, _ status: CommunicationStatus, id: String = "c1", at: String, campaign: Int = 0
  ) -> OutsideOutcome {
    let target = name.map { CommunicationReport.Target.named($0) } ?? .session
    return apply(
      at, [.init(.externalID, id)], .communicationUpdated(CommunicationReport(target, status)), campaign)
  }

  @discardableResult
  func session(
    id: String = "c1", at: String, channel: String? = nil, agent: String? = nil, campaign: Int = 0
  ) -> OutsideOutcome {
    apply(at, [.init(.externalID, id)], .sessionIncoming(channel: channel, agent: agent), campaign)
  }

  private func apply(
    _ at: String, _ keys: [OutsideEvent.Key], _ kind: OutsideEvent.Kind, _ campaign: Int
  ) -> OutsideOutcome {
    line += 1
    let outcome = simulation.apply(
      OutsideEvent(line: line, at: World.instant(at), keys: keys, kind: kind), campaign: campaign)
    outcomes.append(outcome)
    return outcome
  }

  private static func scalars(_ fields: KeyValuePairs<String, String>) -> [NamedScalar] {
    fields.map { NamedScalar($0.key, .text($0.value)) }
  }

  // MARK: What became of it

  @discardableResult
  func finish() throws -> SimulationSummary {
    let finished = try simulation.finish()
    summary = finished
    return finished
  }

  /// A participant's cell of the export, by header.
  func value(_ field: String, of id: String = "c1") -> String? {
    let rows = participants.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    guard let column = rows.first?.firstIndex(of: Substring(field)),
      let row = rows.dropFirst().first(where: { $0.first == Substring(id) })
    else { return nil }
    return String(row[column])
  }

  /// The exported communications, a line each: `NAME status planned started ended`.
  var contacts: [String] {
    communications.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return [1, 4, 5, 6, 7].map { cells[$0].isEmpty ? "-" : String(cells[$0]) }.joined(separator: " ")
    }
  }

  /// The runs in the order in which they were played: `flow event outcome`.
  var played: [String] {
    runs.split(separator: "\n").map { line in
      let object = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
      let reason = (object["reason"] as? String).map { " \($0)" } ?? ""
      return "\(object["flow"] ?? "") \(object["event"] ?? "") \(object["outcome"] ?? "")\(reason)"
    }
  }

  func runs(of flow: String, campaign: Int = 0) -> (finished: Int, failed: Int) {
    let found = summary?.campaigns[campaign].flows.first { $0.name == flow }
    return (found?.finished ?? 0, found?.failed ?? 0)
  }
}

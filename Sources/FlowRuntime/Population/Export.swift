import FlowCheck
import FlowSchema
public import FlowSyntax
import FlowText
import FlowValues

/// The rows of the files of `run --out` that the people of one block make, and what was told of them.
///
/// Plain decimals, datetimes as `…Z`, booleans `true` and `false`, unset empty (commands, `run`).
struct BlockOutput {
  var visits = VisitResults()
  private let deployment: Deployment
  /// By campaign.
  private var participants: [[UInt8]]
  private var communications: [[UInt8]]
  private var profiles: [UInt8] = []

  init(_ deployment: Deployment) {
    self.deployment = deployment
    participants = Array(repeating: [], count: deployment.programs.count)
    communications = participants
  }

  /// Whether profiles have a file of their own, because several campaigns share them.
  static func hasProfiles(_ deployment: Deployment) -> Bool { deployment.programs.count > 1 }

  mutating func write(_ engine: inout Engine) {
    let key = engine.key
    for campaign in deployment.programs.indices where engine.person.participants[campaign].exists {
      engine.enter(campaign)
      writeParticipant(campaign, key, &engine)
    }
    for index in 0..<engine.person.communications.count {
      let communication = engine.person.communications[index]
      write(communication, key, &engine)
    }
    guard Self.hasProfiles(deployment) else { return }
    engine.append(key, .string, to: &profiles)
    for (slot, field) in deployment.profile.enumerated() {
      profiles.append(UInt8(ascii: ","))
      engine.append(engine.person.values[slot], field.type, to: &profiles)
    }
    profiles.append(UInt8(ascii: "\n"))
  }

  private mutating func writeParticipant(_ campaign: Int, _ key: Value, _ engine: inout Engine) {
    let program = deployment.programs[campaign]
    engine.append(key, .string, to: &participants[campaign])
    if !Self.hasProfiles(deployment) {
      for (slot, field) in deployment.profile.enumerated() {
        participants[campaign].append(UInt8(ascii: ","))
        engine.append(engine.person.values[slot], field.type, to: &participants[campaign])
      }
    }
    for (index, field) in program.campaign.schema.participant.fields.enumerated() {
      participants[campaign].append(UInt8(ascii: ","))
      let value = engine.person.values[program.firstSlot + index]
      engine.append(value, field.type, to: &participants[campaign])
    }
    participants[campaign].append(UInt8(ascii: "\n"))
  }

  private mutating func write(_ communication: Communication, _ key: Value, _ engine: inout Engine) {
    let campaign = Int(communication.campaign)
    let schema = deployment.programs[campaign].campaign.schema
    var line: [UInt8] = []
    engine.append(key, .string, to: &line)
    func cell(_ text: String) {
      line.append(UInt8(ascii: ","))
      CSVText.append(Array(text.utf8), to: &line)
    }
    func time(_ milliseconds: Int64) {
      line.append(UInt8(ascii: ","))
      if milliseconds != Communication.unsetTime { Engine.instant(milliseconds).append(to: &line) }
    }
    cell(communication.name < 0 ? "" : schema.communications[Int(communication.name)].name)
    cell(ChannelKind(rawValue: communication.channel)?.spelling ?? "")
    cell(communication.agent < 0 ? "" : schema.agents[Int(communication.agent)].name)
    cell(communication.status.spelling)
    time(communication.plannedAt)
    time(communication.startedAt)
    time(communication.endedAt)
    cell(results(of: communication, &engine))
    line.append(UInt8(ascii: "\n"))
    communications[campaign] += line
  }

  /// The results as one JSON object; empty without any.
  private func results(of communication: Communication, _ engine: inout Engine) -> String {
    guard communication.results >= 0, communication.agent >= 0 else { return "" }
    let agent = deployment.programs[Int(communication.campaign)].campaign.schema.agents[
      Int(communication.agent)]
    var json = JSONText(.compact)
    json.object { json in
      for (slot, field) in agent.results.fields.enumerated() {
        let value = engine.person.results[Int(communication.results) + slot]
        if value.isSet { engine.write(value, field, to: &json) }
      }
    }
    return String(decoding: json.take(), as: UTF8.self)
  }

  func emit(_ simulation: Simulation) {
    guard let export = simulation.export else { return }
    func emit(_ file: ExportFile, _ campaign: Int, _ bytes: [UInt8]) {
      bytes.withUnsafeBufferPointer { simulation.write(file, campaign, $0, export) }
    }
    for campaign in deployment.programs.indices {
      emit(.participants, campaign, participants[campaign])
      emit(.communications, campaign, communications[campaign])
    }
    emit(.profiles, 0, profiles)
    for run in visits.runs { emit(.runs, run.campaign, run.lines) }
  }
}

extension Simulation {
  /// The header lines, before the first rows.
  func writeHeaders() {
    guard let export, !hasHeaders else { return }
    hasHeaders = true
    func header(_ file: ExportFile, _ campaign: Int, _ names: [String]) {
      Array((names.joined(separator: ",") + "\n").utf8).withUnsafeBufferPointer {
        write(file, campaign, $0, export)
      }
    }
    let profile = deployment.profile.map { "profile.\($0.name)" }
    let shared = BlockOutput.hasProfiles(deployment)
    for (campaign, program) in deployment.programs.enumerated() {
      let fields = program.campaign.schema.participant.fields.map { "participant.\($0.name)" }
      header(.participants, campaign, ["key"] + (shared ? [] : profile) + fields)
      header(
        .communications, campaign,
        ["key", "name", "channel", "agent", "status", "planned_at", "started_at", "ended_at", "results"])
    }
    if shared { header(.profiles, 0, ["key"] + profile) }
  }
}

extension Engine {
  /// A value as a cell.
  func append(_ value: Value, _ type: ValueType, to line: inout [UInt8]) {
    guard value.isSet else { return }
    switch type {
    case .string, .email, .phone: CSVText.append(bytes(value), to: &line)
    case .integer: line.append(contentsOf: String(value.bits).utf8)
    case .numeric: value.numeric.append(to: &line)
    case .boolean: line.append(contentsOf: (value.isTrue ? "true" : "false").utf8)
    case .date: value.date.append(to: &line)
    case .datetime: Self.instant(value.bits).append(to: &line)
    case .time: value.time.append(to: &line)
    case .duration: line.append(contentsOf: value.duration.description.utf8)
    case .enumeration: line.append(contentsOf: deployment.caseNames[Int(value.bits)].utf8)
    }
  }

  /// A result as a member of a JSON object: numbers and booleans bare, all else as text.
  func write(_ value: Value, _ field: Field, to json: inout JSONText) {
    switch field.type {
    case .boolean: json.member(field.name, value.isTrue)
    case .integer: json.member(field.name, Int(value.bits))
    case .numeric:
      json.key(field.name)
      json.literal(value.numeric.description)
    case .string, .email, .phone: json.member(field.name, string(value))
    case .date, .datetime, .time, .duration, .enumeration:
      var text: [UInt8] = []
      append(value, field.type, to: &text)
      json.member(field.name, String(decoding: text, as: UTF8.self))
    }
  }

  /// A line of `runs.jsonl`.
  ///
  /// - Parameter script: What its script had to say, where that failed it.
  func write(_ run: RunRecord, _ script: ScriptFailure?, to lines: inout [UInt8]) {
    let campaign = deployment.programs[run.campaign].campaign
    var json = JSONText(.compact)
    json.object { json in
      json.member("at", Self.instant(run.at).description)
      json.member("participant", string(key))
      json.member("flow", campaign.flows[run.flow].name)
      json.member("event", run.trigger.eventName)
      if run.communication > 0 { json.member("communication", run.communication) }
      json.member("outcome", run.failure == nil ? "finished" : "failed")
      if let failure = run.failure {
        json.member("reason", failure.name)
        if run.node >= 0 {
          let node = deployment.programs[run.campaign].nodes[run.node]
          let tree = campaign.files[node.file.index]
          json.member("file", tree.source.name)
          json.member("line", tree.source.position(at: tree[node.statement].range.lower).line)
        }
        json.member("message", script.flatMap { $0.summary.isEmpty ? nil : $0.summary } ?? failure.message)
        if let place = script?.place {
          json.member("scriptFile", place.file)
          json.member("scriptLine", place.line)
        }
      }
    }
    lines += json.take()
    lines.append(UInt8(ascii: "\n"))
  }
}

extension TriggerKind {
  /// The event's name in event files, summaries and logs (commands, `run`).
  public var eventName: String {
    switch self {
    case .participantCreated: "participant.created"
    case .participantUpdated: "participant.updated"
    case .communicationEnded: "communication.ended"
    case .communicationUpdated: "communication.updated"
    case .incomingSession: "session.incoming"
    case .fromFlow: "flow.from"
    }
  }
}

/// A cell of a CSV file (RFC 4180).
enum CSVText {
  static func append(_ text: some Collection<UInt8>, to line: inout [UInt8]) {
    let needsQuotes = text.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return line.append(contentsOf: text) }
    line.append(0x22)
    for byte in text {
      if byte == 0x22 { line.append(0x22) }
      line.append(byte)
    }
    line.append(0x22)
  }
}

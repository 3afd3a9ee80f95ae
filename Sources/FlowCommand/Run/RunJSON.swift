internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// The results as one JSON object; of several campaigns, an object a campaign in `campaigns` and the
/// profile's fields once.
struct RunJSON {
  static let schemaVersion = 1

  var plan: RunPlan
  var cast: Cast
  var results: RunResults

  func render() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("schemaVersion", Self.schemaVersion)
      let campaigns = results.summary.campaigns
      if campaigns.count == 1 {
        json.member("campaign", campaigns[0].name)
        writeTimes(to: &json)
        write(campaigns[0], 0, further: results.summary.profileFields, to: &json)
      } else {
        writeTimes(to: &json)
        json.array("campaigns") { json in
          for (index, campaign) in campaigns.enumerated() {
            json.object { json in
              json.member("campaign", campaign.name)
              write(campaign, index, further: [], to: &json)
            }
          }
        }
        json.member("profiles", results.summary.profiles)
        json.object("fields") { write(results.summary.profileFields, to: &$0) }
      }
      json.object("engine") { writeEngine(to: &$0) }
    }
    json.endLine()
    return json.bytes
  }

  private func writeTimes(to json: inout JSONText) {
    json.member("from", plan.from.description)
    json.member("until", plan.until.description)
  }

  private func write(
    _ campaign: SimulationSummary.Campaign, _ index: Int, further: [SimulationSummary.Field],
    to json: inout JSONText
  ) {
    json.object("rows") { json in
      json.member("read", results.inputs.rowsRead[index])
      json.member("created", campaign.rowsCreated)
      json.member("updated", campaign.rowsUpdated)
      json.member("rejected", results.inputs.rowsRejected[index])
    }
    json.member("participants", campaign.participants)
    json.object("runs") { json in
      for flow in campaign.flows {
        json.object(flow.name) { json in
          json.member("finished", flow.finished)
          json.member("failed", flow.failed)
        }
      }
    }
    json.object("communications") { json in
      for communication in campaign.communications {
        json.object(communication.name ?? "session") { write(communication, to: &$0) }
      }
    }
    json.object("fields") { write(further + campaign.fields, to: &$0) }
    json.object("events") { json in
      for kind in Self.eventOrder { json.member(kind.name, campaign.events[Int(kind.trigger.rawValue)]) }
    }
  }

  private func write(_ communication: SimulationSummary.Communications, to json: inout JSONText) {
    json.key("channel")
    if let channel = communication.channel { json.value(channel.spelling) } else { json.null() }
    json.member("created", communication.created)
    for status in CommunicationStatus.allCases {
      json.member(status.spelling, communication.byStatus[Int(status.rawValue)])
    }
  }

  private func write(_ fields: [SimulationSummary.Field], to json: inout JSONText) {
    for field in fields {
      json.object("\(field.level.spelling).\(field.name)") { json in
        for (value, count) in field.counts { json.member(value, count) }
      }
    }
  }

  private func writeEngine(to json: inout JSONText) {
    let figures = results.figures
    json.key("loadSeconds")
    json.literal(Self.seconds(figures.loadSeconds))
    json.key("runSeconds")
    json.literal(Self.seconds(figures.runSeconds))
    json.member("eventsPerSecond", figures.eventsPerSecond)
    json.member("peakMemoryBytes", figures.peakMemoryBytes)
  }

  private static let eventOrder: [(trigger: TriggerKind, name: String)] = [
    (.participantCreated, "participant.created"), (.participantUpdated, "participant.updated"),
    (.communicationUpdated, "communication.updated"), (.communicationEnded, "communication.ended"),
    (.incomingSession, "session.incoming"), (.fromFlow, "flow.from"),
  ]

  /// With microseconds.
  static func seconds(_ seconds: Double) -> String {
    let microseconds = Int((max(seconds, 0) * 1_000_000).rounded())
    let fraction = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
  }
}

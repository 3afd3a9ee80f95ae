/// Makes the text of a campaign of any length that checks without errors, the same for the same seed.
///
/// The mix is that of the samples: a topic is a first contact with a step, a follow-up, a call and a smaller flow;
/// now and then there is an agent with its model. Names repeat as little as in a campaign somebody wrote.
struct CampaignGenerator {
  /// How many topics share an agent.
  private static let topicsPerAgent = 10
  /// How many fields of each type the participant has.
  private static let fieldsPerType = 8

  private var draws: SeededDraws
  private var text = ""
  private var lineCount = 0
  private var topic = 0
  private var agent = 0

  private init(seed: UInt64) { draws = SeededDraws(seed: seed) }

  /// A campaign in one file of exactly `lines` lines, if these are at least a few hundred.
  static func campaign(lines: Int, seed: UInt64 = 1) -> String {
    var generator = CampaignGenerator(seed: seed)
    generator.writeHead()
    // The longest topic, with an agent before it, is shorter than this.
    while generator.lineCount + 200 < lines {
      if generator.topic % topicsPerAgent == 0 { generator.writeAgent() }
      generator.writeTopic()
    }
    while generator.lineCount < lines { generator.line("// Nothing further has been agreed on.") }
    return generator.text
  }

  private mutating func line(_ line: String = "") {
    text += line
    text += "\n"
    lineCount += 1
  }

  private mutating func lines(_ lines: String) {
    text += lines
    text += "\n"
    lineCount += 1
    for byte in lines.utf8 where byte == UInt8(ascii: "\n") { lineCount += 1 }
  }

  // MARK: Declarations

  private mutating func writeHead() {
    lines(
      """
      // A generated campaign: what the front end is measured with.
      campaign generated "Generated" {
        timezone: "Europe/Madrid"
        reupload: updated
      }

      profile {
        language: enum(en, es, pt, de) = en
        opted_out: boolean = false "Wants no messages"
        customer_since: date
      }

      enum outcome (paid, promised, refused)
      window office 09:00..20:00 mon..fri
      window weekend 10:00..18:00 sat, sun

      participant {
      """)
    for index in 0..<Self.fieldsPerType {
      line("  due_\(index): date \(index == 0 ? "required" : "\"Due date \(index)\"")")
      line("  seen_\(index): datetime internal")
      line("  amount_\(index): numeric = 0")
      line("  attempts_\(index): integer = 0 internal \"Attempts of topic \(index)\"")
      line("  note_\(index): string")
      line("  done_\(index): boolean = false internal")
      line("  status_\(index): enum(new, reminded, promised, paid, refused, unreachable) = new internal")
    }
    line("}")
  }

  private mutating func writeAgent() {
    agent += 1
    lines(
      """

      agent collector_\(agent) "Collector \(agent)" {
        channel whatsapp
        channel email
        channel voice madrid_line
        channel voice lisbon_line
        results {
          outcome: outcome
          promised_on: date "Day on which the customer means to pay"
          score: integer
        }
      }

      // How customers answer collector \(agent).
      model collector_\(agent) {
        progress delivered after 5s
        check communication.channel == whatsapp {
          chance \(30 + draws.number(below: 40))% {
            end completed { outcome = paid, score = \(draws.number(below: 100)) } after 5m..2h
          } else chance 60% {
            end completed { outcome = promised, promised_on = today + \(1 + draws.number(below: 9))d } after 5m..1d
          } else {
            end no_response after 1d
          }
        } else {
          end no_response after \(20 + draws.number(below: 40))s
        }
      }
      """)
  }

  // MARK: Expressions

  private mutating func field(_ kind: String) -> String {
    "participant.\(kind)_\(draws.number(below: Self.fieldsPerType))"
  }

  private mutating func condition() -> String {
    switch draws.number(below: 10) {
    case 0: "\(field("status")) == \(draws.one(of: ["new", "paid", "reminded"]))"
    case 1: "\(field("amount")) < \(draws.number(below: 500)) and not profile.opted_out"
    case 2: "\(field("done")) or profile.opted_out"
    case 3: "\(field("due")) - 3d < today and \(field("attempts")) <= \(2 + draws.number(below: 4))"
    case 4: "\(field("status")) not in (paid, refused, unreachable)"
    case 5: "profile.phone starts with \"\(30 + draws.number(below: 60))\""
    case 6: "length(\(field("note"))) > \(draws.number(below: 40)) and \(field("note")) contains \"urgent\""
    case 7: "default(\(field("amount")), 0) * 1.21 >= \(field("amount")) + \(draws.number(below: 90)).5"
    case 8: "\(field("seen")) is set and now - \(field("seen")) > 36h"
    case _: "(profile.language == es or profile.language == pt) and hour(now) < 18"
    }
  }

  private mutating func assignment() -> String {
    switch draws.number(below: 5) {
    case 0: return "\(field("status")) = \(draws.one(of: ["reminded", "paid", "unreachable"]))"
    case 1: return "\(field("done")) = true"
    case 2:
      let attempts = field("attempts")
      return "\(attempts) = \(attempts) + 1"
    case 3: return "\(field("seen")) = now"
    case _: return "\(field("amount")) = round(\(field("amount")) * 0.9)"
    }
  }

  private mutating func schedule() -> String {
    switch draws.number(below: 4) {
    case 0: "on \(field("due")) - \(1 + draws.number(below: 9))d at 10:00"
    case 1: "in \(1 + draws.number(below: 20))h"
    case 2: "at \(10 + draws.number(below: 9)):30"
    case _: "on today + \(1 + draws.number(below: 20))d at 09:15"
    }
  }

  // MARK: Flows

  private mutating func writeTopic() {
    topic += 1
    writeFirstContact()
    writeFollowUp()
    writeCall()
    if draws.happens(percent: 50) { writeProgress() } else { writeInbound() }
  }

  private mutating func writeCommunication(_ kind: String, _ name: String, by agent: String, indent: String) {
    line("\(indent)\(kind) \(name)_\(topic) by \(agent)")
    line("\(indent)  \(schedule())")
    line("\(indent)  within \(draws.one(of: ["office", "weekend", "08:00..21:00", "09:30..19:00 mon..sat"]))")
    if draws.happens(percent: 60) { line("\(indent)  expires in \(1 + draws.number(below: 6))d") }
    if draws.happens(percent: 60) { line("\(indent)  only if \(condition())") }
    if draws.happens(percent: 70) {
      line("\(indent)  with { name = profile.name, amount = \(field("amount")), day = \(field("due")) }")
    }
  }

  private mutating func writeFirstContact() {
    lines(
      """

      flow first_contact_\(topic) "First contact \(topic)" {
        /// Somebody new, or uploaded again
        on participant created {
          check \(condition()) {
            stop
          }
          check \(condition()) {
            // Cheaper to carry over than to ask for.
            update \(assignment())
          } else {
            go remind
          }
        }

        on participant updated (due_\(draws.number(below: Self.fieldsPerType))) {
          check communications(FIRST_REMINDER_\(topic), planned) > 0 {
            cancel planned communications FIRST_REMINDER_\(topic)
            go remind
          }
        }

        /// Some days before the invoice is due
        step remind {
      """)
    let kind = draws.one(of: ["whatsapp", "whatsapp", "email"])
    writeCommunication(kind, "FIRST_REMINDER", by: "collector_\(agent)", indent: "    ")
    line("    update participant.done_0 = true, participant.status_0 = reminded")
    line("  }")
    line("}")
  }

  private mutating func writeFollowUp() {
    lines(
      """

      flow follow_up_\(topic) "What came of it" {
        on communication ended (FIRST_REMINDER_\(topic), CALL_\(topic), completed, no_response, failed) {
          check result.outcome is set {
            update participant.status_\(draws.number(below: Self.fieldsPerType)) = result.outcome
            cancel planned communications
            cancel flow call_\(topic)
            check result.outcome == promised {
              to flow call_\(topic) on default(result.promised_on, today + 3d) + 1d at 10:00
            }
          } else check \(field("attempts")) < \(1 + draws.number(below: 3)) {
            to flow call_\(topic) in \(1 + draws.number(below: 4))d
          } else check \(condition()) {
            update \(assignment())
          }
        }
      }
      """)
  }

  private mutating func writeCall() {
    lines(
      """

      flow call_\(topic) "Call" {
        on from flow {
          check \(condition()) {
            stop
          } else check \(condition()) {
            // From here on it is a matter for the accounts department.
            update \(assignment())
            stop
          }
          update \(assignment())
          check profile.phone starts with "351" {
      """)
    writeCommunication("voice", "LISBON_CALL", by: "collector_\(agent).lisbon_line", indent: "      ")
    line("    } else {")
    writeCommunication("voice", "CALL", by: "collector_\(agent).madrid_line", indent: "      ")
    line("    }")
    line("  }")
    line("}")
  }

  private mutating func writeProgress() {
    lines(
      """

      flow progress_\(topic) {
        on communication updated (FIRST_REMINDER_\(topic), delivered, read) {
          check \(condition()) {
            update \(assignment())
          }
        }
      }
      """)
  }

  private mutating func writeInbound() {
    lines(
      """

      flow inbound_\(topic) "The customer gets in touch" {
        on incoming session {
          cancel planned communications LISBON_CALL_\(topic), CALL_\(topic)
          cancel flow call_\(topic)
        }
      }
      """)
  }
}

import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// The campaign of the language's own design, from a row to its end.
struct PaymentReminderTests {
  static let source = """
    campaign payment_reminder "Payment reminder" { timezone: "Europe/Madrid" }
    profile { opted_out: boolean = false }
    participant {
      due_date: date required
      amount: numeric
      answers: string
      contacted: boolean = false internal
      attempts: integer = 0 internal
      status: enum(new, reminded, paid, unreachable) = new internal
    }
    enum outcome (paid, promised, refused)
    window office 09:00..20:00 mon..fri
    agent collector "Payment collector" {
      channel whatsapp
      channel voice madrid_line
      results { outcome: outcome promised_on: date }
    }
    flow first_contact "First contact" {
      on participant created {
        check participant.contacted { stop } else { go remind }
      }
      step remind {
        whatsapp FIRST_REMINDER by collector on participant.due_date - 3d at 10:00 within office
          expires in 2d only if not profile.opted_out
          with { amount = participant.amount, name = profile.name }
        update participant.contacted = true, participant.status = reminded
      }
    }
    flow outcome_of_reminder {
      on communication ended (FIRST_REMINDER) {
        check result.outcome == paid {
          update participant.status = paid
          cancel communications
        } else check result.outcome == promised {
          to flow broken_promise on result.promised_on + 1d at 09:00
        }
      }
    }
    flow broken_promise {
      on from flow {
        check participant.status != paid {
          update participant.attempts = participant.attempts + 1
          voice SECOND_CALL by collector.madrid_line within office
        }
      }
    }
    model collector {
      progress delivered after 5s
      check communication.name == FIRST_REMINDER {
        end completed { outcome = promised, promised_on = today + 3d } after 5m
      } else {
        end no_response after 1h
      }
    }
    """

  @Test func playsFromRowToEnd() throws {
    let world = try World(Self.source)
    world.upload("c1", ["due_date": "2026-01-20", "amount": "120.50", "phone": "+34 600 111 222"])
    world.upload("c2", ["due_date": "2026-01-20"])
    let summary = try world.finish()
    // 17 January is a Saturday: the window moves the start to Monday, which the expiry still allows.
    #expect(
      world.contacts == [
        "FIRST_REMINDER completed 2026-01-19T09:00:00Z 2026-01-19T09:00:00Z 2026-01-19T09:05:00Z",
        "SECOND_CALL no_response 2026-01-23T08:00:00Z 2026-01-23T08:00:00Z 2026-01-23T09:00:00Z",
        "FIRST_REMINDER skipped 2026-01-19T09:00:00Z - 2026-01-19T09:00:00Z",
      ])
    #expect(world.value("participant.status") == "reminded")
    #expect(world.value("participant.attempts") == "1")
    #expect(world.value("participant.amount") == "120.5")
    #expect(world.value("profile.phone") == "34600111222")
    #expect(summary.failures.isEmpty)
    #expect(summary.campaigns[0].participants == 2)
  }
}

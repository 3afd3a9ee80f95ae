/// A campaign of any length that has everything and no mistake, to measure with.
enum GeneratedCampaign {
  /// - Parameter flowCount: Each flow has 25 lines.
  static func text(flowCount: Int) -> String {
    var text = """
      campaign generated "Generated" { timezone: "Europe/Madrid" }
      profile { opted_out: boolean = false  language: enum(en, es, de) = en }
      participant {
        due_date: date required
        amount: numeric
        attempts: integer = 0 internal
        contacted: boolean = false internal
        status: enum(new, reminded, paid, refused, unreachable) = new internal
      }
      enum outcome (paid, promised, refused)
      window office 09:00..20:00 mon..fri
      agent collector {
        channel whatsapp
        channel voice first_line
        channel voice second_line
        results { outcome: outcome  promised_on: date }
      }

      """
    for index in 0..<flowCount { text += flow(index, of: flowCount) }
    return text
  }

  private static func flow(_ index: Int, of count: Int) -> String {
    """
    flow flow_number_\(index) "Flow \(index)" {
      /// Somebody new
      on participant created {
        check participant.contacted or profile.opted_out {
          stop
        } else check participant.amount < 5 and participant.status == new {
          update participant.status = refused
        } else {
          go remind
        }
      }
      on communication ended (REMINDER_\(index), completed, no_response) {
        check result.outcome == promised {
          to flow flow_number_\((index + 1) % count) on result.promised_on + 1d at 09:00
        }
      }
      on from flow { cancel planned communications REMINDER_\(index) }
      step remind {
        whatsapp REMINDER_\(index) by collector
          on participant.due_date - 3d at 10:00
          within office
          expires in 2d
          only if not profile.opted_out
          with { amount = participant.amount, name = profile.name }
        update participant.contacted = true, participant.attempts = participant.attempts + 1
      }
    }

    """
  }
}

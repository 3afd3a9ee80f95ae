internal import FlowText

/// The campaign that `flow new` writes: short enough to be read at once, and with every kind of block.
struct CampaignTemplate {
  /// A name that the language takes, made of the directory's.
  let name: String
  let title: String

  init(directoryName: String) {
    var letters = directoryName.unicodeScalars.map { scalar -> Character in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain ? Character(scalar) : "_"
    }
    letters = Array(String(letters).lowercased())
    while letters.first == "_" { letters.removeFirst() }
    while letters.last == "_" { letters.removeLast() }
    let hasLetter = letters.contains { $0.isLetter }
    let word = hasLetter ? String(letters) : "my_campaign"
    let taken = ["true", "false", "unset", "now", "today", "not", "and", "or", "in", "is"]
    let isName = !(word.first?.isNumber ?? true) && !taken.contains(word)
    name = isName ? word : "campaign_" + word
    let words = name.split(separator: "_").joined(separator: " ")
    title = words.prefix(1).uppercased() + words.dropFirst()
  }

  func files(path: String) -> [(name: String, text: String)] {
    [("\(name).flow", campaign), ("participants.csv", participants), ("README.md", readme(path: path))]
  }

  func nextSteps(path: String) -> String {
    """
    wrote the campaign `\(name)` to \(path)

    next:
      flow check \(path.shellQuoted)
      flow run \(path.shellQuoted) --participants \(FilePath.join(path, "participants.csv").shellQuoted)

    """
  }

  private var campaign: String {
    """
    campaign \(name) "\(title)" {
      timezone: "Europe/Madrid"
    }

    profile {
      language: enum(en, es) = en
      opted_out: boolean = false
    }

    participant {
      due_date: date required
      amount: numeric
      reminded: boolean = false internal
      status: enum(new, paid, unreachable) = new internal
    }

    window office 09:00..20:00 mon..fri

    agent collector "Payment collector" {
      channel whatsapp
      channel voice
      results {
        outcome: enum(paid, refused)
      }
    }

    flow first_contact "First contact" {
      /// Somebody new, or uploaded again
      on participant created {
        check not participant.reminded and not profile.opted_out {
          whatsapp FIRST_REMINDER by collector
            on participant.due_date - 3d at 10:00
            within office
            with { name = profile.name, language = profile.language, amount = participant.amount }
          update participant.reminded = true
        }
      }
    }

    flow follow_up "What came of it" {
      on communication ended (FIRST_REMINDER, LAST_CALL) {
        check result.outcome == paid {
          update participant.status = paid
        } else check communication.name == FIRST_REMINDER {
          voice LAST_CALL by collector
            in 1d
            within office
            only if not profile.opted_out
        } else {
          update participant.status = unreachable
        }
      }
    }

    // How people answer in a simulation.
    model collector {
      chance 60% {
        end completed { outcome = paid } after 5m..8h
      } else {
        end no_response after 1d
      }
    }

    """
  }

  private var participants: String {
    """
    external_id,name,phone,language,due_date,amount
    c1,Ana García,+34 600 111 222,es,2026-01-20,120.50
    c2,John Smith,+44 7700 900123,en,2026-01-22,80
    c3,Marta Puig,+34 600 333 444,es,2026-02-02,45.90

    """
  }

  private func readme(path: String) -> String {
    """
    # \(title)

    `\(name).flow` says who is contacted, when, on which channel, and what follows; `participants.csv` says who they are.

    ```
    flow check .
    flow run . --participants participants.csv
    flow run . --participants participants.csv --trace c1
    ```

    """
  }
}

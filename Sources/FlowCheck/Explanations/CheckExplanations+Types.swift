internal import FlowDiagnostics

extension CheckExplanations {
  static let types: [Explanation] = [
    Explanation(
      .typeMismatch, summary: "a value has another type than its place wants",
      meaning: """
        Types are strict. Silently, only an integer becomes a numeric, and a text between quotes may stand for an \
        email or a phone. Everything else is said: `date(x)`, `datetime(date, time)`, `round(x)`, `text(x)`. A value of \
        an enumeration may be assigned where all its cases exist.
        """,
      wrong: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created { update participant.due_date = now }
        }
        """,
      right: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created { update participant.due_date = date(now) }
        }
        """),
    Explanation(
      .incomparableTypes, summary: "two values can never be equal",
      meaning: """
        Compared are values of one type, an integer with a numeric, a date with a datetime (by their days), texts with \
        emails and phones, and enumerations that share a case. Cases are written bare, without quotes.
        """,
      wrong: """
        campaign demo { }

        participant { status: enum(new, paid) = new }

        flow start {
          on participant updated {
            check participant.status == "paid" { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        participant { status: enum(new, paid) = new }

        flow start {
          on participant updated {
            check participant.status == paid { stop }
          }
        }
        """),
    Explanation(
      .invalidAddress, summary: "a text stands for an email or a phone and is none",
      meaning: """
        A text between quotes may stand where an email or a phone is wanted, if it is one: an address with one `@` \
        between a name and a domain, a number with at least one digit. It is kept in normal form: addresses in small \
        letters, of numbers the digits only.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created {
            check profile.email == "nobody" { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created {
            check profile.email == "nobody@example.com" { stop }
          }
        }
        """),
    Explanation(
      .invalidPattern, summary: "a pattern does not compile",
      meaning: """
        `matches` takes a regular expression between quotes. Understood are classes, groups, `|`, repeats, `^`, `$`, \
        `\\b`, `\\d`, `\\w`, `\\s` and `(?i)` at the beginning. Backreferences and looking around are refused: with them no \
        search could be promised to end soon.
        """,
      wrong: """
        campaign demo { }

        flow start {
          on participant created {
            check profile.phone matches "^(34|351" { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        flow start {
          on participant created {
            check profile.phone matches "^(34|351)" { stop }
          }
        }
        """),
  ]

  static let operands: [Explanation] = [
    Explanation(
      .operandType, summary: "an operator does not take these values",
      meaning: """
        `+` and `-` take numbers, durations, and a date or datetime with a duration; `+` also two texts; `-` also two \
        dates or two datetimes; `*` also a duration and an integer. `<` and the like take what is ordered: numbers, \
        dates, times, durations, texts.
        """,
      wrong: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created {
            check participant.due_date + 3 < today { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created {
            check participant.due_date + 3d < today { stop }
          }
        }
        """),
    Explanation(
      .unsetOperand, summary: "`unset` stands where a value is needed",
      meaning: """
        A comparison with something unset is unknown and takes Else, whatever the operator, so `x == unset` never \
        matches. `x is not set` asks. Elsewhere `unset` stands for a value that is cleared: `update participant.x = unset`.
        """,
      wrong: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created {
            check participant.due_date == unset { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created {
            check participant.due_date is not set { stop }
          }
        }
        """),
    Explanation(
      .hoursOnDate, summary: "hours are added to a date",
      meaning: """
        A date is a day and takes days and weeks. To count hours, minutes or seconds, start from a datetime: \
        `datetime(participant.due_date, 09:00) + 3h`.
        """,
      wrong: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created {
            check participant.due_date + 12h < today { stop }
          }
        }
        """,
      right: """
        campaign demo { }

        participant { due_date: date }

        flow start {
          on participant created {
            check participant.due_date + 1d < today { stop }
          }
        }
        """,
      limits: "Found for durations that are written out; others fail when the flow runs."),
  ]
}

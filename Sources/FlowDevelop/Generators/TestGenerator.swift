import ArgumentParser
import Glibc

/// Writes a small campaign with many small tests, all of which pass.
struct GenerateTests: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tests", abstract: "Write a campaign in one file with many small tests.")

  @Option(help: "How many tests.") var tests = 10_000
  @Argument(help: "The file to write.") var file: String

  func run() throws {
    guard let output = fopen(file, "w") else { throw ValidationError("cannot write \(file)") }
    defer { fclose(output) }
    fputs(Self.campaign, output)
    for number in 0..<tests { fputs(Self.test(number), output) }
  }

  private static let campaign = """
    campaign many { timezone: "Europe/Madrid" }

    participant {
      amount: numeric
      contacted: boolean = false internal
      status: enum(new, reminded, paid) = new internal
    }

    agent collector {
      channel whatsapp
      results { outcome: enum(paid, refused) }
    }

    flow remind {
      on participant created {
        check participant.contacted or participant.amount < 5 { stop }
        whatsapp REMINDER by collector in 1d within 09:00..20:00
        update participant.contacted = true, participant.status = reminded
      }

      on communication ended (REMINDER, completed) {
        check result.outcome == paid { update participant.status = paid }
      }
    }

    """

  private static func test(_ number: Int) -> String {
    """

    test "customer \(number) pays" {
      at 2026-01-05T09:00
      upload { external_id = "c\(number)", phone = "+34 600 111 222", amount = \(5 + number % 90) }
      expect REMINDER planned at 2026-01-06T09:00
      at 2026-01-06T12:00
      end REMINDER completed { outcome = paid }
      expect participant.status == paid
    }

    """
  }
}

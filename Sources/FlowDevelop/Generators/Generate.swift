import ArgumentParser
import Glibc

/// Writes data for benchmarks.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a participants.csv, a campaign or tests of any size.",
    subcommands: [GenerateParticipants.self, GenerateCampaign.self, GenerateTests.self],
    defaultSubcommand: GenerateParticipants.self)
}

struct GenerateParticipants: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "participants", abstract: "Write a participants.csv for the payment reminder.")

  @Option(help: "How many participants.") var participants = 1_000_000
  @Option(help: "The seed; the same seed writes the same file.") var seed: UInt64 = 1
  @Option(help: "All twelve columns of the sample, or the seven that the campaign reads.")
  var columns = PopulationGenerator.Columns.all
  @Argument(help: "The file to write.") var file: String

  func run() throws {
    guard let output = fopen(file, "w") else { throw ValidationError("cannot write \(file)") }
    defer { fclose(output) }
    var generator = PopulationGenerator(seed: seed, columns: columns)
    var text = generator.header
    for number in 0..<participants {
      generator.append(number, to: &text)
      if text.utf8.count > 1 << 20 {
        fputs(text, output)
        text = ""
      }
    }
    fputs(text, output)
  }
}

struct GenerateCampaign: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign", abstract: "Write a campaign in one file that checks without errors.")

  @Option(help: "How many lines, at least some hundreds.") var lines = 100_000
  @Option(help: "The seed; the same seed writes the same file.") var seed: UInt64 = 1
  @Argument(help: "The file to write.") var file: String

  func run() throws {
    guard let output = fopen(file, "w") else { throw ValidationError("cannot write \(file)") }
    defer { fclose(output) }
    fputs(CampaignGenerator.campaign(lines: lines, seed: seed), output)
  }
}

extension PopulationGenerator.Columns: ExpressibleByArgument {}

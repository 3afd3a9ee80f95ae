import ArgumentParser
import Glibc

/// Writes data for benchmarks.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Write a participants.csv of any size.")

  @Option(help: "How many participants.") var participants = 1_000_000
  @Option(help: "The seed; the same seed writes the same file.") var seed: UInt64 = 1
  @Argument(help: "The file to write.") var file: String

  func run() throws {
    guard let output = fopen(file, "w") else { throw ValidationError("cannot write \(file)") }
    defer { fclose(output) }
    var generator = PopulationGenerator(seed: seed)
    var text = PopulationGenerator.header
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

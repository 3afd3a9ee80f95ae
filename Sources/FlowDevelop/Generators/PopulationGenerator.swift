/// Makes `participants.csv` files of any size for the payment reminder, the same for the same seed.
///
/// The columns, and how often which answers, zones and opt-outs occur, are those of the sample's own file, so that
/// an upload followed by a second one gives about 6.7 events a person. Nothing in them is anybody's.
struct PopulationGenerator {
  /// Which columns a file has.
  enum Columns: String, CaseIterable {
    /// The twelve of the sample.
    case all
    /// The seven that the campaign's flows, contacts and answers read.
    case needed
  }

  private static let names = [
    "external_id", "name", "phone", "email", "language", "country", "timezone", "opted_out", "invoice",
    "due_date", "amount", "answers",
  ]
  private static let neededNames = [
    "external_id", "name", "phone", "opted_out", "due_date", "amount", "answers",
  ]

  private let isWritten: [Bool]
  let header: String

  private struct Country {
    var code: String
    var prefix: String
    var language: String
    var zone: String
  }

  private static let countries = [
    Country(code: "ES", prefix: "+34 6", language: "es", zone: "Europe/Madrid"),
    Country(code: "PT", prefix: "+351 91", language: "pt", zone: "Europe/Lisbon"),
    Country(code: "DE", prefix: "+49 30 ", language: "de", zone: "Europe/Berlin"),
    Country(code: "GB", prefix: "+44 7700 ", language: "en", zone: "Europe/London"),
    Country(code: "BR", prefix: "+55 11 9", language: "pt", zone: "America/Sao_Paulo"),
    Country(code: "US", prefix: "+1 (212) ", language: "en", zone: "America/New_York"),
    Country(code: "GR", prefix: "+30 69", language: "en", zone: "Europe/Athens"),
    Country(code: "JP", prefix: "+81 70-", language: "en", zone: "Asia/Tokyo"),
  ]
  private static let firstNames = [
    "Anna", "Zoë", "Gonçalo", "Friederike", "Lucía", "João", "Oliver", "Inês", "Mateo", "Destiny",
  ]
  private static let lastNames = [
    "Kühn", "Ellery", "Falcão", "Ferrell", "Ortega", "Moreira", "Hughes", "Santos", "Weber", "Ruiz",
  ]
  /// Recorded answers and how many of 300 rows of the sample have them.
  private static let answers: [(letters: String, weight: Int)] = [
    ("p", 213), ("", 30), ("np", 12), ("r", 11), ("nnp", 10), ("mp", 9), ("nnn", 8), ("nm", 6), ("mnp", 1),
  ]
  private static let answerWheel = answers.flatMap { Array(repeating: $0.letters, count: $0.weight) }

  private var draws: SeededDraws

  init(seed: UInt64, columns: Columns = .all) {
    draws = SeededDraws(seed: seed)
    isWritten = Self.names.map { columns == .all || Self.neededNames.contains($0) }
    let written = zip(Self.names, isWritten).filter(\.1).map(\.0)
    header = written.joined(separator: ",") + "\n"
  }

  /// Appends the row of participant `number`.
  mutating func append(_ number: Int, to text: inout String) {
    let country = draws.one(of: Self.countries)
    let first = draws.one(of: Self.firstNames)
    let digits = 10_000_000 + number
    let cells = [
      "PAY-\(digits)", "\(first) \(draws.one(of: Self.lastNames))", "\(country.prefix)\(digits)",
      "\(first.utf8.first == UInt8(ascii: "Z") ? "Zoe" : "user").\(number)@example.com", country.language,
      country.code, draws.happens(percent: 28) ? "" : country.zone, optOut(),
      "2025-\(4100 + number % 10_000)",
      dueDate(), amount(), draws.one(of: Self.answerWheel),
    ]
    var separator = ""
    for (column, cell) in cells.enumerated() where isWritten[column] {
      text += separator
      text += cell
      separator = ","
    }
    text += "\n"
  }

  private mutating func optOut() -> String {
    let drawn = draws.number(below: 300)
    return drawn < 35 ? "yes" : drawn < 133 ? "false" : ""
  }

  /// From 2026-01-05 to 2026-03-15.
  private mutating func dueDate() -> String {
    let day = 5 + draws.number(below: 70)
    let (month, dayOfMonth) = day <= 31 ? (1, day) : day <= 59 ? (2, day - 31) : (3, day - 59)
    return "2026-0\(month)-\(dayOfMonth < 10 ? "0" : "")\(dayOfMonth)"
  }

  /// One in fifty is below what is asked for.
  private mutating func amount() -> String {
    let whole = draws.happens(percent: 2) ? draws.number(below: 5) : 5 + draws.number(below: 1700)
    let cents = draws.number(below: 100)
    return "\(whole).\(cents < 10 ? "0" : "")\(cents)"
  }
}

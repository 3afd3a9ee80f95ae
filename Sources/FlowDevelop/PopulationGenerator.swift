/// Makes `participants.csv` files of any size for the payment reminder, the same for the same seed.
///
/// The people are like those of the sample: several countries, phones in local spellings, a zone for some, recorded
/// answers for most. Nothing in them is anybody's.
struct PopulationGenerator {
  static let header =
    "external_id,name,phone,email,language,country,timezone,opted_out,invoice,due_date,amount,answers\n"

  private struct Country {
    var code: String
    var prefix: String
    var language: String
    var zone: String
  }

  private static let countries = [
    Country(code: "ES", prefix: "+34 6", language: "es", zone: ""),
    Country(code: "PT", prefix: "+351 91", language: "pt", zone: "Europe/Lisbon"),
    Country(code: "DE", prefix: "+49 30 ", language: "de", zone: "Europe/Berlin"),
    Country(code: "GB", prefix: "+44 7700 ", language: "en", zone: "Europe/London"),
    Country(code: "BR", prefix: "+55 11 9", language: "pt", zone: "America/Sao_Paulo"),
    Country(code: "US", prefix: "+1 (212) ", language: "en", zone: "America/New_York"),
  ]
  private static let firstNames = [
    "Anna", "Zoë", "Gonçalo", "Friederike", "Lucía", "João", "Oliver", "Inês", "Mateo", "Destiny",
  ]
  private static let lastNames = [
    "Kühn", "Ellery", "Falcão", "Ferrell", "Ortega", "Moreira", "Hughes", "Santos", "Weber", "Ruiz",
  ]
  private static let answers = ["p", "p", "np", "m", "nnp", "mp", "r", "nn", "", "p"]

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func draw(_ bound: Int) -> Int {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)).multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Appends the row of participant `number`.
  mutating func append(_ number: Int, to text: inout String) {
    let country = Self.countries[draw(Self.countries.count)]
    let first = Self.firstNames[draw(Self.firstNames.count)]
    let last = Self.lastNames[draw(Self.lastNames.count)]
    let digits = 10_000_000 + number
    let day = 10 + draw(60)
    let date =
      day <= 31
      ? "2026-01-\(day)"
      : day <= 59 ? "2026-02-\(day - 31 < 10 ? "0" : "")\(day - 31)" : "2026-03-0\(min(day - 59, 9))"
    let cents = draw(100)
    text += "PAY-\(digits),\(first) \(last),\(country.prefix)\(digits),"
    text +=
      "\(first.first == "Z" ? "zoe" : "user").\(number)@example.com,\(country.language),\(country.code),"
    text += "\(draw(3) == 0 ? "" : country.zone),\(draw(100) < 11 ? "true" : ""),"
    text += "2025-\(4100 + number % 10_000),\(date),\(5 + draw(900)).\(cents < 10 ? "0" : "")\(cents),"
    text += "\(Self.answers[draw(Self.answers.count)])\n"
  }
}

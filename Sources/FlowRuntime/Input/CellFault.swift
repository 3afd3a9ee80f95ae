import FlowText

/// What a cell should have been.
enum CellExpectation: Hashable, Sendable {
  case text
  case integer, integerInRange
  case numeric, numericInRange
  case boolean
  case date, existingDate
  case datetime, datetimeInRange
  case email, phone, timezone
  case enumerationCase
  /// Of a type that no field has.
  case field
}

/// Why a cell is refused.
public struct CellFault: Hashable, Sendable {
  /// How much of a user's text a reason repeats, in Unicode scalars.
  public static let maximumShownLength = 60
  /// How many cases of an enumeration a reason lists.
  static let maximumListedCases = 8

  /// `expected a date as YYYY-MM-DD, found `31/01/2026``.
  public let reason: String

  public init(reason: String) { self.reason = reason }

  init(_ expectation: CellExpectation, _ type: CellType, found: String) {
    let shown = CellFault.shown(found)
    switch expectation {
    case .existingDate: reason = "expected a date, found `\(shown)`, a day that does not exist"
    case .enumerationCase: reason = CellFault.reason(cases: type.cases.spellings, found: found)
    case .text, .integer, .integerInRange, .numeric, .numericInRange, .boolean, .date, .datetime,
      .datetimeInRange, .email, .phone, .timezone, .field:
      reason = "expected \(CellFault.noun(expectation)), found `\(shown)`"
    }
  }

  /// The user's text as a message repeats it: on one line, and no more than one can read.
  public static func shown(_ text: String) -> String {
    guard text.unicodeScalars.count > maximumShownLength else { return text.terminalSafe }
    return String(text.unicodeScalars.prefix(maximumShownLength)).terminalSafe + "…"
  }

  private static func noun(_ expectation: CellExpectation) -> String {
    switch expectation {
    case .text: "a text"
    case .integer: "an integer such as `12`"
    case .integerInRange: "an integer of 64 bits"
    case .numeric: "a number such as `12.5`"
    case .numericInRange: "a number below 10^12 in magnitude"
    case .boolean: "`true` or `false`, `yes` or `no`, `1` or `0`"
    case .date, .existingDate: "a date as YYYY-MM-DD"
    case .datetime: "a datetime as YYYY-MM-DDTHH:MM with seconds and an offset where needed"
    case .datetimeInRange: "a datetime in the years 0001 to 9999 of UTC"
    case .email: "an email address"
    case .phone: "a phone number with at least one digit"
    case .timezone: "the name of a time zone such as `Europe/Madrid`"
    case .enumerationCase: "a case"
    case .field: "nothing, as no field is of this type"
    }
  }

  private static func reason(cases: [String], found: String) -> String {
    var list = cases.prefix(maximumListedCases).map { "`\($0)`" }.joined(separator: ", ")
    if cases.count > maximumListedCases { list += " and \(cases.count - maximumListedCases) more" }
    let reason = "expected \(cases.count == 1 ? "" : "one of ")\(list), found `\(shown(found))`"
    guard let close = closestName(to: found, among: cases) else { return reason }
    return reason + ": did you mean `\(close)`?"
  }
}

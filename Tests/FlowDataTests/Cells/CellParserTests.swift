import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// Semantics D3, one line a cell.
@Suite struct CellParserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let type: ValueType
    let cell: String
    let expected: ParsedCell
    var testDescription: String { "\(type) \(cell.debugDescription)" }

    init(_ type: ValueType, _ cell: String, _ expected: ParsedCell) {
      self.type = type
      self.cell = cell
      self.expected = expected
    }

    init(_ type: ValueType, _ cell: String, refused reason: String) {
      self.init(type, cell, .invalid(CellFault(reason: reason)))
    }
  }

  static let status = ValueType.enumeration(EnumerationID(4))
  static let cases: [String: Int64] = ["new": 20, "paid": 21, "unreachable": 22]

  static func text(_ text: String) -> ParsedCell { .text(Array(text.utf8)) }

  static let taken: [Case] = [
    Case(.string, " Ana ", text("Ana")),
    Case(.string, "\u{A0}Ana\u{3000}", text("Ana")),
    Case(.string, "naïve", text("naïve")),
    Case(.string, "  ", .empty),
    Case(.integer, "", .empty),
    Case(.integer, " 12 ", .bits(12)),
    Case(.integer, "-9223372036854775808", .bits(.min)),
    Case(.numeric, "0.1", .bits(100_000)),
    Case(.numeric, "-120", .bits(-120_000_000)),
    Case(.numeric, "0.0000005", .bits(0)),
    Case(.numeric, "0.0000015", .bits(2)),
    Case(.boolean, "YES", .bits(1)),
    Case(.boolean, "0", .bits(0)),
    Case(.date, "2026-11-10", .bits(20767)),
    Case(.date, "9999-12-31", .bits(2_932_896)),
    Case(.datetime, "1970-01-01T01:00+01:00", .bits(0)),
    Case(.datetime, "1970-01-01T00:00:01Z", .bits(1000)),
    Case(.datetime, "9999-12-31T23:59:59Z", .bits(253_402_300_799_000)),
    Case(.email, " Ana@Example.ORG ", text("ana@example.org")),
    Case(.email, "ana.b+c@mail.example.org", text("ana.b+c@mail.example.org")),
    Case(.phone, "+34 600-111 222", text("34600111222")),
    Case(status, "paid", .bits(21)),
  ]

  static let refused: [Case] = [
    Case(.integer, "1.5", refused: "expected an integer such as `12`, found `1.5`"),
    Case(
      .integer, "9223372036854775808",
      refused: "expected an integer of 64 bits, found `9223372036854775808`"),
    Case(.numeric, "1,5", refused: "expected a number such as `12.5`, found `1,5`"),
    Case(.numeric, "1e3", refused: "expected a number such as `12.5`, found `1e3`"),
    Case(
      .numeric, "1000000000000",
      refused: "expected a number below 10^12 in magnitude, found `1000000000000`"),
    Case(.boolean, "ja", refused: "expected `true` or `false`, `yes` or `no`, `1` or `0`, found `ja`"),
    Case(.date, "31/01/2026", refused: "expected a date as YYYY-MM-DD, found `31/01/2026`"),
    Case(.date, "2026-02-30", refused: "expected a date, found `2026-02-30`, a day that does not exist"),
    Case(.date, "10000-01-01", refused: "expected a date as YYYY-MM-DD, found `10000-01-01`"),
    Case(
      .datetime, "9999-12-31T23:59-01:00",
      refused: "expected a datetime in the years 0001 to 9999 of UTC, found `9999-12-31T23:59-01:00`"),
    Case(.email, "ana@", refused: "expected an email address, found `ana@`"),
    Case(.phone, "none", refused: "expected a phone number with at least one digit, found `none`"),
    Case(
      status, "Paid",
      refused: "expected one of `new`, `paid`, `unreachable`, found `Paid`: did you mean `paid`?"),
    Case(.string, "a\u{1B}[31mb", text("a\u{1B}[31mb")),
    Case(.date, "a\u{1B}b\nc", refused: "expected a date as YYYY-MM-DD, found `a␛b␊c`"),
    Case(
      .date, String(repeating: "x", count: 61),
      refused: "expected a date as YYYY-MM-DD, found `\(String(repeating: "x", count: 60))…`"),
  ]

  static func type(_ type: ValueType) -> CellType {
    type == status ? CellType(type, cases: cases) : CellType(type)
  }

  @Test(arguments: taken + refused) func reads(_ example: Case) {
    var parser = CellParser(zones: ZoneTable())
    var cell = example.cell
    let parsed = cell.withUTF8 { parser.parse($0, as: CellParserTests.type(example.type)) }
    #expect(parsed == example.expected)
    #expect(parser.parse(.text(example.cell), as: CellParserTests.type(example.type)) == example.expected)
  }

  @Test func localDatetimeWaitsForItsZone() throws {
    var parser = CellParser(zones: ZoneTable())
    guard case .local(let local) = parser.parse(.text("2026-11-10 09:30"), as: CellType(.datetime)) else {
      Issue.record("expected a local datetime")
      return
    }
    #expect(local.description == "2026-11-10T09:30")
  }

  @Test func zoneMustExist() {
    var parser = CellParser(zones: ZoneTable())
    let zone = CellType(.string, isTimezone: true)
    #expect(parser.parse(.text("UTC"), as: zone) == CellParserTests.text("UTC"))
    #expect(parser.parse(.text("UTC"), as: zone) == CellParserTests.text("UTC"))
    #expect(parser.parse(.text(""), as: zone) == .empty)
    #expect(
      parser.parse(.text("Mars/Olympus"), as: zone)
        == .invalid(
          CellFault(
            reason: "expected the name of a time zone such as `Europe/Madrid`, found `Mars/Olympus`")))
  }

  static let scalars: [(RawScalar, ValueType, ParsedCell)] = [
    (.null, .integer, .empty),
    (.number("12"), .integer, .bits(12)),
    (.number("12.0"), .integer, .bits(12)),
    (.number("1.2e1"), .integer, .bits(12)),
    (.number("-0.0"), .integer, .bits(0)),
    (.number("1.5"), .numeric, .bits(1_500_000)),
    (.number("1e-06"), .numeric, .bits(1)),
    (.number("12E+3"), .numeric, .bits(12_000_000_000)),
    (.number("34600111222"), .phone, text("34600111222")),
    (.number("0042"), .string, text("0042")),
    (.number("1"), .boolean, .bits(1)),
    (.boolean(true), .boolean, .bits(1)),
    (.boolean(true), .string, .invalid(CellFault(reason: "expected a text, found `true`"))),
    (
      .boolean(false), .integer,
      .invalid(CellFault(reason: "expected an integer such as `12`, found `false`"))
    ),
    (
      .number("12.5"), .integer,
      .invalid(CellFault(reason: "expected an integer such as `12`, found `12.5`"))
    ),
    (
      .number("1e99"), .numeric,
      .invalid(
        CellFault(
          reason:
            "expected a number below 10^12 in magnitude, found `1\(String(repeating: "0", count: 59))…`"))
    ),
  ]

  @Test(arguments: scalars.indices) func readsJSON(_ index: Int) {
    let (scalar, type, expected) = CellParserTests.scalars[index]
    var parser = CellParser(zones: ZoneTable())
    #expect(parser.parse(scalar, as: CellType(type)) == expected)
  }

  /// The quick way through an address and the careful one agree.
  @Test func plainAddressesAreAddresses() {
    let alphabet = Array("ab0.-_+@@.".utf8)
    var generator = SplitMix(state: 7)
    var parser = CellParser(zones: ZoneTable())
    var accepted = 0
    for _ in 0..<30_000 {
      let bytes = (0..<Int.random(in: 3...14, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      let (isValid, parsed) = bytes.withUnsafeBufferPointer {
        (Email.isValid($0), parser.parse($0, as: CellType(.email)))
      }
      if isValid { accepted += 1 }
      #expect(parsed.isInvalid != isValid, "\(String(decoding: bytes, as: UTF8.self)), seed 7")
    }
    #expect(accepted > 20)
  }
}

extension ParsedCell {
  fileprivate var isInvalid: Bool {
    switch self {
    case .invalid: true
    case .empty, .bits, .local, .text: false
    }
  }
}

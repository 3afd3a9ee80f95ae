/// The words the language knows, each only in its places: all of them may also be names of fields.
///
/// The raw value is the index of the word's symbol in every `SymbolTable`.
public enum Keyword: UInt8, CaseIterable, Sendable {
  // Declarations.
  case use, campaign, profile, participant, `enum`, window, agent, flow, model, test, guarantee
  case timezone, reupload, created, updated, lint, channel, results, required, `internal`, inactive
  // Types.
  case string, integer, numeric, boolean, date, datetime, email, phone
  // Triggers.
  case on, communication, ended, incoming, session, from
  // Statements.
  case check, `else`, telegram, voice, whatsapp, by, `in`, at, within, expires, only, `if`, with
  case cancel, communications, planned, update, to, python, reads, writes, timeout, stop, step, go
  case progress, end, after, chance
  // Tests and scenarios.
  case simulated, seed, advance, upload, `for`, expect, no
  // Expressions.
  case `true`, `false`, unset, now, today, not, and, or, `is`, set, contains, starts, ends, matches
  case result
  // Statuses, where `planned` is not among the words above.
  case started, delivered, read, replied, completed, failed, canceled, skipped
  case noResponse
  // Days of the week.
  case mon, tue, wed, thu, fri, sat, sun

  public var spelling: String { Self.spellings[Int(rawValue)] }

  /// How many words there are, without making a list of them.
  static let allCount = allCases.count

  private static let spellings = allCases.map {
    $0 == .noResponse ? "no_response" : String(describing: $0)
  }

  /// Whether the word can never be the name of a case, an agent, a flow, a step or a communication
  /// (language 2): an expression could not tell the two apart.
  public var isReserved: Bool { Self.reserved.contains(self) }

  private static let reserved: Set<Keyword> = [
    .true, .false, .unset, .now, .today, .not, .and, .or, .in, .is,
  ]
}

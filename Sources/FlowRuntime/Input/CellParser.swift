import FlowSchema
public import FlowValues

/// What a cell says, in normal form (semantics D3).
public enum ParsedCell: Hashable, Sendable {
  /// Nothing: the field stays as it is.
  case empty
  /// An integer, numeric (millionths), boolean (0, 1), date (day number), instant (milliseconds) or
  /// enumeration case (its number).
  case bits(Int64)
  /// A datetime without an offset.
  case local(LocalDateTime)
  /// A string, email or phone, in UTF-8.
  case text([UInt8])
  case invalid(CellFault)
}

/// What became of a cell on its way into a row.
public enum CellOutcome: Hashable, Sendable {
  case filled
  /// The cell was empty or `null` and has left the field as it is.
  case empty
  case refused(CellFault)
}

/// Reads cells of uploads, edits from outside, scenarios and reports into their normal form (semantics D3).
///
/// A parser is one reader's own: it keeps memory from cell to cell, so that reading allocates nothing.
public struct CellParser {
  private let zones: ZoneTable
  var scratch: [UInt8] = []
  /// The zone name found to exist last; files have few of them.
  private var knownZones = KnownTexts()

  public init(zones: ZoneTable) { self.zones = zones }

  /// Reads a cell of well-formed UTF-8 into a row of the batch.
  public mutating func append(
    _ cell: UnsafeBufferPointer<UInt8>, as type: CellType, slot: Int, to batch: inout RowBatch
  ) -> CellOutcome {
    let trimmed = CellParser.trimmed(cell)
    switch form(of: trimmed, as: type.kind) {
    case .empty: return .empty
    case .bits(let bits): batch.append(slot: slot, bits: bits)
    case .local(let local): batch.append(slot: slot, local: local)
    case .asIs: batch.append(slot: slot, text: trimmed)
    case .digits: batch.append(slot: slot, digitsOf: trimmed)
    case .rewritten: scratch.withUnsafeBufferPointer { batch.append(slot: slot, text: $0) }
    case .invalid(let expectation): return .refused(fault(expectation, type, found: trimmed))
    }
    return .filled
  }

  /// Reads a JSON value into a row of the batch; `null` leaves the field as an empty cell does.
  ///
  /// Texts are read as cells would be. Numbers fill numbers, and texts, which identifiers and phone numbers
  /// often are; `12.0` and `1.2e1` are the integer 12. A boolean fills a boolean.
  public mutating func append(
    _ scalar: ScalarView, as type: CellType, slot: Int, to batch: inout RowBatch
  ) -> CellOutcome {
    switch scalar {
    case .text(let cell): return append(cell, as: type, slot: slot, to: &batch)
    case .null: return .empty
    case .boolean(let truth):
      guard type.type == .boolean else {
        return .refused(CellFault(expectation(of: type), type, found: scalar.spelling))
      }
      batch.append(slot: slot, bits: truth ? 1 : 0)
      return .filled
    case .number(let digits):
      guard let plain = PlainDecimal.rewritten(digits, for: type.type) else {
        return append(digits, as: type, slot: slot, to: &batch)
      }
      return plain.withUnsafeBufferPointer { append($0, as: type, slot: slot, to: &batch) }
    }
  }

  /// Reads one value that goes into no row.
  public mutating func parse(_ cell: UnsafeBufferPointer<UInt8>, as type: CellType) -> ParsedCell {
    let trimmed = CellParser.trimmed(cell)
    switch form(of: trimmed, as: type.kind) {
    case .empty: return .empty
    case .bits(let bits): return .bits(bits)
    case .local(let local): return .local(local)
    case .asIs: return .text(Array(trimmed))
    case .digits: return .text(trimmed.filter(Phone.isDigit))
    case .rewritten: return .text(scratch)
    case .invalid(let expectation): return .invalid(fault(expectation, type, found: trimmed))
    }
  }

  /// Reads one value of JSON that goes into no row, by the same rules as `append`.
  public mutating func parse(_ scalar: RawScalar, as type: CellType) -> ParsedCell {
    switch scalar {
    case .text(var text): return text.withUTF8 { parse($0, as: type) }
    case .null: return .empty
    case .boolean(let truth):
      if type.type == .boolean { return .bits(truth ? 1 : 0) }
      return .invalid(CellFault(expectation(of: type), type, found: truth ? "true" : "false"))
    case .number(var digits):
      return digits.withUTF8 { digits in
        guard let plain = PlainDecimal.rewritten(digits, for: type.type) else {
          return parse(digits, as: type)
        }
        return plain.withUnsafeBufferPointer { parse($0, as: type) }
      }
    }
  }

  /// Whether a zone of this name exists. Names are case-sensitive.
  mutating func isZone(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    if knownZones.contains(name) { return true }
    guard zones.zone(named: String(decoding: name, as: UTF8.self)) != nil else { return false }
    knownZones.insert(name)
    return true
  }

  func fault(
    _ expectation: CellExpectation, _ type: CellType, found: UnsafeBufferPointer<UInt8>
  ) -> CellFault {
    CellFault(expectation, type, found: String(decoding: found, as: UTF8.self))
  }

  @inline(__always)
  static func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let first = cell.first, let last = cell.last else { return cell }
    // Most cells have no blank at their ends, and those that are not ASCII are looked at more closely.
    if first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80 { return cell }
    return UnsafeBufferPointer(rebasing: cell[Blanks.trimmed(cell)])
  }
}

public import FlowSchema

/// What a cell must be: the type of its field, prepared for reading many cells.
public struct CellType: Sendable {
  public let type: ValueType
  /// The cases of an enumeration.
  let cases: SpellingTable
  /// Whether the text must name a time zone (semantics T2).
  let isTimezone: Bool

  /// - Parameter cases: The numbers of an enumeration's cases by their spelling.
  public init(_ type: ValueType, cases: [String: Int64] = [:], isTimezone: Bool = false) {
    self.type = type
    self.cases = SpellingTable(cases)
    self.isTimezone = isTimezone
  }

  /// The same without ownership, for the path that every cell takes: whoever holds it holds the type too.
  var kind: CellKind {
    CellKind(type: type, cases: .passUnretained(cases), isTimezone: isTimezone)
  }

  public init(_ field: InputField) {
    self.init(field.type, cases: field.cases, isTimezone: field.isTimezone)
  }
}

/// A `CellType` that copying does not retain.
struct CellKind {
  let type: ValueType
  let cases: Unmanaged<SpellingTable>
  let isTimezone: Bool
}

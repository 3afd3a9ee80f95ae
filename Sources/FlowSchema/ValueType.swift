/// The type of an expression or field (language 3, 5). `time` and `duration` are types of expressions only.
public enum ValueType: Hashable, Sendable {
  case string
  case integer
  case numeric
  case boolean
  case date
  case datetime
  case time
  case duration
  case email
  case phone
  case enumeration(EnumerationID)
}

/// An enumeration's position in `Schema.enumerations`.
public struct EnumerationID: Hashable, Sendable {
  public let index: Int

  public init(_ index: Int) { self.index = index }
}

/// A case, the same for every enumeration of the campaign that has a case of this spelling, so that
/// values of two enumerations compare by it (language 5).
public struct CaseID: Hashable, Sendable {
  public let index: Int

  public init(_ index: Int) { self.index = index }
}

/// The cases of an enumeration, in the order of the declaration.
public struct Enumeration: Hashable, Sendable {
  /// The declared name; `nil` for `enum(…)` written in place and for united results.
  public let name: String?
  public let cases: [CaseID]

  public init(name: String?, cases: [CaseID]) {
    self.name = name
    self.cases = cases
  }
}

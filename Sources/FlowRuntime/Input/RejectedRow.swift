/// One mistake in a row that was refused; a row may have several (semantics D5).
public struct RejectedRow: Hashable, Sendable {
  /// How much of a value a report repeats, in Unicode scalars.
  public static let maximumValueLength = 200

  /// The row's number in its file, from 1; empty lines do not count.
  public var rowNumber: Int
  /// The field as the file names it; empty where the row as a whole is wrong.
  public var fieldName: String
  /// What stands in the file, perhaps shortened.
  public var value: String
  /// What is wrong, as a message: lower case, without a full stop.
  public var reason: String

  public init(rowNumber: Int, fieldName: String = "", value: String = "", reason: String) {
    self.rowNumber = rowNumber
    self.fieldName = fieldName
    self.value = RejectedRow.shortened(value)
    self.reason = reason
  }

  private static func shortened(_ value: String) -> String {
    guard value.utf8.count > maximumValueLength, value.unicodeScalars.count > maximumValueLength else {
      return value
    }
    return String(value.unicodeScalars.prefix(maximumValueLength)) + "…"
  }
}

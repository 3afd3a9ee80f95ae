public import FlowSchema
public import FlowSyntax

/// A field that uploads and outside edits can fill, as the readers of data files see it.
public struct InputField: Sendable {
  /// As a header names it: `status`, or exact `participant.status`.
  public var name: String
  public var level: FieldLevel
  /// Where its value lies in a person (`RowBatch.append(slot:…)`).
  public var slot: Int
  public var type: ValueType
  /// The case numbers of an enumeration by their spelling; empty for other types.
  public var cases: [String: Int64]
  public var isRequired: Bool
  public var isInternal: Bool
  /// Whether the field is an effective zone's name and must be one that exists (semantics T2).
  public var isTimezone: Bool
}

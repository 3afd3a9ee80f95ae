public import FlowSchema
public import FlowSyntax

extension InputField {
  /// A field of the schema as uploads see it.
  ///
  /// - Parameter cases: The case numbers of an enumeration by their spelling.
  public init(_ field: Field, level: FieldLevel, slot: Int, cases: [String: Int64] = [:]) {
    self.init(
      name: field.name, level: level, slot: slot, type: field.type, cases: cases,
      isRequired: field.isRequired, isInternal: field.isInternal,
      isTimezone: field.name == SystemField.Profile.timezone.name && field.type == .string)
  }

  /// Whether the field tells whose row it is, and which place it has among those that do (semantics D4).
  public var key: SystemField.Profile? {
    guard level == .profile else { return nil }
    return SystemField.Profile.allCases.first { $0.isKey && $0.name == name }
  }

  /// The exact name: `profile.phone`, `participant.status`.
  public var qualifiedName: String {
    switch level {
    case .profile: "profile.\(name)"
    case .participant: "participant.\(name)"
    }
  }
}

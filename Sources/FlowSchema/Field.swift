public import FlowText
public import FlowValues

/// A field of the profile, of the participant, or a result of an agent (language 3).
public struct Field: Sendable {
  public var name: String
  public var type: ValueType
  public var title: String?
  /// Every uploaded row must fill it.
  public var isRequired: Bool
  /// Never read from an upload.
  public var isInternal: Bool
  /// What a new record holds; unset when `nil`.
  public var defaultValue: ConstantValue?
  /// Where it was declared; `nil` for a system field nobody declared again.
  public var declaration: SourceSpan?

  public init(
    name: String, type: ValueType, title: String? = nil, isRequired: Bool = false, isInternal: Bool = false,
    defaultValue: ConstantValue? = nil, declaration: SourceSpan? = nil
  ) {
    self.name = name
    self.type = type
    self.title = title
    self.isRequired = isRequired
    self.isInternal = isInternal
    self.defaultValue = defaultValue
    self.declaration = declaration
  }
}

/// A value that stands in the text of a campaign.
public enum ConstantValue: Hashable, Sendable {
  /// Also an email or phone, in normal form (semantics D3).
  case string(String)
  case integer(Int64)
  case numeric(Numeric)
  case boolean(Bool)
  case date(CivilDate)
  /// Local to the effective zone of whoever reads it.
  case localDateTime(LocalDateTime)
  case instant(Instant)
  case enumeration(CaseID)
}

/// The fields of one level in the order of their slots: system fields first, then the declared ones.
public struct FieldTable: Sendable {
  /// How many fields one level can have.
  public static let maximumCount = 256

  public private(set) var fields: [Field] = []
  private var indices: [String: Int] = [:]

  public init(_ fields: [Field] = []) {
    for field in fields { append(field) }
  }

  public subscript(index: Int) -> Field {
    get { fields[index] }
    set { fields[index] = newValue }
  }

  public var count: Int { fields.count }

  /// The slot of a field.
  public func index(of name: String) -> Int? { indices[name] }

  public subscript(name: String) -> Field? { indices[name].map { fields[$0] } }

  /// - Precondition: no field has this name yet.
  public mutating func append(_ field: Field) {
    indices[field.name] = fields.count
    fields.append(field)
  }
}

/// The fields that exist without being declared (language 3), at fixed slots.
public enum SystemField {
  /// Slots of the profile's system fields, in the order in which keys are tried (semantics D4).
  public enum Profile: Int, CaseIterable, Sendable {
    case externalID
    case email
    case phone
    case whatsappID
    case telegramID
    case webID
    case telegramUsername
    case name
    case timezone

    public var name: String {
      switch self {
      case .externalID: "external_id"
      case .email: "email"
      case .phone: "phone"
      case .whatsappID: "whatsapp_id"
      case .telegramID: "telegram_id"
      case .webID: "web_id"
      case .telegramUsername: "telegram_username"
      case .name: "name"
      case .timezone: "timezone"
      }
    }

    public var type: ValueType {
      switch self {
      case .email: .email
      case .phone: .phone
      case .externalID, .whatsappID, .telegramID, .webID, .telegramUsername, .name, .timezone: .string
      }
    }

    /// Whether the field tells who a row belongs to (semantics D4): the first six.
    public var isKey: Bool { rawValue < Self.keyCount }

    public static let keyCount = 6
  }

  /// The slot of the participant's one system field, `timezone`.
  public static let participantTimezone = 0

  public static var profileFields: [Field] {
    Profile.allCases.map { Field(name: $0.name, type: $0.type) }
  }

  public static var participantFields: [Field] { [Field(name: "timezone", type: .string)] }
}

internal import FlowCheck
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// A field that checks on a way read, or what gives such a field its value reads; and the values that may make a
/// difference to them.
struct TriedField {
  let level: FieldLevel
  let field: Field
  /// `participant.amount`.
  var name: String { "\(level.spelling).\(field.name)" }
  /// Whether a script reads it, so that nobody knows which values make a difference.
  let hasUnknownBounds: Bool
  private var literals = Literals()
  private let cases: [String]

  /// A value to try.
  struct Candidate {
    /// As stories show it.
    var text: String
    /// As a cell has it; `nil` for unset.
    var cell: String?
    /// Where it lies among others of its type.
    var magnitude: Double?

    /// How far it is from the value that there is.
    func distance(from actual: String?) -> Double {
      guard let magnitude, let actual, let old = Self.magnitude(of: actual) else { return 1 }
      return abs(magnitude - old) / max(abs(old), abs(magnitude), 1)
    }

    static func magnitude(of text: String) -> Double? {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
        let date = CivilDate(year: year, month: month, day: day)
      else { return Double(text) }
      return Double(date.dayNumber)
    }
  }

  /// What the conditions compare with.
  struct Literals {
    var numbers: Set<Numeric> = []
    var dates: Set<CivilDate> = []
    var texts: Set<String> = []
    /// In whole days.
    var days: Set<Int64> = []
  }

  /// The fields that the checks of ways read, and the conditions of their targets; and those from which flows and scripts
  /// make the values of these.
  ///
  /// - Parameter addresses: Whether those by which a channel finds somebody count too.
  static func all(on ways: [WayToStatement], _ campaign: CheckedCampaign, addresses: Bool) -> [TriedField] {
    var collector = ReadFields(campaign)
    for way in ways {
      collector.file = way.file
      let tree = campaign.files[way.file.index]
      for check in way.checks {
        if case .check(let condition, _, _) = tree[check.statement].kind { collector.visit(condition) }
      }
      if case .communication(let id) = tree[way.target].kind, let condition = tree[id].condition {
        collector.visit(condition)
      }
    }
    collector.visitWriters()
    if addresses {
      for field in [SystemField.Profile.phone, .email, .whatsappID, .telegramID] {
        collector.note(.profile, campaign.schema.profile[field.rawValue])
      }
    }
    return collector.fields.map { found in
      var field = TriedField(
        level: found.level, field: found.field, hasUnknownBounds: found.isReadByScript, cases: found.cases)
      field.literals = collector.literals
      return field
    }
  }

  private init(level: FieldLevel, field: Field, hasUnknownBounds: Bool, cases: [String]) {
    self.level = level
    self.field = field
    self.hasUnknownBounds = hasUnknownBounds
    self.cases = cases
  }

  func candidates(_ now: Instant, _ at: Instant, _ zone: Zone) -> [Candidate] {
    let unset = field.isRequired ? [] : [Candidate(text: "unset", cell: nil)]
    return values(zone.local(of: at)) + unset
  }

  private func values(_ local: LocalDateTime) -> [Candidate] {
    switch field.type {
    case .boolean: [Candidate(text: "true", cell: "true"), Candidate(text: "false", cell: "false")]
    case .enumeration: cases.map { Candidate(text: $0, cell: $0) }
    case .integer, .numeric: numbers
    case .date:
      dates(local.date).map {
        Candidate(text: $0.description, cell: $0.description, magnitude: Double($0.dayNumber))
      }
    case .datetime:
      dates(local.date).map { date in
        let text = LocalDateTime(date: date, time: local.time).description
        return Candidate(text: text, cell: text)
      }
    case .string:
      literals.texts.sorted().map { Candidate(text: "\"\($0)\"", cell: $0) }
        + [Candidate(text: "\"some text\"", cell: "some text")]
    case .email: [Candidate(text: "\"somebody@example.com\"", cell: "somebody@example.com")]
    case .phone: phones.map { Candidate(text: "\"\($0)\"", cell: $0) }
    case .time, .duration: []
    }
  }

  /// Made-up ones, also with beginnings that conditions look for.
  private var phones: [String] {
    literals.texts.filter { $0.allSatisfy(\.isNumber) }.sorted().map { $0 + "600000000" } + ["34600000000"]
  }

  private var numbers: [Candidate] {
    var values: Set<Numeric> = [.zero]
    let steps = [1_000_000, field.type == .numeric ? 10_000 : 1_000_000]
    for number in literals.numbers {
      values.insert(number)
      for step in steps {
        if let above = Numeric(millionths: number.millionths + Int64(step)) { values.insert(above) }
        if let below = Numeric(millionths: number.millionths - Int64(step)) { values.insert(below) }
      }
    }
    return values.filter { field.type == .numeric || $0.millionths % 1_000_000 == 0 }
      .sorted { $0.millionths < $1.millionths }
      .map { Candidate(text: $0.description, cell: $0.description, magnitude: Double($0.millionths) / 1e6) }
  }

  private func dates(_ today: CivilDate) -> [CivilDate] {
    var numbers: Set<Int64> = []
    for date in literals.dates.map({ Int64($0.dayNumber) }) + [Int64(today.dayNumber)] {
      for days in literals.days.union([0]) {
        for step in -1...1 { numbers.formUnion([date + days + Int64(step), date - days + Int64(step)]) }
      }
    }
    return numbers.sorted().compactMap { CivilDate(dayNumber: $0) }
  }
}

import FlowDiagnostics
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues

@testable import FlowData
@testable import FlowRuntime

/// The fields of a small campaign.
enum Reminder {
  static let fields: [InputField] = {
    let profile =
      SystemField.profileFields + [
        Field(name: "language", type: .enumeration(EnumerationID(4))), Field(name: "status", type: .string),
      ]
    let participant =
      SystemField.participantFields + [
        Field(name: "due_date", type: .date, isRequired: true), Field(name: "amount", type: .numeric),
        Field(name: "contacted", type: .boolean, isInternal: true),
        Field(name: "status", type: .enumeration(EnumerationID(5))), Field(name: "met_at", type: .datetime),
      ]
    let cases: [String: [String: Int64]] = [
      "profile.language": ["en": 1, "es": 2], "participant.status": ["new": 3, "paid": 4],
    ]
    return profile.enumerated().map { InputField($1, .profile, $0, cases) }
      + participant.enumerated().map { InputField($1, .participant, 100 + $0, cases) }
  }()

  /// What became of a file, as text.
  struct Outcome: Equatable {
    var problems: [String] = []
    var rows: [String] = []
    var rejected: [String] = []
  }

  static func read(_ text: String, options: UploadReader.Options = .init()) throws -> Outcome {
    try read(ByteSource(Array(text.utf8)), options: options)
  }

  static func read(
    _ source: ByteSource, options: UploadReader.Options = .init(), blockSize: Int = ByteWindow.blockSize,
    limit: Int = 100
  ) throws -> Outcome {
    var outcome = Outcome()
    var reader = UploadReader(
      source, fileName: "people.csv", fields: fields, zones: ZoneTable(), options: options)
    let diagnostics = try reader.open(blockSize: blockSize)
    outcome.problems = diagnostics.map { problem($0, reader.header) }
    var batch = RowBatch()
    var rejected: [RejectedRow] = []
    var isMore = true
    while isMore {
      batch.removeAll()
      isMore = try reader.readRows(into: &batch, limit: limit, rejected: &rejected)
      outcome.rows += describe(batch)
    }
    outcome.rejected = rejected.map { "\($0.rowNumber)|\($0.fieldName)|\($0.value)|\($0.reason)" }
    return outcome
  }

  /// `error unknown-column 1:3 phon`.
  private static func problem(_ diagnostic: Diagnostic, _ header: SourceFile?) -> String {
    var text = "\(diagnostic.severity) \(diagnostic.name)"
    if let span = diagnostic.primary?.span, let header {
      let (line, column) = header.position(at: span.range.lower)
      text += " \(line):\(column) \(header.text(span.range))"
    }
    return text
  }

  /// `1: external_id=c1 due_date=20767`.
  static func describe(_ batch: borrowing RowBatch) -> [String] {
    (0..<batch.rowCount).map { index in
      let row = batch.rows[index]
      let cells = (0..<Int(row.cellCount)).map { offset in
        let cell = batch.cells[Int(row.firstCell) + offset]
        let field = fields.first { $0.slot == Int(cell.slot) }
        return "\(field?.qualifiedName ?? "?")=\(describe(cell.value, field?.type, batch))"
      }
      return (["\(row.number):"] + cells).joined(separator: " ")
    }
  }

  private static func describe(_ value: Value, _ type: ValueType?, _ batch: borrowing RowBatch) -> String {
    guard value.isSet else { return "unset" }
    switch type {
    case .string, .email, .phone:
      let bytes = (0..<Int(value.extra)).map { batch.text[Int(value.bits) + $0] }
      return String(decoding: bytes, as: UTF8.self)
    case _: return "\(value.bits)\(value.tag == .local ? " local" : "")"
    }
  }
}

extension InputField {
  fileprivate init(_ field: Field, _ level: FieldLevel, _ slot: Int, _ cases: [String: [String: Int64]]) {
    self.init(field, level: level, slot: slot)
    self.cases = cases[qualifiedName] ?? [:]
  }
}

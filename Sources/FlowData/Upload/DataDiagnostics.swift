public import FlowDiagnostics
import FlowRuntime
import FlowText

/// What can be wrong with a data file as a whole.
extension DiagnosticName {
  public static let unknownColumn: DiagnosticName = "unknown-column"
  public static let duplicateColumn: DiagnosticName = "duplicate-column"
  public static let internalColumn: DiagnosticName = "internal-column"
  public static let missingColumn: DiagnosticName = "missing-column"
  public static let noKeyColumn: DiagnosticName = "no-key-column"
  public static let unreadableData: DiagnosticName = "unreadable-data"
  public static let emptyData: DiagnosticName = "empty-data"
  public static let eventsNotSorted: DiagnosticName = "events-not-sorted"
  public static let badEvent: DiagnosticName = "bad-event"
}

/// The messages about one file.
struct DataDiagnostics {
  let fileName: String

  func unknownColumn(_ name: String, _ names: FieldNames, at label: Label?) -> Diagnostic {
    let likely = names.likely(name)
    var diagnostic = Diagnostic(
      .unknownColumn, .error, "no field is called `\(CellFault.shown(name))`",
      at: label.map { Label($0.span, likely.map { "did you mean `\($0)`?" } ?? "") },
      notes: ["fields to upload: " + names.known.joined(separator: ", ")],
      help: ["unknown columns are passed over where that is asked for"])
    if let likely, let span = label?.span {
      diagnostic.fixes = [Fix("rename to `\(likely)`", .unsafe, [Edit(span, likely)])]
    }
    return diagnostic
  }

  func duplicateColumn(_ field: InputField, at label: Label, first: Label) -> Diagnostic {
    Diagnostic(
      .duplicateColumn, .error, "two columns fill the field `\(field.qualifiedName)`", at: label,
      secondary: [first])
  }

  func internalColumn(_ field: InputField, at label: Label?) -> Diagnostic {
    Diagnostic(
      .internalColumn, .error, "the field `\(field.qualifiedName)` is internal and never read from an upload",
      at: label, help: ["leave the column out, or declare the field without `internal`"])
  }

  func missingColumns(_ fields: [InputField], at label: Label?) -> Diagnostic {
    Diagnostic(
      .missingColumn, .warning, "every row is refused: the file has no \(DataDiagnostics.columns(fields))",
      at: label, notes: ["a field declared `required` must be filled by every row"])
  }

  func noKeyColumn(at label: Label?) -> Diagnostic {
    Diagnostic(
      .noKeyColumn, .warning, "every row is refused: no column tells whose row it is", at: label,
      notes: ["key fields: " + RowIntake.keyList])
  }

  func foreign(_ format: ForeignFormat) -> Diagnostic {
    Diagnostic(
      .unreadableData, .error, "expected CSV or JSON Lines, found \(format.description) in `\(fileName)`",
      help: [format.help])
  }

  func unreadableHeader(_ reason: String, at label: Label?) -> Diagnostic {
    Diagnostic(.unreadableData, .error, "the header of `\(fileName)` cannot be read: \(reason)", at: label)
  }

  func notLines(at label: Label?) -> Diagnostic {
    Diagnostic(
      .unreadableData, .error, "expected JSON Lines, one object a line, in `\(fileName)`", at: label)
  }

  func empty() -> Diagnostic {
    Diagnostic(.emptyData, .error, "expected a header in `\(fileName)`, found an empty file")
  }

  /// `column `a``, `columns `a`, `b``.
  static func columns(_ fields: [InputField]) -> String {
    (fields.count == 1 ? "column " : "columns ") + fields.map { "`\($0.name)`" }.joined(separator: ", ")
  }
}

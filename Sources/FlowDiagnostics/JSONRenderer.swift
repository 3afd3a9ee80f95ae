public import FlowText

/// One JSON document with everything that is known about every finding.
///
/// Offsets are bytes from 0; lines and columns begin at 1, columns are given in Unicode scalars and in
/// UTF-16 code units; ends are exclusive.
public struct JSONRenderer: Sendable {
  /// Grows when a member is removed or changes its meaning, not when one is added.
  public static let schemaVersion = 1

  private let files: SourceFiles
  private let relativePath: @Sendable (String) -> String

  public init(files: [SourceFile], relativePath: @escaping @Sendable (String) -> String = { $0 }) {
    self.files = SourceFiles(files)
    self.relativePath = relativePath
  }

  /// The document, with a line break at its end.
  public func render(_ report: DiagnosticReport) -> [UInt8] {
    var json = JSONText(.pretty)
    json.object { json in
      json.member("schemaVersion", JSONRenderer.schemaVersion)
      json.object("counts") { json in
        json.member("errors", report.counts.errors)
        json.member("warnings", report.counts.warnings)
        json.member("notes", report.counts.notes)
      }
      json.array("diagnostics") { json in
        for diagnostic in report.diagnostics { json.object { write(diagnostic, to: &$0) } }
      }
      json.array("notShown") { json in
        for omission in report.omissions { json.object { write(omission, to: &$0) } }
      }
    }
    json.endLine()
    return json.bytes
  }

  private func write(_ diagnostic: Diagnostic, to json: inout JSONText) {
    json.member("name", diagnostic.name.description)
    json.member("severity", diagnostic.severity.word)
    json.member("message", diagnostic.message)
    json.key("primary")
    write(diagnostic.primary, to: &json)
    json.array("secondary") { json in
      for label in diagnostic.secondary { write(label, to: &json) }
    }
    json.array("notes", diagnostic.notes)
    json.array("help", diagnostic.help)
    json.array("fixes") { json in
      for fix in diagnostic.fixes { json.object { write(fix, to: &$0) } }
    }
    json.key("suppression")
    write(diagnostic.suppression, to: &json)
  }

  private func write(_ label: Label?, to json: inout JSONText) {
    guard let label else { return json.null() }
    json.object { json in
      write(label.span, to: &json)
      json.member("text", label.text)
    }
  }

  private func write(_ fix: Fix, to json: inout JSONText) {
    json.member("title", fix.title)
    json.member("safety", fix.safety.word)
    json.array("edits") { json in
      for edit in fix.edits {
        json.object { json in
          write(edit.span, to: &json)
          json.member("replacement", edit.replacement)
        }
      }
    }
  }

  private func write(_ suppression: Suppression?, to json: inout JSONText) {
    guard let suppression else { return json.null() }
    json.object { json in
      json.member("reason", suppression.reason)
      if let span = suppression.span { write(span, to: &json) }
    }
  }

  private func write(_ omission: DiagnosticReport.Omission, to json: inout JSONText) {
    json.key("path")
    if let file = omission.file.flatMap({ files[$0] }) {
      json.value(relativePath(file.name))
    } else {
      json.null()
    }
    json.member("count", omission.count)
  }

  /// The members of a span, into the object that is open.
  private func write(_ span: SourceSpan, to json: inout JSONText) {
    guard let located = LocatedSpan(span, in: files) else {
      json.key("path")
      return json.null()
    }
    json.member("path", relativePath(located.file.name))
    json.object("start") { write(located.start, to: &$0) }
    json.object("end") { write(located.end, to: &$0) }
  }

  private func write(_ position: TextPosition, to json: inout JSONText) {
    json.member("offset", position.offset)
    json.member("line", position.line)
    json.member("column", position.column)
    json.member("utf16Column", position.utf16Column)
  }
}

extension Fix.Safety {
  var word: String {
    switch self {
    case .safe: "safe"
    case .unsafe: "unsafe"
    }
  }
}

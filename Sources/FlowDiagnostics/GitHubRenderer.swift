public import FlowText

/// Workflow commands that GitHub shows as annotations beside the changed lines.
public struct GitHubRenderer: Sendable {
  /// GitHub shows so many annotations of each kind per step.
  public static let maximumPerKind = 10

  private let files: SourceFiles
  private let relativePath: @Sendable (String) -> String

  /// - Parameter relativePath: turns the name of a file into its path from the root of the repository.
  public init(files: [SourceFile], relativePath: @escaping @Sendable (String) -> String = { $0 }) {
    self.files = SourceFiles(files)
    self.relativePath = relativePath
  }

  /// One line an annotation, the worst first; where some had to be left out, a last notice says how many.
  public func render(_ report: DiagnosticReport) -> String {
    let all = Array(report.unsuppressed)
    var shown = all.worstFirst(atMost: GitHubRenderer.maximumPerKind, notes: GitHubRenderer.maximumPerKind)
    let isIncomplete = shown.count < all.count || report.omittedCount > 0
    if isIncomplete {
      // The notice that says so is one of the ten notices.
      shown = all.worstFirst(atMost: GitHubRenderer.maximumPerKind, notes: GitHubRenderer.maximumPerKind - 1)
    }
    var result = shown.map(command(for:)).joined()
    if isIncomplete {
      let rest = all.count - shown.count + report.omittedCount
      result += "::notice title=flow::\(rest) more \(rest == 1 ? "finding" : "findings") not shown here\n"
    }
    return result
  }

  private func command(for diagnostic: Diagnostic) -> String {
    let kind =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    let properties = place(of: diagnostic) + [("title", diagnostic.name.description)]
    let list = properties.map { "\($0)=\(GitHubRenderer.escaped($1, isProperty: true))" }
    return "::\(kind) \(list.joined(separator: ","))::\(GitHubRenderer.escaped(message(of: diagnostic)))\n"
  }

  private func message(of diagnostic: Diagnostic) -> String {
    let label = diagnostic.primary?.text ?? ""
    let remarks = diagnostic.notes + diagnostic.help.map { "help: \($0)" }
    return ([diagnostic.message] + (label.isEmpty ? [] : [label]) + remarks).joined(separator: "\n")
  }

  private func place(of diagnostic: Diagnostic) -> [(String, String)] {
    guard let primary = diagnostic.primary, let located = LocatedSpan(primary.span, in: files) else {
      return []
    }
    var result = [
      ("file", relativePath(located.file.name)), ("line", String(located.start.line)),
      ("endLine", String(located.end.line)),
    ]
    // Columns count only within one line; with several, GitHub refuses them.
    if located.start.line == located.end.line {
      result += [("col", String(located.start.utf16Column)), ("endColumn", String(located.end.utf16Column))]
    }
    return result
  }

  /// What would end the line or a property, as the runner decodes it; other controls become visible.
  private static func escaped(_ text: String, isProperty: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      case _: result += scalar.visibleForm ?? String(scalar)
      }
    }
    return result
  }
}

extension [Diagnostic] {
  /// By severity, keeping their order, so many of each.
  fileprivate func worstFirst(atMost limit: Int, notes: Int) -> [Diagnostic] {
    Severity.allCases.reversed().flatMap { severity in
      filter { $0.severity == severity }.prefix(severity == .note ? notes : limit)
    }
  }
}

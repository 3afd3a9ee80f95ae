public import FlowText

/// One line a finding, `path:line:column: severity[name]: message`, for editors and `grep`.
public struct ConciseRenderer: Sendable {
  private let files: SourceFiles
  private let relativePath: @Sendable (String) -> String

  /// - Parameter relativePath: turns the name of a file into the path to print.
  public init(files: [SourceFile], relativePath: @escaping @Sendable (String) -> String = { $0 }) {
    self.files = SourceFiles(files)
    self.relativePath = relativePath
  }

  /// A finding without a text has no place before it; what the cap left out is one line a file.
  public func render(_ report: DiagnosticReport) -> String {
    var result = ""
    for diagnostic in report.unsuppressed {
      result += place(of: diagnostic)
      result += "\(diagnostic.severity.word)[\(diagnostic.name)]: \(diagnostic.message.terminalSafe)\n"
    }
    for omission in report.omissions {
      let path = omission.file.flatMap { files[$0] }.map { "\(self.path(of: $0)): " } ?? ""
      result += "\(path)\(omission.count) more \(omission.count == 1 ? "finding" : "findings") not shown\n"
    }
    return result
  }

  private func place(of diagnostic: Diagnostic) -> String {
    guard let primary = diagnostic.primary, let located = LocatedSpan(primary.span, in: files) else {
      return ""
    }
    return "\(path(of: located.file)):\(located.start.line):\(located.start.column): "
  }

  private func path(of file: SourceFile) -> String { relativePath(file.name).terminalSafe }
}

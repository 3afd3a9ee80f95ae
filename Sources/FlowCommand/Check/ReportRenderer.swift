internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowLint
internal import FlowText

enum DiagnosticFormat: String, CaseIterable, ExpressibleByArgument {
  case full, concise, json, sarif, github
}

/// Writes findings in the format that was asked for.
struct ReportRenderer {
  var format: DiagnosticFormat
  var files: [SourceFile]
  var palette: Palette
  var paths: RepositoryPaths
  /// The levels of what is not an error.
  private let ruleLevels = Dictionary(
    uniqueKeysWithValues: Linter.information.map { ($0.name, $0.defaultSeverity) })

  init(format: DiagnosticFormat, files: [SourceFile], palette: Palette, paths: RepositoryPaths) {
    self.format = format
    self.files = files
    self.palette = palette
    self.paths = paths
  }

  func render(_ report: DiagnosticReport) -> [UInt8] {
    switch format {
    case .full: Array(FullRenderer(files: files, palette: palette).render(report).utf8)
    case .concise: Array(ConciseRenderer(files: files).render(report).utf8)
    case .json: JSONRenderer(files: files).render(report)
    case .sarif:
      SARIFRenderer(
        files: files,
        rules: Explanations.all.map { RuleDescriptor($0, defaultLevel: ruleLevels[$0.name] ?? .error) },
        toolVersion: FlowTool.version,
        relativePath: paths.table(files)
      ).render(report)
    case .github:
      Array(GitHubRenderer(files: files, relativePath: paths.table(files)).render(report).utf8)
    }
  }
}

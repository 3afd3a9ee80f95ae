/// What a machine format says about a diagnostic in general, apart from any finding.
public struct RuleDescriptor: Sendable {
  public let name: DiagnosticName
  /// One line.
  public let summary: String
  /// A paragraph or several.
  public let description: String
  /// The whole page, as plain text and in Markdown.
  public let helpText: String
  public let helpMarkdown: String
  public let defaultLevel: Severity

  public init(
    name: DiagnosticName, summary: String, description: String? = nil, helpMarkdown: String,
    helpText: String? = nil, defaultLevel: Severity = .error
  ) {
    self.name = name
    self.summary = summary
    self.description = description ?? summary
    self.helpText = helpText ?? helpMarkdown
    self.helpMarkdown = helpMarkdown
    self.defaultLevel = defaultLevel
  }

  /// From the page that `flow explain` shows.
  public init(_ page: Explanation, defaultLevel: Severity = .error) {
    self.init(
      name: page.name, summary: page.summary, description: page.meaning,
      helpMarkdown: ExplanationRenderer.markdown(page), helpText: ExplanationRenderer.text(page),
      defaultLevel: defaultLevel)
  }
}

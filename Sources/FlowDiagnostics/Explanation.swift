/// The page of a diagnostic or rule: what `flow explain` shows, offline.
///
/// Prose is Markdown of the plainest kind: paragraphs with an empty line between them, lists whose items begin
/// with `- `, code in back-ticks. Line breaks within a paragraph mean nothing.
public struct Explanation: Sendable {
  public let name: DiagnosticName
  /// What is found, in one line without a full stop; the title of the page.
  public let summary: String
  public let meaning: String
  /// Why it matters, where `meaning` does not say so itself.
  public let reason: String?
  public let wrong: Example
  public let right: Example
  /// How a rule decides, where that is more than what `meaning` says.
  public let decision: String?
  /// What is not found although it is as wrong, or found although it may be right.
  public let limits: String?

  public init(
    _ name: DiagnosticName, summary: String, meaning: String, reason: String? = nil, wrong: Example,
    right: Example,
    decision: String? = nil, limits: String? = nil
  ) {
    self.name = name
    self.summary = summary
    self.meaning = meaning
    self.reason = reason
    self.wrong = wrong
    self.right = right
    self.decision = decision
    self.limits = limits
  }

  /// A text that gives the finding, or that does not. A string literal is Flow.
  public enum Example: Sendable, ExpressibleByStringLiteral {
    case flow(String)
    case csv(String)
    case jsonLines(String)
    case command(String)

    public init(stringLiteral text: String) { self = .flow(text) }

    public var text: String {
      switch self {
      case .flow(let text), .csv(let text), .jsonLines(let text), .command(let text): text
      }
    }

    /// The word behind the fence of a code block in Markdown.
    var language: String {
      switch self {
      case .flow: "flow"
      case .csv: "csv"
      case .jsonLines: "json"
      case .command: "sh"
      }
    }
  }
}

/// All pages of the tool, by name.
public struct ExplanationIndex: Sendable {
  private let pages: [DiagnosticName: Explanation]
  /// In order of their names.
  public let names: [DiagnosticName]

  /// Of two pages of one name the first counts; a test of the tool sees to it that there are no two.
  public init(_ pages: [Explanation]) {
    self.pages = Dictionary(pages.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    names = self.pages.keys.sorted { $0.description < $1.description }
  }

  public subscript(name: DiagnosticName) -> Explanation? { pages[name] }
}

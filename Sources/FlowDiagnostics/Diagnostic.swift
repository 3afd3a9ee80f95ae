public import FlowText

/// One finding of any phase: lexing, parsing, names, types, lint, data files, arguments.
///
/// The message stands alone: lower case, no full stop, the user's text in back-ticks, what was expected
/// first and what was found second (the rules of wording stand in the README's chapter on diagnostics).
public struct Diagnostic: Sendable, Hashable {
  /// The stable name, in kebab-case: `unknown-field`.
  public var name: DiagnosticName
  public var severity: Severity
  public var message: String
  /// Where it is wrong. `nil` only for findings without a text, such as a missing file.
  public var primary: Label?
  /// Other places that explain the first, such as an earlier declaration.
  public var secondary: [Label]
  /// Facts, each a line: `declared fields: contacted, status`.
  public var notes: [String]
  /// What to do, each a line.
  public var help: [String]
  public var fixes: [Fix]
  /// Set when a comment of the user asks to leave this finding out: formats for people do, formats for
  /// machines mark it.
  public var suppression: Suppression?

  public init(
    _ name: DiagnosticName, _ severity: Severity = .error, _ message: String, at primary: Label? = nil,
    secondary: [Label] = [], notes: [String] = [], help: [String] = [], fixes: [Fix] = [],
    suppression: Suppression? = nil
  ) {
    self.name = name
    self.severity = severity
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.notes = notes
    self.help = help
    self.fixes = fixes
    self.suppression = suppression
  }
}

/// Why a finding is left out, and the comment that says so.
public struct Suppression: Sendable, Hashable {
  public var reason: String
  public var span: SourceSpan?

  public init(reason: String, span: SourceSpan? = nil) {
    self.reason = reason
    self.span = span
  }
}

/// The kebab-case name of a diagnostic. Each phase declares its own as static constants,
/// and a test sees to it that every one has a page for `flow explain`.
public struct DiagnosticName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let description: String

  public init(_ name: String) { description = name }
  public init(stringLiteral name: String) { description = name }
}

public enum Severity: Int, Sendable, Comparable, CaseIterable {
  case note
  case warning
  case error

  public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
}

/// A place in a text, with a few words beside the carets.
public struct Label: Sendable, Hashable {
  public var span: SourceSpan
  /// Empty when the message says it all.
  public var text: String

  public init(_ span: SourceSpan, _ text: String = "") {
    self.span = span
    self.text = text
  }
}

/// A change of the text that mends the finding.
public struct Fix: Sendable, Hashable {
  public enum Safety: Sendable { case safe, unsafe }

  /// A sentence in the imperative, without a full stop: `rename to `contacted``.
  public var title: String
  public var safety: Safety
  public var edits: [Edit]

  public init(_ title: String, _ safety: Safety, _ edits: [Edit]) {
    self.title = title
    self.safety = safety
    self.edits = edits
  }
}

/// The replacement of a range of bytes by a text.
public struct Edit: Sendable, Hashable {
  public var span: SourceSpan
  public var replacement: String

  public init(_ span: SourceSpan, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

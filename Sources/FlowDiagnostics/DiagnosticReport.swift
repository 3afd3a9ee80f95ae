public import FlowText

/// What one run has found, ready to be rendered: in order, without duplicates, capped per file.
public struct DiagnosticReport: Sendable, Equatable {
  /// In source order, the suppressed ones among them.
  public var diagnostics: [Diagnostic]
  /// How many findings of a file the cap has left out, in the order of the files.
  public var omissions: [Omission]
  /// How many findings of each severity there are, shown or not, without the suppressed ones.
  public var counts: SeverityCounts

  public struct Omission: Sendable, Equatable {
    /// `nil` for findings without a text.
    public let file: FileID?
    public let count: Int
  }

  /// These diagnostics as they stand, neither sorted nor capped.
  public init(_ diagnostics: [Diagnostic]) {
    self.init(diagnostics, omissions: [], counts: SeverityCounts(of: diagnostics))
  }

  init(_ diagnostics: [Diagnostic], omissions: [Omission], counts: SeverityCounts) {
    self.diagnostics = diagnostics
    self.omissions = omissions
    self.counts = counts
  }

  /// What formats for people show.
  var unsuppressed: some Sequence<Diagnostic> { diagnostics.lazy.filter { $0.suppression == nil } }

  var omittedCount: Int { omissions.reduce(0) { $0 + $1.count } }
}

/// How many findings there are of each severity.
public struct SeverityCounts: Sendable, Equatable {
  public var errors = 0
  public var warnings = 0
  public var notes = 0

  public init() {}

  public init(of diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics where diagnostic.suppression == nil { add(diagnostic.severity) }
  }

  mutating func add(_ severity: Severity) {
    switch severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .note: notes += 1
    }
  }
}

internal import FlowText

/// Collects diagnostics in whatever order the phases find them.
public struct DiagnosticBag: Sendable {
  /// How many findings of one file are shown; of more, the worst.
  public static let maximumPerFile = 100
  /// How many findings are remembered at all; more are only counted.
  public static let maximumRemembered = 100_000

  private var diagnostics: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []
  private var forgotten: [FileID?: SeverityCounts] = [:]

  public init(_ diagnostics: [Diagnostic] = []) { add(contentsOf: diagnostics) }

  /// Takes in a finding, unless the very same is there already.
  public mutating func add(_ diagnostic: Diagnostic) {
    guard diagnostics.count < DiagnosticBag.maximumRemembered else {
      if diagnostic.suppression == nil {
        forgotten[diagnostic.primary?.span.file, default: SeverityCounts()].add(diagnostic.severity)
      }
      return
    }
    if seen.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
  }

  public mutating func add(contentsOf more: some Sequence<Diagnostic>) {
    for diagnostic in more { add(diagnostic) }
  }

  public var isEmpty: Bool { diagnostics.isEmpty }
  public var hasErrors: Bool { counts.errors > 0 }

  private var counts: SeverityCounts {
    forgotten.values.reduce(into: SeverityCounts(of: diagnostics)) { total, more in
      total.errors += more.errors
      total.warnings += more.warnings
      total.notes += more.notes
    }
  }

  /// All that was collected: by file, offset and severity, the worst first; of every file at most
  /// `maximumPerFile`, with the number left out.
  public func report(maximumPerFile: Int = DiagnosticBag.maximumPerFile) -> DiagnosticReport {
    var result: [Diagnostic] = []
    var omissions: [DiagnosticReport.Omission] = []
    let byFile = Dictionary(grouping: diagnostics) { $0.primary?.span.file }
    let files = Set(byFile.keys).union(forgotten.keys)
    for file in files.sorted(by: { ($0?.index ?? -1) < ($1?.index ?? -1) }) {
      let (shown, omitted) = DiagnosticBag.worst(byFile[file] ?? [], atMost: maximumPerFile)
      result += shown
      let unknown = forgotten[file].map { $0.errors + $0.warnings + $0.notes } ?? 0
      if omitted + unknown > 0 { omissions.append(.init(file: file, count: omitted + unknown)) }
    }
    return DiagnosticReport(result, omissions: omissions, counts: counts)
  }

  /// The worst findings of one file in source order; suppressed ones stay and do not count.
  private static func worst(
    _ diagnostics: [Diagnostic], atMost limit: Int
  ) -> (shown: [Diagnostic], omitted: Int) {
    let sorted = diagnostics.sorted { $0.precedes($1) }
    let active = sorted.indices.filter { sorted[$0].suppression == nil }
    guard active.count > limit else { return (sorted, 0) }
    // The indexes tell apart what is equally bad, so that the order does not depend on the sort.
    let byWeight = active.sorted { (sorted[$1].severity, $0) < (sorted[$0].severity, $1) }
    let dropped = Set(byWeight.dropFirst(limit))
    return (sorted.indices.filter { !dropped.contains($0) }.map { sorted[$0] }, dropped.count)
  }
}

extension Diagnostic {
  /// The order of findings within a file. Everything that is rendered takes part, so that the order in
  /// which phases or threads deliver cannot be seen.
  fileprivate func precedes(_ other: Diagnostic) -> Bool {
    let mine = primary?.span.range ?? SourceRange(at: 0)
    let theirs = other.primary?.span.range ?? SourceRange(at: 0)
    if mine.lower != theirs.lower { return mine.lower < theirs.lower }
    if severity != other.severity { return severity > other.severity }
    if mine.upper != theirs.upper { return mine.upper < theirs.upper }
    if name != other.name { return name.description < other.name.description }
    if message != other.message { return message < other.message }
    return sortKey.lexicographicallyPrecedes(other.sortKey)
  }

  /// The rest of a diagnostic, for the rare two that agree in all that people see first.
  private var sortKey: [String] {
    func place(_ span: SourceSpan?) -> String {
      span.map { "\($0.file.index):\($0.range.lower):\($0.range.upper)" } ?? ""
    }
    let labels = ([primary].compactMap { $0 } + secondary).flatMap { [place($0.span), $0.text] }
    let changes = fixes.flatMap { fix in
      [fix.title, "\(fix.safety)"] + fix.edits.flatMap { [place($0.span), $0.replacement] }
    }
    return labels + notes + ["\u{0}"] + help + ["\u{0}"] + changes
      + [suppression?.reason ?? "", place(suppression?.span)]
  }
}

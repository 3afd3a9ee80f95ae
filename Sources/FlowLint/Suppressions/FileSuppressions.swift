internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// The comments of one file that ask to leave findings out.
struct FileSuppressions {
  private struct Entry {
    var comment: SuppressionComment
    var rule: SuppressionComment.RuleName
    /// Findings that begin in it are left out.
    var covered: SourceRange?
    var isUsed = false
  }

  private let tree: SyntaxTree
  private var entries: [Entry] = []
  /// What is wrong with the comments.
  private(set) var findings: [Diagnostic] = []

  init(_ tree: SyntaxTree) {
    self.tree = tree
    var elements: ElementRanges?
    for comment in tree.comments {
      switch SuppressionComment.read(comment, in: tree.source) {
      case .other: break
      case .malformed: findings.append(LintRemarks.malformed(tree.span(comment.range)))
      case .suppression(let suppression):
        let ranges = elements ?? ElementRanges(tree)
        elements = ranges
        add(suppression, ranges)
      }
    }
  }

  private mutating func add(_ comment: SuppressionComment, _ elements: ElementRanges) {
    let next = nextToken(behind: comment.range.lower)
    if comment.extent == .file, next > 0 {
      findings.append(LintRemarks.notAtHead(tree.span(comment.range)))
      return
    }
    if comment.reason.isEmpty {
      findings.append(LintRemarks.withoutReason(comment, at: tree.span(comment.range)))
    }
    let covered = covered(by: comment, next, elements)
    for rule in comment.rules {
      if Linter.information(named: rule.name) == nil {
        findings.append(LintRemarks.unknownRule(rule.name, at: tree.span(rule.range)))
      } else {
        entries.append(Entry(comment: comment, rule: rule, covered: covered))
      }
    }
  }

  /// The index of the first token behind an offset.
  private func nextToken(behind offset: Int) -> Int {
    var low = 0
    var high = tree.tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tree.tokens[middle].range.lower > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  // MARK: What a comment covers

  private func covered(
    by comment: SuppressionComment, _ next: Int, _ elements: ElementRanges
  ) -> SourceRange? {
    if comment.extent == .file { return SourceRange(0, tree.source.bytes.count) }
    let previous = next > 0 ? tree.tokens[next - 1].range : nil
    if let previous, isOnOneLine(previous.upper, comment.range.lower) {
      return elements.element(around: previous.lower).map { part(of: $0, at: previous) }
    }
    let start = tree.tokens[next].range.lower
    // Between the clauses of a statement it is about that statement.
    return (elements.element(from: start) ?? elements.element(around: start)).flatMap { element in
      element.range.lower < start && element.blocks.contains { $0.lower < start && start < $0.upper }
        ? nil : element.range
    }
  }

  private func isOnOneLine(_ lower: Int, _ upper: Int) -> Bool {
    !tree.source.bytes[lower..<max(lower, upper)].contains { $0 == 0x0A || $0 == 0x0D }
  }

  /// What a comment behind a token is about: the element that ends there, or else its own words around the token, as the
  /// condition of a check without the statements in its blocks.
  private func part(of element: ElementRanges.Element, at token: SourceRange) -> SourceRange {
    if token.upper == element.range.upper { return element.range }
    var lower = element.range.lower
    for block in element.blocks {
      if token.lower <= block.lower { return SourceRange(lower, block.lower + 1) }
      lower = max(lower, block.upper - 1)
    }
    return SourceRange(lower, element.range.upper)
  }

  // MARK: Findings

  /// The suppression of a finding, which counts as used.
  mutating func suppression(of name: DiagnosticName, at range: SourceRange) -> Suppression? {
    var result: Suppression?
    for index in entries.indices where entries[index].rule.name == name.description {
      guard let covered = entries[index].covered, covered.lower <= range.lower, range.lower < covered.upper
      else { continue }
      entries[index].isUsed = true
      let comment = entries[index].comment
      result = result ?? Suppression(reason: comment.reason, span: tree.span(comment.range))
    }
    return result
  }

  /// The comments that leave nothing out. Of a rule that is off, and of one whose level the command line sets, nobody
  /// knows.
  func stale(_ levels: RuleLevels) -> [Diagnostic] {
    entries.compactMap { entry in
      let name = DiagnosticName(entry.rule.name)
      let isKnown = !levels.isOff(name) && !levels.isSetByCommandLine(name)
      guard !entry.isUsed, isKnown, !LintRemarks.names.contains(name) else { return nil }
      return LintRemarks.stale(entry.rule.name, at: tree.span(entry.rule.range), removal(of: entry))
    }
  }

  /// Takes the rule out of its comment, or the comment with its line where it is the only one.
  private func removal(of entry: Entry) -> SourceRange {
    let bytes = tree.source.bytes
    let rules = entry.comment.rules
    if rules.count > 1, let index = rules.firstIndex(where: { $0.range == entry.rule.range }) {
      return index + 1 < rules.count
        ? SourceRange(entry.rule.range.lower, rules[index + 1].range.lower)
        : SourceRange(rules[index - 1].range.upper, entry.rule.range.upper)
    }
    var lower = entry.comment.range.lower
    var upper = entry.comment.range.upper
    while lower > 0, bytes[lower - 1] == 0x20 || bytes[lower - 1] == 0x09 { lower -= 1 }
    if lower == 0 || bytes[lower - 1] == 0x0A, upper < bytes.count, bytes[upper] == 0x0A { upper += 1 }
    return SourceRange(lower, upper)
  }
}

internal import FlowCheck
internal import FlowDiagnostics
internal import FlowText

/// What checking several campaigns together has found out. Files that campaigns share are there once.
struct FoundCampaigns {
  private(set) var checks: [CheckResult] = []
  /// All files that were read, each with the number that `diagnostics` use.
  private(set) var files: [SourceFile] = []
  private(set) var diagnostics = DiagnosticBag()
  private var numbers: [String: FileID] = [:]

  mutating func add(_ check: CheckResult) {
    checks.append(check)
    let ids = check.sources.map { number($0) }
    diagnostics.add(contentsOf: check.diagnostics.map { $0.renumbered(ids) })
  }

  /// Takes in what else was found in files of a check that is there.
  mutating func add(_ findings: [Diagnostic], in check: CheckResult) {
    let ids = check.sources.map { number($0) }
    diagnostics.add(contentsOf: findings.map { $0.renumbered(ids) })
  }

  /// The campaigns among what was checked, as opposed to files that only declare.
  var campaigns: [CheckResult] { checks.filter(\.hasCampaign) }

  /// The number of a file that was read.
  func number(of file: SourceFile) -> FileID { numbers[FilePath.normalized(file.name)] ?? file.id }

  private mutating func number(_ file: SourceFile) -> FileID {
    let name = FilePath.normalized(file.name)
    if let known = numbers[name] { return known }
    let id = FileID(files.count)
    numbers[name] = id
    files.append(file.id == id ? file : SourceFile(id: id, name: file.name, bytes: file.bytes))
    return id
  }
}

extension Diagnostic {
  /// The same finding where files have other numbers; a number that is not in the list stays.
  func renumbered(_ ids: [FileID]) -> Diagnostic {
    func moved(_ span: SourceSpan) -> SourceSpan {
      guard ids.indices.contains(span.file.index) else { return span }
      return SourceSpan(ids[span.file.index], span.range)
    }
    func moved(_ label: Label) -> Label { Label(moved(label.span), label.text) }
    var result = self
    result.primary = primary.map(moved)
    result.secondary = secondary.map(moved)
    result.fixes = fixes.map { fix in
      Fix(fix.title, fix.safety, fix.edits.map { Edit(moved($0.span), $0.replacement) })
    }
    result.suppression = suppression.map { Suppression(reason: $0.reason, span: $0.span.map(moved)) }
    return result
  }
}

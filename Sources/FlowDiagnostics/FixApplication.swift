public import FlowText

/// Fixes of one run, put together: each is made whole or not at all.
public struct FixApplication: Sendable {
  /// The fixes that were taken, in the order in which they came.
  public private(set) var applied: [Fix] = []
  /// The fixes that would have changed what another had changed already; a second run finds them again.
  public private(set) var refused: [Fix] = []
  private var edits: [FileID: TextEdits] = [:]

  /// - Parameter safeties: the kinds of fixes to make; others are neither applied nor refused.
  ///   Of several fixes of one finding, the first that is allowed and does not collide is made.
  public init(_ diagnostics: [Diagnostic], allowing safeties: Set<Fix.Safety>) {
    for diagnostic in diagnostics where diagnostic.suppression == nil {
      let allowed = diagnostic.fixes.filter { safeties.contains($0.safety) && !$0.edits.isEmpty }
      if !allowed.contains(where: { add($0) }), let first = allowed.first { refused.append(first) }
    }
  }

  /// The files that change, in the order of `files`, and their new text.
  public func changes(in files: [SourceFile]) -> [(file: SourceFile, bytes: [UInt8])] {
    files.compactMap { file in
      guard let edits = edits[file.id] else { return nil }
      let bytes = edits.applied(to: file.bytes)
      return bytes == file.bytes ? nil : (file, bytes)
    }
  }

  private mutating func add(_ fix: Fix) -> Bool {
    var changed = edits
    for (file, group) in Dictionary(grouping: fix.edits, by: \.span.file) {
      let replacements = group.map { TextEdits.Replacement($0.span.range, $0.replacement) }
      guard changed[file, default: TextEdits()].add(replacements) else { return false }
    }
    edits = changed
    applied.append(fix)
    return true
  }
}

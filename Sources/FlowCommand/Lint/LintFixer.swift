internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// Makes fixes in memory, round by round, until nothing is left to fix; what comes out is written at the end.
///
/// A round is kept only if it leaves no file worse: with no error that was not there, and parsing if it did before.
/// Where all fixes of a round together do not, they are tried one by one.
struct LintFixer {
  /// A fix can make room for another; this many times.
  static let maximumRounds = 10

  struct Outcome {
    struct File {
      var path: String
      var old: [UInt8]
      var new: [UInt8]
    }

    /// How much is found in the files as they are.
    var asFound: SeverityCounts
    /// What is found after all fixes.
    var found: FoundCampaigns
    var fixCount = 0
    /// The files that change, in the order of their paths.
    var files: [File] = []

    func write(_ system: any FileSystem) throws(CommandFailure) {
      for file in files {
        try reportingFiles { () throws(FileFailure) in try system.replace(file.path, with: file.new) }
      }
    }
  }

  private let review: LintReview
  private let safeties: Set<Fix.Safety>

  init(_ review: LintReview, allowing safeties: Set<Fix.Safety>) throws(CommandFailure) {
    guard !review.paths.contains("-") else {
      throw CommandFailure(
        Diagnostic(
          .usage, .error, "expected files to fix, found `-`", help: ["standard input cannot be written to"]))
    }
    self.review = review
    self.safeties = safeties
  }

  func run(_ environment: CommandEnvironment) throws(CommandFailure) -> Outcome {
    var changed = ChangedFiles(environment)
    let found = try review.run(environment)
    var outcome = Outcome(asFound: found.diagnostics.report().counts, found: found)
    for _ in 0..<Self.maximumRounds {
      let candidates = fixable(outcome.found, environment)
      guard let step = try advance(candidates, outcome.found, changed, environment) else { break }
      changed = step.files
      outcome.found = step.found
      outcome.fixCount += step.fixCount
    }
    outcome.files = changed.all.map { .init(path: $0.path, old: $0.old, new: $0.new) }
    return outcome
  }

  private struct Step {
    var files: ChangedFiles
    var found: FoundCampaigns
    var fixCount: Int
  }

  /// The findings with a fix all of whose changes lie in files that were named or stand below what was.
  private func fixable(_ found: FoundCampaigns, _ environment: CommandEnvironment) -> [Diagnostic] {
    let roots = review.paths.map { environment.absolute(FilePath.withoutSlashesAtEnd($0)) }
    let isOwn = found.files.map { file in
      let path = environment.absolute(file.name)
      return roots.contains { $0 == path || FilePath.relative(path, to: $0) != nil }
    }
    return found.diagnostics.report(maximumPerFile: .max).diagnostics.compactMap { diagnostic in
      var result = diagnostic
      result.fixes.removeAll { fix in
        fix.edits.contains { !isOwn.indices.contains($0.span.file.index) || !isOwn[$0.span.file.index] }
      }
      return result.fixes.contains { safeties.contains($0.safety) } ? result : nil
    }
  }

  /// The fixes of one round; `nil` where none can be made.
  private func advance(
    _ candidates: [Diagnostic], _ found: FoundCampaigns, _ files: ChangedFiles,
    _ environment: CommandEnvironment
  ) throws(CommandFailure) -> Step? {
    if candidates.isEmpty { return nil }
    if let step = try apply(candidates, found, files, environment) { return step }
    for candidate in candidates {
      if let step = try apply([candidate], found, files, environment) { return step }
    }
    return nil
  }

  private func apply(
    _ candidates: [Diagnostic], _ found: FoundCampaigns, _ files: ChangedFiles,
    _ environment: CommandEnvironment
  ) throws(CommandFailure) -> Step? {
    let application = FixApplication(candidates, allowing: safeties)
    let changes = application.changes(in: found.files)
    guard !changes.isEmpty, changes.allSatisfy({ staysParsable($0.file, $0.bytes) }) else { return nil }
    var next = files
    for change in changes { next.change(change.file.name, from: change.file.bytes, to: change.bytes) }
    let after = try review.run(next.environment(environment))
    let before = found.diagnostics.report().counts.errors
    guard after.diagnostics.report().counts.errors <= before else { return nil }
    return Step(files: next, found: after, fixCount: application.applied.count)
  }

  private func staysParsable(_ file: SourceFile, _ bytes: [UInt8]) -> Bool {
    var symbols = SymbolTable()
    let after = parse(SourceFile(id: file.id, name: file.name, bytes: bytes), symbols: &symbols).diagnostics
      .count
    return after == 0 || after <= parse(file, symbols: &symbols).diagnostics.count
  }
}

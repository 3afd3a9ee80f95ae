internal import FlowCheck
internal import FlowDiagnostics
internal import FlowText
internal import FlowValues

/// Finds the campaigns that the paths of a command mean, and checks them.
///
/// A directory with a `campaign` declaration is a campaign; one without is searched for campaigns below it, and its
/// own files are checked through those that `use` them. A file that is named is what it declares.
struct CampaignFinder {
  /// How many directories are looked into.
  static let maximumDirectories = 100_000

  private let environment: CommandEnvironment
  private let zones: ZoneTable
  /// The name for standard input.
  private let standardInputName: String
  private var visited: Set<FileIdentity> = []
  private var hasReadInput = false
  private var found = FoundCampaigns()
  /// Directories with files and without a campaign of their own.
  private var leftovers: [CheckResult] = []

  init(_ environment: CommandEnvironment, zones: ZoneTable, standardInputName: String?) {
    self.environment = environment
    self.zones = zones
    self.standardInputName = standardInputName ?? "<stdin>"
  }

  mutating func find(_ paths: [String]) throws(CommandFailure) -> FoundCampaigns {
    for path in paths { try find(path) }
    addUnusedFiles()
    return found
  }

  private mutating func find(_ path: String) throws(CommandFailure) {
    if path == "-" { return try findInput() }
    let path = FilePath.withoutSlashesAtEnd(path)
    let environment = environment
    let status = try reportingFiles { () throws(FileFailure) in try environment.files.status(of: path) }
    if status.kind == .directory {
      let before = found.files.count + leftovers.count
      try search(path)
      let isRepeated = visited.contains(status.identity) && found.files.count + leftovers.count == before
      if isRepeated && found.checks.isEmpty && leftovers.isEmpty { throw CommandFailure(noFile(path)) }
      return
    }
    guard path.hasSuffix(".flow") || status.kind == .other else {
      throw CommandFailure(
        Diagnostic(.noFlowFile, "expected a campaign directory or a `.flow` file, found `\(path)`"))
    }
    guard visited.insert(status.identity).inserted else { return }
    let file = try reportingFiles { () throws(FileFailure) in try environment.source(path) }
    found.add(check(CampaignInput(path: path, files: [file])))
  }

  private mutating func findInput() throws(CommandFailure) {
    guard !hasReadInput else { return }
    hasReadInput = true
    let environment = environment
    let name = standardInputName
    let bytes = try reportingFiles { () throws(FileFailure) in
      try environment.standardInput.readAll(limit: SourceFile.maximumByteCount, name: name)
    }
    found.add(check(CampaignInput(path: name, files: [.init(name: name, bytes: bytes)])))
  }

  private func noFile(_ path: String) -> Diagnostic {
    Diagnostic(.noFlowFile, "there is no `.flow` file in `\(path)`")
  }
}

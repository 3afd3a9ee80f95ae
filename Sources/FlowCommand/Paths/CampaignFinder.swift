internal import FlowCheck
internal import FlowDiagnostics
internal import FlowText
internal import FlowValues

/// Finds the campaigns that the paths of a command mean, and checks them.
///
/// A directory with a `campaign` declaration is a campaign; one without is searched for campaigns below it,
/// and its own files are checked through those that `use` them. A file that is named is what it declares.
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
  private var leftovers: [Leftover] = []

  private struct Leftover {
    var files: [CampaignFile]
    /// All of them checked as one namespace.
    var check: CheckResult
  }

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
      let isKnown = visited.contains(status.identity)
      let before = found.checks.count + leftovers.count
      try search(path)
      if !isKnown && found.checks.count + leftovers.count == before {
        throw CommandFailure(Self.noFile(path))
      }
      return
    }
    guard path.hasSuffix(".flow") || status.kind == .other else {
      throw CommandFailure(
        Diagnostic(.noFlowFile, .error, "expected a campaign directory or a `.flow` file, found `\(path)`"))
    }
    guard visited.insert(status.identity).inserted else { return }
    let file = try reportingFiles { () throws(FileFailure) in try environment.source(path) }
    found.add(environment.check([file], zones: zones))
  }

  private mutating func findInput() throws(CommandFailure) {
    guard !hasReadInput else { return }
    hasReadInput = true
    let environment = environment
    let name = standardInputName
    let bytes = try reportingFiles { () throws(FileFailure) in
      try environment.standardInput.readAll(limit: SourceFile.maximumByteCount, name: name)
    }
    found.add(environment.check([CampaignFile(name: name, bytes: bytes)], zones: zones))
  }

  // MARK: Directories

  /// Looks for a campaign in a directory, else below it. The directories to come are a list, not a recursion:
  /// trees of directories can be deeper than the stack.
  private mutating func search(_ directory: String) throws(CommandFailure) {
    var waiting = [directory]
    var count = 0
    while let next = waiting.popLast() {
      count += 1
      try Self.limitDirectories(count, directory)
      let below = try look(into: next, isNamed: next == directory)
      waiting += below.reversed()
    }
  }

  /// Checks the files of a directory; the directories below it are returned if it has no campaign.
  private mutating func look(into directory: String, isNamed: Bool) throws(CommandFailure) -> [String] {
    let environment = environment
    let status: FileStatus
    let names: [String]
    do throws(FileFailure) {
      status = try environment.files.status(of: directory)
      guard visited.insert(status.identity).inserted else { return [] }
      names = try environment.files.list(directory)
    } catch {
      // Somewhere below, a directory that may not be read is none of the campaign's.
      if isNamed { throw CommandFailure(error) }
      return []
    }
    let entries = names.filter { !$0.hasPrefix(".") }.map { FilePath.join(directory, $0) }
    let (files, directories) = try reportingFiles { () throws(FileFailure) in try sorted(entries) }
    guard !files.isEmpty else { return directories }
    let sources = try reportingFiles { () throws(FileFailure) in
      try files.map { path throws(FileFailure) in try environment.source(path) }
    }
    let result = environment.check(sources, zones: zones)
    if result.hasCampaign {
      found.add(result)
      return []
    }
    leftovers.append(Leftover(files: sources, check: result))
    return directories
  }

  /// What cannot be looked at, as a link to nowhere, is neither, unless it is called like a part of the campaign.
  private func sorted(
    _ entries: [String]
  ) throws(FileFailure) -> (files: [String], directories: [String]) {
    var files: [String] = []
    var directories: [String] = []
    for entry in entries {
      let isFlow = entry.hasSuffix(".flow")
      do throws(FileFailure) {
        switch try environment.files.status(of: entry).kind {
        case .directory: directories.append(entry)
        case .file: if isFlow { files.append(entry) }
        case .other: break
        }
      } catch {
        if isFlow { throw error }
      }
    }
    return (files, directories)
  }

  /// Files that no campaign uses are checked for what they declare: all of a directory together, unless some
  /// of them are used, which tells that they were made to be taken one by one.
  private mutating func addUnusedFiles() {
    let used = Set(found.files.map { environment.absolute($0.name) })
    for leftover in leftovers {
      let unused = leftover.files.filter { !used.contains(environment.absolute($0.name)) }
      if unused.count == leftover.files.count {
        found.add(leftover.check)
      } else {
        for file in unused { found.add(environment.check([file], zones: zones)) }
      }
    }
  }

  static func noFile(_ path: String) -> Diagnostic {
    Diagnostic(.noFlowFile, .error, "there is no `.flow` file in `\(path)`")
  }

  /// Fails where a directory that was named has too many below it.
  static func limitDirectories(_ count: Int, _ directory: String) throws(CommandFailure) {
    guard count > maximumDirectories else { return }
    throw CommandFailure(
      Diagnostic(
        .fileAccess, .error, "`\(directory)` has more than \(maximumDirectories) directories",
        help: ["name the directories of the campaigns"]))
  }
}

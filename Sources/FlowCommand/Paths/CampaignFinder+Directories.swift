
// MARK: Directories

extension CampaignFinder {
  /// Looks for a campaign in a directory, else below it. The directories to come are a list, not a recursion:
  /// trees of directories can be deeper than the stack.
  private mutating func search(_ directory: String) throws(CommandFailure) {
    var waiting = [directory]
    var count = 0
    while let next = waiting.popLast() {
      count += 1
      guard count <= Self.maximumDirectories else {
        throw CommandFailure(
          Diagnostic(
            .fileAccess, "`\(directory)` has more than \(Self.maximumDirectories) directories",
            help: ["name the directories of the campaigns"]))
      }
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
    let (files, directories) = sorted(entries)
    guard !files.isEmpty else { return directories }
    let sources = try reportingFiles { () throws(FileFailure) in
      try files.map { path throws(FileFailure) in try environment.source(path) }
    }
    let result = check(CampaignInput(path: directory, files: sources))
    if result.hasCampaign {
      found.add(result)
      return []
    }
    leftovers.append(result)
    return directories
  }

  private func sorted(_ entries: [String]) -> (files: [String], directories: [String]) {
    var files: [String] = []
    var directories: [String] = []
    for entry in entries {
      // What cannot be looked at, as a link to nowhere, is neither.
      guard let status = try? environment.files.status(of: entry) else { continue }
      if status.kind == .directory {
        directories.append(entry)
      } else if entry.hasSuffix(".flow") {
        files.append(entry)
      }
    }
    return (files, directories)
  }

  /// Files that no campaign uses are checked for what they declare.
  private mutating func addUnusedFiles() {
    let used = Set(found.files.map { environment.absolute($0.name) })
    for result in leftovers where !result.sources.allSatisfy({ used.contains(environment.absolute($0.name)) }) {
      found.add(result)
    }
  }
}

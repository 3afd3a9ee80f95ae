internal import FlowDiagnostics

/// Finds the `.flow` files that the paths of a command mean: those that are named, and all below directories that
/// are named, in the order of their names, each once.
///
/// Symbolic links are followed where they are named, and nowhere below: what they point to may lie outside of what
/// was named. Names that begin with a dot are passed over.
struct FlowFileFinder {
  enum Found: Equatable {
    case standardInput
    case file(String)
  }

  private let environment: CommandEnvironment
  private var visited: Set<FileIdentity> = []
  private var found: [Found] = []

  init(_ environment: CommandEnvironment) { self.environment = environment }

  mutating func find(_ paths: [String]) throws(CommandFailure) -> [Found] {
    for path in paths {
      if path == "-" {
        if !found.contains(.standardInput) { found.append(.standardInput) }
      } else {
        try find(FilePath.withoutSlashesAtEnd(path))
      }
    }
    return found
  }

  private mutating func find(_ path: String) throws(CommandFailure) {
    let files = environment.files
    let status = try reportingFiles { () throws(FileFailure) in try files.status(of: path) }
    switch status.kind {
    case .directory: try search(path, status.identity)
    case .file where path.hasSuffix(".flow"): add(path, status.identity)
    case .file, .other:
      throw CommandFailure(
        Diagnostic(.noFlowFile, .error, "expected a directory or a `.flow` file, found `\(path)`"))
    }
  }

  private mutating func add(_ path: String, _ identity: FileIdentity) {
    if visited.insert(identity).inserted { found.append(.file(path)) }
  }

  private mutating func search(_ directory: String, _ identity: FileIdentity) throws(CommandFailure) {
    let files = environment.files
    guard visited.insert(identity).inserted else { return }
    // One that is named has to be readable; the directories to come are a list, not a recursion.
    var waiting = try reportingFiles { () throws(FileFailure) in try entries(of: directory) }
    var count = 0
    while let path = waiting.popLast() {
      guard !files.isSymbolicLink(path), let status = try? files.status(of: path) else { continue }
      if status.kind == .directory {
        guard visited.insert(status.identity).inserted else { continue }
        count += 1
        try CampaignFinder.limitDirectories(count, directory)
        waiting += (try? entries(of: path)) ?? []
      } else if status.kind == .file, path.hasSuffix(".flow") {
        add(path, status.identity)
      }
    }
    if found.isEmpty { throw CommandFailure(CampaignFinder.noFile(directory)) }
  }

  /// What stands in a directory, the last first.
  private func entries(of directory: String) throws(FileFailure) -> [String] {
    try environment.files.list(directory).reversed().filter { !$0.hasPrefix(".") }
      .map { FilePath.join(directory, $0) }
  }
}

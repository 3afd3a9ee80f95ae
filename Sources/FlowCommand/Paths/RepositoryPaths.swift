internal import FlowText

/// Paths as code hosts want them: from the root of the repository.
///
/// The root is that of `--root`, else the directory with `.git` at or above the current one, else at or above
/// the file.
struct RepositoryPaths: Sendable {
  private let currentDirectory: String
  private let files: any FileSystem
  private let root: String?

  init(_ environment: CommandEnvironment, root: String?) {
    currentDirectory = environment.currentDirectory
    files = environment.files
    self.root = root.map(environment.absolute)
  }

  /// The renderers ask for a name once and again; each is looked up once here.
  func table(_ sources: [SourceFile]) -> @Sendable (String) -> String {
    let common = root ?? repository(above: currentDirectory)
    var paths: [String: String] = [:]
    for source in sources { paths[source.name] = path(of: source.name, from: common) }
    let table = paths
    return { table[$0] ?? $0 }
  }

  private func path(of name: String, from root: String?) -> String {
    let absolute = FilePath.normalized(FilePath.join(currentDirectory, name))
    if let root, let path = FilePath.relative(absolute, to: root) { return path }
    let own = self.root == nil ? repository(above: FilePath.directory(of: absolute)) : nil
    return own.flatMap { FilePath.relative(absolute, to: $0) } ?? (root == nil ? name : absolute)
  }

  func repository(above directory: String) -> String? {
    var directory = directory
    while true {
      if (try? files.status(of: FilePath.join(directory, ".git"))) != nil { return directory }
      guard directory != "/", directory != "." else { return nil }
      directory = FilePath.directory(of: directory)
    }
  }
}

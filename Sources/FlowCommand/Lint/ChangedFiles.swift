internal import FlowText

/// The files of the system with changes that are not written yet.
struct ChangedFiles: FileSystem {
  private let base: any FileSystem
  private let currentDirectory: String
  /// By absolute path.
  private var changes: [String: Change] = [:]

  struct Change: Sendable {
    var path: String
    var old: [UInt8]
    var new: [UInt8]
  }

  init(_ environment: CommandEnvironment) {
    base = environment.files
    currentDirectory = environment.currentDirectory
  }

  /// Those whose text is another now, in the order of their paths.
  var all: [Change] {
    changes.values.filter { $0.old != $0.new }
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  mutating func change(_ path: String, from old: [UInt8], to new: [UInt8]) {
    let first = changes[key(path)]?.old ?? old
    changes[key(path)] = Change(path: path, old: first, new: new)
  }

  /// The same world with these files in it.
  func environment(_ environment: CommandEnvironment) -> CommandEnvironment {
    var result = environment
    result.files = self
    return result
  }

  private func key(_ path: String) -> String {
    FilePath.normalized(FilePath.join(currentDirectory, path))
  }

  func status(of path: String) throws(FileFailure) -> FileStatus { try base.status(of: path) }

  func read(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    if let change = changes[key(path)] { return change.new }
    return try base.read(path, limit: limit)
  }

  func list(_ directory: String) throws(FileFailure) -> [String] { try base.list(directory) }

  func open(_ path: String) throws(FileFailure) -> any ByteReader { try base.open(path) }

  func isSymbolicLink(_ path: String) -> Bool { base.isSymbolicLink(path) }

  func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    try base.replace(path, with: bytes)
  }

  func create(_ path: String) throws(FileFailure) -> any ByteWriter { try base.create(path) }

  func appendPrivately(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    try base.appendPrivately(bytes, to: path)
  }

  func createDirectory(_ path: String) throws(FileFailure) { try base.createDirectory(path) }
}

import Synchronization

/// Files of which it is known who was asked for, and what they were then: all that a result depends on.
final class WatchedFiles: FileSystem {
  private let files: any FileSystem
  private let stamps = Mutex<[String: Stamp]>([:])

  init(_ files: any FileSystem) { self.files = files }

  /// What tells a file or directory from what it was.
  private enum Stamp: Hashable {
    case there(FileStatus, names: [String])
    case failed(FileFailure.Reason)
  }

  /// The first file or directory in byte order that is no longer what it was when it was asked for.
  var changed: String? {
    let known = stamps.withLock { $0 }
    return known.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.first {
      stamp(of: $0) != known[$0]
    }
  }

  private func stamp(of path: String) -> Stamp {
    do throws(FileFailure) {
      let status = try files.status(of: path)
      guard status.kind == .directory else { return .there(status, names: []) }
      // Of a directory count the files that may be campaigns, and directories; results may come to lie there.
      let names = try files.list(path).filter { $0.hasSuffix(".flow") || !$0.contains(".") }
      return .there(FileStatus(kind: .directory, identity: status.identity), names: names)
    } catch {
      return .failed(error.reason)
    }
  }

  /// Notes a file before it is read, so that a change while that is done is one as well.
  private func note(_ path: String) {
    if stamps.withLock({ $0[path] }) != nil { return }
    let stamp = stamp(of: path)
    stamps.withLock { $0[path] = stamp }
  }

  // MARK: Files

  func status(of path: String) throws(FileFailure) -> FileStatus {
    note(path)
    return try files.status(of: path)
  }

  func read(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    note(path)
    return try files.read(path, limit: limit)
  }

  func list(_ directory: String) throws(FileFailure) -> [String] {
    note(directory)
    return try files.list(directory)
  }

  func open(_ path: String) throws(FileFailure) -> any ByteReader {
    note(path)
    return try files.open(path)
  }

  // What is written is a result.

  func isSymbolicLink(_ path: String) -> Bool { files.isSymbolicLink(path) }
  func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    try files.replace(path, with: bytes)
  }
  func create(_ path: String) throws(FileFailure) -> any ByteWriter { try files.create(path) }
  func appendPrivately(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    try files.appendPrivately(bytes, to: path)
  }
  func createDirectory(_ path: String) throws(FileFailure) { try files.createDirectory(path) }
}

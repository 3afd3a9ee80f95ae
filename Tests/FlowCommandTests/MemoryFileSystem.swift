import FlowCommand
import Synchronization

/// Files that exist only in a test, below `/work`.
final class MemoryFileSystem: FileSystem {
  enum Node: Sendable {
    case file([UInt8])
    case directory
    /// Reading it fails for the given reason.
    case broken(FileFailure.Reason)
    /// A link to another path.
    case link(String)
  }

  static let root = "/work"
  private let nodes: Mutex<[String: Node]>

  init(_ files: [String: String]) {
    nodes = Mutex([:])
    for (path, text) in files { add(path, .file(Array(text.utf8))) }
  }

  /// Adds a node with the directories above it.
  func add(_ path: String, _ node: Node) {
    nodes.withLock { nodes in
      var path = MemoryFileSystem.absolute(path)
      nodes[path] = node
      while let slash = path.lastIndex(of: "/"), slash != path.startIndex {
        path = String(path[..<slash])
        if nodes[path] == nil { nodes[path] = .directory }
      }
    }
  }

  /// Takes away a node with all below it.
  func remove(_ path: String) {
    let path = MemoryFileSystem.absolute(path)
    nodes.withLock { nodes in
      for known in nodes.keys where known == path || known.hasPrefix(path + "/") { nodes[known] = nil }
    }
  }

  /// All files with their text, by path below the root.
  var contents: [String: String] {
    nodes.withLock { nodes in
      var result: [String: String] = [:]
      for case (let path, .file(let bytes)) in nodes where path.hasPrefix(Self.root + "/") {
        result[String(path.dropFirst(Self.root.count + 1))] = String(decoding: bytes, as: UTF8.self)
      }
      return result
    }
  }

  private static func absolute(_ path: String) -> String {
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : root + "/" + path).split(separator: "/") where part != "." {
      if part == ".." { parts.removeLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  private func resolve(_ path: String) throws(FileFailure) -> (path: String, node: Node) {
    var absolute = MemoryFileSystem.absolute(path)
    for _ in 0..<16 {
      let (parent, node) = nodes.withLock { nodes in
        (nodes.filter { absolute.hasPrefix($0.key + "/") && $0.value.target != nil }.first, nodes[absolute])
      }
      if let parent, let target = parent.value.target {
        absolute = MemoryFileSystem.absolute(target) + absolute.dropFirst(parent.key.count)
      } else if let target = node?.target {
        absolute = MemoryFileSystem.absolute(target)
      } else if let node {
        return (absolute, node)
      } else {
        throw FileFailure(path, absolute == "/" ? .notPermitted : .missing)
      }
    }
    throw FileFailure(path, .other("the symbolic links go round in circles"))
  }

  func status(of path: String) throws(FileFailure) -> FileStatus {
    let (absolute, node) = try resolve(path)
    var number: UInt64 = 14_695_981_039_346_656_037
    for byte in absolute.utf8 { number = (number ^ UInt64(byte)) &* 1_099_511_628_211 }
    let identity = FileIdentity(device: 1, number: number)
    switch node {
    case .file(let bytes):
      // No clock here: another content is another time.
      let content = bytes.reduce(Int64(0)) { $0 &* 31 &+ Int64($1) }
      return FileStatus(kind: .file, identity: identity, size: bytes.count, modified: content)
    case .broken: return FileStatus(kind: .file, identity: identity)
    case .directory, .link: return FileStatus(kind: .directory, identity: identity)
    }
  }

  func read(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    switch try resolve(path).node {
    case .file(let bytes):
      if bytes.count > limit { throw FileFailure(path, .tooLarge(limit: limit)) }
      return bytes
    case .broken(let reason): throw FileFailure(path, reason)
    case .directory, .link: throw FileFailure(path, .isDirectory)
    }
  }

  func list(_ directory: String) throws(FileFailure) -> [String] {
    let (absolute, node) = try resolve(directory)
    guard case .directory = node else { throw FileFailure(directory, .notDirectory) }
    let names = nodes.withLock { nodes in
      nodes.keys.filter { $0.hasPrefix(absolute + "/") }.map { $0.dropFirst(absolute.count + 1) }
    }
    return names.filter { !$0.contains("/") }.map(String.init)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func open(_ path: String) throws(FileFailure) -> any ByteReader {
    MemoryReader(try read(path, limit: .max))
  }

  func isSymbolicLink(_ path: String) -> Bool {
    nodes.withLock { $0[MemoryFileSystem.absolute(path)]?.target != nil }
  }

  func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    add(try resolve(path).path, .file(bytes))
  }

  func create(_ path: String) throws(FileFailure) -> any ByteWriter {
    if case .broken(let reason) = nodes.withLock({ $0[MemoryFileSystem.absolute(path)] }) {
      throw FileFailure(path, reason)
    }
    add(path, .file([]))
    return MemoryWriter { [self] bytes in add(path, .file(bytes)) }
  }

  func appendPrivately(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    if case .broken(let reason) = nodes.withLock({ $0[MemoryFileSystem.absolute(path)] }) {
      throw FileFailure(path, reason)
    }
    let before = (try? read(path, limit: .max)) ?? []
    add(path, .file(before + bytes))
  }

  func createDirectory(_ path: String) throws(FileFailure) {
    if let found = try? status(of: path), found.kind != .directory { throw FileFailure(path, .notDirectory) }
    add(path, .directory)
  }
}

extension MemoryFileSystem.Node {
  fileprivate var target: String? {
    switch self {
    case .link(let path): path
    case .file, .directory, .broken: nil
    }
  }
}

final class MemoryReader: ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    let count = min(buffer.count, rest.count)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}

final class MemoryWriter: ByteWriter {
  private(set) var bytes: [UInt8] = []
  private let onClose: ([UInt8]) -> Void
  /// How much it takes before it fails, and why.
  var limit: (count: Int, reason: FileFailure.Reason)?

  init(onClose: @escaping ([UInt8]) -> Void = { _ in }) { self.onClose = onClose }

  func write(_ more: UnsafeRawBufferPointer) throws(FileFailure) {
    if let limit, bytes.count + more.count > limit.count {
      throw FileFailure("standard output", limit.reason)
    }
    bytes.append(contentsOf: more)
  }

  func close() throws(FileFailure) { onClose(bytes) }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

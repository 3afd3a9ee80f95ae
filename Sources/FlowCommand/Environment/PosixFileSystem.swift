import Glibc

/// The files of the system.
public struct PosixFileSystem: FileSystem {
  private let interruption: Interruption

  /// - Parameter interruption: Ends the wait for a pipe.
  public init(interruption: Interruption = Interruption()) { self.interruption = interruption }

  public func status(of path: String) throws(FileFailure) -> FileStatus {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileFailure(errno: errno, path) }
    let kind: FileStatus.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFDIR: .directory
      case S_IFREG: .file
      case _: .other
      }
    return FileStatus(
      kind: kind,
      identity: FileIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino)),
      size: Int(status.st_size),
      modified: Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec))
  }

  public func read(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    let reader = try DescriptorReader(path: path, interruption: interruption)
    var bytes: [UInt8] = []
    // One byte more than expected tells the end without another turn.
    var room = min(max(reader.size, 4095), limit) + 1
    while true {
      let count = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: room))
      let result = bytes.withUnsafeMutableBytes { buffer in
        Result { () throws(FileFailure) in
          try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        }
      }
      let read = try result.get()
      bytes.removeLast(room - read)
      if bytes.count > limit { throw FileFailure(path, .tooLarge(limit: limit)) }
      if read == 0 { return bytes }
      room = min(max(room - read, 65536), limit - bytes.count + 1)
    }
  }

  public func list(_ directory: String) throws(FileFailure) -> [String] {
    guard let handle = opendir(directory) else { throw FileFailure(errno: errno, directory) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func open(_ path: String) throws(FileFailure) -> any ByteReader {
    try DescriptorReader(path: path, interruption: interruption)
  }

  public func create(_ path: String) throws(FileFailure) -> any ByteWriter {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileFailure(errno: errno, path) }
    return DescriptorWriter(descriptor: descriptor, path: path)
  }

  public func appendPrivately(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure(errno: errno, path) }
    let writer = DescriptorWriter(descriptor: descriptor, path: path)
    let written = bytes.withUnsafeBytes { bytes in
      Result { () throws(FileFailure) in try writer.write(bytes) }
    }
    try written.get()
    try writer.close()
  }

  public func createDirectory(_ path: String) throws(FileFailure) {
    if mkdir(path, 0o777) == 0 { return }
    switch errno {
    case EEXIST:
      guard try status(of: path).kind == .directory else { throw FileFailure(path, .notDirectory) }
    case ENOENT:
      let parent = FilePath.directory(of: path)
      guard parent != path else { throw FileFailure(errno: ENOENT, path) }
      try createDirectory(parent)
      guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw FileFailure(errno: errno, path) }
    case let code: throw FileFailure(errno: code, path)
    }
  }
}

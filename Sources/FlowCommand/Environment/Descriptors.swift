import Glibc

/// Reads from an open file, pipe or terminal.
public final class DescriptorReader: ByteReader {
  private let descriptor: Int32
  private let path: String
  private let closes: Bool
  /// In bytes; 0 where there is no telling.
  let size: Int

  public init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    closes = false
    size = 0
  }

  init(path: String) throws(FileFailure) {
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    closes = true
    guard descriptor >= 0 else {
      size = 0
      throw FileFailure(errno: errno, path)
    }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    size = isKnown ? Int(status.st_size) : 0
    if isKnown, status.st_mode & S_IFMT == S_IFDIR { throw FileFailure(path, .isDirectory) }
  }

  deinit { if closes, descriptor >= 0 { Glibc.close(descriptor) } }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      // A signal that asks to stop is told by its handler, not by a half-read file.
      if errno != EINTR { throw FileFailure(errno: errno, path) }
    }
  }
}

/// Writes to an open file, pipe or terminal.
public final class DescriptorWriter: ByteWriter {
  private var descriptor: Int32
  private let path: String

  /// The descriptor is closed by `close()`, or else with the writer, unless it is one of the standard three.
  public init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { if descriptor > 2 { Glibc.close(descriptor) } }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    var offset = 0
    while offset < bytes.count {
      let written = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
      if written >= 0 {
        offset += written
      } else if errno == EAGAIN {
        // A terminal or pipe that somebody else has made non-blocking: wait until it takes more.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        throw FileFailure(errno: errno, path)
      }
    }
  }

  public func close() throws(FileFailure) {
    guard descriptor > 2 else { return }
    let code = Glibc.close(descriptor) == 0 ? 0 : errno
    descriptor = -1
    if code != 0 && code != EINTR { throw FileFailure(errno: code, path) }
  }
}

extension FileFailure {
  init(errno code: Int32, _ path: String) {
    switch code {
    case ENOENT: self.init(path, .missing)
    case EISDIR: self.init(path, .isDirectory)
    case ENOTDIR: self.init(path, .notDirectory)
    case EACCES, EPERM: self.init(path, .notPermitted)
    case EPIPE: self.init(path, .closedPipe)
    case ENOSPC, EDQUOT: self.init(path, .diskFull)
    case ELOOP: self.init(path, .other("the symbolic links go round in circles"))
    case _: self.init(path, .other(String(cString: strerror(code)).lowercasedFirst))
    }
  }
}

import Glibc

/// Reads from an open file, pipe or terminal.
public final class DescriptorReader: ByteReader {
  private let descriptor: Int32
  private let path: String
  private let closes: Bool
  private let interruption: Interruption
  /// Whether a read can wait for somebody else, as one from a pipe.
  private let canWait: Bool
  /// In bytes; 0 where there is no telling.
  let size: Int

  public init(descriptor: Int32, path: String, interruption: Interruption = Interruption()) {
    self.descriptor = descriptor
    self.path = path
    self.interruption = interruption
    closes = false
    canWait = true
    size = 0
  }

  init(path: String, interruption: Interruption) throws(FileFailure) {
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    self.interruption = interruption
    closes = true
    guard descriptor >= 0 else {
      size = 0
      canWait = false
      throw FileFailure(errno: errno, path)
    }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    size = isKnown ? Int(status.st_size) : 0
    canWait = !isKnown || status.st_mode & S_IFMT != S_IFREG
    if isKnown, status.st_mode & S_IFMT == S_IFDIR { throw FileFailure(path, .isDirectory) }
  }

  deinit { if closes, descriptor >= 0 { Glibc.close(descriptor) } }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    while true {
      if canWait { try waitForBytes() }
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw FileFailure(errno: errno, path) }
    }
  }

  /// Waits until there is something to read or the user asks to stop.
  private func waitForBytes() throws(FileFailure) {
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&wait, 1, 100) <= 0 {
      if interruption.isAsked { throw FileFailure(path, .interrupted) }
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

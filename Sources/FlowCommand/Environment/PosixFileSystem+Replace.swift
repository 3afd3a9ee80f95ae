import Glibc

extension PosixFileSystem {
  public func isSymbolicLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Writes a temporary file beside the old one and renames it: whoever reads meanwhile sees one or the other.
  public func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    guard let resolved = realpath(path, nil) else { throw FileFailure(errno: errno, path) }
    defer { free(resolved) }
    let target = String(cString: resolved)
    var status = stat()
    guard stat(target, &status) == 0 else { throw FileFailure(errno: errno, path) }
    // A rename would also take the place of a file that must not be written.
    guard access(target, W_OK) == 0 else { throw FileFailure(errno: errno, path) }
    let temporary = try writeBeside(target, bytes, status)
    guard rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileFailure(errno: code, path)
    }
  }

  /// A file with the permissions of another in the same directory; returns its path.
  private func writeBeside(
    _ target: String, _ bytes: [UInt8], _ status: stat
  ) throws(FileFailure) -> String {
    let directory = FilePath.directory(of: target)
    var template = FilePath.join(directory, ".\(FilePath.name(of: target)).XXXXXX").utf8CString.map { $0 }
    let descriptor = mkstemp(&template)
    let temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    guard descriptor >= 0 else { throw FileFailure(errno: errno, directory) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    do throws(FileFailure) {
      // Who may not give files away writes one of their own.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      guard fchmod(descriptor, status.st_mode & 0o7777) == 0 else { throw FileFailure(errno: errno, target) }
      let writer = DescriptorWriter(descriptor: descriptor, path: target)
      let result = bytes.withUnsafeBytes { buffer in
        Result { () throws(FileFailure) in try writer.write(buffer) }
      }
      try result.get()
      guard fsync(descriptor) == 0 else { throw FileFailure(errno: errno, target) }
      try writer.close()
    } catch {
      unlink(temporary)
      throw error
    }
    return temporary
  }
}

/// The files a command reads and writes. Paths are as the user wrote them, relative to the current directory.
public protocol FileSystem: Sendable {
  /// What a path names, symbolic links followed.
  func status(of path: String) throws(FileFailure) -> FileStatus
  /// A whole file. One with more than `limit` bytes is a failure.
  func read(_ path: String, limit: Int) throws(FileFailure) -> [UInt8]
  /// The names in a directory in byte order, without `.` and `..`.
  func list(_ directory: String) throws(FileFailure) -> [String]
  func open(_ path: String) throws(FileFailure) -> any ByteReader
  /// Whether a path itself, without the links on the way to it, is a symbolic link.
  func isSymbolicLink(_ path: String) -> Bool
  /// Gives a file that is there another content, as a whole or not at all. Its permissions stay; of a symbolic link
  /// the file at its end is changed, and the link stays.
  func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure)
  /// A new file, or an old one emptied.
  func create(_ path: String) throws(FileFailure) -> any ByteWriter
  /// Adds bytes to the end of a file, all or none; a new one is for its owner's eyes only.
  func appendPrivately(_ bytes: [UInt8], to path: String) throws(FileFailure)
  /// The directory with all above it; no failure if it is there.
  func createDirectory(_ path: String) throws(FileFailure)
}

public struct FileStatus: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case file, directory, other }

  public var kind: Kind
  /// The same for every name of one file or directory.
  public var identity: FileIdentity
  /// In bytes; 0 where there is no telling, as of a pipe.
  public var size: Int
  /// When its content last changed, in nanoseconds since 1970; another number for another content where time is not told.
  public var modified: Int64

  public init(kind: Kind, identity: FileIdentity, size: Int = 0, modified: Int64 = 0) {
    self.kind = kind
    self.identity = identity
    self.size = size
    self.modified = modified
  }
}

public struct FileIdentity: Hashable, Sendable {
  public var device: UInt64
  public var number: UInt64

  public init(device: UInt64, number: UInt64) {
    self.device = device
    self.number = number
  }
}

/// Reads bytes one after another.
public protocol ByteReader: AnyObject {
  /// Fills the beginning of the buffer, which is not empty, and says how far; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int
}

/// Writes bytes one after another.
public protocol ByteWriter: AnyObject {
  /// Writes all of them, or fails.
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure)
  /// Says what writing late may still find wrong, as a full disk.
  func close() throws(FileFailure)
}

/// Why a file could not be read or written.
public struct FileFailure: Error, Sendable, Equatable {
  public enum Reason: Sendable, Hashable {
    case missing
    case isDirectory
    case notDirectory
    case notPermitted
    case tooLarge(limit: Int)
    /// The other end of a pipe has gone.
    case closedPipe
    case diskFull
    /// The user asked to stop before there was anything to read.
    case interrupted
    /// In the system's words.
    case other(String)
  }

  public var path: String
  public var reason: Reason

  public init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// Why, where the path has been named already.
  public var cause: String {
    switch reason {
    case .missing: "there is no such file"
    case .isDirectory: "it is a directory"
    case .notDirectory: "part of the path is no directory"
    case .notPermitted: "permission denied"
    case .tooLarge(let limit): "it has more than \(limit >> 20) MB"
    case .closedPipe: "nobody reads it any more"
    case .diskFull: "no space is left"
    case .interrupted: "reading was interrupted"
    case .other(let words): words
    }
  }

  /// A sentence's words without a full stop.
  public var message: String {
    switch reason {
    case .missing: "`\(path)` does not exist"
    case .isDirectory: "expected a file, found the directory `\(path)`"
    case .notDirectory: "expected a directory, found `\(path)`"
    case .notPermitted: "no permission for `\(path)`"
    case .tooLarge(let limit): "`\(path)` has more than \(limit >> 20) MB"
    case .closedPipe: "nobody reads `\(path)` any more"
    case .diskFull: "no space is left for `\(path)`"
    case .interrupted: "reading `\(path)` was interrupted"
    case .other(let words): "`\(path)`: \(words)"
    }
  }
}

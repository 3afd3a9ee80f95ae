/// What was typed in earlier sessions, in a file in the user's state directory, one entry a line; an entry of several
/// lines stays whole.
///
/// The history is a comfort: what is wrong with its file is said once, and nothing depends on it. Lines that nobody can
/// have typed, as of a file that is none of ours, are passed over.
struct EntryHistory {
  /// How many entries are kept.
  static let maximumCount = 2000
  /// In bytes; a longer entry can be typed and is not kept.
  static let maximumEntryLength = 64 << 10
  /// In bytes; a file with more is begun anew.
  static let maximumFileLength = 16 << 20

  /// Where it is kept; `nil` where the environment names no place.
  let path: String?
  private let files: any FileSystem
  /// Oldest first.
  private(set) var entries: [String] = []
  /// Why the file cannot be read or written; then it is left alone.
  private(set) var failure: FileFailure?
  private var isFailureSaid = false

  /// `$XDG_STATE_HOME/flow/history`, else `~/.local/state/flow/history`, where both are absolute, as the XDG base
  /// directory specification has it.
  init(_ environment: CommandEnvironment) {
    files = environment.files
    let state = environment.variables["XDG_STATE_HOME"].flatMap(Self.absolute)
    let home = environment.variables["HOME"].flatMap(Self.absolute)
    path = (state ?? home.map { FilePath.join($0, ".local/state") }).map { FilePath.join($0, "flow/history") }
  }

  private static func absolute(_ path: String) -> String? { path.hasPrefix("/") ? path : nil }

  /// Why the file cannot be read or written; once.
  mutating func takeFailure() -> FileFailure? {
    defer { isFailureSaid = failure != nil }
    return isFailureSaid ? nil : failure
  }

  /// Reads what is kept.
  mutating func load() {
    guard let path else { return }
    do throws(FileFailure) {
      let bytes = try files.read(path, limit: Self.maximumFileLength)
      entries = bytes.split(separator: UInt8(ascii: "\n")).compactMap(Self.decoded).suffix(Self.maximumCount)
      let lines = bytes.count(where: { $0 == UInt8(ascii: "\n") })
      if lines > 2 * Self.maximumCount { try rewrite(path) }
    } catch {
      switch error.reason {
      case .missing: break
      case .tooLarge: rewriteWhatIsLeft(path)
      case .isDirectory, .notDirectory, .notPermitted, .closedPipe, .diskFull, .interrupted, .other:
        failure = error
      }
    }
  }

  /// Keeps an entry; one that repeats the entry before it is kept once.
  ///
  /// - Returns: Whether the entry is new.
  mutating func add(_ entry: String) -> Bool {
    guard !entry.isEmpty, entry.utf8.count <= Self.maximumEntryLength, entry != entries.last else {
      return false
    }
    entries.append(entry)
    guard let path, failure == nil else { return true }
    do throws(FileFailure) {
      try files.createDirectory(FilePath.directory(of: path))
      try files.appendPrivately(Self.encoded(entry), to: path)
    } catch { failure = error }
    return true
  }

  private mutating func rewriteWhatIsLeft(_ path: String) {
    do throws(FileFailure) { try rewrite(path) } catch { failure = error }
  }

  private func rewrite(_ path: String) throws(FileFailure) {
    let writer = try files.create(path)
    for entry in entries {
      let bytes = Self.encoded(entry)
      let result = bytes.withUnsafeBytes { bytes in
        Result { () throws(FileFailure) in try writer.write(bytes) }
      }
      try result.get()
    }
    try writer.close()
  }

  // MARK: One entry a line

  private static let escape = UInt8(ascii: "\\")

  private static func encoded(_ entry: String) -> [UInt8] {
    var line: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case escape: line += [escape, escape]
      case UInt8(ascii: "\n"): line += [escape, UInt8(ascii: "n")]
      case _: line.append(byte)
      }
    }
    return line + [UInt8(ascii: "\n")]
  }

  /// `nil` for a line that is no entry.
  private static func decoded(_ line: ArraySlice<UInt8>) -> String? {
    guard line.count <= maximumEntryLength, !line.contains(0) else { return nil }
    var entry: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        guard byte == escape || byte == UInt8(ascii: "n") else { return nil }
        entry.append(byte == escape ? escape : UInt8(ascii: "\n"))
        isEscaped = false
      } else if byte == escape {
        isEscaped = true
      } else {
        entry.append(byte)
      }
    }
    return isEscaped ? nil : String(validating: entry, as: UTF8.self)
  }
}

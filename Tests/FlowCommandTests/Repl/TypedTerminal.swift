import Foundation
import Glibc

/// The real binary at a pseudo-terminal of its own, with somebody who types.
///
/// Nothing waits for a time: a test waits until something has been shown.
final class TypedTerminal {
  struct Failure: Error, CustomStringConvertible { let description: String }

  /// In seconds; a machine that builds something else beside is slow.
  private static let patience = 30.0

  /// `TIOCSPTLCK` and `TIOCGPTN`, macros with a computation.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  private let keyboard: Int32
  private let process: pid_t
  /// All that has been written to the screen so far.
  private var shown: [UInt8] = []
  /// What of it has been waited for.
  private var seen = 0

  init(
    _ binary: String, _ arguments: [String] = [], in directory: URL, variables: [String: String] = [:],
    columns: UInt16 = 100
  ) throws {
    keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var isLocked: Int32 = 0
    var number: UInt32 = 0
    guard keyboard >= 0, ioctl(keyboard, Self.setLock, &isLocked) == 0,
      ioctl(keyboard, Self.getNumber, &number) == 0
    else { throw Failure(description: "no pseudo-terminal: \(errno)") }
    var size = winsize(ws_row: 30, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(keyboard, UInt(TIOCSWINSZ), &size)
    var environment = ["TERM": "xterm", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": directory.path]
    environment.merge(variables) { $1 }
    process = try Self.spawn(binary, arguments, "/dev/pts/\(number)", directory.path, environment)
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(keyboard)
  }

  /// In a session of its own, whose terminal is the one that it opens first.
  private static func spawn(
    _ binary: String, _ arguments: [String], _ terminal: String, _ directory: String,
    _ environment: [String: String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Whoever runs the tests may take no signals.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    let newSession: Int32 = 0x80
    posix_spawnattr_setflags(&attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] =
      (["sh", "-c", "cd \"$0\" && exec \"$@\"", directory, binary] + arguments)
      .map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var process = pid_t()
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, &variables)
    guard code == 0 else { throw Failure(description: "posix_spawn: \(code)") }
    return process
  }

  // MARK: Typing

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { write(keyboard, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      offset += count
      // Whoever shows nothing takes nothing: both directions have a small buffer.
      _ = readShown(for: 0)
    }
  }

  /// A line with its Enter.
  func enter(_ line: String) { type(line + "\r") }

  /// As a terminal hands over what is pasted.
  func paste(_ text: String) { type("\u{1B}[200~" + text.replacing("\n", with: "\r") + "\u{1B}[201~") }

  func resize(columns: UInt16) {
    var size = winsize(ws_row: 30, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(keyboard, UInt(TIOCSWINSZ), &size)
  }

  // MARK: Looking

  /// Waits until something is shown behind what was waited for before.
  ///
  /// - Returns: What was shown since.
  @discardableResult func see(_ text: String) throws -> String {
    let deadline = Date().addingTimeInterval(Self.patience)
    let wanted = Array(text.utf8)
    while true {
      if let end = end(of: wanted) {
        defer { seen = end }
        return String(decoding: shown[seen..<end], as: UTF8.self)
      }
      guard Date() < deadline, readShown(for: 200) else {
        let rest = String(decoding: shown[seen...], as: UTF8.self)
        throw Failure(description: "expected \(text.debugDescription), found \(rest.debugDescription)")
      }
    }
  }

  private func end(of wanted: [UInt8]) -> Int? {
    guard shown.count >= seen + wanted.count else { return nil }
    for start in seen...(shown.count - wanted.count)
    where shown[start..<start + wanted.count].elementsEqual(wanted) {
      return start + wanted.count
    }
    return nil
  }

  /// - Returns: Whether more may come.
  private func readShown(for milliseconds: Int32) -> Bool {
    var screen = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
    guard poll(&screen, 1, milliseconds) > 0 else { return true }
    var block = [UInt8](repeating: 0, count: 4096)
    let count = block.withUnsafeMutableBytes { read(keyboard, $0.baseAddress, $0.count) }
    guard count > 0 else { return false }
    shown += block[..<count]
    return true
  }

  /// Waits for the end.
  ///
  /// - Returns: The exit code; the negative of a signal that killed.
  func finish() throws -> Int32 {
    let deadline = Date().addingTimeInterval(Self.patience)
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      guard Date() < deadline else { throw Failure(description: "it did not end") }
      _ = readShown(for: 50)
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }
}

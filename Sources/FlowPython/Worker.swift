import Glibc

/// One Python process that runs script after script, and all that can go wrong with it.
///
/// Every wait has an end: what the process does not answer by then ends it. The process is told apart from what
/// shields it: in a sandbox a monitor is our child and the interpreter is the monitor's.
final class Worker: @unchecked Sendable {
  // Safe to hand over: the runner that has it is used by one thread at a time.
  /// How much of an answer is taken; fields hold 64 KiB each.
  private static let maximumAnswer = 32 << 20
  /// How much of what it prints is kept: the end.
  private static let keptErrors = 16_384
  /// How long a process may take to begin, and to say where it is when its time is over.
  static let startMilliseconds = 10_000
  private static let lastWordsMilliseconds = 200
  /// How long is waited between two questions whether somebody wants to stop.
  private static let patienceMilliseconds: Int32 = 20

  enum Answer {
    case value(MarshalValue)
    case timeout
    /// Somebody has asked to stop.
    case interrupted
    /// It ended, or sent what is no answer.
    case died(String)
  }

  /// What a worker says of itself.
  struct Greeting {
    var implementation: String
    var version: [Int64]
    var forbidsCalls: Bool

    /// Whether it is CPython, 3.9 or later.
    var isUsable: Bool {
      implementation == "cpython" && version.count == 3 && (version[0], version[1]) >= (3, 9)
    }
  }

  /// What came of waiting.
  private enum Wait {
    case ready
    case tooLate
    case interrupted
  }

  private let child: ChildProcess
  private let isInterrupted: @Sendable () -> Bool
  /// The process of the interpreter; the same as the child where there is no sandbox.
  private var interpreter: pid_t
  private var hasEnded = false
  private var inbox: [UInt8] = []
  /// What was printed, the end of it.
  private(set) var errors: [UInt8] = []
  /// What the interpreter says of its end, or of where it is.
  private(set) var trouble: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  private var waits: [pollfd]
  private var isClosed = false

  /// - Returns: `nil` where it cannot be started at all.
  init?(_ walls: Walls, _ command: [String], isInterrupted: @escaping @Sendable () -> Bool) {
    let isSandbox = if case .sandbox = walls { true } else { false }
    guard let child = ChildProcess.start(command, environment: Walls.environment, isSandboxed: isSandbox)
    else {
      return nil
    }
    self.child = child
    self.isInterrupted = isInterrupted
    waits = [pollfd(), pollfd(fd: child.errors, events: Int16(POLLIN), revents: 0)]
    interpreter = child.identifier
    if isSandbox {
      guard let inner = Self.innerProcess(child.sandbox) else {
        end()
        return nil
      }
      interpreter = inner
    }
  }

  deinit { end() }

  /// The first sentence of a new worker; `nil` where it says something else, or nothing.
  func greeting() -> Greeting? {
    guard case .value(let value) = receive(Deadline(milliseconds: Self.startMilliseconds)),
      let parts = value.elements, parts.count == 4, let implementation = parts[1].text,
      let version = parts[2].elements?.compactMap(\.integer)
    else { return nil }
    return Greeting(
      implementation: implementation, version: version, forbidsCalls: parts[3] == .boolean(true))
  }

  /// The sandbox tells the interpreter's process by a line of JSON: `{ "child-pid": 123 … }`.
  private static func innerProcess(_ descriptor: Int32) -> pid_t? {
    var text: [UInt8] = []
    let end = Deadline(milliseconds: startMilliseconds)
    var chunk = [UInt8](repeating: 0, count: 512)
    while text.count < 4096, !text.contains(UInt8(ascii: "}")) {
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, end.millisecondsLeft)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return nil }
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return nil }
      text += chunk[..<count]
    }
    let key = Array("\"child-pid\":".utf8)
    guard let start = text.indices.first(where: { text[$0...].starts(with: key) }) else { return nil }
    let digits = text[(start + key.count)...].drop { $0 == UInt8(ascii: " ") }.prefix { 48...57 ~= $0 }
    return pid_t(String(decoding: digits, as: UTF8.self))
  }

  // MARK: Talking

  /// Sends a frame and waits for the answer, both within one time.
  func exchange(_ frame: [UInt8], milliseconds: Int) -> Answer {
    errors.removeAll(keepingCapacity: true)
    let deadline = Deadline(milliseconds: milliseconds)
    if let failed = send(frame, deadline) { return failed }
    return receive(deadline)
  }

  private func send(_ frame: [UInt8], _ deadline: Deadline) -> Answer? {
    var offset = 0
    while offset < frame.count {
      let count = frame.withUnsafeBytes {
        write(child.input, $0.baseAddress?.advanced(by: offset), $0.count - offset)
      }
      if count > 0 {
        offset += count
      } else if count < 0, errno == EAGAIN {
        if let failed = Self.failure(wait(deadline, sending: true)) { return failed }
      } else if count >= 0 || errno != EINTR {
        return .died(lastWords())
      }
    }
    return nil
  }

  private func receive(_ deadline: Deadline) -> Answer {
    inbox.removeAll(keepingCapacity: true)
    while true {
      if let failed = Self.failure(wait(deadline, sending: false)) { return failed }
      let count = read(child.output, &buffer, buffer.count)
      if count < 0, errno == EAGAIN || errno == EINTR { continue }
      guard count > 0 else { return .died(lastWords()) }
      inbox += buffer[..<count]
      guard inbox.count >= 4 else { continue }
      let length = (0..<4).reduce(0) { $0 | Int(inbox[$1]) << (8 * $1) }
      guard length <= Self.maximumAnswer, inbox.count <= length + 4 else { return .died(Self.garbage) }
      if inbox.count == length + 4 { return answer() }
    }
  }

  private static func failure(_ wait: Wait) -> Answer? {
    switch wait {
    case .ready: nil
    case .tooLate: .timeout
    case .interrupted: .interrupted
    }
  }

  private static let garbage = "it wrote to the descriptors of its process"

  private func answer() -> Answer {
    let value = inbox.withUnsafeBufferPointer { MarshalReader.value(UnsafeBufferPointer(rebasing: $0[4...])) }
    return value.map { .value($0) } ?? .died(Self.garbage)
  }

  /// Waits until the worker answers or, where `sending`, takes more; meanwhile what it prints is taken away, so that
  /// it never waits for us.
  private func wait(_ deadline: Deadline, sending: Bool) -> Wait {
    waits[0] = pollfd(
      fd: sending ? child.input : child.output, events: Int16(sending ? POLLOUT : POLLIN), revents: 0)
    while true {
      if isInterrupted() { return .interrupted }
      let ready = poll(&waits, 2, min(deadline.millisecondsLeft, Self.patienceMilliseconds))
      if ready < 0, errno != EINTR { return .tooLate }
      if ready > 0 {
        // A descriptor below zero is passed over.
        if waits[1].revents != 0, !takeErrors() { waits[1].fd = -1 }
        if waits[0].revents != 0 { return .ready }
      }
      // Who prints without end is not listened to forever.
      if deadline.hasPassed { return .tooLate }
    }
  }

  /// Takes what was printed; `false` at its end.
  private func takeErrors() -> Bool {
    let count = read(child.errors, &buffer, buffer.count)
    if count < 0 { return errno == EAGAIN || errno == EINTR }
    guard count > 0 else { return false }
    errors += buffer[..<count]
    if errors.count > 2 * Self.keptErrors { errors.removeFirst(errors.count - Self.keptErrors) }
    return true
  }

  /// Takes what was printed until now.
  func drainErrors() {
    while !isClosed, poll(&waits[1], 1, 0) > 0, takeErrors() {}
  }

  // MARK: Ending

  /// How the process ended, when it has.
  private func lastWords() -> String {
    let exit = child.wait(milliseconds: 2_000)
    hasEnded = exit != nil
    drainErrors()
    readTrouble(milliseconds: 0)
    return exit?.words ?? "it closed the descriptors of its process"
  }

  /// Asks a process whose time is over where it is: its interpreter says that from a signal handler, whatever the
  /// script does, unless the script has taken the signal away.
  func askWhere() {
    guard !hasEnded, kill(interpreter, SIGUSR1) == 0 else { return }
    readTrouble(milliseconds: Self.lastWordsMilliseconds)
    drainErrors()
  }

  /// The outermost frame comes last, and is the worker's own.
  private func readTrouble(milliseconds: Int) {
    let end = Deadline(milliseconds: milliseconds)
    let last = Array("in <module>\n".utf8)
    while trouble.count < Self.keptErrors, !(trouble.suffix(last.count).elementsEqual(last)) {
      var wait = pollfd(fd: child.trouble, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, end.millisecondsLeft) > 0 else { return }
      let count = read(child.trouble, &buffer, buffer.count)
      guard count > 0 else { return }
      trouble += buffer[..<count]
    }
  }

  /// Ends the process with all that it has started, and waits until nothing of it is left.
  func end() {
    guard !isClosed else { return }
    isClosed = true
    defer { child.closePipes() }
    guard !hasEnded else { return }
    hasEnded = true
    if interpreter != child.identifier {
      // The first process of a sandbox takes all others with it, and the monitor then ends by itself.
      kill(interpreter, SIGKILL)
      if child.wait(milliseconds: 2_000) != nil { return }
    }
    kill(-child.identifier, SIGKILL)
    kill(child.identifier, SIGKILL)
    _ = child.wait(milliseconds: 10_000)
  }

  /// The processes that belong to it, for tests of what is left.
  var processes: [pid_t] { [child.identifier, interpreter] }
}

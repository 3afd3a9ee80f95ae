import Glibc
import LinuxSpawn

/// A program that was started with pipes to its three standard streams, and nothing else of ours.
struct ChildProcess: Sendable {
  let identifier: pid_t
  /// To its standard input; writing never waits.
  let input: Int32
  /// From its standard output and error; reading never waits.
  let output: Int32
  let errors: Int32
  /// From its descriptors 3 and 4: where its interpreter says what has become of it, and where a sandbox, if there is
  /// one, says what it has started.
  let trouble: Int32
  let sandbox: Int32

  private struct Pipe {
    var reading: Int32
    var writing: Int32

    init?() {
      var ends: [Int32] = [-1, -1]
      guard pipe2(&ends, O_CLOEXEC) == 0 else { return nil }
      (reading, writing) = (ends[0], ends[1])
    }
  }

  /// - Parameter environment: All that it is told of ours.
  /// - Returns: `nil` where it cannot be started.
  static func start(_ arguments: [String], environment: [String], isSandboxed: Bool) -> ChildProcess? {
    // A worker that dies is told by a failing write, not by a signal that kills.
    ignoreBrokenPipes()
    var pipes: [Pipe] = []
    for _ in 0..<(isSandboxed ? 5 : 4) {
      guard let pipe = Pipe() else {
        for pipe in pipes { closeBoth(pipe) }
        return nil
      }
      pipes.append(pipe)
    }
    let identifier = Launcher.shared.perform { [pipes] in spawn(arguments, environment, pipes) }
    close(pipes[0].reading)
    for pipe in pipes.dropFirst() { close(pipe.writing) }
    let child = ChildProcess(
      identifier: identifier ?? 0, input: pipes[0].writing, output: pipes[1].reading,
      errors: pipes[2].reading, trouble: pipes[3].reading, sandbox: isSandboxed ? pipes[4].reading : -1)
    guard identifier != nil else {
      child.closePipes()
      return nil
    }
    for end in [child.input, child.output, child.errors, child.trouble] {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    return child
  }

  private static func closeBoth(_ pipe: Pipe) {
    close(pipe.reading)
    close(pipe.writing)
  }

  private static func spawn(_ arguments: [String], _ environment: [String], _ pipes: [Pipe]) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipes[0].reading, 0)
    for index in 1..<pipes.count {
      posix_spawn_file_actions_adddup2(&actions, pipes[index].writing, Int32(index))
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, Int32(pipes.count))
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    // A session of its own, and so a group: Ctrl-C is for us, what kills the group does not reach us, and our terminal
    // is none of its.
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | spawn_in_new_session)
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var identifier = pid_t()
    return posix_spawn(&identifier, arguments[0], &actions, &attributes, &words, &variables) == 0
      ? identifier : nil
  }

  private static func ignoreBrokenPipes() {
    var action = sigaction()
    sigaction(SIGPIPE, nil, &action)
    // Whoever listens to the signal keeps it.
    if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0 { signal(SIGPIPE, SIG_IGN) }
  }

  func closePipes() {
    for end in [input, output, errors, trouble, sandbox] where end >= 0 { close(end) }
  }

  /// Waits for its end, up to a time, and takes it off the system's list.
  ///
  /// - Returns: How it ended, or `nil` where it still runs.
  func wait(milliseconds: Int) -> ExitStatus? {
    let end = Deadline(milliseconds: milliseconds)
    while true {
      var status: Int32 = 0
      let result = waitpid(identifier, &status, WNOHANG)
      if result == identifier { return ExitStatus(status) }
      if result < 0, errno != EINTR { return ExitStatus(0) }
      if end.hasPassed { return nil }
      usleep(200)
    }
  }
}

/// How a process ended.
enum ExitStatus: Equatable {
  case code(Int32)
  case signal(Int32)

  init(_ status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .code(status >> 8 & 0xff) : .signal(signal)
  }

  /// A sandbox tells by 128 and more that a signal ended what ran in it.
  var words: String {
    switch self {
    case .code(let code) where code > 128: ExitStatus.signal(code - 128).words
    case .code(let code): "it ended with exit code \(code)"
    case .signal(SIGSEGV): "it ended by a segmentation fault"
    case .signal(SIGKILL): "it was killed"
    case .signal(SIGABRT): "it aborted"
    case .signal(let number): "it ended by signal \(number)"
    }
  }
}

/// A point on a clock that only goes forward.
struct Deadline: Sendable {
  private let nanoseconds: Int64

  init(milliseconds: Int) { nanoseconds = Deadline.now + Int64(milliseconds) * 1_000_000 }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  var hasPassed: Bool { Deadline.now >= nanoseconds }

  /// What is left, rounded up, for `poll`.
  var millisecondsLeft: Int32 { Int32(clamping: max(0, (nanoseconds - Deadline.now + 999_999) / 1_000_000)) }
}

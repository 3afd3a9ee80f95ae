import Glibc

/// A process that ran to its end, and what it cost.
struct ChildProcess {
  /// The exit code; -1 where a signal ended it.
  var exitCode: Int32
  var wallSeconds: Double
  /// User and system time together.
  var processorSeconds: Double
  /// How many cores were busy with something else meanwhile, on average.
  var coresTakenByOthers: Double
  /// What it wrote to standard output.
  var output: [UInt8]

  /// Runs a program and waits for it. Standard error goes to ours.
  ///
  /// - Parameter scratch: A file for its output, so that nobody need read while it runs.
  /// - Returns: `nil` where the program cannot be started.
  static func run(_ program: String, _ arguments: [String], scratch: String, quiet: Bool = false)
    -> ChildProcess?
  {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, scratch, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    if quiet { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
    var words = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var identifier = pid_t()
    let busyBefore = machineBusySeconds
    let start = Stopwatch.now(CLOCK_MONOTONIC)
    guard posix_spawnp(&identifier, program, &actions, nil, words, environ) == 0 else { return nil }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(identifier, &status, 0, &usage) < 0, errno == EINTR {}
    let wall = Stopwatch.now(CLOCK_MONOTONIC) - start
    let own = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    return ChildProcess(
      exitCode: status & 0x7f == 0 ? (status >> 8) & 0xff : -1, wallSeconds: wall, processorSeconds: own,
      coresTakenByOthers: max(0, machineBusySeconds - busyBefore - own) / wall,
      output: bytes(ofFile: scratch) ?? [])
  }

  /// How long all cores together have been busy since the machine was started, to a hundredth.
  private static var machineBusySeconds: Double {
    guard
      let line = String(decoding: bytes(ofFile: "/proc/stat") ?? [], as: UTF8.self).split(separator: "\n")
        .first
    else { return 0 }
    let ticks = line.split(separator: " ").dropFirst().map { Double(String($0)) ?? 0 }
    guard ticks.count >= 8 else { return 0 }
    // Idle and waiting for a disk are the fourth and the fifth; guests are counted as users already.
    return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7])
      / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}

/// The bytes of a file; `nil` where it cannot be read.
func bytes(ofFile path: String) -> [UInt8]? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  var bytes: [UInt8] = []
  bytes.reserveCapacity(max(ftell(file), 0) + 1)
  rewind(file)
  var block = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&block, 1, block.count, file)
    if count == 0 { return bytes }
    bytes += block[0..<count]
  }
}

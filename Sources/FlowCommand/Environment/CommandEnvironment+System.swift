import Glibc

extension CommandEnvironment {
  /// The process with its arguments, streams, files and signals.
  public static func system(python: PythonSupport = .none) -> CommandEnvironment {
    let interruption = Interruption(
      listen: { InterruptSignal.install() }, rearm: { InterruptSignal.rearm() },
      { InterruptSignal.isAsked })
    return CommandEnvironment(
      arguments: Array(CommandLine.arguments.dropFirst()), files: PosixFileSystem(interruption: interruption),
      standardInput: DescriptorReader(
        descriptor: STDIN_FILENO, path: "<stdin>", interruption: interruption),
      output: OutputStream(DescriptorWriter(descriptor: STDOUT_FILENO, path: "standard output")),
      errors: OutputStream(
        DescriptorWriter(descriptor: STDERR_FILENO, path: "standard error"), flushesEachTime: true),
      terminal: Terminal(
        givesInput: isatty(STDIN_FILENO) == 1, showsOutput: isatty(STDOUT_FILENO) == 1,
        showsErrors: isatty(STDERR_FILENO) == 1,
        width: terminalWidth()),
      variables: environmentVariables([
        "FLOW_PYTHON", "HOME", "NO_COLOR", "PATH", "TERM", "TZDIR", "XDG_STATE_HOME",
      ]),
      currentDirectory: workingDirectory(),
      machine: Machine(
        cores: max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), nanoseconds: { monotonicNanoseconds() },
        peakMemory: { peakResidentBytes() },
        alongside: { body in
          let ticker = Ticker(body)
          return { ticker?.stop() }
        },
        pause: { _ = poll(nil, 0, Int32(truncatingIfNeeded: $0)) }),
      interruption: interruption, python: python)
  }
}

/// Only what the tool looks at.
private func environmentVariables(_ names: [String]) -> [String: String] {
  var result: [String: String] = [:]
  for name in names {
    if let value = getenv(name) { result[name] = String(cString: value) }
  }
  return result
}

private func workingDirectory() -> String {
  guard let path = getcwd(nil, 0) else { return "/" }
  defer { free(path) }
  return String(cString: path)
}

private func terminalWidth() -> Int {
  var size = winsize()
  for descriptor in [STDERR_FILENO, STDOUT_FILENO] {
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
  }
  return 80
}

private func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// The most memory this program has had.
///
/// What the process was before it became this program (`swift run`) counts in `getrusage`, and not in the kernel's own
/// high-water mark, which is therefore asked first.
private func peakResidentBytes() -> Int {
  if let status = fopen("/proc/self/status", "r") {
    defer { fclose(status) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), status) != nil {
      let text = line.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      guard text.hasPrefix("VmHWM:") else { continue }
      let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) }
      return (Int(String(String.UnicodeScalarView(digits))) ?? 0) * 1024
    }
  }
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  // Linux counts in kilobytes.
  return usage.ru_maxrss * 1024
}

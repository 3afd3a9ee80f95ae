import Glibc

/// What an interpreter says of itself, asked once.
struct InterpreterFacts {
  private static let question =
    "import sys;print(sys.implementation.name,*sys.version_info[:3],sys.prefix,sys.base_prefix,sep='\\n')"
  private static let milliseconds = 10_000

  var implementation: String
  var numbers: [Int]
  /// What has to be there for it to run.
  var folders: [String]

  init?(_ path: String) {
    guard
      let child = ChildProcess.start(
        [path, "-s", "-B", "-c", Self.question], environment: Walls.environment, isSandboxed: false)
    else { return nil }
    let answer = Self.read(child)
    kill(-child.identifier, SIGKILL)
    _ = child.wait(milliseconds: Self.milliseconds)
    child.closePipes()
    let lines = answer.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 6 else { return nil }
    implementation = lines[0]
    numbers = lines[1...3].compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    var folders: [String] = []
    for folder in lines[4...5] + [Self.folder(of: path)] {
      if folder != "/", folder.hasPrefix("/"), !folders.contains(folder) { folders.append(folder) }
    }
    self.folders = folders
  }

  var version: String { numbers.map(String.init).joined(separator: ".") }

  /// What it is instead of a CPython that is new enough.
  var objection: String? {
    if implementation != "cpython" { return "\(implementation) \(version)" }
    return (numbers[0], numbers[1]) >= (3, 9) ? nil : "CPython \(version)"
  }

  /// The folder of the program itself, links followed.
  private static func folder(of path: String) -> String {
    guard let real = realpath(path, nil) else { return "/" }
    defer { free(real) }
    let parts = String(cString: real).split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/")
  }

  private static func read(_ child: ChildProcess) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    let end = Deadline(milliseconds: milliseconds)
    while bytes.count < 65_536 {
      var wait = pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, end.millisecondsLeft)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { break }
      let count = Glibc.read(child.output, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

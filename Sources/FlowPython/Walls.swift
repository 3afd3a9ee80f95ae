import Glibc

/// What keeps a script from the rest of the machine.
public enum Walls: Sendable, Hashable {
  /// Bubblewrap: a file system, network and processes of its own.
  case sandbox(path: String)
  /// Limits that the worker puts on itself.
  case limits

  /// In plain words; `forbidsCalls` is whether the worker could give up system calls.
  func description(forbidsCalls: Bool) -> String {
    switch (self, forbidsCalls) {
    case (.sandbox, true):
      "walled in by bubblewrap: no network, no files but the system's programs, no new processes"
    case (.sandbox, false):
      "walled in by bubblewrap: no network, no files but the system's programs; new processes are not refused"
    case (.limits, true):
      "without a sandbox of their own: no network, no writing of files, no new processes; reading files is not refused"
    case (.limits, false):
      "almost without walls: only time and memory are limited; network, files and processes are not refused"
    }
  }

  /// The sandboxes to try, best first.
  public static func available(_ folders: [String] = ["/usr/bin", "/usr/local/bin", "/bin"]) -> [Walls] {
    let path = folders.map { $0 + "/bwrap" }.first { access($0, X_OK) == 0 }
    return [path.map { Walls.sandbox(path: $0) }, .limits].compactMap { $0 }
  }

  /// The command line that runs an interpreter within these walls.
  ///
  /// - Parameter folders: What the interpreter needs beyond `/usr`.
  func command(_ interpreter: [String], folders: [String]) -> [String] {
    guard case .sandbox(let path) = self else { return interpreter }
    var words = [
      path, "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv", "--cap-drop",
      "ALL",
      "--info-fd", "4", "--ro-bind", "/usr", "/usr",
    ]
    for name in ["/bin", "/sbin", "/lib", "/lib32", "/lib64"] { words += Self.systemFolder(name) }
    words += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    for folder in folders where !folder.hasPrefix("/usr/") { words += ["--ro-bind", folder, folder] }
    words += ["--dev", "/dev", "--size", "\(16 << 20)", "--tmpfs", "/tmp", "--remount-ro", "/dev"]
    words += ["--remount-ro", "/", "--chdir", "/tmp", "--hostname", "worker"]
    for variable in Self.environment {
      let parts = variable.split(separator: "=", maxSplits: 1).map(String.init)
      words += ["--setenv", parts[0], parts[1]]
    }
    return words + ["--"] + interpreter
  }

  /// What an interpreter is told at its start; the worker then empties its environment. Hashes are the same every
  /// time, and so is the local time of day.
  static let environment = [
    "PYTHONHASHSEED=0", "PYTHONUTF8=1", "PYTHONDONTWRITEBYTECODE=1", "TZ=UTC", "LC_ALL=C.UTF-8",
    "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1",
  ]

  /// On most systems these are links into `/usr`.
  private static func systemFolder(_ name: String) -> [String] {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(name, &target, target.count)
    guard length <= 0 else {
      return [
        "--symlink", String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self), name,
      ]
    }
    return access(name, F_OK) == 0 ? ["--ro-bind", name, name] : []
  }
}

import Glibc

/// A CPython that exists: the program itself, never a script that stands before it.
///
/// Launchers that choose a version (`python3` in a folder of shims) start a shell for every process, and what they
/// start depends on the environment, which workers do not have. So they are passed over.
public struct Interpreter: Sendable, Hashable {
  /// An absolute path.
  public let path: String

  /// Why there is none, in a sentence's words, and what was looked at.
  public struct Missing: Error, Sendable, Hashable {
    public var message: String
    public var notes: [String]
  }

  /// Where systems keep it, after the search path.
  private static let usualPlaces = ["/usr/bin", "/usr/local/bin", "/bin"]
  private static let names = ["python3", "python"] + (9...20).reversed().map { "python3.\($0)" }

  /// The interpreter at a path that somebody has chosen.
  public init(chosen path: String) throws(Missing) {
    guard path.hasPrefix("/") else {
      throw Missing(
        message: "expected the absolute path of a Python interpreter, found `\(path)`", notes: [])
    }
    if let objection = Self.objection(to: path) {
      throw Missing(
        message: "expected the program of a Python interpreter, found `\(path)`: \(objection)",
        notes: ["`python3 -c 'import sys; print(sys.executable)'` prints the path of the program"])
    }
    self.path = path
  }

  /// For tests of what happens to one that is gone.
  init(unchecked path: String) { self.path = path }

  /// The first along a search path, as `PATH` has it.
  public init(searching searchPath: String) throws(Missing) {
    var seen: [String] = []
    let folders = searchPath.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    // One name in all places before the next: `python3` is what people mean.
    for name in Self.names {
      for folder in folders + Self.usualPlaces {
        let path = folder + "/" + name
        guard let objection = Self.objection(to: path) else {
          self.path = path
          return
        }
        let note = "`\(path)`: \(objection)"
        if access(path, F_OK) == 0, !seen.contains(note) { seen.append(note) }
      }
    }
    throw Missing(message: "expected CPython 3.9 or later, found none", notes: Array(seen.prefix(8)))
  }

  /// Whether it and all that it needs come with the system.
  var isOfSystem: Bool {
    guard path.hasPrefix("/usr/"), let real = realpath(path, nil) else { return false }
    defer { free(real) }
    return String(cString: real).hasPrefix("/usr/")
  }

  /// Why a file is no interpreter; `nil` where it may be one.
  private static func objection(to path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return "there is no such file" }
    guard status.st_mode & S_IFMT == S_IFREG else { return "it is no file" }
    guard access(path, X_OK) == 0 else { return "it may not be executed" }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "it cannot be read" }
    defer { close(file) }
    var head = [UInt8](repeating: 0, count: 4)
    guard read(file, &head, 4) == 4 else { return "it is empty" }
    if head == [0x7f, 0x45, 0x4c, 0x46] { return nil }
    return head[0] == UInt8(ascii: "#") ? "it is a script that chooses an interpreter" : "it is no program"
  }
}

/// Paths as texts, with `/` between folders.
package enum FilePath {
  /// A path below a directory; an absolute one stays.
  static func join(_ directory: String, _ path: String) -> String {
    if path.hasPrefix("/") || directory.isEmpty || directory == "." { return path }
    return directory.hasSuffix("/") ? directory + path : directory + "/" + path
  }

  /// Where a file lies: `a/b` of `a/b/c.flow`, `.` of `c.flow`.
  static func directory(of path: String) -> String {
    let trimmed = withoutSlashesAtEnd(path)
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    let directory = withoutSlashesAtEnd(String(trimmed[..<slash]))
    return directory.isEmpty ? "/" : directory
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    let trimmed = withoutSlashesAtEnd(path)
    return trimmed.lastIndex(of: "/").map { String(trimmed[trimmed.index(after: $0)...]) } ?? trimmed
  }

  /// The name of the second, third, … file that would bear a name: `people-2.csv`. The first one bears it.
  static func numbered(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "\(name)-\(number)" }
    return "\(name[..<dot])-\(number)\(name[dot...])"
  }

  /// Without `.`, `..` and doubled slashes as far as that can be told from the text.
  package static func normalized(_ path: String) -> String {
    let isAbsolute = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
  }

  /// The path from a directory to a file below it, both absolute and normalized; `nil` if it is not below.
  static func relative(_ path: String, to directory: String) -> String? {
    let prefix = directory == "/" ? "/" : directory + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }

  static func withoutSlashesAtEnd(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}

extension String {
  /// With its first letter small, as words within a message are.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

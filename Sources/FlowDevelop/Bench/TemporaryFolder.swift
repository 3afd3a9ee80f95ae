import Glibc

/// A folder for the data of a benchmark, below `TMPDIR` or `/tmp`.
struct TemporaryFolder {
  let path: String

  init?() {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/flow-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The names in a folder, in byte order.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Deletes the folder, the files in it and the folders of files in it.
  func delete() { Self.delete(path) }

  private static func delete(_ folder: String) {
    for name in names(in: folder) where unlink("\(folder)/\(name)") != 0 { delete("\(folder)/\(name)") }
    rmdir(folder)
  }
}

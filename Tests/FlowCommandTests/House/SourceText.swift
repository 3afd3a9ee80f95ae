import Foundation

/// A file of the repository as text, by lines.
struct SourceText: Sendable {
  /// From the root of the repository, as `Sources/FlowText/LineIndex.swift`.
  let path: String
  let lines: [String]
  /// The lines without comments and without what stands between quotes.
  let code: [String]

  /// The folder below `Sources` or `Tests`: the target.
  var target: String { String(path.split(separator: "/").dropFirst().first ?? "") }

  var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }

  init(path: String, _ text: String) {
    self.path = path
    lines = text.components(separatedBy: "\n")
    code = path.hasSuffix(".swift") ? lines.map(Self.code) : []
  }

  private static func code(_ line: String) -> String {
    guard line.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\"") }) else {
      return line
    }
    var result: [UInt8] = []
    var isText = false
    var previous = UInt8(ascii: " ")
    for byte in line.utf8 {
      if byte == UInt8(ascii: "\""), previous != UInt8(ascii: "\\") {
        isText.toggle()
      } else if !isText {
        if byte == UInt8(ascii: "/"), previous == byte {
          result.removeLast()
          break
        }
        result.append(byte)
      }
      previous = byte
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The numbers of the lines that have one of the words, which begin no longer name's end.
  static func numbers(of lines: [String], having words: [String]) -> [Int] {
    let text = lines.joined(separator: "\n")
    let present = words.filter { text.contains($0) }
    guard !present.isEmpty else { return [] }
    return lines.indices.filter { index in present.contains { has(lines[index], $0) } }.map { $0 + 1 }
  }

  /// Whether a line has a word, not as the end of a longer name.
  static func has(_ line: String, _ word: String) -> Bool {
    var rest = Substring(line)
    while let found = rest.range(of: word) {
      let before = rest[..<found.lowerBound].last
      let isEnd = before.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
      if !isEnd || !(word.first?.isLetter ?? false) { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }
}

/// The files of the repository.
enum House {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// All Swift files of a folder, in order of their paths.
  static func swift(_ folder: String) -> [SourceText] {
    all(folder).filter { $0.hasSuffix(".swift") }.compactMap(read)
  }

  /// The targets that `Package.swift` calls layers, lowest first, each with the targets it may import.
  static let layers: [(name: String, imports: [String])] = {
    guard let lines = read("Package.swift")?.lines else { return [] }
    let start = lines.firstIndex { $0.hasPrefix("let layers") } ?? lines.count
    let text = lines[start...].prefix { $0 != "]" }.dropFirst().joined()
    var layers: [(name: String, imports: [String])] = []
    // A layer is `("Name", ["Import", …])`: the parenthesis parts it from the next.
    for layer in text.components(separatedBy: "]") {
      let names = layer.components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }
        .map(\.element).filter { $0.hasPrefix("Flow") }
      if let name = names.first { layers.append((name, Array(names.dropFirst()))) }
    }
    return layers
  }()

  /// Every text file but what is built or kept by git, in order of their paths.
  static func all(_ folder: String = "") -> [String] {
    let start = folder.isEmpty ? root : root.appendingPathComponent(folder)
    guard let walk = FileManager.default.enumerator(atPath: start.path) else { return [] }
    var paths: [String] = []
    while let path = walk.nextObject() as? String {
      let first = path.prefix { $0 != "/" }
      if folder.isEmpty, first == ".git" || first.hasPrefix(".build") {
        walk.skipDescendants()
        continue
      }
      if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
        paths.append(folder.isEmpty ? path : "\(folder)/\(path)")
      }
    }
    return paths.sorted()
  }

  /// `nil` where the file is no text.
  static func read(_ path: String) -> SourceText? {
    guard let text = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) else {
      return nil
    }
    return SourceText(path: path, text)
  }
}

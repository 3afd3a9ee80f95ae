public import Foundation

/// A folder with files of cases, `NAME.cases`.
public struct AnnotatedFolder: Sendable {
  public let url: URL

  /// - Parameter name: The folder's name in `Tests/Spec`.
  public init(_ name: String) {
    url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Spec/\(name)")
  }

  /// Whether this run writes down what is found.
  public static let updates = ProcessInfo.processInfo.environment["FLOW_UPDATE_GOLDENS"] == "1"

  public var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .filter { $0.hasSuffix(".cases") }.sorted()
  }

  public var cases: [AnnotatedCase] { files.flatMap { read($0) } }

  public func read(_ file: String) -> [AnnotatedCase] {
    let text = (try? String(contentsOf: url.appending(path: file), encoding: .utf8)) ?? ""
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let first = lines.firstIndex { $0.hasPrefix("===") } ?? lines.endIndex
    let dots = lines[..<first].firstIndex(of: "...") ?? first
    let before = Array(lines[..<dots])
    let after = Array(lines[min(dots + 1, first)..<first])
    var cases: [AnnotatedCase] = []
    for line in lines[first...] {
      if line.hasPrefix("===") {
        let title = line.dropFirst(3).trimmingCharacters(in: .whitespaces)
        cases.append(AnnotatedCase(file: file, title: title, before: before, after: after, lines: []))
      } else {
        cases[cases.count - 1].lines.append(line)
      }
    }
    return cases
  }

  /// Writes every file anew, with each case as `annotated` gives it.
  public func rewrite(_ annotated: (AnnotatedCase) -> [String]) throws {
    for file in files {
      let cases = read(file)
      guard let first = cases.first else { continue }
      var lines = first.before + ["..."] + first.after
      for one in cases { lines += ["=== \(one.title)"] + annotated(one) }
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url.appending(path: file))
    }
  }
}

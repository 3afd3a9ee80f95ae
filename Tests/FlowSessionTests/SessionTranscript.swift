import FlowSession
import Foundation
import Testing

/// A file of `Tests/Spec/Session`; its form is told in the README there.
struct SessionTranscript: CustomTestStringConvertible {
  let path: URL
  private(set) var comment = ""
  private(set) var exchanges: [Exchange] = []

  var testDescription: String { path.deletingPathExtension().lastPathComponent }

  struct Exchange: Equatable {
    var entry: String
    var answer = ""
  }

  static func all() throws -> [SessionTranscript] {
    let folder = MemorySurroundings.root.appending(path: "Tests/Spec/Session")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "txt" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try SessionTranscript($0) }
  }

  init(_ path: URL) throws {
    self.path = path
    let text = try String(contentsOf: path, encoding: .utf8)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("> ") {
        exchanges.append(Exchange(entry: String(line.dropFirst(2))))
      } else if exchanges.isEmpty {
        comment += line + "\n"
      } else if line.hasPrefix(". "), exchanges[exchanges.count - 1].answer.isEmpty {
        exchanges[exchanges.count - 1].entry += "\n" + line.dropFirst(2)
      } else {
        exchanges[exchanges.count - 1].answer += line + "\n"
      }
    }
  }

  func rewritten(_ answers: [String]) -> String {
    comment
      + zip(exchanges, answers).map { exchange, answer in
        let lines = exchange.entry.split(separator: "\n", omittingEmptySubsequences: false)
        return "> " + lines.joined(separator: "\n. ") + "\n" + answer
      }.joined()
  }
}

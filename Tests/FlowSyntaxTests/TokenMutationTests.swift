import FlowSyntax
import FlowText
import Foundation
import Testing

/// Every sample with one token gone, doubled or swapped with the next.
struct TokenMutationTests {
  enum Mutation: CaseIterable { case delete, duplicate, swap }

  /// The text with a change at a token, or nil if there is no such change.
  static func mutated(_ bytes: [UInt8], _ tokens: [Token], _ index: Int, _ mutation: Mutation) -> [UInt8]? {
    let range = tokens[index].range
    switch mutation {
    case .delete: return Array(bytes[..<range.lower] + bytes[range.upper...])
    case .duplicate:
      return Array(bytes[..<range.upper] + [0x20] + bytes[range.lower..<range.upper] + bytes[range.upper...])
    case .swap:
      guard index + 2 < tokens.count else { return nil }
      let next = tokens[index + 1].range
      return Array(
        bytes[..<range.lower] + bytes[next.lower..<next.upper] + bytes[range.upper..<next.lower]
          + bytes[range.lower..<range.upper] + bytes[next.upper...])
    }
  }

  @Test("one changed token gives few errors", arguments: Samples.all)
  func fewErrors(_ file: URL) throws {
    let bytes = try Repository.bytes(file)
    let tokens = ParsedFile(bytes).tree.tokens
    for mutation in Mutation.allCases {
      var counts: [Int: Int] = [:]
      for index in tokens.indices.dropLast() {
        guard let text = Self.mutated(bytes, tokens, index, mutation) else { continue }
        let parsed = ParsedFile(text)
        counts[min(parsed.diagnostics.count, 9), default: 0] += 1
        if ProcessInfo.processInfo.environment["SHOW"] == "\(mutation)", parsed.diagnostics.count > 1 {
          print(
            "== \(file.lastPathComponent) \(tokens[index].kind) `\(parsed.tree.source.text(tokens[index].range))` at \(ParsedFile(bytes).tree.source.position(at: tokens[index].range.lower))"
          )
          print(parsed.summary)
        }
      }
      if ProcessInfo.processInfo.environment["SHOW"] != nil {
        print(
          "#", file.lastPathComponent, mutation,
          counts.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: " "))
      }
    }
  }
}

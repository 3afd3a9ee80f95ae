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

  /// How many errors one changed token gives: hundredths of all changes that give more than one, and more than two.
  private static func allowance(_ mutation: Mutation) -> (moreThanOne: Int, moreThanTwo: Int) {
    switch mutation {
    case .delete: (2, 1)
    case .duplicate: (10, 3)
    // Two tokens are wrong then.
    case .swap: (40, 7)
    }
  }

  @Test("one changed token gives few errors", arguments: Samples.all, Mutation.allCases)
  func fewErrors(_ file: URL, _ mutation: Mutation) throws {
    let bytes = try Repository.bytes(file)
    let tokens = ParsedFile(bytes).tree.tokens
    var counts: [Int] = []
    for index in tokens.indices.dropLast() {
      guard let text = Self.mutated(bytes, tokens, index, mutation) else { continue }
      let parsed = ParsedFile(text)
      counts.append(parsed.diagnostics.count)
      #expect(parsed.diagnostics.count < 12, "at token \(index)\n\(parsed.summary)")
    }
    // A file of a few lines has no hundredths.
    let moreThanOne = counts.count { $0 > 1 }
    let moreThanTwo = counts.count { $0 > 2 }
    let allowance = Self.allowance(mutation)
    #expect(moreThanOne * 100 <= (allowance.moreThanOne + 1) * (counts.count + 100))
    #expect(moreThanTwo * 100 <= allowance.moreThanTwo * (counts.count + 100))
    #expect(counts.count { $0 > 0 } * 2 > counts.count)
    print(
      "\(mutation): \(counts.count) texts, \(moreThanOne) with two errors or more, \(moreThanTwo) with three")
  }

  @Test("a file without its end is read", arguments: Samples.all)
  func truncated(_ file: URL) throws {
    let bytes = try Repository.bytes(file)
    for end in stride(from: 0, to: bytes.count, by: 29) {
      let parsed = ParsedFile(Array(bytes[..<end]))
      #expect(parsed.diagnostics.count <= 3, "the first \(end) bytes\n\(parsed.summary)")
    }
  }
}

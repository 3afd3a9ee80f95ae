import FlowSyntax
import FlowText
import Foundation
import Testing

/// Tokens, comments and the blanks between them are the whole text.
struct RoundTripTests {
  @Test("nothing of a text is lost", arguments: Samples.all)
  func roundTrip(_ file: URL) throws {
    let bytes = try Repository.bytes(file)
    let tree = ParsedFile(bytes).tree
    let pieces = (tree.tokens.map(\.range) + tree.comments.map(\.range)).sorted {
      ($0.lower, $0.upper) < ($1.lower, $1.upper)
    }
    var rebuilt: [UInt8] = []
    for piece in pieces {
      let blanks = bytes[rebuilt.count..<piece.lower]
      #expect(blanks.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }, "before byte \(piece.lower)")
      rebuilt += blanks + bytes[piece.lower..<piece.upper]
    }
    #expect(rebuilt == bytes)
    #expect(tree.tokens.last?.kind == .endOfFile)
  }

  @Test("line breaks of other systems change nothing", arguments: Samples.all)
  func lineBreaks(_ file: URL) throws {
    let text = String(decoding: try Repository.bytes(file), as: UTF8.self)
    let wanted = ParsedFile(text)
    for lineBreak in ["\r\n", "\r"] {
      let found = ParsedFile(text.replacingOccurrences(of: "\n", with: lineBreak))
      #expect(found.diagnostics.isEmpty, "\(found.summary)")
      #expect(found.tree.tokens.map(\.kind) == wanted.tree.tokens.map(\.kind))
      #expect(found.tree.texts == wanted.tree.texts)
      #expect(found.tree.titles == wanted.tree.titles)
    }
    #expect(ParsedFile([0xEF, 0xBB, 0xBF] + Array(text.utf8)).diagnostics.isEmpty)
  }

  @Test("all ranges lie in the text and inside their parents", arguments: Samples.all)
  func ranges(_ file: URL) throws {
    let tree = ParsedFile(try Repository.bytes(file)).tree
    for statement in tree.statements {
      #expect(!statement.range.isEmpty)
      if case .check(let condition, let match, _) = statement.kind {
        #expect(statement.range.contains(tree[condition].range))
        #expect(statement.range.contains(match.range))
        for child in tree[match.statements] { #expect(match.range.contains(tree[child].range)) }
      }
    }
    for expression in tree.expressions {
      if case .binary(_, let left, let right) = expression.kind {
        #expect(expression.range.contains(tree[left].range))
        #expect(expression.range.contains(tree[right].range))
      }
    }
  }
}

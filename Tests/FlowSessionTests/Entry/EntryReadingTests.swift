import FlowDiagnostics
import FlowSession
import FlowSyntax
import FlowText
import Foundation
import Testing

/// The parser decides what an entry is and whether it is whole.
@Suite struct EntryReadingTests {
  private func reading(_ text: String) -> EntryReading {
    var symbols = SymbolTable()
    return EntryReading(SourceFile(name: "", text: text), symbols: &symbols)
  }

  private func kind(_ text: String) -> String {
    let reading = reading(text)
    let kind =
      switch reading {
      case .nothing: "nothing"
      case .beginning: "beginning"
      case .command: "command"
      case .scenario(let parsed):
        parsed.diagnostics.isEmpty || parsed.isCutShort ? "scenario" : "bad scenario"
      case .expression(let parsed):
        parsed.diagnostics.isEmpty || parsed.isCutShort ? "expression" : "bad expression"
      case .expressionFor(let key, let parsed):
        (parsed.diagnostics.isEmpty || parsed.isCutShort ? "" : "bad ") + "expression for \(key)"
      }
    return reading.isOpen ? "open " + kind : kind
  }

  @Test(arguments: [
    ("", "nothing"), ("  // a comment", "nothing"), ("/// a title", "open beginning"), (" :why X", "command"),
    (":", "command"),
    ("advance 3d", "scenario"), ("at 2026-01-05T09:00", "scenario"), ("upload", "open scenario"),
    ("upload {", "open scenario"), ("upload { a = 1,", "open scenario"), ("upload { a = 1 }", "scenario"),
    ("upload { a = (1 + ", "open scenario"), ("for \"c1\" {", "open scenario"),
    ("for \"c1\" {\n  advance 1d\n", "open scenario"), ("end X completed { a = b", "open scenario"),
    ("advance 1d\nupload {", "open scenario"), ("expect", "open scenario"),
    ("flow f", "open scenario"), ("flow f {", "open scenario"), ("flow f { }", "scenario"),
    ("flow f {\n  on participant created {\n    check participant.a ==", "open scenario"),
    ("flow f {\n  on participant created {\n    python \"\"\"\nimport x\n}", "open scenario"),
    ("test \"a\" {", "open scenario"), ("participant {", "open scenario"),
    ("/// t\nflow f {", "open scenario"),
    ("participant.status", "expression"), ("participant.status ==", "open expression"),
    ("communications(planned", "open expression"), ("1 +", "open expression"), ("(1", "open expression"),
    ("not", "open expression"), ("it", "expression"), ("time(10, 0)", "expression"),
    ("today + 3d", "expression"),
    ("campaign.name", "expression"), ("communication.channel == email", "expression"),
    ("upload { a = 1 } }", "bad scenario"), ("upload { = 1", "bad scenario"), ("advanc 3d", "bad scenario"),
    ("participant.a = 3", "bad scenario"), ("check participant.a { stop }", "bad scenario"),
    ("email X by y", "bad scenario"), ("stop", "bad scenario"), ("wait 3d", "bad scenario"),
    ("flow f { on foo {", "bad scenario"), ("participant.a b", "bad expression"),
    ("\"text", "bad expression"),
    ("a +* b", "bad expression"),
    ("/* a", "bad expression"), ("flow", "open beginning"), ("at", "open scenario"),
    ("end == participant.stage", "expression"), ("advance -1d", "scenario"),
    ("for \"c1\" {\n  participant.a", "open expression for c1"),
    ("for \"c1\" {\n  participant.a +", "open expression for c1"),
    ("for \"c1\" { participant.a }", "expression for c1"),
    ("for \"c\\\"1\" {\n  participant.a\n}", "expression for c\"1"),
    ("for \"c1\" { 1 + 1 }", "expression for c1"),
    ("for \"c1\" { participant.a participant.b", "bad expression for c1"),
    ("for \"c1\" {\n  advanc 3d", "bad scenario"), ("for c1 { participant.a", "bad scenario"),
  ])
  func kinds(_ text: String, _ expected: String) { #expect(kind(text) == expected, "\(text)") }

  private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("samples")

  /// The texts of all declarations of the samples.
  static let declarations: [String] = {
    var texts: [String] = []
    let walk = FileManager.default.enumerator(at: samples, includingPropertiesForKeys: nil)
    while let path = walk?.nextObject() as? URL {
      guard path.pathExtension == "flow", let text = try? String(contentsOf: path, encoding: .utf8) else {
        continue
      }
      var symbols = SymbolTable()
      let source = SourceFile(name: "", text: text)
      for declaration in parse(source, symbols: &symbols).tree.declarations {
        let range = declaration.range
        texts.append(String(decoding: source.bytes[range.lower..<range.upper], as: UTF8.self))
      }
    }
    return texts
  }()

  /// Whatever is right as a whole is right at every step of typing it: cut behind any of its words, it is open or
  /// whole, and no error. At the prompt an error would throw away what was typed so far.
  @Test func prefixesOfDeclarationsAreNoErrors() {
    #expect(EntryReadingTests.declarations.count > 100)
    for text in EntryReadingTests.declarations {
      var symbols = SymbolTable()
      let tokens = lex(SourceFile(name: "", text: text), symbols: &symbols).tokens
      for token in tokens.dropLast(2) {
        let prefix = String(decoding: Array(text.utf8)[..<token.range.upper], as: UTF8.self)
        let found = kind(prefix)
        if found.hasPrefix("bad") || found == "scenario" && token.kind != .rightBrace {
          let isWhole = found == "scenario" && Self.mayEnd(prefix)
          if !isWhole { Issue.record("\(found): \(prefix)") }
        }
      }
      #expect(kind(text) == "scenario", "\(text)")
    }
  }

  /// Declarations without braces, and words before a `{` that begins something optional, may end anywhere.
  private static func mayEnd(_ prefix: String) -> Bool {
    ["use ", "window "].contains { prefix.hasPrefix($0) }
  }
}

import FlowDiagnostics
import FlowSyntax
import FlowText
import Testing

/// What is too deep or too long is one finding, and the rest of the file is read.
struct LimitTests {
  static func flow(_ statement: String) -> String {
    "flow f {\n on participant created {\n \(statement)\n stop\n }\n}\nprofile { a string }\n"
  }

  static let deep: [String] = [
    "check " + String(repeating: "(", count: 5_000) + "a.b" + String(repeating: ")", count: 5_000) + " { }",
    "check " + String(repeating: "not ", count: 5_000) + "a.b { }",
    "update participant.a = " + String(repeating: "-", count: 5_000) + "1",
    "update participant.a = 1" + String(repeating: " + 1", count: 5_000),
    "update participant.a = " + String(repeating: "f(", count: 5_000) + String(repeating: ")", count: 5_000),
    "check a.b { }" + String(repeating: " else check a.b { }", count: 5_000),
    String(repeating: "check a.b {\n", count: 5_000) + String(repeating: "}\n", count: 5_000),
  ]

  @Test("too deep", arguments: deep.indices)
  func tooDeep(_ index: Int) {
    let statement = Self.deep[index]
    let parsed = ParsedFile(Self.flow(statement))
    #expect(parsed.diagnostics.first?.name == .nestingTooDeep)
    #expect(parsed.diagnostics.count { $0.name == .nestingTooDeep } == 1)
    // The one in the profile, and nothing in between.
    #expect(parsed.diagnostics.count == 2, "\(parsed.summary)")
  }

  @Test func deepIsFineUpToTheLimit() {
    let depth = SyntaxLimit.nestingDepth - 4
    let text =
      "check " + String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth) + " { }"
    #expect(ParsedFile(Self.flow(text)).diagnostics.count == 1)
  }

  @Test("too long", arguments: ["a", "b.c", "1"])
  func tooLong(_ element: String) {
    let list = String(repeating: "\(element), ", count: SyntaxLimit.listCount + 5)
    let parsed = ParsedFile(Self.flow("check a.b in (\(list)) { }"))
    #expect(parsed.diagnostics.map(\.name) == [.sizeLimit, .expectedToken], "\(parsed.summary)")
  }

  @Test func findingsAreBounded() {
    let parsed = ParsedFile(String(repeating: ";", count: SyntaxLimit.diagnosticCount + 10))
    #expect(parsed.diagnostics.count == SyntaxLimit.diagnosticCount)
  }

  @Test func loneExpressions() {
    func names(_ text: String) -> [DiagnosticName] {
      var symbols = SymbolTable()
      return parseExpression(SourceFile(name: "line", text: text), symbols: &symbols).diagnostics.map(\.name)
    }
    #expect(names("participant.a + 1 == if(a, 2, 3)").isEmpty)
    #expect(names("1 2") == [.expectedToken])
    #expect(names("") == [.expectedExpression])
    #expect(names("(1") == [.expectedToken])
  }
}

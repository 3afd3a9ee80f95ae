import FlowDiagnostics
import FlowSyntax
import Foundation
import Testing

struct ExplanationTests {
  @Test("examples give what their page says", arguments: SyntaxExplanations.all.map(\.name.description))
  func examples(_ name: String) throws {
    let page = try #require(SyntaxExplanations.all.first { $0.name.description == name })
    guard case .flow(let wrong) = page.wrong, case .flow(let right) = page.right else {
      #expect(page.name == .invalidEncoding, "only bytes that are no text need a command")
      return
    }
    let found = ParsedFile(wrong)
    #expect(found.diagnostics.map(\.name) == [page.name], "\(found.summary)")
    #expect(ParsedFile(right).diagnostics.isEmpty, "\(ParsedFile(right).summary)")
  }

  /// The names as they stand in the source, so that none is forgotten.
  @Test func everyNameHasAPage() throws {
    let file = Repository.root.appending(path: "Sources/FlowSyntax/SyntaxDiagnosticNames.swift")
    let source = try String(contentsOf: file, encoding: .utf8)
    let declared = source.matches(of: /static let \w+: Self = "([a-z-]+)"/).map { String($0.output.1) }
    #expect(declared.count > 15)
    #expect(declared == SyntaxExplanations.all.map(\.name.description))
  }
}

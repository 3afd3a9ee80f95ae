import FlowCommand
import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation
import Testing

/// What people copy from is in the one layout.
@Suite struct CanonicalExampleTests {
  private static func formatted(_ text: String) -> String? {
    var symbols = SymbolTable()
    let source = SourceFile(name: "example.flow", text: text)
    // Formatting would put clauses into order, which is what an example may be about.
    guard parse(source, symbols: &symbols).diagnostics.isEmpty else { return nil }
    return format(source, symbols: &symbols).bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func aNewCampaignIs() throws {
    let system = MemoryFileSystem([:])
    #expect(CommandRun(["new", "reminders"], files: system).status == .fine)
    let text = try #require(system.contents["reminders/reminders.flow"])
    #expect(Self.formatted(text) == text)
  }

  @Test func theReadmeIs() throws {
    let text = try String(contentsOf: ReadmeTests.path, encoding: .utf8)
    let blocks = text.matches(of: /```flow\n((?:.|\n)*?)```/).map { String($0.1) }
    #expect(!blocks.isEmpty)
    for block in blocks { #expect(Self.formatted(block) == block) }
  }

  /// The examples of `flow explain`; wrong ones as far as they parse. Statements alone stand in no file.
  @Test(arguments: Explanations.all.map { ($0.name.description, [$0.wrong, $0.right]) })
  func examplesOfPagesAre(_ page: (name: String, examples: [Explanation.Example])) {
    for example in page.examples {
      guard case .flow(let text) = example, let formatted = Self.formatted(text) else { continue }
      #expect(formatted == (text.hasSuffix("\n") ? text : text + "\n"), "\(page.name)")
    }
  }
}

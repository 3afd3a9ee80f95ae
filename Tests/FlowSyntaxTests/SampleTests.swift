import FlowSyntax
import FlowText
import Foundation
import Testing

/// Sources without errors: the samples of the repository, and one file that uses everything.
enum Samples {
  static let all: [URL] =
    Repository.files("samples", ending: ".flow")
    + Repository.files("Tests/Spec/Syntax", ending: ".valid.flow")
}

@Test("samples have no errors", arguments: Samples.all)
func sampleIsAccepted(_ file: URL) throws {
  let parsed = ParsedFile(try Repository.bytes(file))
  #expect(parsed.diagnostics.isEmpty, "\(parsed.summary)")
  #expect(!parsed.tree.declarations.isEmpty)
}

@Test func thereAreSamples() { #expect(Samples.all.count >= 3) }

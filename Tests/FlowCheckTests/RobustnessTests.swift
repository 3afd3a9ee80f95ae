import FlowCheck
import FlowDiagnostics
import FlowSyntax
import FlowText
import Foundation
import Testing

/// The checker takes whatever the parser makes of a text.
@Suite struct RobustnessTests {
  static let sources: [String] =
    SpecCase.all.filter { $0.title.hasPrefix("all is well") }.map(\.source) + samples

  static let samples: [String] = SampleTests.campaigns.compactMap { campaign in
    try? String(
      contentsOf: SampleTests.root.appending(path: "\(campaign)/\(campaign).flow"), encoding: .utf8)
  }

  @Test func thereAreSources() { #expect(Self.sources.count >= 10) }

  /// Without any one of its tokens a campaign may be wrong, but it is checked, twice alike.
  @Test(arguments: sources.indices) func survivesDeletion(_ index: Int) {
    let source = Self.sources[index]
    var symbols = SymbolTable()
    let bytes = Array(source.utf8)
    let tokens = parse(SourceFile(id: FileID(0), name: "a.flow", bytes: bytes), symbols: &symbols).tree.tokens
    #expect(tokens.count > 20)
    // Every token of a short text, and of a long one so many that the test stays quick.
    let stride = max(1, tokens.count / 60)
    for position in Swift.stride(from: index % stride, to: tokens.count, by: stride) {
      let range = tokens[position].range
      let text = String(decoding: bytes[..<range.lower] + bytes[range.upper...], as: UTF8.self)
      let first = checked(text)
      #expect(first.diagnostics == checked(text).diagnostics, "\(text)")
      for diagnostic in first.diagnostics {
        let span = diagnostic.primary?.span
        #expect(span.map { $0.range.upper <= first.sources[$0.file.index].bytes.count } ?? true)
      }
    }
  }

  /// What no part of the language is written with is said where it stands, and the campaign is checked.
  @Test(arguments: sources.indices) func survivesNoise(_ index: Int) {
    let source = Self.sources[index]
    var symbols = SymbolTable()
    let bytes = Array(source.utf8)
    let tokens = parse(SourceFile(id: FileID(0), name: "a.flow", bytes: bytes), symbols: &symbols).tree.tokens
    let noises: [[UInt8]] = ["`", "\u{1}", "§", "^", "\\", "“"].map { Array($0.utf8) } + [[0xFF]]
    let stride = max(1, tokens.count / 60)
    for position in Swift.stride(from: index % stride, to: tokens.count, by: stride) {
      let end = tokens[position].range.upper
      let noise = noises[position % noises.count]
      let text = String(decoding: bytes[..<end] + noise + bytes[end...], as: UTF8.self)
      #expect(checked(text).hasErrors || tokens[position].kind == .stringLiteral, "\(text)")
    }
  }

  /// Two halves of a campaign in one file are what they are in two files.
  @Test func filesAreOneNamespace() {
    let first =
      "campaign demo { }\nparticipant { a: date }\nflow f { on participant created { to flow g } }\n"
    let second =
      "participant { b: date }\nflow g { on from flow { check participant.a == participant.b { } } }\n"
    let result = CampaignLoader.load(
      [
        CampaignFile(name: "b.flow", bytes: Array(second.utf8)),
        CampaignFile(name: "a.flow", bytes: Array(first.utf8)),
      ],
      zones: TestZones.all
    ) { _ in .failure(FileReadFailure("no such file")) }
    #expect(result.diagnostics == [])
    #expect(result.campaign.flows.map(\.name) == ["f", "g"])
    #expect(result.sources.map(\.name) == ["a.flow", "b.flow"])
  }

  @Test func limitsAreSaid() {
    let fields = (0...FieldTableLimit.count).map { "f\($0): date" }.joined(separator: "\n")
    let names = checked("participant {\n\(fields)\n}\n").diagnostics.map(\.name)
    #expect(names == [.declarationLimit, .declarationLimit])
  }

  /// One field of the participant exists without being declared.
  private enum FieldTableLimit { static let count = 256 }
}

import FlowDiagnostics
import Foundation
import Testing

@Suite struct GoldenTests {
  static let rules = [
    RuleDescriptor(samplePage),
    RuleDescriptor(
      name: "duplicate-contact", summary: "a person may be contacted twice",
      helpMarkdown: "# `duplicate-contact`\n", defaultLevel: .warning),
  ]

  @Test func casesAreThere() throws {
    #expect(try GoldenCase.all().count >= 15)
  }

  @Test(arguments: try GoldenCase.all())
  func rendering(_ golden: GoldenCase) throws {
    #expect(!golden.expectations.isEmpty && !golden.diagnostics.isEmpty)
    let renderings = try golden.expectations.map {
      (format: $0.format, text: try GoldenTests.render(golden, $0.format))
    }
    for (rendering, expectation) in zip(renderings, golden.expectations) {
      #expect(rendering.text == expectation.text, "format \(rendering.format)")
    }
    let isUpdate = ProcessInfo.processInfo.environment["FLOW_UPDATE_GOLDENS"] == "1"
    if isUpdate, !renderings.elementsEqual(golden.expectations, by: ==) {
      try golden.rewritten(with: renderings).write(to: golden.path, atomically: true, encoding: .utf8)
      Issue.record("\(golden.path.lastPathComponent) was rewritten: read the difference, then run again")
    }
  }

  /// What a renderer makes of a case; findings come backwards, for the report to put in order.
  static func render(_ golden: GoldenCase, _ format: String) throws -> String {
    let files = golden.files
    let report = DiagnosticBag(golden.diagnostics.reversed()).report()
    switch format {
    case "full": return FullRenderer(files: files).render(report)
    case "ansi":
      return FullRenderer(files: files, palette: .ansi).render(report)
        .replacingOccurrences(of: "\u{1B}", with: "␛ESC")
    case "concise": return ConciseRenderer(files: files).render(report)
    case "github": return GitHubRenderer(files: files).render(report)
    case "json": return String(decoding: JSONRenderer(files: files).render(report), as: UTF8.self)
    case "sarif":
      let renderer = SARIFRenderer(files: files, rules: rules, toolVersion: "1.2.3")
      return String(decoding: renderer.render(report), as: UTF8.self)
    default: throw GoldenCase.Malformed(reason: "no format `\(format)`")
    }
  }
}

let samplePage = Explanation(
  "unknown-field", summary: "a field that is not declared",
  meaning: """
    The field after `participant.` or `profile.` is declared neither in the block of that name nor is it a
    field that every campaign has.

    - A word spelled wrong is the likeliest reason.
    - A field of the profile is not a field of the participant, and the other way round: which of the two is meant has to be said.
    """,
  reason: "A check of a field that nobody fills would never match.",
  wrong: """
    check participant.conctacted {
      stop
    }
    """,
  right: "check participant.contacted {\n  stop\n}",
  limits: "Columns of a file of rows are checked when the file is read.")

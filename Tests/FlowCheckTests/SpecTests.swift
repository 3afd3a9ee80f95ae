import AnnotatedCases
import FlowCheck
import FlowDiagnostics
import FlowText
import Foundation
import Testing

/// Campaigns with what is expected of them. `FLOW_UPDATE_GOLDENS=1` writes down what is found; such a run fails.
@Suite struct SpecTests {
  @Test func thereAreCases() { #expect(SpecCase.all.count >= 150) }

  @Test(arguments: SpecCase.all) func isAsExpected(_ spec: SpecCase) {
    let annotated = spec.annotated
    #expect(annotated == spec.written.lines, "\(annotated.joined(separator: "\n"))")
  }

  @Test(.enabled(if: AnnotatedFolder.updates)) func update() throws {
    try SpecCase.folder.rewrite { SpecCase(written: $0).annotated }
    Issue.record("the expectations were written anew: read the differences")
  }

  @Test func everyDiagnosticHasACase() {
    // A limit is too large for a text in a file; it has a test of its own.
    var missing = Set(DiagnosticName.ofCheck)
    missing.remove(.declarationLimit)
    for spec in SpecCase.all { missing.subtract(spec.result.diagnostics.map(\.name)) }
    #expect(missing.isEmpty)
  }

  /// What a safe fix is offered for is gone once it has been applied.
  @Test(arguments: SpecCase.all) func safeFixesMend(_ spec: SpecCase) {
    let before = spec.result
    for diagnostic in before.diagnostics {
      for fix in diagnostic.fixes where fix.safety == .safe {
        var edits = TextEdits()
        let isTaken = edits.add(fix.edits.map { TextEdits.Replacement($0.span.range, $0.replacement) })
        #expect(isTaken)
        let mended = String(decoding: edits.applied(to: before.sources[0].bytes), as: UTF8.self)
        let after = checked(mended, used: SpecCase.used)
        let left = after.diagnostics.filter { $0.name == diagnostic.name && $0.message == diagnostic.message }
        #expect(left.isEmpty, "\(mended)")
        #expect(after.diagnostics.count < before.diagnostics.count, "\(mended)")
      }
    }
  }
}

internal import FlowCheck
internal import FlowData
package import FlowDiagnostics
internal import FlowLint
internal import FlowSession
internal import FlowSyntax
internal import FlowTesting

/// The pages of all phases.
package enum Explanations {
  package static var index: ExplanationIndex { ExplanationIndex(all) }

  /// What a run can fail with, the checker may find before; then its page is the one.
  package static var all: [Explanation] {
    let phases =
      SyntaxExplanations.all + CheckExplanations.all + LintExplanations.all + LintExplanations.remarks
      + DataExplanations.all + TestExplanations.all + EntryExplanations.all + SessionExplanations.all
      + CommandExplanations.all
    let names = Set(phases.map(\.name))
    return phases + RunExplanations.all.filter { !names.contains($0.name) }
  }
}

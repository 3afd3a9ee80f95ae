internal import FlowCheck
internal import FlowData
internal import FlowDiagnostics
internal import FlowSyntax

/// The pages of all phases.
enum Explanations {
  static var index: ExplanationIndex { ExplanationIndex(all) }

  /// What a run can fail with, the checker may find before; then its page is the one.
  static var all: [Explanation] {
    let phases =
      SyntaxExplanations.all + CheckExplanations.all + DataExplanations.all + CommandExplanations.all
    let names = Set(phases.map(\.name))
    return phases + RunExplanations.all.filter { !names.contains($0.name) }
  }
}

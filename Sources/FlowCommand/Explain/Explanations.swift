internal import FlowData
internal import FlowDiagnostics
internal import FlowSyntax

/// The pages of all phases.
enum Explanations {
  static var index: ExplanationIndex { ExplanationIndex(all) }

  static var all: [Explanation] { SyntaxExplanations.all + DataExplanations.all + CommandExplanations.all + RunExplanations.all }
}

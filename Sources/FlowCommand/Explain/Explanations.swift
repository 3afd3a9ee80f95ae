internal import FlowDiagnostics

/// The pages of all phases.
enum Explanations {
  static var index: ExplanationIndex { ExplanationIndex(all) }

  static var all: [Explanation] { CommandExplanations.all + RunExplanations.all }
}

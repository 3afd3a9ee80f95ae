internal import FlowCheck
public import FlowDiagnostics
internal import FlowText

/// Why a scenario ends before its end.
struct ScenarioFailure: Error {
  var name: DiagnosticName
  var message: String
  var range: SourceRange
  /// What is written under the place itself.
  var label = ""
  var person: Int?
  var secondary: [(span: SourceSpan, text: String)] = []
  var notes: [String] = []
  var help: [String] = []

  /// Something that a test says happens, and that cannot.
  static func statement(
    _ message: String, _ range: SourceRange, person: Int?, help: [String] = []
  ) -> ScenarioFailure {
    ScenarioFailure(
      name: .impossibleStatement, message: message, range: range, person: person, help: help)
  }

  /// Something that is not as it was expected.
  static func expectation(
    _ message: String, _ range: SourceRange, label: String = "", person: Int?, notes: [String] = []
  ) -> ScenarioFailure {
    ScenarioFailure(
      name: .failedExpectation, message: message, range: range, label: label, person: person, notes: notes)
  }

  func diagnostic(in file: FileID) -> Diagnostic {
    Diagnostic(
      name, .error, message, at: Label(SourceSpan(file, range), label),
      secondary: secondary.map { Label($0.span, $0.text) }, notes: notes, help: help)
  }
}

extension DiagnosticName {
  public static let failedExpectation: Self = "failed-expectation"
  public static let impossibleStatement: Self = "impossible-statement"
  public static let uncovered: Self = "uncovered"
  public static let unreached: Self = "unreached"
}

public import FlowDiagnostics

/// The pages of all findings of the checker, for `flow explain`.
public enum CheckExplanations {
  public static let all: [Explanation] =
    files + campaign + declarations + agents + flows + handOvers + communications + schedules + names + types
    + operands + functions + models + tests
}

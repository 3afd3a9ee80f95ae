public import FlowSyntax
public import FlowText

/// One change of a campaign's flows, at one place of its text.
///
/// Tests that are worth their name notice it: after the change, one of them fails.
public struct Mutation: Sendable {
  public var kind: MutationKind
  public var file: FileID
  /// What the text becomes.
  public var edit: TextEdits.Replacement
  /// What is shown of the text as it was, and what has become of it.
  public var place: SourceRange
  public var change: Change
  /// The statement that does something else from then on. `nil` where more than one does, as for triggers and windows.
  public var statement: StatementID?
  /// The flow it stands in; `nil` for a named window.
  public var flow: Int?

  public enum Change: Sendable, Hashable {
    case replaced(by: String)
    case leftOut
    /// A condition whose Match and Else blocks have changed places.
    case swapped
    /// A flow that hears nothing.
    case switchedOff

    /// As outputs call it.
    public var name: String {
      switch self {
      case .replaced: "replaced"
      case .leftOut: "left-out"
      case .swapped: "swapped"
      case .switchedOff: "switched-off"
      }
    }
  }

  /// The whole text of the file after the change.
  public func applied(to source: SourceFile) -> [UInt8] {
    var edits = TextEdits()
    _ = edits.add([edit])
    return edits.applied(to: source.bytes)
  }
}

/// The ways in which flows are changed: mistakes that somebody could make. The raw value is its name in outputs.
public enum MutationKind: String, Sendable, CaseIterable {
  // Conditions.
  case negatedCondition = "negated-condition"
  case swappedPorts = "swapped-ports"
  case droppedOperand = "dropped-operand"
  case shiftedBound = "shifted-bound"
  case droppedCase = "dropped-case"
  // Values.
  case otherCase = "other-case"
  case otherLiteral = "other-literal"
  case otherOperator = "other-operator"
  // Statements.
  case droppedUpdate = "dropped-update"
  case droppedCommunication = "dropped-communication"
  case droppedCancel = "dropped-cancel"
  case droppedHandOver = "dropped-hand-over"
  case redirectedHandOver = "redirected-hand-over"
  case droppedScript = "dropped-script"
  case droppedStop = "dropped-stop"
  case droppedGo = "dropped-go"
  case redirectedGo = "redirected-go"
  // Clauses.
  case shiftedSchedule = "shifted-schedule"
  case droppedWindow = "dropped-window"
  case loosenedWindow = "loosened-window"
  case droppedExpiry = "dropped-expiry"
  case droppedOnlyIf = "dropped-only-if"
  case droppedPayload = "dropped-payload"
  // Triggers.
  case inactiveFlow = "inactive-flow"
  case droppedTrigger = "dropped-trigger"
  case droppedNarrowing = "dropped-narrowing"
}

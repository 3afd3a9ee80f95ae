public import FlowDiagnostics

/// The findings of the checker. Each name is a concept with a page of its own (`CheckExplanations`).
extension DiagnosticName {
  // Files.
  public static let unreadableFile: Self = "unreadable-file"
  public static let useCycle: Self = "use-cycle"
  public static let campaignInUsedFile: Self = "campaign-in-used-file"
  // The campaign.
  public static let unknownTimezone: Self = "unknown-timezone"
  public static let unknownReupload: Self = "unknown-reupload"
  // Declarations.
  public static let duplicateName: Self = "duplicate-name"
  public static let unknownType: Self = "unknown-type"
  public static let systemFieldType: Self = "system-field-type"
  public static let requiredInternal: Self = "required-internal"
  public static let resultAttribute: Self = "result-attribute"
  public static let invalidDefault: Self = "invalid-default"
  public static let unnamedChannel: Self = "unnamed-channel"
  public static let declarationLimit: Self = "declaration-limit"
  // Flows.
  public static let flowWithoutTrigger: Self = "flow-without-trigger"
  public static let duplicateTrigger: Self = "duplicate-trigger"
  public static let uselessNarrowing: Self = "useless-narrowing"
  public static let impossibleStatus: Self = "impossible-status"
  public static let unknownStatus: Self = "unknown-status"
  public static let duplicateEntry: Self = "duplicate-entry"
  public static let unknownFlow: Self = "unknown-flow"
  public static let selfHandOver: Self = "self-hand-over"
  public static let missingFromFlow: Self = "missing-from-flow"
  public static let unknownStep: Self = "unknown-step"
  public static let stepCycle: Self = "step-cycle"
  // Communications.
  public static let unknownCommunication: Self = "unknown-communication"
  public static let unknownAgent: Self = "unknown-agent"
  public static let unknownChannel: Self = "unknown-channel"
  public static let ambiguousChannel: Self = "ambiguous-channel"
  public static let channelKind: Self = "channel-kind"
  public static let unknownWindow: Self = "unknown-window"
  public static let scheduleWord: Self = "schedule-word"
  public static let missingTime: Self = "missing-time"
  // Names in expressions.
  public static let unknownField: Self = "unknown-field"
  public static let unknownResult: Self = "unknown-result"
  public static let conflictingResult: Self = "conflicting-result"
  public static let unknownRecord: Self = "unknown-record"
  public static let bareName: Self = "bare-name"
  public static let unknownCase: Self = "unknown-case"
  public static let readOnlyTarget: Self = "read-only-target"
  // Types.
  public static let typeMismatch: Self = "type-mismatch"
  public static let incomparableTypes: Self = "incomparable-types"
  public static let operandType: Self = "operand-type"
  public static let unsetOperand: Self = "unset-operand"
  public static let hoursOnDate: Self = "hours-on-date"
  public static let invalidAddress: Self = "invalid-address"
  public static let invalidPattern: Self = "invalid-pattern"
  // Functions.
  public static let unknownFunction: Self = "unknown-function"
  public static let argumentCount: Self = "argument-count"
  public static let misplacedArgument: Self = "misplaced-argument"
  // Models.
  public static let modelWithoutEnd: Self = "model-without-end"
  public static let reversedDelay: Self = "reversed-delay"

  // Tests.
  public static let clockBackwards: Self = "clock-backwards"
  public static let nestedParticipant: Self = "nested-participant"
  public static let ambiguousParticipant: Self = "ambiguous-participant"
  public static let internalUpload: Self = "internal-upload"
  public static let unsentKey: Self = "unsent-key"
  public static let testFunction: Self = "test-function"

  /// All findings of the checker, in the order of the chapters above.
  public static let ofCheck: [DiagnosticName] = [
    .unreadableFile, .useCycle, .campaignInUsedFile, .unknownTimezone, .unknownReupload, .duplicateName,
    .unknownType, .systemFieldType, .requiredInternal, .resultAttribute, .invalidDefault, .unnamedChannel,
    .declarationLimit, .flowWithoutTrigger, .duplicateTrigger, .uselessNarrowing, .impossibleStatus,
    .unknownStatus, .duplicateEntry, .unknownFlow, .selfHandOver, .missingFromFlow, .unknownStep,
    .stepCycle, .unknownCommunication, .unknownAgent, .unknownChannel, .ambiguousChannel, .channelKind,
    .unknownWindow, .scheduleWord, .missingTime, .unknownField, .unknownResult, .conflictingResult,
    .unknownRecord, .bareName, .unknownCase, .readOnlyTarget, .typeMismatch, .incomparableTypes,
    .operandType, .unsetOperand, .hoursOnDate, .invalidAddress, .invalidPattern, .unknownFunction,
    .argumentCount, .misplacedArgument, .modelWithoutEnd, .reversedDelay,
    .clockBackwards, .nestedParticipant, .ambiguousParticipant, .internalUpload, .unsentKey, .testFunction,
  ]
}

internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowTesting

/// A statement that was carried out, in words that mean the same wherever they are played again.
struct SessionInput: Sendable {
  /// With the value of `it` in its place.
  var text: String
  /// What the files held that it uploads.
  var files: [String: Result<[UInt8], FileReadFailure>]
  /// What was expected behind it, as it was typed.
  var expectations: [String] = []
}

/// Where a session stands after a statement or a declaration.
///
/// It is what playing its inputs on its campaign gives, on a virtual clock (semantics T1): the state is kept only so that it
/// need not be played again, and is dropped where it takes too much memory.
final class Moment {
  let campaign: SessionCampaign
  /// Of the draws of models; `nil` where they do not answer.
  let seed: Int64?
  var inputs: [SessionInput]
  /// `nil` where it has to be played again.
  var state: ScenarioPlayer?
  /// What led here, in a few words.
  let cause: String

  init(
    _ campaign: SessionCampaign, seed: Int64?, inputs: [SessionInput], state: ScenarioPlayer?, cause: String
  ) {
    self.campaign = campaign
    self.seed = seed
    self.inputs = inputs
    self.state = state
    self.cause = cause
  }
}

/// The moments of a session, one after the other, and at which of them it stands.
struct History {
  private(set) var moments: [Moment]
  private(set) var position = 0

  init(_ first: Moment) { moments = [first] }

  var present: Moment { moments[position] }
  /// How many steps there are ahead.
  var stepsAhead: Int { moments.count - 1 - position }

  /// What lay ahead is dropped.
  mutating func append(_ moment: Moment) {
    moments.removeLast(stepsAhead)
    moments.append(moment)
    if moments.count > SessionLimit.moments { moments.removeFirst(moments.count - SessionLimit.moments) }
    position = moments.count - 1
    forgetStates()
  }

  /// Goes back, or ahead, as far as there is anything.
  ///
  /// - Returns: How many steps that were.
  mutating func move(by steps: Int) -> Int {
    let target = min(max(position + steps, 0), moments.count - 1)
    defer { position = target }
    return abs(target - position)
  }

  /// Drops states that take too much memory together, old ones first.
  private mutating func forgetStates() {
    var bytes = 0
    for moment in moments.reversed() where moment.state != nil {
      bytes += moment.state?.simulation.byteCount ?? 0
      if bytes > SessionLimit.rememberedBytes, moment !== present { moment.state = nil }
    }
  }
}

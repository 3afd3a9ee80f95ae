/// A second engine, on which visits are played for the scripts alone that they come to.
///
/// A call of a script waits for another process, and most of its time is the way there and back. So the visits of a few
/// dozen people are played ahead: each up to the first call whose answer is not known, of which a note is taken. All
/// these calls are run together, and the visits are played ahead again, now knowing the answers, up to the next call.
/// When the visits are then really played, the answers are there. Nothing of a rehearsal stays, and a call that it has
/// not foreseen is run in its turn: rehearsing or not, in whatever number, makes no difference to what comes out.
final class Rehearsal {
  /// Fewer visits than these are not worth it.
  static let fewestVisits = 8
  /// How often the same visits are rehearsed: so many calls of each can be foreseen.
  static let rounds = 8
  /// A rehearsal in which fewer than one visit in so many comes to a script is of no use,
  static let leastYield = 16
  /// and so many occasions are passed over after it.
  static let rest = 15

  fileprivate var engine: Engine

  init(_ deployment: Deployment, _ configuration: EngineConfiguration) {
    engine = Engine(deployment, configuration)
  }

  /// The call that a visit comes to and of which nobody knows the answer.
  fileprivate func wanted(
    _ visit: Int, _ runner: any ForeseeingRunner, _ play: (Int, inout Engine) -> Void
  ) -> ScriptCall? {
    engine.scripting.begin(with: runner)
    play(visit, &engine)
    return engine.scripting.wanted
  }

  /// What was noted of failures on the way is of no interest.
  fileprivate func clear() { engine.journal = Journal() }
}

extension Engine {
  /// Has the scripts run that some visits will come to, where that gains anything.
  ///
  /// - Parameter play: Plays a visit by its number; it is called several times for each.
  mutating func rehearse(visits: Int, _ play: (Int, inout Engine) -> Void) {
    guard visits >= Rehearsal.fewestVisits, deployment.hasScripts, takeOccasion(),
      let runner = scripting.runner(of: configuration.scripts) as? any ForeseeingRunner
    else { return }
    runner.forget()
    guard runner.foresees else { return }
    let rehearsal = scripting.rehearsal ?? Rehearsal(deployment, configuration)
    scripting.rehearsal = rehearsal
    var open = Array(0..<visits)
    for round in 0..<Rehearsal.rounds {
      let calls = open.compactMap { visit in
        rehearsal.wanted(visit, runner, play).map { (visit: visit, call: $0) }
      }
      if round == 0, calls.count * Rehearsal.leastYield < visits { scripting.rest = Rehearsal.rest }
      guard calls.count >= Rehearsal.fewestVisits, runner.foresees else { break }
      runner.foresee(calls.map(\.call))
      open = calls.filter { runner.foreseen($0.call) != nil }.map(\.visit)
    }
    rehearsal.clear()
  }

  private mutating func takeOccasion() -> Bool {
    if scripting.rest == 0 { return true }
    scripting.rest -= 1
    return false
  }
}

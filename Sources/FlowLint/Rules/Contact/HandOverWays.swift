internal import FlowAnalysis
internal import FlowCheck

/// What holds at a place, or was made sure of by every flow that handed over to it.
enum HandOverWays {
  /// How many hand-overs in a row are looked back.
  static let maximumDepth = 4
  /// How many places that hand over are looked at.
  static let maximumSenders = 64

  /// Whether something holds at a node, or else at every node from which the run can have been handed over.
  static func all(to place: ReachedNode, _ context: LintContext, _ holds: (_ flow: Int, _ node: Int) -> Bool)
    -> Bool
  {
    all(place.flow, place.node, context, depth: 0, holds)
  }

  private static func all(
    _ flow: Int, _ node: Int, _ context: LintContext, depth: Int, _ holds: (Int, Int) -> Bool
  ) -> Bool {
    if holds(flow, node) { return true }
    // Only hand-overs may lead here: other triggers have nobody before them who could have asked.
    if context.startedDirectly[flow][node] { return false }
    let senders = (context.analysis.events.causes[.handedOver(flow: flow)] ?? []).filter {
      context.states[$0.flow].isReached($0.node)
    }
    guard depth < maximumDepth, !senders.isEmpty, senders.count <= maximumSenders else { return false }
    return senders.allSatisfy { all($0.flow, $0.node, context, depth: depth + 1, holds) }
  }
}

public import FlowSyntax

/// A cycle over the flows of a campaign that goes on by itself.
public struct FeedbackCycle: Sendable {
  /// A run that an event starts, and the node at which it causes the next one.
  public struct Link: Sendable {
    public let trigger: TriggerID
    public let node: Int
    public let event: CausedEvent
  }

  public let links: [Link]
  /// What is known of fields each time the cycle has gone round. What it counts is left out.
  public let fields: [(level: FieldLevel, slot: Int, value: ValueSet)]
  /// Whether all of it happens at one instant.
  public let isAtOnce: Bool
}

extension CampaignAnalysis {
  /// Every cycle that some field state keeps going, one for the same flows.
  public func feedbackCycles() -> [FeedbackCycle] {
    var flows: Set<Set<Int>> = []
    return CycleSearch(campaign, events).cycles().compactMap { links in
      let own = Set(links.map(\.trigger.flow))
      guard !flows.contains(own), let cycle = CyclePlayer(self, links)?.play() else { return nil }
      flows.insert(own)
      return cycle
    }
  }
}

internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowText

/// Why no scenario was found for a place.
struct UnreachedReasons {
  private let campaign: CheckedCampaign
  private let map: CoverageMap
  private let failures: [Int: RunFailureReason]
  private let nearest: [Int: Double]

  init(
    _ campaign: CheckedCampaign, _ map: CoverageMap, failures: [Int: RunFailureReason], nearest: [Int: Double]
  ) {
    self.campaign = campaign
    self.map = map
    self.failures = failures
    self.nearest = nearest
  }

  /// Those of some places that do not lie behind another of them.
  func outermost(_ places: [Int]) -> [UnreachedPlace] {
    let all = Set(places)
    return places.filter { !(map.places[$0].parent.map(all.contains) ?? false) }
      .map { UnreachedPlace(place: $0, reason: reason(map.places[$0], at: $0)) }
  }

  private func reason(_ place: CoveragePlace, at position: Int) -> String {
    if let failure = failures[place.flow], failure.isOfScript || nearest[position] == nil {
      return "runs of the flow fail: \(failure.message)"
    }
    switch place.kind {
    case .trigger: return "nothing was found that starts the flow so"
    case .node: return "nothing was found that leads there"
    case .bound: return "nothing was found that comes so near"
    case .port(let port):
      guard nearest[position] != nil else { return "no run was found that comes to the check" }
      return "the check was come to, and nothing was found with which it takes \(port.spelling)"
    }
  }
}

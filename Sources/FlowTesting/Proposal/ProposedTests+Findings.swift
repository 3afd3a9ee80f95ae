public import FlowCheck
public import FlowDiagnostics
internal import FlowRuntime
internal import FlowText

extension ProposedTests {
  /// The places that no test was found for, each with the reason as far as it is known.
  public func findings(_ campaign: CheckedCampaign) -> [Diagnostic] {
    unreached.map { unreached in
      let place = coverage.map.places[unreached.place]
      let flow = campaign.flows[place.flow].name
      let what =
        switch place.kind {
        case .trigger: "this trigger of flow `\(flow)`"
        case .node: "this statement of flow `\(flow)`"
        case .port(let port): "the \(port.spelling) port of this check of flow `\(flow)`"
        case .bound: "this bound of flow `\(flow)`"
        }
      return Diagnostic(
        .unreached, .note, "no test was found for \(what)", at: Label(SourceSpan(place.file, place.range)),
        notes: [unreached.reason])
    }
  }
}

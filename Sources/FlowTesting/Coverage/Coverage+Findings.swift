public import FlowCheck
public import FlowDiagnostics
internal import FlowRuntime
internal import FlowText

/// What no test comes to, for people.
extension Coverage {
  /// How many places one finding shows.
  private static let placesInFinding = FullRenderer.maximumLabels

  /// The outermost places that no test comes to, flow by flow: what lies behind one of them is left out.
  ///
  /// - Parameter showsBounds: Whether the sides of bounds in time are listed as well.
  public func findings(_ campaign: CheckedCampaign, showsBounds: Bool = false) -> [Diagnostic] {
    let labels = outermost.compactMap { position -> (flow: Int, label: Label)? in
      let place = map.places[position]
      return words(place).map { (place.flow, Label(SourceSpan(place.file, place.range), $0)) }
    }
    let all = Dictionary(grouping: labels + (showsBounds ? boundLabels : []), by: \.flow)
    return all.keys.sorted().flatMap { flow in
      let ordered = (all[flow] ?? []).map(\.label).enumerated().sorted {
        ($0.element.span.range.lower, $0.offset) < ($1.element.span.range.lower, $1.offset)
      }
      return findings(ordered.map(\.element), flow: campaign.flows[flow].name)
    }
  }

  private func findings(_ labels: [Label], flow: String) -> [Diagnostic] {
    stride(from: 0, to: labels.count, by: Self.placesInFinding).map { first in
      let shown = labels[first..<min(first + Self.placesInFinding, labels.count)]
      let count = labels.count == 1 ? "1 place" : "\(labels.count) places"
      return Diagnostic(
        .uncovered, .note,
        first == 0 ? "no test comes to \(count) of flow `\(flow)`" : "more of flow `\(flow)`",
        at: shown.first, secondary: Array(shown.dropFirst()))
    }
  }

  /// The places that were not come to although what stands before them was.
  public var outermost: [Int] {
    map.places.indices.filter { position in
      counts[position] == 0 && (map.places[position].parent.map { counts[$0] > 0 } ?? true)
    }
  }

  private func words(_ place: CoveragePlace) -> String? {
    switch place.kind {
    case .trigger: "starts no run"
    case .node: "never reached"
    case .port(let port): "\(port.spelling) is never taken"
    case .bound: nil
    }
  }

  /// The bounds of statements that were reached, each with the sides that were not seen.
  private var boundLabels: [(flow: Int, label: Label)] {
    var missing: [(key: CoveragePlace, sides: [BoundSide])] = []
    for position in outermost {
      let place = map.places[position]
      guard case .bound(let side) = place.kind else { continue }
      if let last = missing.last, last.key.bound == place.bound, last.key.range == place.range {
        missing[missing.count - 1].sides.append(side)
      } else {
        missing.append((place, [side]))
      }
    }
    return missing.map { entry in
      let sides = entry.sides.map(\.words).joined(separator: ", ")
      let words = "\(entry.key.bound?.words ?? ""): never \(sides)"
      return (entry.key.flow, Label(SourceSpan(entry.key.file, entry.key.range), words))
    }
  }
}

/// How often places were come to. Adding is in any order and grouping the same, so that neither the order of tests nor
/// the number of threads changes anything.
public struct CoverageCounts: Sendable, Equatable {
  private var counts: [Int: Int] = [:]

  public init() {}

  /// How often a place was come to.
  public subscript(place: Int) -> Int { counts[place] ?? 0 }

  /// The places that were come to, ascending.
  public var covered: [Int] { counts.keys.sorted() }

  mutating func add(_ place: Int) { counts[place, default: 0] += 1 }

  public mutating func add(_ other: CoverageCounts) {
    for (place, count) in other.counts { counts[place, default: 0] += count }
  }
}

/// How many of some places were come to.
public struct CoverageFigure: Sendable, Equatable {
  public private(set) var covered = 0
  public private(set) var all = 0

  public init() {}

  /// Rounded down, so that 100 means all. Of nothing, all is covered.
  public var percent: Int { all == 0 ? 100 : covered * 100 / all }

  mutating func add(_ isCovered: Bool) {
    all += 1
    if isCovered { covered += 1 }
  }
}

/// The figures of a flow or a campaign, by what is counted.
public struct CoverageFigures: Sendable, Equatable {
  public private(set) var nodes = CoverageFigure()
  public private(set) var ports = CoverageFigure()
  public private(set) var triggers = CoverageFigure()
  public private(set) var bounds = CoverageFigure()

  init() {}

  mutating func add(_ kind: CoveragePlace.Kind, _ isCovered: Bool) {
    switch kind {
    case .node: nodes.add(isCovered)
    case .port: ports.add(isCovered)
    case .trigger: triggers.add(isCovered)
    case .bound: bounds.add(isCovered)
    }
  }
}

/// What the tests of one campaign have come to.
public struct Coverage: Sendable {
  public let map: CoverageMap
  public private(set) var counts = CoverageCounts()

  public init(_ map: CoverageMap) { self.map = map }

  public init(_ map: CoverageMap, _ results: [TestResult]) {
    self.map = map
    for result in results { if let counts = result.coverage { add(counts) } }
  }

  public mutating func add(_ counts: CoverageCounts) { self.counts.add(counts) }

  /// Of one flow, or of all.
  public func figures(flow: Int? = nil) -> CoverageFigures {
    var figures = CoverageFigures()
    for (position, place) in map.places.enumerated() where flow == nil || place.flow == flow {
      figures.add(place.kind, counts[position] > 0)
    }
    return figures
  }

  /// The places that were not come to, ascending.
  public var uncovered: [Int] { map.places.indices.filter { counts[$0] == 0 } }
}

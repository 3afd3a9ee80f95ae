import FlowAnalysis
import Testing

/// Sets of times of day against sets of minutes, which know nothing of ranges.
@Suite struct TimesOfDayTests {
  private static let minute: Int64 = 60_000

  /// Some ranges of whole minutes, overlapping, touching, empty, and beyond the day as they come.
  private static func ranges(_ generator: inout some RandomNumberGenerator) -> [Range<Int64>] {
    (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      let start = Int64.random(in: -200...1_500, using: &generator)
      return start * minute..<(start + Int64.random(in: 0...700, using: &generator)) * minute
    }
  }

  private static func minutes(_ ranges: [Range<Int64>]) -> Set<Int64> {
    Set((0..<1_440).filter { one in ranges.contains { $0.contains(one * minute) } })
  }

  @Test func operationsAreThoseOfSets() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SplitMix(state: seed)
    let day = Set<Int64>(0..<1_440)
    for _ in 0..<300 {
      let (first, second) = (Self.ranges(&generator), Self.ranges(&generator))
      let (a, b) = (TimesOfDay(first), TimesOfDay(second))
      let (x, y) = (Self.minutes(first), Self.minutes(second))
      #expect(Self.minutes(a.union(b).ranges) == x.union(y), "seed \(seed)")
      #expect(Self.minutes(a.intersection(b).ranges) == x.intersection(y), "seed \(seed)")
      #expect(Self.minutes(a.complement.ranges) == day.subtracting(x), "seed \(seed)")
      #expect(a.complement.complement == a && a.isEmpty == x.isEmpty, "seed \(seed)")
      #expect((a == b) == (x == y), "seed \(seed)")
    }
  }

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}

internal import FlowValues

/// A set of times of day, in milliseconds since midnight.
public struct TimesOfDay: Hashable, Sendable {
  private static let day = TimeOfDay.millisecondsPerDay

  public static let all = TimesOfDay([0..<day])
  public static let none = TimesOfDay([])

  /// Ascending, none of them empty or touching another.
  public let ranges: [Range<Int64>]

  /// - Parameter ranges: In any order; what lies outside the day is cut off.
  public init(_ ranges: [Range<Int64>]) {
    var result: [Range<Int64>] = []
    for range in ranges.map({ $0.clamped(to: 0..<Self.day) }).sorted(by: { $0.lowerBound < $1.lowerBound })
    where !range.isEmpty {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    self.ranges = result
  }

  public var isEmpty: Bool { ranges.isEmpty }

  public func union(_ other: TimesOfDay) -> TimesOfDay { TimesOfDay(ranges + other.ranges) }

  public func intersection(_ other: TimesOfDay) -> TimesOfDay {
    TimesOfDay(ranges.flatMap { range in other.ranges.map { range.clamped(to: $0) } })
  }

  /// All other times.
  public var complement: TimesOfDay {
    var result: [Range<Int64>] = []
    var start: Int64 = 0
    for range in ranges {
      result.append(start..<range.lowerBound)
      start = range.upperBound
    }
    return TimesOfDay(result + [start..<Self.day])
  }

  /// As much later, round the clock.
  ///
  /// - Parameter milliseconds: At most a day, in either direction.
  func shifted(by milliseconds: Int64) -> TimesOfDay {
    TimesOfDay(
      [-Self.day, 0, Self.day].flatMap { turn in
        ranges.map { $0.lowerBound + milliseconds + turn..<$0.upperBound + milliseconds + turn }
      })
  }
}

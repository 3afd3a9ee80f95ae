internal import FlowValues

/// How long a window is shut.
struct ContactWindowFacts {
  static let day = TimeOfDay.millisecondsPerDay

  let window: ContactWindow

  init(_ window: ContactWindow) { self.window = window }

  /// From the closing of one day to the opening of the next, in milliseconds; `nil` where it is open all day.
  var night: Int64? {
    guard let hours = window.hours else { return nil }
    let length = Int64(hours.endMilliseconds) - Int64(hours.start.milliseconds)
    let gap = hours.wrapsMidnight ? -length : Self.day - length
    return gap == 0 ? nil : gap
  }

  /// The longest time from a closing to the next opening; `nil` where it is never shut.
  var longestGap: Int64? {
    let days = longestRunOfShutDays
    if days == 0 { return night }
    return Int64(days) * Self.day + (night ?? 0)
  }

  private var longestRunOfShutDays: Int {
    var longest = 0
    for first in 1...7 where window.days.contains(first) {
      longest = max(longest, window.days.daysUntilContained(from: first % 7 + 1))
    }
    return longest
  }
}

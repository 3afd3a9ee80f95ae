import FlowRuntime
import FlowSchema
import FlowValues
import Foundation
import Testing

/// The rules of windows and clock changes once more, slowly and from nothing but the document (semantics T3, T4).
///
/// Zones come from Foundation, dates from its calendar; nothing here is shared with the engine.
struct TimetableOracleTests {
  /// What a clock and a calendar show, to the minute.
  struct Wall: Equatable {
    var day: Int
    var minute: Int
    /// Monday 1 to Sunday 7; day 0 is 1970-01-01, a Thursday.
    var weekday: Int { (day + 3) % 7 + 1 }
  }

  struct Window {
    var from: Int
    var to: Int
    var hasHours: Bool
    var days: [Int]

    var text: String {
      let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
      let list = days.count == 7 && hasHours ? "" : days.map { names[$0 - 1] }.joined(separator: ", ")
      return hasHours ? "\(Self.clock(from))..\(Self.clock(to)) \(list)" : list
    }

    static func clock(_ minute: Int) -> String {
      String(format: "%02d:%02d", minute / 60, minute % 60)
    }

    /// T4, sentence by sentence.
    func moved(_ wall: Wall) -> Wall {
      var wall = wall
      var openedTheDayBefore = false
      if hasHours {
        if from < to {
          if wall.minute < from {
            wall.minute = from
          } else if wall.minute >= to {
            wall = Wall(day: wall.day + 1, minute: from)
          }
        } else if wall.minute < to {
          openedTheDayBefore = true
        } else if wall.minute < from {
          wall.minute = from
        }
      }
      while true {
        let opening = Wall(day: openedTheDayBefore ? wall.day - 1 : wall.day, minute: 0)
        if days.contains(opening.weekday) { return wall }
        wall.day += 1
      }
    }
  }

  struct Place {
    let zone: TimeZone

    func offset(_ minute: Int) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute) * 60)) / 60
    }

    func wall(_ minute: Int) -> Wall {
      let local = minute + offset(minute)
      let day = Int((Double(local) / 1440).rounded(.down))
      return Wall(day: day, minute: local - day * 1440)
    }

    /// T3: looks at every minute around for those that the clock shows so.
    func instant(_ wall: Wall) -> Int {
      let local = wall.day * 1440 + wall.minute
      for minute in (local - 15 * 60)...(local + 15 * 60) where self.wall(minute) == wall { return minute }
      // Skipped: as far after the gap as after its start, which is what the clock before the gap would have shown.
      return local - offset(local - offset(local - 24 * 60) - 3 * 60)
    }

    /// When a communication asked for at a local time starts.
    func start(asked: Wall, now: Int, _ window: Window?) -> Int {
      let instant = self.instant(asked)
      guard let window else { return max(instant, now) }
      if instant < now { return start(from: now, window) }
      let moved = window.moved(asked)
      return moved == asked ? instant : max(self.instant(moved), now)
    }

    func start(from minute: Int, _ window: Window?) -> Int {
      let wall = self.wall(minute)
      guard let moved = window?.moved(wall), moved != wall else { return minute }
      var instant = self.instant(moved)
      // Never backwards: the second time the clock shows it.
      while instant < minute || self.wall(instant) != moved {
        if instant >= minute, self.wall(instant) != moved { break }
        instant += 1
      }
      return instant
    }
  }

  private static func date(_ day: Int) -> String {
    Instant(milliseconds: Int64(day) * 86_400_000)?.description.prefix(10).description ?? ""
  }

  static let zones = [
    "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "UTC",
    "Pacific/Apia", "America/Sao_Paulo",
  ]

  @Test("T3, T4: starts are those of the slow rules", arguments: zones)
  func startsAreThoseOfTheSlowRules(_ name: String) throws {
    let place = Place(zone: try #require(TimeZone(identifier: name)))
    let seed = name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }
    var random = Seeded(seed)
    for _ in 0..<12 {
      let now = self.now(place, &random)
      var questions: [String] = []
      var answers: [Int] = []
      for _ in 0..<60 {
        let window = random.chance(80) ? self.window(&random) : nil
        let (schedule, start) = schedule(place, now: now, window, &random)
        questions.append(schedule + (window.map { " within \($0.text)" } ?? ""))
        answers.append(start)
      }
      let nowText = try #require(Instant(milliseconds: Int64(now) * 60_000)).description
      let planned = try ScheduleTests.plan(questions, place: "\(name) \(nowText)")
      for (index, answer) in answers.enumerated() {
        let expected = Instant(milliseconds: Int64(answer) * 60_000)?.description ?? ""
        #expect(planned[index] == expected, "\(questions[index]) at \(nowText) in \(name), seed \(seed)")
      }
    }
  }

  /// Often near a clock change of 2026.
  private func now(_ place: Place, _ random: inout Seeded) -> Int {
    let start = 1_767_225_600 / 60
    let changes = (0..<365).map { start + $0 * 1440 }
      .filter { place.offset($0) != place.offset($0 + 1440) }
    guard let change = changes.randomElement(using: &random), random.chance(80) else {
      return start + random.below(365 * 1440)
    }
    return change + random.below(2 * 1440) - 720
  }

  private func window(_ random: inout Seeded) -> Window {
    let steps = 96
    let from = random.below(steps) * 15
    let to = (from + (random.below(steps - 1) + 1) * 15) % 1440
    let days = random.chance(40) ? Array(1...7) : (1...7).filter { _ in random.chance(40) }
    let night = random.chance(30)
    return Window(
      from: night ? 120 : from, to: night ? 180 : to, hasHours: random.chance(85), days: days.isEmpty ? [3] : days)
  }

  private func schedule(
    _ place: Place, now: Int, _ window: Window?, _ random: inout Seeded
  ) -> (String, Int) {
    let today = place.wall(now).day
    let minute = random.chance(50) ? 60 + random.below(150) : random.below(1440)
    let clock = Window.clock(minute)
    switch random.below(5) {
    case 0: return ("now", place.start(from: now, window))
    case 1:
      let minutes = random.below(4000)
      return ("in \(minutes)m", place.start(from: now + minutes, window))
    case 2:
      let wall = Wall(day: today + random.below(5) - 1, minute: minute)
      return ("on \(Self.date(wall.day)) at \(clock)", place.start(asked: wall, now: now, window))
    case 3:
      // An instant has been through T3 already.
      let wall = Wall(day: today + random.below(4), minute: minute)
      return (
        "at \(Self.date(wall.day))T\(clock)", place.start(from: max(place.instant(wall), now), window)
      )
    default:
      if place.wall(now).minute == minute { return ("at \(clock)", place.start(from: now, window)) }
      let wall = Wall(day: today, minute: minute)
      let next = place.instant(wall) >= now ? wall : Wall(day: today + 1, minute: minute)
      return ("at \(clock)", place.start(asked: next, now: now, window))
    }
  }
}

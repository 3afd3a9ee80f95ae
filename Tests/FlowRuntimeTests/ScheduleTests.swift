import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// When communications are planned for (language 4.3; semantics T3, T4).
struct ScheduleTests {
  @Test func plannedTimesAreThoseOfTheTable() throws {
    let rows = try RuntimeSpec.rows("schedules.txt")
    #expect(rows.count >= 120)
    for (place, group) in Dictionary(grouping: rows, by: \.place) {
      let answers = try Self.plan(group.map(\.question), place: place)
      for (row, answer) in zip(group, answers) {
        #expect(answer == row.answer, "schedules.txt:\(row.line): \(row.question) \(place)")
      }
    }
  }

  /// What `planned_at` each schedule gives at a place and time.
  static func plan(_ schedules: [String], place: String) throws -> [String] {
    let words = place.split(separator: " ")
    let flows = schedules.enumerated().map { index, schedule in
      let clauses = schedule.hasPrefix("now") && !schedule.hasPrefix("now +") ? schedule.dropFirst(3) : schedule[...]
      return "flow f\(index) { on participant created { email N\(index) by bot \(clauses) } }"
    }
    let source = Lab.campaign(flows.joined(separator: "\n"), zone: String(words[0]))
    let now = String(words[1])
    let world = try World(source, until: now, models: false)
    world.upload(at: now)
    try world.finish()
    var answers = Array(repeating: "nothing", count: schedules.count)
    for entry in world.simulation.stories[0].entries {
      switch entry {
      case .communication(let change):
        guard let name = change.name, let index = Int(name.dropFirst()) else { continue }
        if change.status == .planned { answers[index] = change.plannedAt?.description ?? "unset" }
      case .runFailed(let flow, let reason): answers[flow] = "! \(reason.name)"
      default: break
      }
    }
    return answers
  }
}

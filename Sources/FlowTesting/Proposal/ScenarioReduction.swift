internal import FlowRuntime
internal import FlowValues

/// Drops from a scenario every step and every cell without which it still comes to a place.
struct ScenarioReduction {
  let map: CoverageMap
  let place: Int
  let world: ScenarioWorld

  func reduce(_ scenario: PlayedScenario) -> PlayedScenario {
    var best = scenario
    // What stands behind the step that came there is not needed.
    if let last = best.journals.firstIndex(where: comes), let cut = played(Array(best.steps[...last]), best) {
      best = cut
    }
    var hasChanged = true
    while hasChanged {
      hasChanged = dropSteps(&best)
      if dropCells(&best) { hasChanged = true }
    }
    return best
  }

  private func comes(_ journal: [JournalEntry]) -> Bool {
    var counts = CoverageCounts()
    map.add(journal, to: &counts)
    return counts[place] > 0
  }

  /// The scenario of these steps, if it comes to the place.
  private func played(_ steps: [ScenarioStep], _ scenario: PlayedScenario) -> PlayedScenario? {
    guard let played = world.play(steps, from: scenario.start), played.journals.contains(where: comes) else {
      return nil
    }
    return played
  }

  private func dropSteps(_ best: inout PlayedScenario) -> Bool {
    var hasChanged = false
    var position = best.steps.count - 1
    while position >= 0 {
      var steps = best.steps
      steps.remove(at: position)
      if let shorter = played(steps, best) {
        best = shorter
        hasChanged = true
      }
      position = min(position, best.steps.count) - 1
    }
    return hasChanged
  }

  private func dropCells(_ best: inout PlayedScenario) -> Bool {
    var hasChanged = false
    for position in best.steps.indices {
      var cell = best.steps[position].cells.count - 1
      while cell >= 0 {
        var steps = best.steps
        // Who it is about stays.
        if steps[position].cells[cell].name != "external_id" {
          steps[position].cells.remove(at: cell)
          if let shorter = played(steps, best) {
            best = shorter
            hasChanged = true
          }
        }
        cell -= 1
      }
    }
    return hasChanged
  }
}

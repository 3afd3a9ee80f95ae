internal import FlowRuntime
internal import FlowText

/// What people should know although nothing of it is an error.
extension RunProblems {
  var remarks: String {
    let parts = results.inputs.rejections.map(rejected) + [refusedEventRows, unmatched, outside, interrupted]
    return parts.joined()
  }

  private func rejected(_ log: RejectionLog) -> String {
    var rows = [["row", "field", "value", "reason"]]
    rows += log.first.map { row in
      [
        String(row.rowNumber), row.fieldName.terminalSafe, RunProblems.shortened(row.value),
        row.reason.terminalSafe,
      ]
    }
    let verb = log.rowCount == 1 ? "was" : "were"
    var text = "\(Counted.noun(log.rowCount, "row")) of \(log.fileName.terminalSafe) \(verb) rejected:\n"
    text += TextTable(rows, numbers: [0]).render(indent: 2)
    if log.mistakeCount > log.first.count {
      text += "  and \(Counted.noun(log.mistakeCount - log.first.count, "more mistake"))"
      text += writesFiles ? ": see rejected.csv\n" : "; --out DIR writes all of them to rejected.csv\n"
    }
    return text
  }

  private static func shortened(_ text: String) -> String {
    let shown = text.terminalSafe
    return shown.count > 30 ? String(shown.prefix(29)) + "…" : shown
  }

  private var refusedEventRows: String {
    let rows = results.inputs.refusedRows
    let verb = rows.count == 1 ? "was" : "were"
    return list(rows, "\(Counted.noun(rows.count, "row")) of the event file \(verb) rejected")
  }

  private var unmatched: String {
    let events = results.inputs.unmatched
    return list(events, "\(Counted.noun(events.count, "event")) matched nobody, or no communication")
  }

  private func list(_ events: InputResults.EventList, _ head: String) -> String {
    guard events.count > 0 else { return "" }
    var text = head + ":\n"
    for event in events.lines { text += "  line \(event.line): \(event.reason.terminalSafe)\n" }
    if events.count > events.lines.count {
      text += "  and \(Counted.number(events.count - events.lines.count)) more\n"
    }
    return text
  }

  private var outside: String {
    let inputs = results.inputs
    var text = ""
    if inputs.earlyEvents > 0 {
      text += "\(Counted.noun(inputs.earlyEvents, "event")) before the start not played\n"
    }
    if inputs.lateEvents > 0 {
      text += "\(Counted.noun(inputs.lateEvents, "event")) after the end not played\n"
    }
    for name in inputs.lateUploads {
      text += "\(name.terminalSafe) not uploaded: its time is after the end\n"
    }
    return text
  }

  private var interrupted: String {
    results.summary.wasInterrupted ? "interrupted: the results are those of what was done so far\n" : ""
  }
}

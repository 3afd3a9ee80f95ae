import FlowCheck
import FlowRuntime
import FlowSchema
import FlowValues

/// Small campaigns for one rule each. Flows write down what happens in `profile.log`, whose changes fire nothing.
enum Lab {
  /// A campaign with fields of every kind, two agents, and the flows of a test.
  static func campaign(
    _ flows: String, name: String = "lab", zone: String = "UTC", settings: String = "", fields: String = ""
  ) -> String {
    """
    campaign \(name) { timezone: "\(zone)" \(settings) }
    profile { log: string = ""  vip: boolean  language: enum(en, es) = en }
    participant {
      a: integer  b: integer  s: string  d: date  w: datetime  yes: boolean
      stage: enum(new, won, lost) = new
      \(fields)
    }
    agent bot {
      channel email
      channel voice
      channel whatsapp
      channel telegram
      results { r: integer  note: string  outcome: enum(won, lost)  on: date  seen: datetime }
    }
    \(expandingLogs(flows))
    """
  }

  /// Writes out `log(EXPRESSION)`: the value's text, `-` where it is unset, goes behind what is written down.
  private static func expandingLogs(_ flows: String) -> String {
    var expanded = ""
    var rest = Substring(flows)
    while let start = rest.firstRange(of: "log(") {
      expanded += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      var depth = 1
      var end = rest.startIndex
      while depth > 0, end < rest.endIndex {
        if rest[end] == "(" { depth += 1 }
        if rest[end] == ")" { depth -= 1 }
        end = rest.index(after: end)
      }
      let value = rest[..<rest.index(before: end)]
      expanded += "update profile.log = profile.log + default(text(\(value)), \"-\") + \" \""
      rest = rest[end...]
    }
    return expanded + rest
  }
}

extension World {
  /// What the flows have written down, in order.
  func log(of id: String = "c1") -> String {
    let single = value("profile.log", of: id)
    return (single ?? profileValue("log", of: id) ?? "nobody").trimmed
  }

  /// A profile's cell, where several campaigns share it.
  func profileValue(_ field: String, of id: String = "c1") -> String? {
    let rows = profiles.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    guard let column = rows.first?.firstIndex(of: Substring("profile.\(field)")),
      let row = rows.dropFirst().first(where: { $0.first == Substring(id) })
    else { return nil }
    return String(row[column])
  }

  /// Plays to the end and tells what the flows have written down.
  func played(of id: String = "c1") throws -> String {
    try finish()
    return log(of: id)
  }

  /// The communications as `NAME status`, of one person.
  func statuses(of id: String = "c1") -> [String] {
    communications.split(separator: "\n").dropFirst().filter { $0.hasPrefix("\(id),") }.map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return "\(cells[1].isEmpty ? "session" : cells[1]) \(cells[4])"
    }
  }

  /// Why runs failed, with how often and where.
  var failures: [String] {
    (summary?.failures ?? []).map { "\($0.place.reason.name) \($0.count.count)" }
  }

  /// Rows of one upload, as a file would bring them: all identified, then played, in batches.
  @discardableResult
  func uploadTogether(
    _ rows: [[(field: String, value: String)]], at: String = "2026-01-01T00:00:00Z", campaign: Int = 0
  ) -> UploadOutcome {
    let fields = deployment.inputFields(campaign: campaign)
    var cells = CellParser(zones: World.zones)
    var next = 0
    return simulation.upload(campaign: campaign, at: World.instant(at)) { batch in
      let end = min(next + Simulation.rowsPerBatch, rows.count)
      for row in next..<end {
        batch.beginRow()
        for (name, value) in rows[row] {
          let named = fields.filter { $0.name == name || $0.qualifiedName == name }
          guard let field = named.last else { continue }
          _ = Array(value.utf8).withUnsafeBufferPointer {
            cells.append($0, as: CellType(field), slot: field.slot, to: &batch)
          }
        }
        batch.endRow(number: row + 1)
      }
      next = end
      return next < rows.count
    }
  }
}

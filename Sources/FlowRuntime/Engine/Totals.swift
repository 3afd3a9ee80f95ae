import FlowCheck
import FlowSyntax

/// Counters of one engine; those of several add up to the same, whoever counted what.
struct Totals: ~Copyable {
  private static let kindCount = TriggerKind.allCases.count

  var ignoredReports = 0
  var stoppedCascades = 0
  /// By campaign and `TriggerKind`.
  private var events = Buffer<Int>(capacity: 8)
  /// By campaign: rows that made a participant, and rows of known ones.
  private var rows = Buffer<Int>(capacity: 2)
  /// By flow of all campaigns: finished, failed.
  private var runs = Buffer<Int>(capacity: 8)
  /// Where each campaign's flows begin in `runs`.
  private var firstFlow = Buffer<Int>(capacity: 2)

  init(_ deployment: Deployment) {
    var flows = 0
    for program in deployment.programs {
      firstFlow.append(flows)
      flows += program.campaign.flows.count
      rows.append(repeating: 0, count: 2)
      events.append(repeating: 0, count: Totals.kindCount)
    }
    runs.append(repeating: 0, count: flows * 2)
  }

  private init(copyOf other: borrowing Totals) {
    ignoredReports = other.ignoredReports
    stoppedCascades = other.stoppedCascades
    events = other.events.copy()
    rows = other.rows.copy()
    runs = other.runs.copy()
    firstFlow = other.firstFlow.copy()
  }

  func copy() -> Totals { Totals(copyOf: self) }

  @inline(__always) mutating func count(_ kind: TriggerKind, _ campaign: Int) {
    events.pointer[campaign * Totals.kindCount + Int(kind.rawValue)] += 1
  }

  @inline(__always) mutating func countRun(_ campaign: Int, _ flow: Int, failed: Bool) {
    runs.pointer[(firstFlow[campaign] + flow) * 2 + (failed ? 1 : 0)] += 1
  }

  mutating func countRow(_ campaign: Int, isNew: Bool) { rows.pointer[campaign * 2 + (isNew ? 0 : 1)] += 1 }

  func rowsCreated(_ campaign: Int) -> Int { rows[campaign * 2] }
  func rowsUpdated(_ campaign: Int) -> Int { rows[campaign * 2 + 1] }

  func events(_ kind: TriggerKind, _ campaign: Int) -> Int {
    events[campaign * Totals.kindCount + Int(kind.rawValue)]
  }

  func runs(_ campaign: Int, _ flow: Int) -> (finished: Int, failed: Int) {
    let first = (firstFlow[campaign] + flow) * 2
    return (runs[first], runs[first + 1])
  }
}

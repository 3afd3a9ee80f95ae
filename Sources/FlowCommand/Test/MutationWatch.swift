internal import FlowText
import Synchronization

/// Shows how many changes of a campaign have been tried.
final class MutationWatch: Sendable {
  /// In cells.
  private static let barWidth = 24

  private let campaign: String
  private let width: Int
  private let done = Atomic<Int>(0)
  private let all = Atomic<Int>(0)
  private let line: Mutex<ProgressLine?>

  /// - Parameter showsProgress: Whether there is a terminal to show it on.
  init(_ campaign: String, _ environment: CommandEnvironment, showsProgress: Bool) {
    self.campaign = campaign.terminalSafe
    width = environment.terminal.width
    line = Mutex(showsProgress ? ProgressLine(environment.errors) : nil)
  }

  /// One more has been tried, of so many.
  func advance(of count: Int) {
    all.store(count, ordering: .relaxed)
    done.wrappingAdd(1, ordering: .relaxed)
  }

  func look() {
    let text = Self.text(campaign, done.load(ordering: .relaxed), all.load(ordering: .relaxed), width: width)
    line.withLock { $0?.show(text) }
  }

  /// Takes the line away before anything else is printed.
  func clear() { line.withLock { $0?.clear() } }

  /// What fits into a line of so many cells: one that wraps could not be written over.
  static func text(_ campaign: String, _ done: Int, _ all: Int, width: Int) -> String {
    guard all > 0 else { return "changing flows …" }
    let filled = done * barWidth / all
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
    let share = "\(done * 100 / all)%"
    let wordings = [
      "changing \(campaign) \(bar) \(share)  \(Counted.number(done)) of \(Counted.number(all))",
      "changing \(bar) \(share)", "changing \(share)", share,
    ]
    return wordings.first { $0.displayWidth < width } ?? ""
  }
}

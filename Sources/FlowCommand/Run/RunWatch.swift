internal import FlowRuntime
internal import FlowText
import Synchronization

/// Looks at a running simulation now and then: shows how far it is, and stops it when the user asks.
final class RunWatch: Sendable {
  /// In cells, without the words beside it.
  private static let barWidth = 24

  private let monitor: SimulationMonitor
  private let interruption: Interruption
  private let line: Mutex<ProgressLine?>
  private let width: Int

  /// - Parameter showsProgress: Whether there is a terminal to show it on.
  init(_ monitor: SimulationMonitor, _ environment: CommandEnvironment, showsProgress: Bool) {
    self.monitor = monitor
    interruption = environment.interruption
    width = environment.terminal.width
    line = Mutex(showsProgress ? ProgressLine(environment.errors) : nil)
  }

  func look() {
    if interruption.isAsked { monitor.interrupt() }
    let text = RunWatch.text(monitor.progress, width: width)
    line.withLock { $0?.show(text) }
  }

  /// Takes the line away before anything else is printed.
  func clear() { line.withLock { $0?.clear() } }

  /// What fits into a line of so many cells: one that wraps could not be written over.
  static func text(_ progress: SimulationProgress, width: Int) -> String {
    wordings(progress).first { $0.displayWidth < width } ?? ""
  }

  /// From the longest to the shortest.
  private static func wordings(_ progress: SimulationProgress) -> [String] {
    guard progress.peopleFinished > 0 || progress.people > 0 else { return ["reading …"] }
    guard progress.peopleFinished > 0 else {
      return ["uploading: \(Counted.noun(progress.rows, "row"))", Counted.number(progress.rows)]
    }
    let done = progress.peopleFinished * barWidth / max(progress.people, 1)
    let bar = String(repeating: "█", count: min(done, barWidth))
    let rest = String(repeating: "░", count: barWidth - min(done, barWidth))
    let percent = progress.peopleFinished * 100 / max(progress.people, 1)
    let share = "\(percent)%"
    let count = "\(Counted.number(progress.peopleFinished)) of \(Counted.number(progress.people)) people"
    return [
      "playing \(bar)\(rest) \(share)  \(count)", "playing \(bar)\(rest) \(share)", "playing \(share)", share,
    ]
  }
}

/// One line of a terminal that is written over and over.
struct ProgressLine: @unchecked Sendable {
  // Safe to hand over: while it is used, nobody else prints to the stream.
  private let stream: OutputStream
  private var shown = ""

  init(_ stream: OutputStream) { self.stream = stream }

  mutating func show(_ text: String) {
    guard text != shown else { return }
    stream.write("\r\u{1B}[K" + text)
    shown = text
  }

  mutating func clear() {
    if !shown.isEmpty { stream.write("\r\u{1B}[K") }
    shown = ""
  }
}

internal import FlowRuntime
import Synchronization

/// Looks at a running simulation now and then: shows how far it is, and stops it when the user asks.
final class RunWatch: Sendable {
  /// In cells, without the words beside it.
  private static let barWidth = 24

  private let monitor: SimulationMonitor
  private let interruption: Interruption
  private let line: Mutex<ProgressLine?>

  /// - Parameter showsProgress: Whether there is a terminal to show it on.
  init(_ monitor: SimulationMonitor, _ environment: CommandEnvironment, showsProgress: Bool) {
    self.monitor = monitor
    interruption = environment.interruption
    line = Mutex(showsProgress ? ProgressLine(environment.errors) : nil)
  }

  func look() {
    if interruption.isAsked { monitor.interrupt() }
    let text = RunWatch.text(monitor.progress)
    line.withLock { $0?.show(text) }
  }

  /// Takes the line away before anything else is printed.
  func clear() { line.withLock { $0?.clear() } }

  static func text(_ progress: SimulationProgress) -> String {
    guard progress.peopleFinished > 0 || progress.people > 0 else { return "reading …" }
    guard progress.peopleFinished > 0 else { return "uploading: \(Counted.noun(progress.rows, "row"))" }
    let done = progress.peopleFinished * barWidth / max(progress.people, 1)
    let bar = String(repeating: "█", count: min(done, barWidth))
    let rest = String(repeating: "░", count: barWidth - min(done, barWidth))
    let percent = progress.peopleFinished * 100 / max(progress.people, 1)
    return "playing \(bar)\(rest) \(percent)%  \(Counted.number(progress.peopleFinished)) of "
      + "\(Counted.number(progress.people)) people"
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

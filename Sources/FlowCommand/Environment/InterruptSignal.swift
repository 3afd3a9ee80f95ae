import Glibc
import Synchronization

/// Ctrl-C: the first asks to stop, the second ends the process at once.
enum InterruptSignal {
  /// A signal handler cannot capture, so what it sets is global.
  private static let asked = Atomic<Bool>(false)

  static var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// From here on Ctrl-C asks; whoever calls this has to look at `isAsked` now and then.
  ///
  /// Where the signal is ignored, as a shell does for what runs in its background, it stays so.
  ///
  /// - Parameter stays: Whether the second Ctrl-C asks as well, as where a session goes on after the first.
  static func install(stays: Bool = false) {
    var action = sigaction()
    sigaction(SIGINT, nil, &action)
    guard unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != ignored else { return }
    action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in InterruptSignal.asked.store(true, ordering: .relaxed) }
    // Unless it stays, for the second the default is back, which kills; reads and writes go on after the first.
    action.sa_flags = (stays ? 0 : Int32(bitPattern: UInt32(SA_RESETHAND))) | SA_RESTART
    sigaction(SIGINT, &action, nil)
    // Whoever started this may have done so from a thread that takes no signals.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// From here on, and after a Ctrl-C that was heeded: the next one is a first again.
  static func rearm() {
    asked.store(false, ordering: .relaxed)
    install(stays: true)
  }

  /// `SIG_IGN`, a macro with a cast.
  private static let ignored = 1
}

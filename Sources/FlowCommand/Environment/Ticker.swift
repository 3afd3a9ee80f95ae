import Glibc

/// Does something small ten times a second on a thread of its own, until it is told to stop.
final class Ticker: Sendable {
  private static let intervalMilliseconds: Int32 = 100

  private let body: @Sendable () -> Void
  /// A pipe: closing one end wakes the thread at once, however long its interval.
  private let wakeUp: Int32
  private let sleeper: Int32
  private nonisolated(unsafe) var thread = pthread_t()

  /// `nil` where the system has no more threads or files; then nothing is watched.
  init?(_ body: @escaping @Sendable () -> Void) {
    self.body = body
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    sleeper = ends[0]
    wakeUp = ends[1]
    let context = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Ticker>.fromOpaque(context).takeRetainedValue().tick() }
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      close(sleeper)
      close(wakeUp)
      return nil
    }
  }

  /// Ends the thread and waits for it.
  func stop() {
    close(wakeUp)
    pthread_join(thread, nil)
    close(sleeper)
  }

  private func tick() {
    var wait = pollfd(fd: sleeper, events: Int16(POLLIN), revents: 0)
    while true {
      let result = poll(&wait, 1, Self.intervalMilliseconds)
      if result > 0 { return }
      body()
    }
  }
}

import Dispatch
import Glibc
import Synchronization

/// The one thread that starts workers, and stays.
///
/// A worker asks the system to die with the thread that has started it, so that nothing is left of a program that was
/// killed. Threads of a pool come and go; this one goes with the program.
final class Launcher: Sendable {
  static let shared = Launcher()

  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let waiting = DispatchSemaphore(value: 0)

  private init() {
    var thread = pthread_t()
    let this = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Launcher>.fromOpaque(argument).takeUnretainedValue().serve() }
        return nil
      }, this)
    pthread_detach(thread)
  }

  private func serve() {
    while true {
      waiting.wait()
      let job = jobs.withLock { $0.removeFirst() }
      job()
    }
  }

  /// Does something on the thread that stays, and waits for it.
  func perform<Result: Sendable>(_ body: @escaping @Sendable () -> Result?) -> Result? {
    let answer = Answer<Result>()
    jobs.withLock { jobs in
      jobs.append {
        let value = body()
        answer.value.withLock { $0 = value }
        answer.isThere.signal()
      }
    }
    waiting.signal()
    answer.isThere.wait()
    return answer.value.withLock { $0 }
  }

  private final class Answer<Result: Sendable>: Sendable {
    let value = Mutex<Result?>(nil)
    let isThere = DispatchSemaphore(value: 0)
  }
}

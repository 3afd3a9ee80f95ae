import Dispatch
import Synchronization

/// Several threads that do the same at the same time.
enum Crowd {
  /// The sum of what each gives.
  static func run(_ threads: Int, _ body: (_ thread: Int) -> Int) -> Int {
    let sum = Atomic<Int>(0)
    withoutActuallyEscaping(body) { body in
      let shared = Shared(body)
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        sum.add(shared.body(thread), ordering: .relaxed)
      }
    }
    return sum.load(ordering: .relaxed)
  }

  /// Each thread uses what belongs to it alone.
  private struct Shared: @unchecked Sendable {
    let body: (Int) -> Int
    init(_ body: @escaping (Int) -> Int) { self.body = body }
  }
}

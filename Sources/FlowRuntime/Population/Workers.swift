import Dispatch
import Synchronization

/// The one place where the runtime uses several threads.
///
/// Work comes as numbered tasks that share nothing; which thread does which does not matter, for each writes
/// only what belongs to its task.
package struct Workers {
  let jobs: Int

  package init(jobs: Int) { self.jobs = jobs }

  /// Calls `first`, then `work(job, task)` for every task, `job` telling which of the `jobs` threads it is, and
  /// `meanwhile`, for which nobody waits before the end.
  package func run(
    tasks: Int, first: () -> Void = {}, meanwhile: () -> Void = {}, _ work: (_ job: Int, _ task: Int) -> Void
  ) {
    guard jobs > 1, tasks > 1 else {
      first()
      for task in 0..<tasks { work(0, task) }
      return meanwhile()
    }
    // The closures do not escape: `concurrentPerform` returns when all is done.
    withoutActuallyEscaping(work) { work in
      withoutActuallyEscaping(first) { first in
        withoutActuallyEscaping(meanwhile) { meanwhile in
          share(tasks, Unshared((first: first, meanwhile: meanwhile, work: work)))
        }
      }
    }
  }

  private typealias Closures = (first: () -> Void, meanwhile: () -> Void, work: (Int, Int) -> Void)

  /// Whoever comes first does what is first, and the next one what is done meanwhile: whoever waits for the gate
  /// waits for a thread that runs.
  private func share(_ tasks: Int, _ closures: Unshared<Closures>) {
    let gate = DispatchGroup()
    gate.enter()
    let next = Atomic<Int>(-2)
    DispatchQueue.concurrentPerform(iterations: min(jobs, tasks + 2)) { job in
      while true {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard turn < tasks else { return }
        if turn == -2 {
          closures.value.first()
          gate.leave()
        } else if turn == -1 {
          closures.value.meanwhile()
        } else {
          gate.wait()
          closures.value.work(job, turn)
        }
      }
    }
  }
}

/// Carries to other threads what each of them uses in a part of its own.
package struct Unshared<Value>: @unchecked Sendable {
  package let value: Value

  package init(_ value: Value) { self.value = value }
}

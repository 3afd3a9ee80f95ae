import Dispatch
import Synchronization

/// The one place where the runtime uses several threads.
///
/// Work comes as numbered tasks that share nothing; which thread does which does not matter, for each writes
/// only what belongs to its task.
package struct Workers {
  let jobs: Int

  package init(jobs: Int) { self.jobs = jobs }

  /// Calls `work(job, task)` for every task, `job` telling which of the `jobs` threads it is, and `meanwhile` once.
  package func run(tasks: Int, meanwhile: () -> Void = {}, _ work: (_ job: Int, _ task: Int) -> Void) {
    guard jobs > 1, tasks > 1 else {
      meanwhile()
      for task in 0..<tasks { work(0, task) }
      return
    }
    // The closures do not escape: `concurrentPerform` returns when all is done.
    withoutActuallyEscaping(work) { work in
      withoutActuallyEscaping(meanwhile) { meanwhile in
        let shared = Unshared((work: work, meanwhile: meanwhile))
        let next = Atomic<Int>(-1)
        DispatchQueue.concurrentPerform(iterations: min(jobs, tasks + 1)) { job in
          while true {
            let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard task < tasks else { return }
            if task < 0 { shared.value.meanwhile() } else { shared.value.work(job, task) }
          }
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

import Synchronization

/// Whether the user has asked to stop. A signal handler may ask; whoever works for long registers what to do.
public final class Interruption: Sendable {
  private let asked = Atomic<Bool>(false)

  public init() {}

  public var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// Nothing but a store, so that a signal handler can do it.
  public func ask() { asked.store(true, ordering: .relaxed) }
}

/// Whether the user has asked to stop.
public struct Interruption: Sendable {
  /// From here on a wish to stop is only noted: whoever calls this looks at `isAsked` now and then.
  public let listen: @Sendable () -> Void
  /// The wish has been heard: whoever goes on after it forgets it, and listens for the next.
  public let rearm: @Sendable () -> Void
  private let question: @Sendable () -> Bool

  /// - Parameter question: Answers from any thread.
  public init(
    listen: @escaping @Sendable () -> Void = {}, rearm: @escaping @Sendable () -> Void = {},
    _ question: @escaping @Sendable () -> Bool = { false }
  ) {
    self.listen = listen
    self.rearm = rearm
    self.question = question
  }

  public var isAsked: Bool { question() }
}

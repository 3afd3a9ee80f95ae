/// The statuses of a communication (semantics C1).
public enum CommunicationStatus: UInt8, BitwiseCopyable, Sendable, Hashable, CaseIterable {
  case planned
  case started
  case delivered
  case read
  case replied
  case completed
  case noResponse
  case failed
  case canceled
  case skipped

  public var spelling: String { Self.spellings[Int(rawValue)] }

  /// Asking a case for its name costs a thousand times as much.
  private static let spellings = allCases.map {
    $0 == .noResponse ? "no_response" : String(describing: $0)
  }

  /// Whether nothing can follow (semantics C2).
  public var isFinal: Bool { rawValue >= Self.completed.rawValue }

  public init?(spelling: String) {
    guard let index = Self.spellings.firstIndex(of: spelling) else { return nil }
    self.init(rawValue: UInt8(index))
  }
}

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

  public var spelling: String { self == .noResponse ? "no_response" : String(describing: self) }

  /// Whether nothing can follow (semantics C2).
  public var isFinal: Bool { rawValue >= Self.completed.rawValue }

  public init?(spelling: String) {
    guard let status = Self.allCases.first(where: { $0.spelling == spelling }) else { return nil }
    self = status
  }
}

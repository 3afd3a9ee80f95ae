public import FlowSyntax

/// The latest runs, to tell which chain repeats when a cascade is stopped (semantics E6).
struct RecentRuns {
  private static let capacity = 64
  /// Campaign, flow and trigger packed into a word, a ring.
  private var ring = InlineArray<64, UInt32>(repeating: 0)
  private var count = 0

  @inline(__always) mutating func append(campaign: Int, flow: Int32, _ kind: TriggerKind) {
    ring[count & (Self.capacity - 1)] =
      UInt32(truncatingIfNeeded: campaign) << 24 | UInt32(truncatingIfNeeded: flow) << 4
      | UInt32(kind.rawValue)
    count += 1
  }

  /// Forgets the runs of whoever was played before.
  mutating func removeAll() { count = 0 }

  /// The shortest chain of flows that the latest runs repeat; all of the latest where none does.
  ///
  /// - Parameter limit: How many runs the campaign had at this instant; what ran before is no part of the chain.
  func repeatingChain(campaign: Int, limit: Int) -> [StoppedCascade.Link] {
    let kept = min(count, Self.capacity)
    let latest = (0..<kept).map { ring[(count - kept + $0) & (Self.capacity - 1)] }
      .filter { Int($0 >> 24) == campaign }.suffix(limit).map { $0 }
    let length = latest.count
    let period =
      (1...max(length / 2, 1)).first { period in
        (0..<max(length - period, 0)).allSatisfy { latest[$0] == latest[$0 + period] }
      } ?? min(length, 8)
    return latest.suffix(period).map { word in
      StoppedCascade.Link(
        flow: Int(word >> 4 & 0xFFFFF),
        trigger: TriggerKind(rawValue: UInt8(word & 15)) ?? .participantUpdated)
    }
  }
}

/// A cascade that used up its budget (semantics E6).
public struct StoppedCascade: Sendable {
  public struct Link: Sendable, Equatable {
    public var flow: Int
    public var trigger: TriggerKind
  }

  public var campaign: Int
  public var key: String
  public var at: Int64
  /// The flows that trigger one another, in order.
  public var chain: [Link]
}

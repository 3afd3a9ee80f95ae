package import FlowRuntime
package import FlowSchema
internal import FlowSyntax

/// The words that both forms of a story use.
package enum StoryWords {
  /// `status: new → paid, attempts: 0 → 1`.
  package static func changes(in entries: [JournalEntry]) -> String {
    entries.compactMap { entry in
      guard case .fieldChanged(let level, let field, let from, let to) = entry else { return nil }
      let name = level == .profile ? "profile.\(field)" : field
      return "\(name): \(from) → \(to)"
    }.joined(separator: ", ")
  }

  /// What the agent recorded when the communication of this number ended.
  package static func results(of number: Int, in entries: [JournalEntry]) -> String {
    list(change(of: number, in: entries)?.results ?? [])
  }

  package static func channel(of number: Int, in entries: [JournalEntry]) -> String? {
    change(of: number, in: entries)?.channel?.spelling
  }

  package static func list(_ values: [JournalValue]) -> String {
    values.map { "\($0.source) = \($0.value)" }.joined(separator: ", ")
  }

  /// Why the communication of this number was skipped: `no phone`.
  package static func skipReason(of number: Int, in entries: [JournalEntry]) -> String? {
    change(of: number, in: entries).flatMap(skipReason)
  }

  package static func skipReason(of change: CommunicationChange) -> String? {
    switch change.skipReason {
    case .conditionNotTrue: "its `only if` is not true"
    case .noAddress: change.channel.map { "no \(address(of: $0))" }
    case .expired: "it would start after it expires"
    case nil: nil
    }
  }

  /// The fields of which a channel needs one.
  private static func address(of channel: ChannelKind) -> String {
    switch channel {
    case .email: "email"
    case .telegram: "telegram_id"
    case .voice: "phone"
    case .whatsapp: "whatsapp_id or phone"
    }
  }

  /// A status within a sentence.
  package static func word(_ status: CommunicationStatus) -> String {
    switch status {
    case .noResponse: "without response"
    case .planned, .started, .delivered, .read, .replied, .completed, .failed, .canceled, .skipped:
      status.spelling
    }
  }

  private static func change(of number: Int, in entries: [JournalEntry]) -> CommunicationChange? {
    for entry in entries.reversed() {
      if case .communication(let change) = entry, change.number == number { return change }
    }
    return nil
  }
}

internal import FlowCheck
internal import FlowSchema
public import FlowSyntax

/// A communication that the same event, coming again, creates again.
public struct RepeatedContact: Sendable {
  /// A statement that writes a value with which the checks let the event through again.
  public struct Opening: Sendable {
    public let flow: Int
    public let node: Int
    public let level: FieldLevel
    public let slot: Int
  }

  public let trigger: TriggerID
  /// Nodes on the way that hand over, or change a counter that another flow listens to, in order; then the
  /// communication's.
  public let chain: [(flow: Int, node: Int)]
  /// What another flow has to write first; `nil` where the flows on the way need nobody's help.
  public let opening: Opening?
  /// A write that would hold the event back, but that waits for the communication to start or end.
  public let lateGuard: Opening?
}

extension CampaignAnalysis {
  /// All communications that a second row of the same participant creates and starts a second time.
  public func repeatedContacts() -> [RepeatedContact] {
    let uploads = UploadTriggers(self)
    if uploads.all.isEmpty { return [] }
    let writtenValues = writtenValues()
    return uploads.all.flatMap { trigger -> [RepeatedContact] in
      // Who narrows a trigger by fields asks for that very change.
      guard campaign.flows[trigger.flow].triggers[trigger.trigger].fields.isEmpty else { return [] }
      return RepeatSearch(self, trigger, uploads, writtenValues)?.contacts() ?? []
    }
  }
}

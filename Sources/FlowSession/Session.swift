public import FlowCheck
internal import FlowSchema

/// A workbench for a campaign: what is typed is carried out, entry by entry, and everything can be taken back.
public final class Session {
  let surroundings: any SessionSurroundings

  public init(_ surroundings: any SessionSurroundings) { self.surroundings = surroundings }

  /// Carries out one whole entry: language (statements, declarations, an expression) or a command that begins with a
  /// colon.
  public func enter(_ entry: String) -> SessionReply { SessionReply() }

  // MARK: What completion asks

  /// The campaign at hand.
  public var campaign: CheckedCampaign? { nil }
  /// The names that communications of the campaign have.
  public var communicationNames: [String] { campaign?.schema.communications.map(\.name) ?? [] }
  /// The keys of people, in order of creation.
  public var participantKeys: [String] { [] }
  /// The names of forks.
  public var forkNames: [String] { [] }
}

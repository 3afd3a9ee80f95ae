public import FlowCheck
public import FlowSchema
import FlowSyntax
public import FlowValues

/// Campaigns that run together over one store of people: the linked programs and what they share.
///
/// A person's fields lie in one row of slots: the profile's first, then each campaign's participant fields.
/// Enumeration cases and constant texts have one numbering for all campaigns, so that a profile field
/// written by one is read by the other.
public final class Deployment: Sendable {
  public let programs: [Program]
  /// The fields of the profile, those of all campaigns together.
  public let profile: [Field]
  /// The spelling of each case number.
  public let caseNames: [String]
  public let zones: ZoneTable
  let profileDefaults: [Value]
  let slotCount: Int
  let storage: [StorageType]
  let inputs: [CampaignInputs]
  private let cases: CaseNumbers
  let registerCount: Int
  /// Whether any statement runs a script.
  let hasScripts: Bool
  /// Never moves: values point into it.
  let constantText: ConstantText
  /// Whether journals note how far apart the sides of comparisons are, and how near schedules come to their bounds.
  package let observes: Bool

  /// Links campaigns, in the order in which they take turns (semantics E2).
  ///
  /// - Parameter campaigns: Campaigns without errors. Where several declare a profile field of one name,
  ///   they must agree on its type; `ProfileConflict` tells where they do not.
  /// - Parameter observes: Whether journals tell what comparisons compared: for coverage, and for finding inputs.
  public init(
    _ campaigns: [CheckedCampaign], zones: ZoneTable, observes: Bool = false
  ) throws(ProfileConflict) {
    var linker = Linker()
    linker.observes = observes
    self.observes = observes
    try linker.mergeProfiles(campaigns)
    for campaign in campaigns { linker.link(campaign) }
    programs = linker.programs
    profile = linker.profile.fields
    cases = linker.cases
    caseNames = linker.cases.names
    self.zones = zones
    profileDefaults = linker.profileDefaults
    slotCount = linker.slotCount
    storage = linker.storage
    registerCount = linker.programs.map(\.registerCount).max() ?? 1
    hasScripts = linker.programs.contains { !$0.scripts.isEmpty }
    constantText = ConstantText(linker.constantText.bytes)
    inputs = linker.programs.map { CampaignInputs($0, linker.profile, linker.cases) }
  }

  /// The fields that uploads and edits of a campaign can fill.
  public func inputFields(campaign: Int) -> [InputField] { inputs[campaign].fields }

  /// The name of a slot's field, as a header has it.
  func fieldName(_ slot: Int) -> String {
    if slot < profile.count { return profile[slot].name }
    let program = programs.last { $0.firstSlot <= slot } ?? programs[0]
    return program.campaign.schema.participant[slot - program.firstSlot].name
  }

  /// What a cell for a result of an agent must be.
  func cellType(of field: Field, campaign: Int) -> CellType {
    CellType(InputField(field, .participant, slot: 0, programs[campaign].campaign.schema, cases))
  }
}

/// Two campaigns want to share a profile and do not agree on it.
public struct ProfileConflict: Error, Sendable {
  public var field: String
  public var campaigns: [String]
}

/// The constant texts of a deployment, at an address that stays.
final class ConstantText: @unchecked Sendable {
  // Safe to share: written once before anybody else sees it.
  let base: UnsafeMutablePointer<UInt8>
  let count: Int

  init(_ bytes: [UInt8]) {
    count = bytes.count
    base = .allocate(capacity: max(bytes.count, 1))
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { base.initialize(from: start, count: bytes.count) }
    }
  }

  deinit { base.deallocate() }
}

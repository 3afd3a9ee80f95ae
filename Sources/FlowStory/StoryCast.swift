package import FlowCheck
package import FlowValues

/// The campaigns that a story is about, whose words it uses.
package struct StoryCast: Sendable {
  package let campaigns: [CheckedCampaign]
  package let zones: ZoneTable
  /// In which times are shown, as long as the story tells of no other.
  package let zone: Zone

  package init(_ campaigns: [CheckedCampaign], zone: Zone, zones: ZoneTable) {
    self.campaigns = campaigns
    self.zone = zone
    self.zones = zones
  }
}

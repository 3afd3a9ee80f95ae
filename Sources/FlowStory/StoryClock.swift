internal import FlowRuntime
internal import FlowSyntax
package import FlowValues

/// Shows instants as the person's own clock does, as far as the story tells their zone (semantics T2).
package struct StoryClock {
  private(set) var zone: Zone
  private let campaignZone: Zone
  private let zones: ZoneTable
  private var profileZone: Zone?
  private var participantZone: Zone?

  init(_ campaignZone: Zone, _ zones: ZoneTable) {
    zone = campaignZone
    self.campaignZone = campaignZone
    self.zones = zones
  }

  /// Takes note of a change of zone.
  mutating func note(_ entry: JournalEntry) {
    guard case .fieldChanged(let level, "timezone", _, let value) = entry else { return }
    let named = value.hasPrefix("\"") ? zones.zone(named: String(value.dropFirst().dropLast())) : nil
    switch level {
    case .profile: profileZone = named
    case .participant: participantZone = named
    }
    zone = participantZone ?? profileZone ?? campaignZone
  }

  /// `Mon 2026-01-26 10:00`.
  func minutes(_ instant: Instant) -> String { text(zone.local(of: instant).description, instant) }

  /// The same with seconds where there are any.
  func text(_ instant: Instant) -> String { text(zone.local(of: instant).preciseDescription, instant) }

  private func text(_ time: String, _ instant: Instant) -> String { Self.text(time, instant, zone) }

  /// An instant on the clock of a zone, with seconds where there are any.
  package static func text(_ instant: Instant, in zone: Zone) -> String {
    text(zone.local(of: instant).preciseDescription, instant, zone)
  }

  private static func text(_ time: String, _ instant: Instant, _ zone: Zone) -> String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let weekday = days[zone.local(of: instant).date.weekday - 1]
    return weekday + " " + time.split(separator: "T").joined(separator: " ")
  }
}

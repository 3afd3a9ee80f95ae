import FlowCheck
import FlowSchema
import FlowValues

/// Effective zones, and the offsets that were used last.
///
/// A person's zone is found by name once; converting within one offset's interval is then an addition, and
/// only a time near or beyond a clock change looks into the zone.
struct ZoneClock: ~Copyable {
  private let table: ZoneTable
  /// Never released while the clock lives: `owner` holds them too.
  private var zones: Buffer<Unmanaged<Zone>>
  private var owner: [Zone] = []
  private var names: [[UInt8]] = []
  /// Open addressing by the name's hash; 0 is empty, else the position + 1, or -1 - position of a zone not known.
  private var slots = Buffer<Int32>(capacity: 256)
  private var campaignZones: [Int] = []

  /// The zone at hand.
  private(set) var zone = 0
  var presentZone: Zone { owner[zone] }
  /// By zone.
  private var recent = Buffer<RecentOffsets>(capacity: 16)

  init(_ deployment: Deployment) {
    table = deployment.zones
    zones = Buffer(capacity: 16)
    slots.append(repeating: 0, count: 256)
    for program in deployment.programs {
      let name = Array(program.campaign.timezone.utf8)
      campaignZones.append(name.withUnsafeBufferPointer { position(of: $0) } ?? 0)
    }
  }

  /// The position of a zone by name; `nil` where there is no such zone.
  mutating func position(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    var slot = Self.hash(name) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = Int(slots[slot])
      let position = entry > 0 ? entry - 1 : -entry - 1
      let isSame = names[position].withUnsafeBufferPointer { TextFunctions.equal($0, name) }
      if isSame { return entry > 0 ? position : nil }
      slot = (slot + 1) & (slots.count - 1)
    }
    return load(name, slot)
  }

  @inline(never) private mutating func load(_ name: UnsafeBufferPointer<UInt8>, _ slot: Int) -> Int? {
    let zone = table.zone(named: String(decoding: name, as: UTF8.self))
    // Names that are no zone are remembered only while there is room to spare.
    if zone == nil, names.count > slots.count / 4 { return nil }
    names.append(Array(name))
    owner.append(zone ?? .utc)
    recent.append(RecentOffsets())
    zones.append(Unmanaged.passUnretained(owner[owner.count - 1]))
    slots[slot] = zone == nil ? -Int32(names.count) : Int32(names.count)
    if names.count * 2 > slots.count { grow() }
    return zone == nil ? nil : names.count - 1
  }

  private mutating func grow() {
    var wider = Buffer<Int32>(capacity: slots.count * 2)
    wider.append(repeating: 0, count: slots.count * 2)
    for index in 0..<slots.count where slots[index] != 0 {
      let entry = Int(slots[index])
      let name = names[entry > 0 ? entry - 1 : -entry - 1]
      var slot = name.withUnsafeBufferPointer { Self.hash($0) } & (wider.count - 1)
      while wider[slot] != 0 { slot = (slot + 1) & (wider.count - 1) }
      wider[slot] = slots[index]
    }
    slots = wider
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    Int(truncatingIfNeeded: KeyIndex.hash(bytes) & 0x7fff_ffff)
  }

  func campaignZone(_ campaign: Int) -> Int { campaignZones[campaign] }

  /// Makes a zone the one at hand.
  @inline(__always) mutating func use(_ position: Int) { zone = position }

  /// The local date and time of an instant.
  @inline(__always) mutating func local(_ milliseconds: Int64) -> LocalDateTime {
    let instant = Instant(milliseconds: milliseconds) ?? .maximum
    let recent = recent.pointer + zone
    if recent.pointee.present.contains(instant) { return recent.pointee.present.local(of: instant) }
    if recent.pointee.ahead.contains(instant) { return recent.pointee.ahead.local(of: instant) }
    recent.pointee.present = zones[zone]._withUnsafeGuaranteedRef { $0.offset(at: instant) }
    return recent.pointee.present.local(of: instant)
  }

  /// The instant of a local date and time (semantics T3); `nil` outside the calendar.
  @inline(__always) mutating func instant(_ local: LocalDateTime) -> Int64? {
    let recent = recent.pointer + zone
    if let instant = recent.pointee.present.undisputedInstant(of: local) { return instant.milliseconds }
    if let instant = recent.pointee.ahead.undisputedInstant(of: local) { return instant.milliseconds }
    return search(local)
  }

  @inline(never) private mutating func search(_ local: LocalDateTime) -> Int64? {
    guard let instant = zones[zone]._withUnsafeGuaranteedRef({ $0.instant(of: local) }) else { return nil }
    recent.pointer[zone].ahead = zones[zone]._withUnsafeGuaranteedRef { $0.offset(at: instant) }
    return instant.milliseconds
  }
}

/// The offsets of a zone that were used last, for the present and for times ahead.
struct RecentOffsets: BitwiseCopyable {
  // Empty intervals: the first conversion looks into the zone.
  var present = ZoneOffset(seconds: 0, from: 0, until: 0)
  var ahead = ZoneOffset(seconds: 0, from: 0, until: 0)
}

extension Engine {
  /// Makes the participant's effective zone the one at hand (semantics T2).
  @inline(__always) mutating func useZone() {
    let known = person.participants[campaign].zone
    if known >= 0 { clock.use(Int(known)) } else { findZone() }
  }

  private mutating func findZone() {
    let own = person.values[image.firstSlot + SystemField.participantTimezone]
    let profile = person.values[SystemField.Profile.timezone.rawValue]
    let name = own.isSet ? own : profile
    let position = name.isSet ? clock.position(of: bytes(name)) : nil
    let zone = position ?? clock.campaignZone(campaign)
    person.participants.pointer[campaign].zone = Int32(zone)
    clock.use(zone)
  }

  /// A field that names a zone has changed, of the profile perhaps, so that all campaigns look anew.
  mutating func forgetZones() {
    for index in 0..<person.participants.count { person.participants.pointer[index].zone = -1 }
    useZone()
  }

  /// The instant a duration after another: days by the calendar, then the rest exactly (semantics T3).
  mutating func instant(_ instant: Int64, plus duration: Value) -> Int64? {
    var moved = instant
    if duration.extra != 0 {
      let local = clock.local(instant)
      guard let date = local.date.adding(days: Int64(duration.extra)),
        let sameTime = clock.instant(LocalDateTime(date: date, time: local.time))
      else { return nil }
      moved = sameTime
    }
    let (sum, overflow) = moved.addingReportingOverflow(duration.bits)
    return overflow || Instant(milliseconds: sum) == nil ? nil : sum
  }

  /// The local day of the instant at hand, read once a run (semantics T5).
  mutating func today() -> Value {
    if !run.today.isSet { run.today = Value(bits: Int64(clock.local(now).date.dayNumber)) }
    return run.today
  }

  /// A value whose local datetime, if it is one, has become an instant.
  mutating func resolved(_ value: Value) -> Value {
    guard value.tag == .local else { return value }
    guard let local = LocalDateTime(milliseconds: value.bits), let instant = clock.instant(local) else {
      run.failure = .dateOutOfRange
      return .unset
    }
    return Value(bits: instant)
  }
}

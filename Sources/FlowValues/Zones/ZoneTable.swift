import Synchronization

/// The time zones by name, each read once from bytes that somebody else fetches.
public final class ZoneTable: Sendable {
  /// Fetches the TZif bytes of an IANA identifier; `nil` where there are none.
  public typealias Loader = @Sendable (String) -> [UInt8]?

  /// The longest identifier that is looked up, in bytes.
  public static let maximumNameLength = 64
  /// How many unknown names are remembered, so that data full of them is not looked up again and again.
  static let maximumUnknownNames = 4096

  private let loader: Loader
  private let known = Mutex<[String: Zone?]>([:])

  public init(loader: @escaping Loader) { self.loader = loader }

  /// A table that knows UTC only.
  public convenience init() { self.init { _ in nil } }

  /// The zone of an IANA identifier; `nil` where it is unknown or malformed (semantics T2).
  ///
  /// `UTC` always works. Only names that `isWellFormed` accepts ever reach the loader.
  public func zone(named name: String) -> Zone? {
    if name == Zone.utc.name { return .utc }
    guard ZoneTable.isWellFormed(name) else { return nil }
    if let zone = known.withLock({ $0[name] }) { return zone }
    // The loader runs outside the lock; where two threads load one zone, the first to come stays.
    let zone = loader(name).flatMap(ZoneFile.rules(of:)).map { Zone(name: name, rules: $0) }
    return known.withLock { known in
      if let earlier = known[name] { return earlier }
      if zone != nil || known.count < ZoneTable.maximumUnknownNames { known[name] = .some(zone) }
      return zone
    }
  }

  /// Whether a name can be an IANA identifier: parts of letters, digits, `_`, `+` and `-` between single `/`,
  /// each beginning with a letter or digit, the first with a capital.
  ///
  /// So no path, no `..`, and none of the files that lie beside the zones (`posixrules`, `right/…`, `tzdata.zi`).
  public static func isWellFormed(_ name: String) -> Bool {
    guard let first = name.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first),
      name.utf8.count <= maximumNameLength
    else { return false }
    return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .allSatisfy { part in
        guard let first = part.first, isAlphanumeric(first) else { return false }
        return part.allSatisfy { isAlphanumeric($0) || "_+-".utf8.contains($0) }
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    DecimalDigits.value(byte) != nil || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

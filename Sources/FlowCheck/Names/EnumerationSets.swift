internal import FlowSchema

/// Which cases enumerations have, to ask quickly.
struct EnumerationSets {
  /// Enumerations with more cases than this are looked up in a set.
  private static let longestScan = 16

  /// By position in `Schema.enumerations`; `nil` where scanning the cases is quicker.
  private var sets: [Int: Set<CaseID>] = [:]
  /// What came of uniting two, which may be one of them.
  private var unions: [[EnumerationID]: EnumerationID] = [:]

  /// Takes note of an enumeration that is new or has changed.
  mutating func note(_ id: EnumerationID, _ enumeration: Enumeration) {
    sets[id.index] = enumeration.cases.count > Self.longestScan ? Set(enumeration.cases) : nil
  }

  func has(_ id: EnumerationID, _ enumeration: borrowing Enumeration, _ element: CaseID) -> Bool {
    guard enumeration.cases.count > Self.longestScan else { return enumeration.cases.contains(element) }
    return sets[id.index]?.contains(element) ?? false
  }

  /// The union of two, if it was asked for before.
  func union(_ a: EnumerationID, _ b: EnumerationID) -> EnumerationID? { unions[[a, b]] }

  mutating func noteUnion(_ a: EnumerationID, _ b: EnumerationID, _ id: EnumerationID) {
    unions[[a, b]] = id
  }
}

extension CampaignChecker {
  mutating func addEnumeration(_ enumeration: Enumeration) -> EnumerationID {
    let id = EnumerationID(schema.enumerations.count)
    schema.enumerations.append(enumeration)
    enumerationSets.note(id, enumeration)
    return id
  }

  mutating func setCases(_ id: EnumerationID, _ cases: [CaseID]) {
    schema.enumerations[id.index] = Enumeration(name: schema.enumerations[id.index].name, cases: cases)
    enumerationSets.note(id, schema.enumerations[id.index])
  }

  func has(_ id: EnumerationID, _ element: CaseID) -> Bool {
    enumerationSets.has(id, schema.enumerations[id.index], element)
  }

  /// Whether all cases of the one exist in the other (language 5).
  func isSubset(_ a: EnumerationID, of b: EnumerationID) -> Bool {
    a == b || schema[a].cases.allSatisfy { has(b, $0) }
  }

  /// Whether the two have a case in common (language 5).
  func shareCase(_ a: EnumerationID, _ b: EnumerationID) -> Bool {
    if a == b { return true }
    let (small, large) = schema[a].cases.count <= schema[b].cases.count ? (a, b) : (b, a)
    return schema[small].cases.contains { has(large, $0) }
  }

  /// The enumeration with the cases of both; the larger one itself where it has them all.
  mutating func union(_ a: EnumerationID, _ b: EnumerationID) -> EnumerationID {
    if let known = enumerationSets.union(a, b) { return known }
    let id = computedUnion(a, b)
    enumerationSets.noteUnion(a, b, id)
    return id
  }

  private mutating func computedUnion(_ a: EnumerationID, _ b: EnumerationID) -> EnumerationID {
    if isSubset(b, of: a) { return a }
    if isSubset(a, of: b) { return b }
    let cases = schema[a].cases + schema[b].cases.filter { !has(a, $0) }
    return addEnumeration(Enumeration(name: nil, cases: cases))
  }
}

internal import FlowValues

/// Arithmetic on ranges. What leaves the range of numbers fails the run, so that cutting off is a superset.
extension ValueSet {
  /// Integers as numerics: times a million.
  var scaled: ValueSet {
    guard case .range(let low, let high) = content else { return self }
    return ValueSet(
      .range(Self.times(low, Numeric.scale), Self.times(high, Numeric.scale)), canBeUnset: canBeUnset,
      isVague: isVague)
  }

  /// Numerics as integers: what lies between the ends, and is whole.
  var unscaled: ValueSet {
    guard case .range(let low, let high) = content else { return self }
    let first = low == .min ? .min : -Self.floor(-low, Numeric.scale)
    let last = high == .max ? .max : Self.floor(high, Numeric.scale)
    return ValueSet(first > last ? .nothing : .range(first, last), canBeUnset: canBeUnset, isVague: isVague)
  }

  func shifted(by offset: Int64) -> ValueSet {
    guard case .range(let low, let high) = content else { return self }
    return ValueSet(
      .range(Self.plus(low, offset), Self.plus(high, offset)), canBeUnset: canBeUnset, isVague: isVague)
  }

  func adding(_ other: ValueSet) -> ValueSet {
    if !canBeSet || !other.canBeSet { return .unset }
    guard case .range(let a, let b) = content, case .range(let c, let d) = other.content else {
      return ValueSet(.anything, canBeUnset: canBeUnset || other.canBeUnset, isVague: true)
    }
    return ValueSet(
      .range(Self.plus(a, c), Self.plus(b, d)), canBeUnset: canBeUnset || other.canBeUnset,
      isVague: isVague || other.isVague || !(isSingle || other.isSingle))
  }

  var negated: ValueSet {
    guard case .range(let low, let high) = content else { return vague }
    return ValueSet(.range(Self.minus(high), Self.minus(low)), canBeUnset: canBeUnset, isVague: isVague)
  }

  /// `min` or `max` of two.
  func extremum(_ other: ValueSet, _ pick: (Int64, Int64) -> Int64) -> ValueSet {
    let (a, b) = ends
    let (c, d) = other.ends
    return ValueSet(
      .range(pick(a, c), pick(b, d)), canBeUnset: canBeUnset || other.canBeUnset,
      isVague: !(isSingle && other.isSingle))
  }

  private var ends: (Int64, Int64) {
    if case .range(let low, let high) = content { (low, high) } else { (.min, .max) }
  }

  /// No end stays no end.
  static func plus(_ a: Int64, _ b: Int64) -> Int64 {
    if a == .min || a == .max { return a }
    if b == .min || b == .max { return b }
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? (b < 0 ? .min : .max) : sum
  }

  private static func minus(_ a: Int64) -> Int64 { a == .min ? .max : a == .max ? .min : -a }

  private static func times(_ a: Int64, _ factor: Int64) -> Int64 {
    if a == .min || a == .max { return a }
    let (product, overflow) = a.multipliedReportingOverflow(by: factor)
    return overflow ? (a < 0 ? .min : .max) : product
  }

  private static func floor(_ a: Int64, _ divisor: Int64) -> Int64 {
    a >= 0 ? a / divisor : -((-a + divisor - 1) / divisor)
  }
}

/// What an analysis knows of a value: a superset of what it can be.
public struct ValueSet: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// It can only be unset.
    case nothing
    /// A set of cases, truth values or texts, each a bit of `ValueNumbers`.
    case cases(UInt128)
    /// From a lowest to a highest number, both included; the ends of `Int64` mean that there is none.
    case range(Int64, Int64)
    case anything
  }

  public var content: Content
  public var canBeUnset: Bool
  /// Whether the set was computed from what the analysis does not follow, so that not all of it need be possible.
  public var isVague = false

  public init(_ content: Content, canBeUnset: Bool = false, isVague: Bool = false) {
    self.content = content
    self.canBeUnset = canBeUnset
    self.isVague = isVague
  }

  public static let unset = ValueSet(.nothing, canBeUnset: true)
  public static func truth(_ value: Bool) -> ValueSet { ValueSet(.cases(value ? 0b10 : 0b01)) }
  public static func number(_ value: Int64) -> ValueSet { ValueSet(.range(value, value)) }

  /// Whether no value at all is left.
  public var isEmpty: Bool { content == .nothing && !canBeUnset }
  public var canBeSet: Bool { content != .nothing }

  /// The one value there is, or unset and nothing else.
  public var isSingle: Bool {
    switch content {
    case .nothing: canBeUnset
    case .cases(let bits): !canBeUnset && bits.nonzeroBitCount == 1 && bits & ValueNumbers.others == 0
    case .range(let low, let high): !canBeUnset && low == high
    case .anything: false
    }
  }
}

extension ValueSet {
  func union(_ other: ValueSet) -> ValueSet {
    ValueSet(
      content.union(other.content), canBeUnset: canBeUnset || other.canBeUnset,
      isVague: isVague || other.isVague)
  }

  /// What both allow.
  func intersection(_ other: Content) -> ValueSet {
    ValueSet(content.intersection(other), canBeUnset: canBeUnset, isVague: isVague)
  }

  var withoutUnset: ValueSet { ValueSet(content, canBeUnset: false, isVague: isVague) }
  var vague: ValueSet { ValueSet(content, canBeUnset: canBeUnset, isVague: true) }
}

extension ValueSet.Content {
  func union(_ other: Self) -> Self {
    switch (self, other) {
    case (.nothing, let one), (let one, .nothing): one
    case (.cases(let a), .cases(let b)): .cases(a | b)
    case (.range(let a, let b), .range(let c, let d)): .range(min(a, c), max(b, d))
    case (.anything, _), (_, .anything), (.cases, .range), (.range, .cases): .anything
    }
  }

  func intersection(_ other: Self) -> Self {
    switch (self, other) {
    case (.nothing, _), (_, .nothing): .nothing
    case (.anything, let one), (let one, .anything): one
    case (.cases(let a), .cases(let b)): a & b == 0 ? .nothing : .cases(a & b)
    case (.range(let a, let b), .range(let c, let d)):
      max(a, c) > min(b, d) ? .nothing : .range(max(a, c), min(b, d))
    case (.cases, .range), (.range, .cases): self
    }
  }

  /// What is left without one value; a range can only be shortened at its ends.
  func subtracting(_ value: Self) -> Self {
    switch (self, value) {
    case (.cases(let a), .cases(let b)):
      // Two other texts need not be the same.
      a & ~(b & ~ValueNumbers.others) == 0 ? .nothing : .cases(a & ~(b & ~ValueNumbers.others))
    case (.range(let low, let high), .range(let a, let b)) where a == b:
      if low == a, high == a {
        .nothing
      } else if low == a {
        .range(a + 1, high)
      } else if high == a {
        .range(low, a - 1)
      } else {
        self
      }
    case (.nothing, _), (.cases, _), (.range, _), (.anything, _): self
    }
  }
}

/// Which truth values a condition can have (semantics K2).
public struct TruthSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let no = TruthSet(rawValue: 1)
  public static let yes = TruthSet(rawValue: 2)
  public static let unknown = TruthSet(rawValue: 4)
  /// What takes the Else port.
  public static let notTrue: TruthSet = [.no, .unknown]
  public static let all: TruthSet = [.no, .yes, .unknown]

  /// What `not` makes of it.
  var negated: TruthSet {
    var result = intersection(.unknown)
    if contains(.no) { result.insert(.yes) }
    if contains(.yes) { result.insert(.no) }
    return result
  }

  /// The truth values in a set of them; unset is unknown.
  public init(_ set: ValueSet) {
    var result: TruthSet = set.canBeUnset ? .unknown : []
    switch set.content {
    case .nothing: break
    case .cases(let bits): result.insert(TruthSet(rawValue: UInt8(truncatingIfNeeded: bits) & 0b11))
    case .range, .anything: result.formUnion([.no, .yes])
    }
    self = result
  }

  var valueSet: ValueSet {
    let bits = UInt128(rawValue & 0b11)
    return ValueSet(bits == 0 ? .nothing : .cases(bits), canBeUnset: contains(.unknown))
  }
}

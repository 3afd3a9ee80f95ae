/// A parsed pattern, before it becomes a program.
indirect enum PatternTree {
  case empty
  case scalar(UInt32)
  /// Any scalar but a line feed.
  case anyScalar
  case set(ScalarSet)
  case assertion(PatternAssertion)
  case sequence([PatternTree])
  case alternatives([PatternTree])
  /// `maximum` is `nil` where there is none; `offset` is that of the repeat in the pattern.
  case repeated(PatternTree, minimum: Int, maximum: Int?, offset: Int)
}

/// What holds at a place between two scalars.
enum PatternAssertion: Int32 {
  case textStart, textEnd, wordBoundary, noWordBoundary
}

/// A class of scalars, as ranges and named classes.
struct ScalarSet: Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var named: [NamedClass] = []
  var isNegated = false
  var ignoresCase = false
  /// The answers for ASCII, worked out by `prepared`.
  private(set) var ascii = ASCIITable()

  init(ranges: [ClosedRange<UInt32>] = [], named: [NamedClass] = []) {
    self.ranges = ranges
    self.named = named
  }

  /// The same set with its ASCII table filled in.
  func prepared(ignoringCase: Bool) -> ScalarSet {
    var set = self
    set.ignoresCase = ignoringCase
    for value in 0..<UInt32(128) where set.holds(value) { set.ascii.insert(value) }
    return set
  }

  /// Whether a scalar is in the set; for ASCII the table is quicker.
  func holds(_ value: UInt32) -> Bool {
    if includes(value) { return !isNegated }
    guard ignoresCase else { return isNegated }
    let variants = ScalarCase.variants(of: value)
    return (includes(variants.lower) || includes(variants.upper)) != isNegated
  }

  private func includes(_ value: UInt32) -> Bool {
    for range in ranges where range.contains(value) { return true }
    for named in named where named.contains(value) { return true }
    return false
  }
}

/// `\d`, `\w`, `\s` and their opposites.
struct NamedClass: Sendable {
  enum Kind { case digit, word, blank }

  let kind: Kind
  let isNegated: Bool

  func contains(_ value: UInt32) -> Bool {
    switch kind {
    case .digit: NamedClass.isDigit(value) != isNegated
    case .word: NamedClass.isWord(value) != isNegated
    case .blank: Blanks.isBlank(value) != isNegated
    }
  }

  static func isDigit(_ value: UInt32) -> Bool {
    if value < 0x80 { return value &- 0x30 < 10 }
    return Unicode.Scalar(value)?.properties.generalCategory == .decimalNumber
  }

  /// Letters, marks, decimal digits and connectors such as `_`.
  static func isWord(_ value: UInt32) -> Bool {
    if value < 0x80 { return value &- 0x30 < 10 || (value | 0x20) &- 0x61 < 26 || value == 0x5F }
    guard let properties = Unicode.Scalar(value)?.properties else { return false }
    if properties.isAlphabetic { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .otherNumber, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol, .spaceSeparator, .lineSeparator, .paragraphSeparator, .control,
      .format, .surrogate, .privateUse, .unassigned:
      return false
    @unknown default: return false
    }
  }
}

/// Which scalars are the same where case is ignored.
enum ScalarCase {
  /// The lower and upper case of a scalar; itself where that is more than one scalar.
  static func variants(of value: UInt32) -> (lower: UInt32, upper: UInt32) {
    guard let scalar = Unicode.Scalar(value) else { return (value, value) }
    return (
      single(scalar.properties.lowercaseMapping) ?? value, single(scalar.properties.uppercaseMapping) ?? value
    )
  }

  private static func single(_ mapping: String) -> UInt32? {
    var scalars = mapping.unicodeScalars.makeIterator()
    guard let first = scalars.next(), scalars.next() == nil else { return nil }
    return first.value
  }
}

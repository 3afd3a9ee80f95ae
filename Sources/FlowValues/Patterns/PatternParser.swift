/// Reads the text of a pattern, by recursive descent.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  /// The byte offset of every scalar, and of the end.
  private let offsets: [Int]
  private var index = 0
  private var depth = 0
  private(set) var ignoresCase = false

  init(_ source: String) throws(PatternError) {
    guard source.utf8.count <= Pattern.maximumByteCount else {
      throw PatternError(
        offset: Pattern.maximumByteCount,
        message: "the pattern is longer than \(Pattern.maximumByteCount) bytes")
    }
    scalars = Array(source.unicodeScalars)
    var offsets = [0]
    for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
    self.offsets = offsets
  }

  mutating func parse() throws(PatternError) -> PatternTree {
    if scalars.starts(with: "(?i)".unicodeScalars) {
      ignoresCase = true
      index = 4
    }
    let tree = try alternatives()
    guard index == scalars.count else { throw error("`)` without `(`") }
    return tree
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  private func error(_ message: String, at place: Int? = nil) -> PatternError {
    PatternError(offset: offsets[place ?? index], message: message)
  }
}

/// Structure.
extension PatternParser {
  private mutating func alternatives() throws(PatternError) -> PatternTree {
    var branches = [try sequence()]
    while accept("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternTree {
    var parts: [PatternTree] = []
    while let next = peek, next != "|", next != ")" {
      parts.append(try repeats(of: try atom()))
    }
    return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func atom() throws(PatternError) -> PatternTree {
    let start = index
    guard let next = peek else { return .empty }
    index += 1
    switch next {
    case "(": return try group(from: start)
    case "[": return .set(try set(from: start))
    case ".": return .anyScalar
    case "^": return .assertion(.textStart)
    case "$": return .assertion(.textEnd)
    case "\\": return try escape(from: start)
    case "*", "+", "?": throw error("nothing to repeat before `\(next)`", at: start)
    case "{" where counts() != nil: throw error("nothing to repeat before `{`", at: start)
    default: return .scalar(next.value)
    }
  }

  private mutating func group(from start: Int) throws(PatternError) -> PatternTree {
    if accept("?"), !accept(":") { throw unsupportedGroup(from: start) }
    depth += 1
    guard depth <= Pattern.maximumDepth else {
      throw error("groups nest deeper than \(Pattern.maximumDepth)", at: start)
    }
    let tree = try alternatives()
    guard accept(")") else { throw error("this `(` is never closed", at: start) }
    depth -= 1
    return tree
  }

  private func unsupportedGroup(from start: Int) -> PatternError {
    let rest = String(String.UnicodeScalarView(scalars[index...].prefix(2)))
    if rest.hasPrefix("=") || rest.hasPrefix("!") { return error("lookahead is not supported", at: start) }
    if rest == "<=" || rest == "<!" { return error("lookbehind is not supported", at: start) }
    if rest.hasPrefix("P") || rest.hasPrefix("<") {
      return error("named groups are not supported: nothing can refer to them", at: start)
    }
    if rest.hasPrefix("i") { return error("`(?i)` stands only at the beginning of a pattern", at: start) }
    return error("expected `(?:` or `(`, found another kind of group", at: start)
  }
}

/// Repeats.
extension PatternParser {
  private mutating func repeats(of tree: PatternTree) throws(PatternError) -> PatternTree {
    var tree = tree
    var isRepeated = false
    while let bounds = try repeatBounds() {
      if isRepeated { throw error("a repeat of a repeat needs a group", at: bounds.start) }
      if case .assertion = tree { throw error("nothing to repeat: this matches no text", at: bounds.start) }
      isRepeated = true
      _ = accept("?")
      tree = .repeated(
        tree, minimum: bounds.minimum, maximum: bounds.maximum, offset: offsets[bounds.start])
    }
    return tree
  }

  private mutating func repeatBounds() throws(PatternError) -> (start: Int, minimum: Int, maximum: Int?)? {
    let start = index
    if accept("*") { return (start, 0, nil) }
    if accept("+") { return (start, 1, nil) }
    if accept("?") { return (start, 0, 1) }
    guard accept("{") else { return nil }
    guard let counts = counts() else {
      index = start
      return nil
    }
    index = counts.end
    guard max(counts.minimum, counts.maximum ?? 0) <= Pattern.maximumRepeat else {
      throw error("a repeat counts further than \(Pattern.maximumRepeat)", at: start)
    }
    if let maximum = counts.maximum, maximum < counts.minimum {
      throw error("the counts of this repeat are the wrong way round", at: start)
    }
    return (start, counts.minimum, counts.maximum)
  }

  /// What stands behind a `{`; `nil` where that is no repeat: then the brace is a literal.
  private func counts() -> (minimum: Int, maximum: Int?, end: Int)? {
    var place = index
    guard let minimum = number(at: &place) else { return nil }
    var maximum: Int? = minimum
    if place < scalars.count, scalars[place] == "," {
      place += 1
      maximum = number(at: &place)
    }
    guard place < scalars.count, scalars[place] == "}" else { return nil }
    return (minimum, maximum, place + 1)
  }

  private func number(at place: inout Int) -> Int? {
    let start = place
    var number = 0
    while place < scalars.count, let digit = decimalDigit(scalars[place]) {
      // Too large is too large: the limit of repeats refuses it.
      number = min(number * 10 + digit, Pattern.maximumRepeat + 1)
      place += 1
    }
    return place > start ? number : nil
  }

  private func decimalDigit(_ scalar: Unicode.Scalar) -> Int? {
    ("0"..."9").contains(scalar) ? Int(scalar.value - 0x30) : nil
  }
}

/// Escapes and classes.
extension PatternParser {
  private mutating func escape(from start: Int) throws(PatternError) -> PatternTree {
    if accept("b") { return .assertion(.wordBoundary) }
    if accept("B") { return .assertion(.noWordBoundary) }
    if let next = peek, ("1"..."9").contains(next) {
      throw error("backreferences are not supported", at: start)
    }
    if let named = namedClass() { return .set(ScalarSet(named: [named])) }
    return .scalar(try escapedScalar(from: start))
  }

  private mutating func namedClass() -> NamedClass? {
    let kinds: [(Unicode.Scalar, NamedClass)] = [
      ("d", NamedClass(kind: .digit, isNegated: false)), ("D", NamedClass(kind: .digit, isNegated: true)),
      ("w", NamedClass(kind: .word, isNegated: false)), ("W", NamedClass(kind: .word, isNegated: true)),
      ("s", NamedClass(kind: .blank, isNegated: false)), ("S", NamedClass(kind: .blank, isNegated: true)),
    ]
    guard let found = kinds.first(where: { $0.0 == peek }) else { return nil }
    index += 1
    return found.1
  }

  private mutating func escapedScalar(from start: Int) throws(PatternError) -> UInt32 {
    guard let next = peek else { throw error("a pattern cannot end with `\\`", at: start) }
    index += 1
    switch next {
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "f": return 0x0C
    case "v": return 0x0B
    case "0": return 0
    case "u": return try unicodeEscape(from: start)
    default:
      // Letters and digits are kept for meanings to come; anything else stands for itself.
      if next.isASCII, NamedClass.isWord(next.value), next != "_" {
        throw error("unknown escape `\\\(next)`", at: start)
      }
      return next.value
    }
  }

  private mutating func unicodeEscape(from start: Int) throws(PatternError) -> UInt32 {
    let message = "expected `\\u{…}` with one to six hexadecimal digits of a Unicode scalar"
    guard accept("{") else { throw error(message, at: start) }
    var value: UInt32 = 0
    var count = 0
    while let next = peek, let digit = Character(next).hexDigitValue {
      value = value << 4 | UInt32(digit)
      count += 1
      index += 1
      if count > 6 { throw error(message, at: start) }
    }
    guard count > 0, accept("}"), Unicode.Scalar(value) != nil else { throw error(message, at: start) }
    return value
  }

  private mutating func set(from start: Int) throws(PatternError) -> ScalarSet {
    var set = ScalarSet()
    set.isNegated = accept("^")
    var isFirst = true
    while true {
      guard peek != nil else { throw error("this `[` is never closed", at: start) }
      // A `]` in the first place is a member, as everywhere.
      if !isFirst, accept("]") { return set }
      isFirst = false
      try member(of: &set)
    }
  }

  private mutating func member(of set: inout ScalarSet) throws(PatternError) {
    let start = index
    guard let lower = try setScalar(of: &set) else { return }
    let isRange = peek == "-" && index + 1 < scalars.count && scalars[index + 1] != "]"
    guard isRange else {
      set.ranges.append(lower...lower)
      return
    }
    index += 1
    guard let upper = try setScalar(of: &set), lower <= upper else {
      throw error("the range is not one from a lower to a higher character", at: start)
    }
    set.ranges.append(lower...upper)
  }

  /// One scalar of a class; `nil` where it was a named class, which is added.
  private mutating func setScalar(of set: inout ScalarSet) throws(PatternError) -> UInt32? {
    let start = index
    guard let next = peek else { return nil }
    index += 1
    guard next == "\\" else { return next.value }
    if let named = namedClass() {
      set.named.append(named)
      return nil
    }
    if peek == "b" { throw error("`\\b` has no meaning in a class", at: start) }
    return try escapedScalar(from: start)
  }
}

internal import FlowSyntax
internal import FlowText

/// `// flow: ignore[rule-a, rule-b] — why`, as it stands in the text.
struct SuppressionComment {
  enum Extent {
    /// A line, or the statement below.
    case element
    case file

    /// As it stands in a comment.
    var word: String {
      switch self {
      case .element: "ignore"
      case .file: "ignore-file"
      }
    }
  }

  struct RuleName {
    var name: String
    var range: SourceRange
  }

  var range: SourceRange
  var extent: Extent
  var rules: [RuleName]
  /// What stands behind a dash or a colon; empty where nothing does.
  var reason: String

  /// The signs of which one parts the rules from the reason; of `--` and `-` the longer comes first.
  private static let separators = ["—", "--", "-", ":"]

  enum Reading {
    case suppression(SuppressionComment)
    /// It begins like one and cannot be read.
    case malformed
    /// Any other comment.
    case other
  }

  static func read(_ comment: Comment, in source: SourceFile) -> Reading {
    guard case .line = comment.kind else { return .other }
    var scanner = CommentScanner(source, comment.range)
    scanner.skip("//")
    scanner.skipBlanks()
    guard scanner.skip("flow:") else { return .other }
    scanner.skipBlanks()
    guard scanner.skip("ignore") else { return .other }
    let extent: Extent = scanner.skip("-file") ? .file : .element
    // Prose may begin so, as in "flow: ignores".
    if scanner.isInWord { return .other }
    scanner.skipBlanks()
    guard scanner.skip("["), let rules = readRules(&scanner), !rules.isEmpty else { return .malformed }
    scanner.skipBlanks()
    let hasSeparator = separators.contains { scanner.skip($0) }
    let reason = hasSeparator ? scanner.rest : ""
    return .suppression(
      SuppressionComment(range: comment.range, extent: extent, rules: rules, reason: reason))
  }

  private static func readRules(_ scanner: inout CommentScanner) -> [RuleName]? {
    var rules: [RuleName] = []
    while true {
      scanner.skipBlanks()
      if scanner.skip("]") { return rules }
      guard let word = scanner.word() else { return nil }
      rules.append(word)
      scanner.skipBlanks()
      if scanner.skip(",") { continue }
      return scanner.skip("]") ? rules : nil
    }
  }
}

/// Moves through the bytes of a comment.
private struct CommentScanner {
  private let source: SourceFile
  private var offset: Int
  private let end: Int

  init(_ source: SourceFile, _ range: SourceRange) {
    self.source = source
    offset = range.lower
    end = range.upper
  }

  private func isWordPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  var isInWord: Bool { offset < end && isWordPart(source.bytes[offset]) }

  @discardableResult mutating func skip(_ text: String) -> Bool {
    guard source.bytes[offset..<end].starts(with: text.utf8) else { return false }
    offset += text.utf8.count
    return true
  }

  mutating func skipBlanks() {
    while offset < end,
      source.bytes[offset] == UInt8(ascii: " ") || source.bytes[offset] == UInt8(ascii: "\t")
    {
      offset += 1
    }
  }

  mutating func word() -> SuppressionComment.RuleName? {
    let start = offset
    while isInWord { offset += 1 }
    let range = SourceRange(start, offset)
    return range.isEmpty ? nil : .init(name: source.text(range), range: range)
  }

  /// What is left, without the blanks around it.
  var rest: String {
    var range = offset..<end
    func isBlank(_ index: Int) -> Bool {
      source.bytes[index] == UInt8(ascii: " ") || source.bytes[index] == UInt8(ascii: "\t")
    }
    while !range.isEmpty, isBlank(range.lowerBound) { range.removeFirst() }
    while !range.isEmpty, isBlank(range.upperBound - 1) { range.removeLast() }
    return source.text(SourceRange(range.lowerBound, range.upperBound))
  }
}

internal import FlowText

/// Prints a layout: decides for each group whether it stands on one line, in one pass.
struct LayoutPrinter {
  /// The cells of a line that are filled before it breaks.
  static let lineWidth = 100
  static let indentation = 2

  private let layout: Layout
  private let bytes: UnsafeBufferPointer<UInt8>
  private var output: [UInt8] = []
  private var comments = TrailingComments()
  private var level = 0
  /// The level of the present line.
  private var lineLevel = 0
  /// The cells of the present line that are filled.
  private var column = 0
  private var line = 0
  /// Line breaks and blanks are written when a text follows, so that no line ends in blanks.
  private var pendingBreaks = 0
  private var hasPendingBlank = false
  /// Whether the open groups are broken, innermost last.
  private var areBroken: [Bool] = []

  init(_ layout: Layout, _ bytes: UnsafeBufferPointer<UInt8>) {
    self.layout = layout
    self.bytes = bytes
    output.reserveCapacity(bytes.count + bytes.count / 8)
  }

  mutating func run() -> [UInt8] {
    for index in layout.commands.indices { execute(layout.commands[index], need: layout.needs[index]) }
    if !output.isEmpty { output.append(Byte.newline) }
    return comments.aligned(output)
  }

  private mutating func execute(_ command: LayoutCommand, need: Int32) {
    switch command {
    case .text(let range):
      startText()
      append(range)
    case .blank: hasPendingBlank = true
    case .comma: appendComma()
    case .trailingComma: if isBroken { appendComma() }
    case .line: if isBroken { breakLine(1) } else { hasPendingBlank = true }
    case .apartLine: if isBroken { breakLine(2) } else { hasPendingBlank = true }
    case .softLine: if isBroken { breakLine(1) }
    case .fill: if fits(need) { hasPendingBlank = true } else { breakLine(1) }
    case .newline: breakLine(1)
    case .emptyLine: breakLine(2)
    case .beginGroup: areBroken.append(isBroken && !fits(need))
    case .endGroup: areBroken.removeLast()
    case .indent: level += 1
    case .dedent: level -= 1
    case .comment(let range, let place): append(comment: range, place)
    case .rawLine(let range, let isIndented): append(rawLine: range, isIndented: isIndented)
    }
  }

  private var isBroken: Bool { areBroken.last ?? true }

  private func fits(_ need: Int32) -> Bool {
    let start = pendingBreaks > 0 ? level * Self.indentation : column + (hasPendingBlank ? 1 : 0)
    return need != Layout.unbounded && start + Int(need) <= Self.lineWidth
  }

  private mutating func breakLine(_ count: Int) { pendingBreaks = max(pendingBreaks, count) }

  /// Writes the line breaks, the indentation or the blank that stand before a text.
  private mutating func startText() {
    if pendingBreaks > 0 || output.isEmpty {
      writeBreaks()
      writeBlanks(level * Self.indentation)
      lineLevel = level
    } else if hasPendingBlank {
      writeBlanks(1)
    }
    hasPendingBlank = false
  }

  private mutating func writeBreaks() {
    if !output.isEmpty {
      for _ in 0..<pendingBreaks { output.append(Byte.newline) }
      line += pendingBreaks
    }
    pendingBreaks = 0
    column = 0
  }

  private mutating func writeBlanks(_ count: Int) {
    output.append(contentsOf: repeatElement(Byte.blank, count: count))
    column += count
  }

  private mutating func append(_ range: SourceRange) {
    output.append(contentsOf: bytes[range.lower..<range.upper])
    column += bytes.displayWidth(range)
  }

  /// A comma stands directly behind its element, also where a comment ends the line of both.
  private mutating func appendComma() {
    output.append(UInt8(ascii: ","))
    column += 1
  }

  private mutating func append(comment range: SourceRange, _ place: CommentPlace) {
    if place == .ownLine { breakLine(1) }
    if pendingBreaks > 0 || output.isEmpty {
      startText()
    } else {
      comments.add(line: line, level: lineLevel, column: column, offset: output.count)
      hasPendingBlank = false
    }
    output.append(contentsOf: bytes[range.lower..<range.upper])
    breakLine(1)
  }

  private mutating func append(rawLine range: SourceRange, isIndented: Bool) {
    breakLine(1)
    writeBreaks()
    hasPendingBlank = false
    if isIndented, !range.isEmpty { writeBlanks(level * Self.indentation) }
    append(range)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// How many cells of a terminal a piece of the text takes.
  func displayWidth(_ range: SourceRange) -> Int {
    let piece = self[range.lower..<range.upper]
    return piece.allSatisfy { $0 < 0x80 } ? range.count : String(decoding: piece, as: UTF8.self).displayWidth
  }
}

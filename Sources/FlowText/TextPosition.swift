/// A place in a text as people and editors count it; lines and columns begin at 1.
public struct TextPosition: Hashable, Sendable {
  /// The offset, in bytes from 0.
  public let offset: Int
  public let line: Int
  /// In Unicode scalars.
  public let column: Int
  /// In UTF-16 code units.
  public let utf16Column: Int
}

extension SourceFile {
  /// Offsets outside of the text are taken as its ends. A byte-order mark takes no column: no editor shows it.
  public func textPosition(at offset: Int) -> TextPosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = lines.line(at: offset)
    let start = line == 0 ? contentRange(ofLine: 0).lower : lines.start(ofLine: line)
    var scalars = 0
    var units = 0
    for byte in bytes[min(start, offset)..<offset] where byte & 0xC0 != 0x80 {
      scalars += 1
      // Four bytes of UTF-8 are a pair of surrogates.
      units += (0xF0...0xF4).contains(byte) ? 2 : 1
    }
    let number = linesBefore + line + 1
    return TextPosition(offset: offset, line: number, column: scalars + 1, utf16Column: units + 1)
  }

  /// A line (counted from 0) without its line break, and the first without a byte-order mark.
  public func contentRange(ofLine line: Int) -> SourceRange {
    let whole = lines.range(ofLine: line)
    var lower = whole.lower
    var upper = whole.upper
    if lower < upper, bytes[upper - 1] == UInt8(ascii: "\n") { upper -= 1 }
    if lower < upper, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
    if line == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lower = min(3, upper) }
    return SourceRange(lower, upper)
  }

  /// The part of a range that lies in the text.
  public func clamped(_ range: SourceRange) -> SourceRange {
    SourceRange(min(range.lower, bytes.count), min(range.upper, bytes.count))
  }
}

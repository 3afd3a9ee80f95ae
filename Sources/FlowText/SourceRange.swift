/// A half-open range of byte offsets in one source file.
///
/// Eight bytes, trivially copied: every token and node of a tree carries one.
public struct SourceRange: Hashable, Sendable {
  private let lowerOffset: UInt32
  private let upperOffset: UInt32

  /// The offset of the first byte.
  public var lower: Int { Int(lowerOffset) }
  /// The offset behind the last byte.
  public var upper: Int { Int(upperOffset) }
  public var count: Int { upper - lower }
  public var isEmpty: Bool { lowerOffset == upperOffset }

  /// - Precondition: `0 <= lower <= upper <= SourceFile.maximumByteCount`.
  public init(_ lower: Int, _ upper: Int) {
    assert(0 <= lower && lower <= upper)
    lowerOffset = UInt32(truncatingIfNeeded: lower)
    upperOffset = UInt32(truncatingIfNeeded: upper)
  }

  /// The empty range at an offset.
  public init(at offset: Int) { self.init(offset, offset) }

  /// From the beginning of this range to the end of `other`.
  public func extended(to other: SourceRange) -> SourceRange {
    SourceRange(lower, max(upper, other.upper))
  }

  public func contains(_ other: SourceRange) -> Bool {
    lower <= other.lower && other.upper <= upper
  }
}

/// A range together with the file it lies in.
public struct SourceSpan: Hashable, Sendable {
  public let file: FileID
  public let range: SourceRange

  public init(_ file: FileID, _ range: SourceRange) {
    self.file = file
    self.range = range
  }
}

extension Unicode.Scalar {
  /// How many cells of a terminal this scalar takes by itself: 0 (combining marks, invisible formats),
  /// 2 (East Asian wide and full-width, emoji) or 1.
  ///
  /// Control characters count 1: nothing here prints them as they are (see `visibleForm`).
  public var displayWidth: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .format:
      // The Arabic signs that enclose a number are formats, and yet they are drawn.
      return (0x600...0x605).contains(value) || value == 0x6DD || value == 0x8E2 ? 1 : 0
    case _ where medialJamo.contains(value) || finalJamo.contains(value): return 0
    case _ where isWide: return 2
    case _: return 1
    }
  }

  private var isWide: Bool {
    if value < wideRanges[0].lowerBound { return false }
    if properties.isEmojiPresentation { return !isRegionalIndicator }
    var low = 0
    var high = wideRanges.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if wideRanges[middle].lowerBound <= value { low = middle } else { high = middle }
    }
    return wideRanges[low].contains(value)
  }

  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}

/// Vowels and finals of Hangul written in pieces join the syllable whose first letter took two cells.
private let medialJamo: ClosedRange<UInt32> = 0x1160...0x11FF
private let finalJamo: ClosedRange<UInt32> = 0xD7B0...0xD7FF

/// The blocks whose characters have East Asian Width W or F; emoji are known by their own property.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
  0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
  0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
]

extension Character {
  /// How many cells of a terminal the scalars of this character take together.
  ///
  /// A sequence that is drawn as one emoji (joined by U+200D, with a skin tone, a flag, or U+FE0F) takes 2.
  public var displayWidth: Int {
    var total = 0
    var count = 0
    var isEmojiSequence = false
    for scalar in unicodeScalars {
      total += scalar.displayWidth
      count += 1
      if count > 1 {
        isEmojiSequence =
          isEmojiSequence || scalar == "\u{FE0F}" || scalar.isRegionalIndicator
          || scalar.properties.isEmojiModifier || scalar.properties.isEmojiPresentation
      }
    }
    return isEmojiSequence ? 2 : total
  }
}

extension StringProtocol {
  /// How many cells of a terminal this text takes. Tabs are not expanded here (see `DisplayLine`).
  public var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }
}

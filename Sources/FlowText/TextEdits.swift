/// Changes of one text, collected and then made at once.
public struct TextEdits: Sendable {
  public struct Replacement: Hashable, Sendable {
    public let range: SourceRange
    public let text: String

    public init(_ range: SourceRange, _ text: String) {
      self.range = range
      self.text = text
    }
  }

  /// In the order of the text; none overlaps another.
  public private(set) var replacements: [Replacement] = []

  public init() {}

  /// Takes in a group of replacements as a whole, or none of it.
  ///
  /// Refused is a group that overlaps itself or what was taken before; the very same replacement twice counts
  /// once. Insertions at one place keep their order within a group; from two groups they contradict each other.
  public mutating func add(_ group: [Replacement]) -> Bool {
    guard let extended = extended(by: group) else { return false }
    replacements = extended
    return true
  }

  public func accepts(_ group: [Replacement]) -> Bool { extended(by: group) != nil }

  private func extended(by group: [Replacement]) -> [Replacement]? {
    var result = replacements
    for replacement in group {
      if replacements.contains(sorted: replacement) { continue }
      let index = result.firstIndex(behind: replacement)
      if index > 0, result[index - 1].conflicts(with: replacement) {
        let isOwnInsertion = result[index - 1].range == replacement.range && replacement.range.isEmpty
        guard isOwnInsertion, !replacements.contains(sorted: result[index - 1]) else { return nil }
      }
      if index < result.count, result[index].conflicts(with: replacement) { return nil }
      result.insert(replacement, at: index)
    }
    return result
  }

  /// The text after all replacements. Ranges outside of it are taken as its end.
  public func applied(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var offset = 0
    for replacement in replacements {
      let lower = min(replacement.range.lower, bytes.count)
      result.append(contentsOf: bytes[min(offset, lower)..<lower])
      result.append(contentsOf: replacement.text.utf8)
      offset = min(replacement.range.upper, bytes.count)
    }
    result.append(contentsOf: bytes[offset...])
    return result
  }
}

extension TextEdits.Replacement {
  /// Whether both cannot be made. Ranges that only touch do not overlap; two insertions at one place do.
  fileprivate func conflicts(with other: Self) -> Bool {
    if range.isEmpty && other.range.isEmpty { return range == other.range }
    return range.lower < other.range.upper && other.range.lower < range.upper
  }
}

extension [TextEdits.Replacement] {
  /// Where a replacement belongs: behind all that begin before it or, being as short, at the same place.
  fileprivate func firstIndex(behind replacement: Element) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let range = self[middle].range
      if (range.lower, range.upper) <= (replacement.range.lower, replacement.range.upper) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  fileprivate func contains(sorted replacement: Element) -> Bool {
    var index = firstIndex(behind: replacement)
    while index > 0, self[index - 1].range == replacement.range {
      if self[index - 1] == replacement { return true }
      index -= 1
    }
    return false
  }
}

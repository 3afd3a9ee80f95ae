/// Searching for a long text within another in linear time and constant space (Crochemore and Perrin, 1991).
///
/// The sought text is cut in two at a critical place: its right half is compared forwards, then its left half
/// backwards. A mismatch on the right at distance d lets the search skip d bytes, one on the left a whole period,
/// so that no byte of the text is looked at more than a few times.
@usableFromInline struct TwoWaySearch {
  private let part: UnsafeBufferPointer<UInt8>
  private let cut: Int
  private let period: Int
  /// Whether the whole repeats with the period, so that what has matched need not be compared again.
  private let isPeriodic: Bool

  /// - Precondition: `part` is not empty and outlives the search.
  @usableFromInline init(_ part: UnsafeBufferPointer<UInt8>) {
    self.part = part
    let rising = TwoWaySearch.maximalSuffix(part) { $0 < $1 }
    let falling = TwoWaySearch.maximalSuffix(part) { $0 > $1 }
    let (start, period) = rising.start > falling.start ? rising : falling
    cut = start
    isPeriodic =
      start + period <= part.count && (0..<start).allSatisfy { part[$0] == part[$0 + period] }
    self.period = isPeriodic ? period : max(start, part.count - start) + 1
  }

  @usableFromInline func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    var known = 0
    while position + part.count <= text.count {
      var right = max(cut, known)
      while right < part.count, part[right] == text[position + right] { right += 1 }
      if right < part.count {
        position += right - cut + 1
        known = 0
        continue
      }
      var left = cut
      while left > known, part[left - 1] == text[position + left - 1] { left -= 1 }
      if left <= known { return true }
      position += period
      known = isPeriodic ? part.count - period : 0
    }
    return false
  }

  /// Where the largest suffix under an order begins, and its period.
  private static func maximalSuffix(
    _ part: UnsafeBufferPointer<UInt8>, _ isBefore: (UInt8, UInt8) -> Bool
  ) -> (start: Int, period: Int) {
    var start = 0
    var candidate = 1
    var matched = 0
    var period = 1
    while candidate + matched < part.count {
      let new = part[candidate + matched]
      let old = part[start + matched]
      if isBefore(new, old) {
        candidate += matched + 1
        matched = 0
        period = candidate - start
      } else if new == old {
        matched += 1
        if matched == period {
          candidate += period
          matched = 0
        }
      } else {
        start = candidate
        candidate = start + 1
        matched = 0
        period = 1
      }
    }
    return (start, period)
  }
}

/// The search for the fewest lines to remove and insert, by furthest-reaching paths (Myers 1986).
///
/// Path d of diagonal k is the furthest place that d changes can reach on it; the first d whose path
/// reaches the end of both texts is the answer, and the remembered rows lead back from there.
enum ShortestDifference {
  static func steps(from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]) -> [UnifiedDiff.Step] {
    var numbers: [ArraySlice<UInt8>: Int32] = [:]
    func number(_ line: ArraySlice<UInt8>) -> Int32 {
      let next = Int32(truncatingIfNeeded: numbers.count)
      let known = numbers[line]
      if known == nil { numbers[line] = next }
      return known ?? next
    }
    let a = old.map(number)
    let b = new.map(number)
    let shorter = min(a.count, b.count)
    let prefix = (0..<shorter).first { a[$0] != b[$0] } ?? shorter
    let suffix =
      (0..<shorter - prefix).first { a[a.count - 1 - $0] != b[b.count - 1 - $0] } ?? shorter - prefix
    var steps = (0..<prefix).map { UnifiedDiff.Step.keep(old: $0, new: $0) }
    steps += middle(
      a[prefix..<a.count - suffix], b[prefix..<b.count - suffix])
    steps += (0..<suffix).map { .keep(old: a.count - suffix + $0, new: b.count - suffix + $0) }
    return steps
  }

  private static func middle(_ a: ArraySlice<Int32>, _ b: ArraySlice<Int32>) -> [UnifiedDiff.Step] {
    guard !a.isEmpty, !b.isEmpty, let rows = search(a, b) else {
      return a.indices.map { .remove(old: $0) } + b.indices.map { .insert(new: $0) }
    }
    return path(rows, a, b)
  }

  /// The furthest `x` of every diagonal before each number of changes; `nil` when there would be too many.
  /// Row d holds the diagonals -d-1...d+1.
  private static func search(_ a: ArraySlice<Int32>, _ b: ArraySlice<Int32>) -> [[Int32]]? {
    var rows: [[Int32]] = []
    var furthest: [Int32] = [0, 0, 0]
    for d in 0...min(a.count + b.count, UnifiedDiff.maximumDifferences) {
      rows.append(furthest)
      var next = [Int32](repeating: 0, count: 2 * d + 5)
      for k in stride(from: -d, through: d, by: 2) {
        var x = d == 0 ? 0 : start(of: k, d, furthest)
        while x < a.count, x - k < b.count, a[a.startIndex + x] == b[b.startIndex + x - k] { x += 1 }
        next[k + d + 2] = Int32(truncatingIfNeeded: x)
        if x >= a.count, x - k >= b.count { return rows }
      }
      furthest = next
    }
    return nil
  }

  /// Where diagonal `k` is entered with the d-th change: from above (an insertion) or from the left.
  private static func start(of k: Int, _ d: Int, _ furthest: [Int32]) -> Int {
    let fromInsertion = furthest[k + 1 + d + 1]
    let fromRemoval = furthest[k - 1 + d + 1]
    return isInsertion(k, d, furthest) ? Int(fromInsertion) : Int(fromRemoval) + 1
  }

  private static func isInsertion(_ k: Int, _ d: Int, _ furthest: [Int32]) -> Bool {
    k == -d || (k != d && furthest[k - 1 + d + 1] < furthest[k + 1 + d + 1])
  }

  private static func path(
    _ rows: [[Int32]], _ a: ArraySlice<Int32>, _ b: ArraySlice<Int32>
  ) -> [UnifiedDiff.Step] {
    var steps: [UnifiedDiff.Step] = []
    var x = a.count
    var y = b.count
    for d in stride(from: rows.count - 1, to: 0, by: -1) {
      let k = x - y
      let inserts = isInsertion(k, d, rows[d])
      let entry = start(of: k, d, rows[d])
      while x > entry {
        x -= 1
        y -= 1
        steps.append(.keep(old: a.startIndex + x, new: b.startIndex + y))
      }
      if inserts {
        y -= 1
        steps.append(.insert(new: b.startIndex + y))
      } else {
        x -= 1
        steps.append(.remove(old: a.startIndex + x))
      }
    }
    while x > 0 {
      x -= 1
      steps.append(.keep(old: a.startIndex + x, new: b.startIndex + x))
    }
    return steps.reversed()
  }
}

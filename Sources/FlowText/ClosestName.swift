/// Names longer than this get no suggestion, in scalars: the cost grows with the square.
public let maximumNameLengthForSuggestions = 128

/// The name that was most likely meant: the one nearest by `editDistance`, at most max(1, a third of the
/// length of `name`) away. Of several as near, the first in scalar order, whatever the order of `candidates`.
public func closestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.unicodeScalars)
  guard wanted.count <= maximumNameLengthForSuggestions else { return nil }
  let bound = max(1, wanted.count / 3)
  var best: (distance: Int, name: String)?
  for candidate in candidates where candidate != name {
    let scalars = Array(candidate.unicodeScalars)
    guard abs(scalars.count - wanted.count) <= bound else { continue }
    let distance = editDistance(wanted, scalars)
    // Two names of which nothing is alike are no slip of the hand.
    guard distance <= bound, distance < max(wanted.count, scalars.count) else { continue }
    if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.name
}

/// The least number of scalars to insert, delete, replace or swap with their neighbour that makes one
/// text of the other (Damerau–Levenshtein).
public func editDistance(_ a: String, _ b: String) -> Int {
  editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars))
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  let width = b.count + 2
  let unreachable = a.count + b.count
  // Row and column 0 are a border that no swap can come from; the usual matrix begins at 1.
  var distances = [Int](repeating: unreachable, count: (a.count + 2) * width)
  for i in 0...a.count { distances[(i + 1) * width + 1] = i }
  for j in 0...b.count { distances[width + j + 1] = j }
  var lastRow: [Unicode.Scalar: Int] = [:]
  for i in 0..<a.count {
    var lastColumn = 0
    for j in 0..<b.count {
      let row = lastRow[b[j], default: 0]
      let isSame = a[i] == b[j]
      let here = (i + 1) * width + j + 1
      let swapped = distances[row * width + lastColumn] + (i - row) + 1 + (j - lastColumn)
      distances[here + width + 1] = min(
        distances[here] + (isSame ? 0 : 1), distances[here + 1] + 1, distances[here + width] + 1, swapped)
      if isSame { lastColumn = j + 1 }
    }
    lastRow[a[i]] = i + 1
  }
  return distances[(a.count + 1) * width + b.count + 1]
}

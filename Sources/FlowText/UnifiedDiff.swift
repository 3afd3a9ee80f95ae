/// The difference of two texts in the unified format that `patch` and `git apply` read.
public struct UnifiedDiff: Sendable {
  /// Lines shown around a change.
  public static let contextLineCount = 3
  /// Texts that differ in more lines than this are shown as one change from the first to the last: the
  /// search for the shortest difference costs the square of its length.
  public static let maximumDifferences = 1_000

  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  private let steps: [Step]

  /// A line kept, taken away or put in, as indexes of both texts.
  enum Step: Equatable {
    case keep(old: Int, new: Int)
    case remove(old: Int)
    case insert(new: Int)

    var isKeep: Bool {
      switch self {
      case .keep: true
      case .remove, .insert: false
      }
    }
  }

  public init(from old: [UInt8], to new: [UInt8]) {
    self.old = UnifiedDiff.lines(of: old)
    self.new = UnifiedDiff.lines(of: new)
    steps = ShortestDifference.steps(from: self.old, to: self.new)
  }

  public var isEmpty: Bool { steps.allSatisfy(\.isKeep) }

  /// The whole difference; empty for equal texts.
  /// - Parameters:
  ///   - oldName: what stands behind `---`; `git apply` wants it to begin with `a/`.
  ///   - newName: what stands behind `+++`.
  public func rendered(oldName: String, newName: String) -> [UInt8] {
    if isEmpty { return [] }
    var result = Array("--- \(oldName)\n+++ \(newName)\n".utf8)
    for hunk in hunks { render(hunk, into: &result) }
    return result
  }

  /// The stretches of steps to show: changes with their context, joined where contexts touch.
  private var hunks: [Range<Int>] {
    var result: [Range<Int>] = []
    for (index, step) in steps.enumerated() where !step.isKeep {
      let lower = max(0, index - UnifiedDiff.contextLineCount)
      let upper = min(steps.count, index + UnifiedDiff.contextLineCount + 1)
      if let last = result.last, lower <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<upper
      } else {
        result.append(lower..<upper)
      }
    }
    return result
  }

  private func render(_ hunk: Range<Int>, into result: inout [UInt8]) {
    var body: [UInt8] = []
    var counts = (old: 0, new: 0)
    for step in steps[hunk] {
      switch step {
      case .keep(let oldLine, _):
        counts = (counts.old + 1, counts.new + 1)
        append(old[oldLine], sign: " ", to: &body)
      case .remove(let oldLine):
        counts.old += 1
        append(old[oldLine], sign: "-", to: &body)
      case .insert(let newLine):
        counts.new += 1
        append(new[newLine], sign: "+", to: &body)
      }
    }
    let before = linesBefore(hunk.lowerBound)
    let oldPart = UnifiedDiff.header(start: before.old, count: counts.old)
    let newPart = UnifiedDiff.header(start: before.new, count: counts.new)
    result.append(contentsOf: "@@ -\(oldPart) +\(newPart) @@\n".utf8)
    result.append(contentsOf: body)
  }

  /// How many lines of both texts the steps before an index have used up.
  private func linesBefore(_ index: Int) -> (old: Int, new: Int) {
    var counts = (old: 0, new: 0)
    for step in steps[..<index].reversed() {
      switch step {
      case .keep(let oldLine, let newLine):
        return (oldLine + 1 + counts.old, newLine + 1 + counts.new)
      case .remove: counts.old += 1
      case .insert: counts.new += 1
      }
    }
    return counts
  }

  /// A range of lines as the format wants it: an empty one names the line before it.
  private static func header(start: Int, count: Int) -> String {
    switch count {
    case 0: "\(start),0"
    case 1: "\(start + 1)"
    case _: "\(start + 1),\(count)"
    }
  }

  private func append(_ line: ArraySlice<UInt8>, sign: Unicode.Scalar, to body: inout [UInt8]) {
    body.append(UInt8(ascii: sign))
    body.append(contentsOf: line)
    if line.last != UInt8(ascii: "\n") { body.append(contentsOf: "\n\\ No newline at end of file\n".utf8) }
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var result: [ArraySlice<UInt8>] = []
    var start = 0
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      result.append(bytes[start...offset])
      start = offset + 1
    }
    if start < bytes.count { result.append(bytes[start...]) }
    return result
  }
}

import FlowText
import Testing

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    let diff = UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8))
    return String(decoding: diff.rendered(oldName: "a/x", newName: "b/x"), as: UTF8.self)
  }

  @Test func equalTextsHaveNone() {
    #expect(diff("a\nb", "a\nb") == "")
  }

  @Test func twoHunks() {
    let old = (1...20).map { "\($0)\n" }.joined()
    let new = old.replacingOnce("\n3\n", "\nthree\n").replacingOnce("\n18\n", "\n")
    #expect(
      diff(old, new) == """
        --- a/x
        +++ b/x
        @@ -1,6 +1,6 @@
         1
         2
        -3
        +three
         4
         5
         6
        @@ -15,6 +15,5 @@
         15
         16
         17
        -18
         19
         20

        """)
  }

  @Test func finalLineBreakAndEmptyFiles() {
    #expect(
      diff("a", "a\n")
        == "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
    #expect(diff("", "a\n") == "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n")
    #expect(diff("a\nb\n", "") == "--- a/x\n+++ b/x\n@@ -1,2 +0,0 @@\n-a\n-b\n")
  }

  /// Made anew from the old text and the hunks, the new text comes out.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func hunksLeadToTheNewText(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func text(_ random: inout SeededGenerator) -> [String] {
      (0..<Int.random(in: 0...30, using: &random)).map { _ in
        ["a", "b", "c", ""].randomElement(using: &random) ?? ""
      }
    }
    let old = text(&random)
    let new = text(&random)
    let rendered = diff(old.map { $0 + "\n" }.joined(), new.map { $0 + "\n" }.joined())
    #expect(try patched(old, rendered) == new, "seed \(seed)")
  }

  @Test func textsWithoutAnythingInCommonAreOneChange() throws {
    let old = (0..<3_000).map { "old \($0)" }
    let new = (0..<3_000).map { "new \($0)" }
    let rendered = diff(old.map { $0 + "\n" }.joined(), new.map { $0 + "\n" }.joined())
    #expect(try patched(old, rendered) == new)
  }

  private func patched(_ old: [String], _ diff: String) throws -> [String] {
    var result: [String] = []
    var next = 0
    for line in diff.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).dropLast() {
      if line.hasPrefix("@@") {
        let numbers = try #require(line.split(separator: " ").dropFirst().first).dropFirst().split(
          separator: ",")
        let start = try #require(Int(numbers[0]))
        let isEmpty = numbers.count > 1 && numbers[1] == "0"
        let before = isEmpty ? start : start - 1
        result += old[next..<before]
        next = before
      } else if line.hasPrefix("+") {
        result.append(String(line.dropFirst()))
      } else {
        #expect(old[next] == line.dropFirst())
        if line.hasPrefix(" ") { result.append(old[next]) }
        next += 1
      }
    }
    return result + old[next...]
  }
}

extension String {
  fileprivate func replacingOnce(_ old: String, _ new: String) -> String {
    let at = firstRange(of: old)
    return at.map { self[..<$0.lowerBound] + new + self[$0.upperBound...] } ?? self
  }
}

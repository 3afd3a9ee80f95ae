import FlowText
import Testing

@Suite struct ClosestNameTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("abc", "abc", 0), ("ab", "ba", 1), ("ca", "abc", 2), ("kitten", "sitting", 3),
    ("conctacted", "contacted", 1), ("staus", "status", 1), ("日本", "日木", 1),
  ])
  func distance(_ a: String, _ b: String, _ distance: Int) {
    #expect(editDistance(a, b) == distance)
    #expect(editDistance(b, a) == distance)
  }

  @Test(
    arguments: [
      ("conctacted", ["status", "contacted"], "contacted"), ("paod", ["paid", "said"], "paid"),
      ("x", ["y"], nil), ("x", ["xy"], "xy"), ("abcdef", ["abcxyz"], nil), ("abcdef", ["abcdxy"], "abcdxy"),
      ("abc", ["axy"], nil), ("same", ["same"], nil), ("ab", ["ac", "aa"], "aa"), ("ab", ["aa", "ac"], "aa"),
      (String(repeating: "a", count: 200), [String(repeating: "a", count: 199)], nil),
    ] as [(String, [String], String?)])
  func closest(_ name: String, _ candidates: [String], _ expected: String?) {
    #expect(closestName(to: name, among: candidates) == expected)
  }
}

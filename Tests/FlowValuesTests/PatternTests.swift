import FlowValues
import Testing

@Suite struct PatternTests {
  @Test("K3: finds what an independent engine finds")
  func table() throws {
    let rows = try SpecFile.rows("patterns.tsv")
    let scratch = PatternScratch()
    for row in rows {
      let pattern = try Pattern(row[0])
      let text = row[1].replacing("\\n", with: "\n")
      let found = withUTF8(text) { pattern.matches($0, scratch: scratch) }
      #expect(found == (row[2] == "yes"), "\(row[0]) in \(row[1])")
    }
    #expect(rows.count > 1000)
  }

  @Test(
    "K3: matches is a search, by scalar",
    arguments: [
      ("b", "abc", true), ("^b", "abc", false), ("a.c", "aéc", true), ("a.c", "a🙂c", true),
      ("^..$", "e\u{301}", true),
      ("^.$", "\n", false), ("a$", "a\n", false), ("(?i)STRASSE", "straße", false), ("(?i)ÉTÉ", "été", true),
      ("(?i)[^é]", "É", false), ("\\u{1F642}+", "🙂", true), ("\\w+", "日本", true), ("^\\d$", "٣", true),
      ("^\\s$", "\u{A0}", true), ("\\bété\\b", "l'été!", true), ("", "", true), ("a{0}b", "b", true),
      ("[\\]]", "]", true),
      ("[\\u{61}-\\u{63}]", "b", true), ("^(?:a|b){2,3}?$", "aba", true), ("^[^\\d\\s]+$", "ab1", false),
      ("(){1000}", "", true), ("a{2,", "a{2,", true),
    ])
  func searches(pattern: String, text: String, expected: Bool) throws {
    #expect(try Pattern(pattern).matches(text) == expected)
  }

  @Test(
    "K3: a pattern that does not compile says where and why",
    arguments: [
      ("a(b", 1, "this `(` is never closed"), ("a)", 1, "`)` without `(`"),
      ("é*+", 3, "a repeat of a repeat needs a group"),
      ("*a", 0, "nothing to repeat before `*`"), ("(a)\\1", 3, "backreferences are not supported"),
      ("a(?=b)", 1, "lookahead is not supported"), ("(?<!b)", 0, "lookbehind is not supported"),
      ("a(?i)b", 1, "`(?i)` stands only at the beginning of a pattern"),
      ("[a", 0, "this `[` is never closed"),
      ("[z-a]", 1, "the range is not one from a lower to a higher character"),
      ("a\\", 1, "a pattern cannot end with `\\`"),
      ("a{3,2}", 1, "the counts of this repeat are the wrong way round"), ("\\q", 0, "unknown escape `\\q`"),
      ("a{1001}", 1, "a repeat counts further than 1000"), ("|{2}", 1, "nothing to repeat before `{`"),
      ("\\u{D800}", 0, "expected `\\u{…}` with one to six hexadecimal digits of a Unicode scalar"),
      ("(?<name>a)", 0, "named groups are not supported: nothing can refer to them"),
      ("(?", 0, "expected `(?:` or `(`, found another kind of group"),
    ])
  func errors(pattern: String, offset: Int, message: String) {
    #expect(throws: PatternError(offset: offset, message: message)) { try Pattern(pattern) }
  }

  @Test("K3: every limit is one")
  func limits() throws {
    let long = String(repeating: "a", count: Pattern.maximumByteCount)
    #expect(throws: Never.self) { try Pattern(long) }
    #expect(throws: PatternError.self) { try Pattern(long + "a") }
    let deep = { (count: Int) in String(repeating: "(", count: count) + String(repeating: ")", count: count) }
    #expect(throws: Never.self) { try Pattern(deep(Pattern.maximumDepth)) }
    #expect(throws: PatternError.self) { try Pattern(deep(Pattern.maximumDepth + 1)) }
    #expect(throws: PatternError.self) { try Pattern("((a{100}){100}){100}") }
    // Repeats of nothing take no time either.
    let nothing = String(repeating: "(", count: 50) + String(repeating: "){1000}", count: 50)
    #expect(try Pattern(nothing).matches(""))
  }

  @Test(
    "K3: no text makes a pattern hang: steps are at most text × program",
    arguments: [
      "(a*)*b", "(a|a)*b", "(a+)+$b", "(a?){50}a{50}b", "((a*)*)*b", "(.*)(.*)(.*)b", "(a|aa)+b", "^(a*)*b",
      "(\\ba|a)*b",
    ])
  func steps(source: String) throws {
    let pattern = try Pattern(source)
    for length in [100, 1000, 10_000] {
      let scratch = PatternScratch()
      let text = String(repeating: "a", count: length)
      #expect(withUTF8(text) { !pattern.matches($0, scratch: scratch) })
      #expect(scratch.stepCount <= 2 * (length + 1) * pattern.programSize)
    }
  }

  @Test("malformed UTF-8 is read as U+FFFD and never traps")
  func malformedText() throws {
    let pattern = try Pattern("^a\\u{FFFD}b$")
    let scratch = PatternScratch()
    let bytes: [UInt8] = [0x61, 0xC3, 0x62]
    #expect(bytes.withUnsafeBufferPointer { pattern.matches($0, scratch: scratch) })
  }
}

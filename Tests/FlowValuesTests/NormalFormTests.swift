import FlowValues
import Testing

@Suite struct NormalFormTests {
  @Test(
    "D3: surrounding blanks are trimmed, whatever blanks they are",
    arguments: [
      ("  a b ", "a b"), ("\t\n\r\u{B}\u{C}a", "a"), ("\u{A0}é\u{3000}", "é"),
      ("\u{2003}\u{202F}x\u{205F}\u{1680}", "x"), ("   ", ""),
      ("", ""), ("\u{85}a\u{2028}\u{2029}", "a"), ("\u{200B}a", "\u{200B}a"), ("é", "é"),
    ])
  func trimming(text: String, expected: String) {
    #expect(withUTF8(text) { String(decoding: $0[Blanks.trimmed($0)], as: UTF8.self) } == expected)
  }

  @Test("D3: a blank is what Unicode calls White_Space")
  func everyBlank() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      guard Blanks.isBlank(value) == scalar.properties.isWhitespace else {
        Issue.record("\(value)")
        return
      }
    }
  }

  @Test(
    "D3: phone keeps its digits only and must have some",
    arguments: [
      ("+34 600-111 (222)", "34600111222"), ("600.11", "60011"), ("call me", nil), ("", nil), ("+", nil),
      ("٣", nil),
    ] as [(String, String?)])
  func phones(text: String, expected: String?) {
    #expect(normalized(text, Phone.appendNormalForm) == expected)
  }

  @Test(
    "D3: boolean is true/false/yes/no/1/0 in any case",
    arguments: [
      ("true", true), ("TRUE", true), ("Yes", true), ("1", true), ("false", false), ("No", false),
      ("0", false), ("y", nil),
      ("on", nil), ("10", nil), ("", nil), ("tru", nil), ("trueé", nil), ("2", nil),
    ] as [(String, Bool?)])
  func booleans(text: String, expected: Bool?) {
    #expect(withUTF8(text, BooleanCell.parse) == expected)
  }

  @Test(
    "D3: email is validated and lower-cased",
    arguments: [
      ("Ana@Example.COM", "ana@example.com"), ("a.b+c@d-e.co", "a.b+c@d-e.co"),
      ("JOSÉ@Ñandú.es", "josé@ñandú.es"),
      ("o'hara_1@x.y.z", "o'hara_1@x.y.z"), ("a@b.c", "a@b.c"), ("a", nil), ("@b.co", nil), ("a@", nil),
      ("a@localhost", nil),
      ("a@b@c.de", nil), ("a b@c.de", nil), ("a@c .de", nil), ("a@.de", nil), ("a@c.", nil), ("a@c..de", nil),
      (".a@c.de", nil), ("a.@c.de", nil), ("a..b@c.de", nil), ("a@-c.de", nil), ("a@c-.de", nil),
      ("a@c.d-", nil),
      ("a@[1.2.3]", nil), ("\"a\"@c.de", nil), ("a,b@c.de", nil), ("a@c_d.de", nil), ("<a@c.de>", nil),
      ("", nil),
      ("a\u{A0}@c.de", nil), ("a\0@c.de", nil), ("a@c.de\n", nil),
    ] as [(String, String?)])
  func emails(text: String, expected: String?) {
    #expect(normalized(text, Email.appendNormalForm) == expected)
  }

  @Test("D3: an email has at most 254 bytes, 64 before the @, 63 in a label")
  func emailLengths() {
    let label = String(repeating: "b", count: 63)
    let local = String(repeating: "a", count: 64)
    #expect(normalized("\(local)@\(label).com", Email.appendNormalForm) != nil)
    #expect(normalized("a\(local)@\(label).com", Email.appendNormalForm) == nil)
    #expect(normalized("\(local)@b\(label).com", Email.appendNormalForm) == nil)
    let domain = [label, label, String(repeating: "b", count: 61)].joined(separator: ".")
    #expect(normalized("\(local)@\(domain)", Email.appendNormalForm)?.utf8.count == 254)
    #expect(normalized("\(local)@\(domain)b", Email.appendNormalForm) == nil)
    // Ⱥ has two bytes, its small form three: an address may become too long.
    let growing = [String(repeating: "Ⱥ", count: 30), String(repeating: "Ⱥ", count: 30)].joined(
      separator: ".")
    #expect(
      normalized("\(local)@\(growing).\(String(repeating: "b", count: 60))", Email.appendNormalForm) == nil)
  }

  /// What a normal form appends, which is nothing where it refuses the text.
  private func normalized(
    _ text: String, _ append: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Bool
  ) -> String? {
    var bytes = Array("before".utf8)
    let isValid = withUTF8(text) { append($0, &bytes) }
    let appended = String(decoding: bytes.dropFirst(6), as: UTF8.self)
    #expect(isValid || appended.isEmpty)
    return isValid ? appended : nil
  }
}

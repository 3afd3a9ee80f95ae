import FlowRuntime
import Testing

@testable import FlowData

@Suite struct JSONScannerTests {
  /// The pieces of a text on one line; a fault as its column and message.
  static func pieces(_ text: String) -> String {
    pieces(Array(text.utf8))
  }

  static func pieces(_ bytes: [UInt8]) -> String {
    var scanner = JSONScanner()
    return bytes.withUnsafeBufferPointer { bytes in
      scanner.begin(bytes)
      var result: [String] = []
      while true {
        switch scanner.next() {
        case .beginObject: result.append("{")
        case .endObject: result.append("}")
        case .beginArray: result.append("[")
        case .endArray: result.append("]")
        case .key(let name): result.append(String(decoding: name, as: UTF8.self) + ":")
        case .scalar(.text(let text)): result.append("'\(String(decoding: text, as: UTF8.self))'")
        case .scalar(let value): result.append(value.spelling)
        case .end: return result.joined(separator: " ")
        case .invalid(let fault):
          return (result + ["!\(fault.column(in: bytes)) \(fault.reason)"]).joined(separator: " ")
        }
      }
    }
  }

  static let cases: [(text: String, expected: String)] = [
    ("{}", "{ }"), ("[]", "[ ]"), (" { } ", "{ }"),
    (#"{"a":1,"b":[true,false,null],"c":{"d":"x"}}"#, "{ a: 1 b: [ true false null ] c: { d: 'x' } }"),
    (
      "[0,-0,1.50,1e5,1E-5,2e+3,12345678901234567890.10]",
      "[ 0 -0 1.50 1e5 1E-5 2e+3 12345678901234567890.10 ]"
    ),
    (#"["\"\\\/\b\f\n\r\t"]"#, "[ '\"\\/\u{8}\u{C}\n\r\t' ]"),
    (#"["\u00e9\uD83D\uDE00x","é"]"#, "[ 'é😀x' 'é' ]"),
    (#"["a\"b","plain"]"#, "[ 'a\"b' 'plain' ]"),
    ("", "!1 cutOff"), ("{", "{ !2 cutOff"), ("[1", "[ 1 !3 cutOff"), (#"{"a"#, "{ !4 cutOff"),
    (#"{"a":"#, "{ a: !6 cutOff"),
    ("[01]", #"[ 0 !3 expected("`,` or `]`")"#), ("[1.]", #"[ !4 expected("a digit")"#),
    ("[.5]", #"[ !2 expected("a value")"#), ("[+1]", #"[ !2 expected("a value")"#),
    ("[1,]", #"[ 1 !4 expected("a value")"#), ("[NaN]", #"[ !2 expected("a value")"#),
    (#"{"a":1,}"#, #"{ a: 1 !8 expected("a name in double quotes")"#),
    ("{a:1}", #"{ !2 expected("a name in double quotes")"#),
    (#"{"a" 1}"#, #"{ !6 expected("`:`")"#),
    ("{} {}", #"{ } !4 expected("the end of the line")"#),
    ("[1}", #"[ 1 !3 expected("`,` or `]`")"#),
    (#"["é", x]"#, #"[ 'é' !7 expected("a value")"#),
    (#"["\uD83D"]"#, "[ !3 loneSurrogate"), (#"["\uDE00"]"#, "[ !3 loneSurrogate"),
    (#"["\u00zz"]"#, "[ !3 escape"), (#"["\x"]"#, "[ !3 escape"), (#"["\u0000"]"#, "[ !3 nul"),
    ("[\"a\tb\"]", "[ !4 controlCharacter"),
  ]

  @Test(arguments: cases.indices) func reads(_ index: Int) {
    let (text, expected) = JSONScannerTests.cases[index]
    #expect(JSONScannerTests.pieces(text) == expected, "\(text)")
  }

  @Test func depthIsLimited() {
    let most = JSONScanner.maximumDepth
    let allowed = String(repeating: "[", count: most) + String(repeating: "]", count: most)
    #expect(!JSONScannerTests.pieces(allowed).contains("!"))
    let deep = String(repeating: "[", count: 100_000)
    #expect(JSONScannerTests.pieces(deep).hasSuffix("!\(most + 1) tooDeep"))
  }

  @Test func malformedTextIsRefused() {
    #expect(JSONScannerTests.pieces([0x5B, 0x22, 0xFF, 0x22, 0x5D]) == "[ !3 malformedText")
  }

  @Test func randomBytesNeverTrap() {
    let alphabet = Array(#"{}[]":,\u0Dd8etrufalsn-+.1e é"#.utf8) + [0xFF, 0x00]
    var generator = SplitMix(state: 11)
    var faults = 0
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      if JSONScannerTests.pieces(bytes).contains("!") { faults += 1 }
    }
    #expect(faults > 10_000, "seed 11")
  }
}

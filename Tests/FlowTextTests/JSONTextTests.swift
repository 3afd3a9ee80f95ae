import FlowText
import Foundation
import Testing

@Suite struct JSONTextTests {
  private func write(_ json: inout JSONText) {
    json.object { json in
      json.member("a", 1)
      json.array("b") { json in
        json.value(true)
        json.null()
        json.array { _ in }
        json.object { $0.member("x", Int.min) }
      }
      json.object("c") { _ in }
      json.key("d")
      json.literal("0.1")
    }
  }

  @Test func compact() {
    var json = JSONText()
    write(&json)
    json.endLine()
    json.value("next")
    #expect(
      json.string
        == "{\"a\":1,\"b\":[true,null,[],{\"x\":-9223372036854775808}],\"c\":{},\"d\":0.1}\n\"next\"")
  }

  @Test func pretty() {
    var json = JSONText(.pretty)
    write(&json)
    #expect(
      json.string == """
        {
          "a": 1,
          "b": [
            true,
            null,
            [],
            {
              "x": -9223372036854775808
            }
          ],
          "c": {},
          "d": 0.1
        }
        """)
  }

  /// Another reader gets back what was written.
  @Test func everyScalarSurvives() throws {
    var text = ""
    for value in 0...0x2FF {
      if let scalar = Unicode.Scalar(UInt32(value)) { text.unicodeScalars.append(scalar) }
    }
    text += "\u{2028}\u{FFFF}😀\"\\/"
    var json = JSONText()
    json.array { $0.value(text) }
    let read = try JSONSerialization.jsonObject(with: Data(json.take())) as? [String]
    #expect(read == [text])
    #expect(json.bytes.isEmpty)
  }
}

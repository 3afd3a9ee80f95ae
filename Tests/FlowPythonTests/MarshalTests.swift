import Testing

@testable import FlowPython

/// The reader of answers takes any bytes: a script may write what it likes.
@Suite struct MarshalTests {
  private static func read(_ bytes: [UInt8]) -> MarshalValue? {
    bytes.withUnsafeBufferPointer { MarshalReader.value($0) }
  }

  @Test func readsWhatIsWritten() {
    var writer = MarshalWriter()
    writer.begin()
    writer.tuple(count: 5)
    writer.integer(-1)
    writer.integer(.min)
    writer.text("é")
    writer.boolean(true)
    writer.none()
    writer.finish()
    #expect(
      Self.read(Array(writer.bytes.dropFirst(4)))
        == .tuple([.integer(-1), .integer(.min), .text("é"), .boolean(true), .none]))
  }

  @Test func garbageIsNil() {
    var state: UInt64 = 42
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int(state >> 60) + 1 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(UInt8(truncatingIfNeeded: state >> 33))
        if state >> 62 == 0 { bytes.append(contentsOf: "(".utf8) }
      }
      _ = Self.read(bytes)
    }
    #expect(Self.read([]) == nil)
    #expect(Self.read(Array("(\u{7f}\u{7f}\u{7f}\u{7f}".utf8)) == nil)
    #expect(Self.read(Array(repeating: UInt8(ascii: ")"), count: 1000)) == nil)
    #expect(Self.read(Array("NN".utf8)) == nil)
  }
}

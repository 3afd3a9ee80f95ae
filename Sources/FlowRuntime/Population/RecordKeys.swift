import FlowSchema
import FlowValues

/// Reads the keys at the beginning of a record without loading the person (semantics D4).
enum RecordKeys {
  /// The text of a key field; empty where it is unset.
  @inline(__always)
  static func key(
    _ field: Int, in record: UnsafePointer<UInt8>, profileFieldCount: Int
  ) -> UnsafeBufferPointer<UInt8> {
    var reader = RecordReader(record)
    let bits = record.pointee
    guard bits >> UInt8(field) & 1 == 1 else { return UnsafeBufferPointer(start: nil, count: 0) }
    reader.position += (profileFieldCount + 7) / 8
    for earlier in 0..<field where bits >> UInt8(earlier) & 1 == 1 { _ = reader.text() }
    let text = reader.text()
    return UnsafeBufferPointer(start: text.start, count: text.count)
  }

  /// Which keys of a row differ from those of a record, a bit each.
  @inline(__always)
  static func changes(_ keys: RowKeys, _ record: UnsafePointer<UInt8>, profileFieldCount: Int) -> UInt8 {
    var reader = RecordReader(record)
    let bits = record.pointee
    reader.position += (profileFieldCount + 7) / 8
    var changed: UInt8 = 0
    for field in 0..<SystemField.Profile.keyCount {
      let isSet = bits >> UInt8(field) & 1 == 1
      let found = isSet ? reader.text() : (start: record, count: 0)
      let text = UnsafeBufferPointer(start: found.start, count: found.count)
      if keys.has(field), !TextFunctions.equal(text, keys.text(field)) { changed |= 1 << UInt8(field) }
    }
    return changed
  }
}

/// A TZif file (RFC 8536), of any version.
///
/// A file of version 2 or later holds its data twice; the second block has 64-bit times and is the one read.
struct ZoneFile {
  fileprivate let bytes: [UInt8]

  /// The largest file that is read, in bytes; those in use have a few thousand.
  static let maximumByteCount = 1 << 20

  private static let headerLength = 44

  /// `nil` where the bytes are no well-formed TZif file, or one that counts leap seconds.
  static func rules(of bytes: [UInt8]) -> ZoneRules? {
    guard bytes.count <= maximumByteCount else { return nil }
    let file = ZoneFile(bytes: bytes)
    guard let first = file.header(at: 0, timeSize: 4) else { return nil }
    guard first.version >= UInt8(ascii: "2") else { return file.rules(first) }
    guard let second = file.header(at: first.end, timeSize: 8), var rules = file.rules(second) else {
      return nil
    }
    return file.extend(&rules, at: second.end) ? rules : nil
  }

  /// Reads the footer, a TZ string between two line feeds; false where it is malformed.
  private func extend(_ rules: inout ZoneRules, at offset: Int) -> Bool {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\n"),
      let end = bytes[(offset + 1)...].firstIndex(of: UInt8(ascii: "\n"))
    else { return false }
    let text = bytes[offset + 1..<end]
    // An empty footer says that nothing is known behind the last change: what held then goes on.
    if text.isEmpty { return true }
    guard let rule = FooterParser.parse(text) else { return false }
    rules.extend(by: rule)
    return true
  }
}

/// Where the parts of one data block lie.
private struct ZoneBlock {
  let version: UInt8
  let timeSize: Int
  let timeCount: Int
  let typeCount: Int
  let times: Int
  let end: Int

  var typeIndices: Int { times + timeCount * timeSize }
  var types: Int { typeIndices + timeCount }
}

extension ZoneFile {
  private func header(at offset: Int, timeSize: Int) -> ZoneBlock? {
    let start = offset + ZoneFile.headerLength
    guard start <= bytes.count, bytes[offset..<offset + 4].elementsEqual("TZif".utf8) else { return nil }
    let counts = (0..<6).map { Int(integer(at: offset + 20 + $0 * 4, size: 4) & 0xFFFF_FFFF) }
    let (universal, standard, leaps) = (counts[0], counts[1], counts[2])
    let (times, types, characters) = (counts[3], counts[4], counts[5])
    // No count of a well-formed file exceeds its length; this keeps the sums below from overflowing.
    guard counts.allSatisfy({ $0 <= bytes.count }), types > 0, leaps == 0 else { return nil }
    let length = times * (timeSize + 1) + types * 6 + characters + standard + universal
    guard length <= bytes.count - start else { return nil }
    return ZoneBlock(
      version: bytes[offset + 4], timeSize: timeSize, timeCount: times, typeCount: types, times: start,
      end: start + length)
  }

  private func rules(_ block: ZoneBlock) -> ZoneRules? {
    var rules = ZoneRules(initialOffset: offset(ofType: 0, in: block))
    var previous = Int64.min
    for index in 0..<block.timeCount {
      let seconds = integer(at: block.times + index * block.timeSize, size: block.timeSize)
      let type = Int(bytes[block.typeIndices + index])
      guard type < block.typeCount, seconds > previous || index == 0 else { return nil }
      previous = seconds
      let change = ZoneChange(
        milliseconds: ZoneFile.milliseconds(seconds), offset: offset(ofType: type, in: block))
      guard abs(change.offset) <= ZoneFile.maximumOffset else { return nil }
      rules.changes.append(change)
    }
    return abs(rules.initialOffset) <= ZoneFile.maximumOffset ? rules : nil
  }

  /// In seconds: the range that RFC 8536 recommends, made symmetrical.
  private static let maximumOffset: Int32 = 26 * 3600

  private func offset(ofType type: Int, in block: ZoneBlock) -> Int32 {
    Int32(truncatingIfNeeded: integer(at: block.types + type * 6, size: 4))
  }

  /// Some files begin with the Big Bang: times far outside the calendar are brought near to it.
  private static func milliseconds(_ seconds: Int64) -> Int64 {
    let limit: Int64 = 1_000_000_000_000
    return max(-limit, min(limit, seconds)) * 1000
  }

  /// A signed big-endian integer of four or eight bytes.
  private func integer(at offset: Int, size: Int) -> Int64 {
    let unsigned = bytes[offset..<offset + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return size == 4
      ? Int64(Int32(truncatingIfNeeded: unsigned)) : Int64(truncatingIfNeeded: unsigned)
  }
}

/// What a clock shows, from 00:00 up to but not including 24:00.
@frozen public struct TimeOfDay: Hashable, Sendable {
  /// Since midnight, in `0..<86_400_000`.
  public let milliseconds: Int32

  /// The length of a day of 24 hours.
  @inlinable public static var millisecondsPerDay: Int64 { 86_400_000 }
  @inlinable public static var midnight: TimeOfDay { TimeOfDay(unchecked: 0) }

  /// `nil` outside `0..<86_400_000`.
  @inlinable public init?(milliseconds: Int64) {
    guard milliseconds >= 0, milliseconds < TimeOfDay.millisecondsPerDay else { return nil }
    self.milliseconds = Int32(truncatingIfNeeded: milliseconds)
  }

  /// `nil` where a part is outside `0...23` or `0...59`.
  @inlinable public init?(hour: Int, minute: Int) {
    self.init(hour: hour, minute: minute, second: 0, millisecond: 0)
  }

  /// `nil` where a part is outside its range; there is no second 60.
  @inlinable public init?(hour: Int, minute: Int, second: Int, millisecond: Int) {
    guard hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second < 60,
      millisecond >= 0, millisecond < 1000
    else { return nil }
    let seconds = (hour * 60 + minute) * 60 + second
    milliseconds = Int32(truncatingIfNeeded: seconds * 1000 + millisecond)
  }

  /// For counts that are known to be in range.
  @inlinable init(unchecked milliseconds: Int32) { self.milliseconds = milliseconds }
}

extension TimeOfDay: Comparable {
  @inlinable public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.milliseconds < b.milliseconds }
}

extension TimeOfDay {
  @inlinable public var hour: Int { Int(milliseconds) / 3_600_000 }
  @inlinable public var minute: Int { Int(milliseconds) / 60_000 % 60 }
  @inlinable public var second: Int { Int(milliseconds) / 1000 % 60 }
  @inlinable public var millisecond: Int { Int(milliseconds) % 1000 }
}

extension TimeOfDay: CustomStringConvertible {
  /// `HH:MM`; seconds are not shown.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `description` says, as UTF-8.
  public func append(to bytes: inout [UInt8]) {
    DecimalDigits.append(UInt64(hour), width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    DecimalDigits.append(UInt64(minute), width: 2, to: &bytes)
  }

  /// Appends `:SS`, and `.mmm` behind it where there are milliseconds.
  func appendSeconds(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: ":"))
    DecimalDigits.append(UInt64(second), width: 2, to: &bytes)
    guard millisecond != 0 else { return }
    bytes.append(UInt8(ascii: "."))
    DecimalDigits.append(UInt64(millisecond), width: 3, to: &bytes)
  }

  /// Reads exactly `HH:MM`; `nil` for anything else, `24:00` included.
  @inlinable public static func parse(_ utf8: UnsafeBufferPointer<UInt8>) -> TimeOfDay? {
    guard utf8.count == 5, utf8[2] == UInt8(ascii: ":"),
      let hour = DecimalDigits.number(utf8, at: 0, count: 2),
      let minute = DecimalDigits.number(utf8, at: 3, count: 2)
    else { return nil }
    return TimeOfDay(hour: hour, minute: minute)
  }
}

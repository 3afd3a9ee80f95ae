/// What a text is as a duration.
public enum ParsedDuration: Hashable, Sendable {
  case value(CalendarDuration)
  /// Well formed, but longer than `CalendarDuration.maximumDays`.
  case outOfRange
  case malformed
}

extension CalendarDuration: CustomStringConvertible {
  /// The one canonical form: days, hours, minutes and seconds, falling, without those that are zero.
  ///
  /// Weeks are written as days (`14d`), hours are never made into days (`24h`), nothing is `0s`, a negative
  /// duration has one `-` before all its parts. What cannot be a literal is written so that it reads well: parts
  /// of different sign as a sum (`1d-2h`), milliseconds as decimals of the seconds (`1.5s`).
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `description` says, as UTF-8.
  public func append(to bytes: inout [UInt8]) {
    if days < 0 || (days == 0 && milliseconds < 0) { bytes.append(UInt8(ascii: "-")) }
    if days != 0 {
      CalendarDuration.append(UInt64(days.magnitude), "d", to: &bytes)
      if days > 0 && milliseconds < 0 { bytes.append(UInt8(ascii: "-")) }
      if days < 0 && milliseconds > 0 { bytes.append(UInt8(ascii: "+")) }
    }
    let seconds = milliseconds.magnitude / 1000
    if seconds >= 3600 { CalendarDuration.append(seconds / 3600, "h", to: &bytes) }
    if seconds / 60 % 60 != 0 { CalendarDuration.append(seconds / 60 % 60, "m", to: &bytes) }
    appendSeconds(seconds % 60, to: &bytes)
  }

  private func appendSeconds(_ seconds: UInt64, to bytes: inout [UInt8]) {
    let rest = milliseconds.magnitude % 1000
    guard seconds != 0 || rest != 0 || self == .zero else { return }
    DecimalDigits.append(seconds, width: 1, to: &bytes)
    if rest != 0 {
      bytes.append(UInt8(ascii: "."))
      DecimalDigits.append(rest, width: 3, to: &bytes)
      while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    }
    bytes.append(UInt8(ascii: "s"))
  }

  private static func append(_ count: UInt64, _ unit: Unicode.Scalar, to bytes: inout [UInt8]) {
    DecimalDigits.append(count, width: 1, to: &bytes)
    bytes.append(UInt8(ascii: unit))
  }
}

extension CalendarDuration {
  /// Reads `30s`, `15m`, `24h`, `3d`, `2w` and compounds with falling units (`1h30m`); no sign, no blanks.
  public static func parse(_ utf8: UnsafeBufferPointer<UInt8>) -> ParsedDuration {
    var days: Int64 = 0
    var milliseconds: Int64 = 0
    var offset = 0
    var isInRange = true
    var previous: DurationUnit?
    repeat {
      guard let part = DurationPart(utf8, from: &offset) else { return .malformed }
      if let previous, part.unit.rawValue <= previous.rawValue { return .malformed }
      previous = part.unit
      guard let count = part.count, count <= maximumMilliseconds / 1000 else {
        isInRange = false
        continue
      }
      // No unit is below a second and each occurs once, so that neither sum nor product can overflow.
      switch part.unit {
      case .weeks: days += count * 7
      case .days: days += count
      case .hours: milliseconds += count * 3_600_000
      case .minutes: milliseconds += count * 60_000
      case .seconds: milliseconds += count * 1000
      }
    } while offset < utf8.count
    guard isInRange, let value = CalendarDuration(days: days, milliseconds: milliseconds) else {
      return .outOfRange
    }
    return .value(value)
  }
}

/// In falling order.
private enum DurationUnit: Int {
  case weeks, days, hours, minutes, seconds

  init?(_ byte: UInt8) {
    switch Unicode.Scalar(byte) {
    case "w": self = .weeks
    case "d": self = .days
    case "h": self = .hours
    case "m": self = .minutes
    case "s": self = .seconds
    default: return nil
    }
  }
}

/// Digits and the unit behind them.
private struct DurationPart {
  /// `nil` beyond 64 bits.
  let count: Int64?
  let unit: DurationUnit

  init?(_ utf8: UnsafeBufferPointer<UInt8>, from offset: inout Int) {
    let start = offset
    while offset < utf8.count, DecimalDigits.value(utf8[offset]) != nil { offset += 1 }
    guard offset > start, offset < utf8.count, let unit = DurationUnit(utf8[offset]) else { return nil }
    if case .value(let count) = Int64.parseCell(UnsafeBufferPointer(rebasing: utf8[start..<offset])) {
      self.count = count
    } else {
      count = nil
    }
    self.unit = unit
    offset += 1
  }
}

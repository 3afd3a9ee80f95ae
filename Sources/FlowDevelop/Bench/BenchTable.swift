import Glibc

/// What a figure should be.
enum BenchTarget {
  case atMost(Double)
  case below(Double)
  case atLeast(Double)
  /// There for reading; nothing is promised.
  case none

  /// `nil` where there is no target, or nothing was measured.
  func isMet(by value: Double) -> Bool? {
    guard value.isFinite else { return nil }
    return switch self {
    case .atMost(let limit): value <= limit
    case .below(let limit): value < limit
    case .atLeast(let limit): value >= limit
    case .none: nil
    }
  }

  func text(_ unit: BenchUnit) -> String {
    switch self {
    case .atMost(let limit): "<= \(unit.text(limit))"
    case .below(let limit): "< \(unit.text(limit))"
    case .atLeast(let limit): ">= \(unit.text(limit))"
    case .none: ""
    }
  }
}

/// How a figure is written.
enum BenchUnit {
  case seconds
  case milliseconds
  case nanoseconds
  case bytes
  case count
  case cores
  case linesPerSecond
  case eventsPerSecond
  case callsPerSecond
  /// A ratio without a unit.
  case times
  /// So many for each event.
  case perEvent

  func text(_ value: Double) -> String {
    switch self {
    case .seconds: "\(decimal(value, 2)) s"
    case .milliseconds: "\(decimal(value, 1)) ms"
    case .nanoseconds: "\(decimal(value, 0)) ns"
    case .bytes: "\(decimal(value, 0)) B"
    case .count: decimal(value, 0)
    case .cores: decimal(value, 2)
    case .linesPerSecond: "\(decimal(value, 0)) lines/s"
    case .eventsPerSecond: "\(decimal(value, 0)) events/s"
    case .callsPerSecond: "\(decimal(value, 0)) calls/s"
    case .times: "\(decimal(value, 2)) x"
    case .perEvent: decimal(value, 3)
    }
  }
}

/// A figure that was measured, beside what it should be.
struct BenchRow {
  var figure: String
  var measured: String
  var target = ""
  var verdict = ""

  init(_ figure: String, _ value: Double, _ unit: BenchUnit, _ target: BenchTarget = .none) {
    self.figure = figure
    measured = unit.text(value)
    self.target = target.text(unit)
    verdict = target.isMet(by: value).map { $0 ? "met" : "NOT met" } ?? ""
  }

  /// A line instead of a figure: what could not be measured and why, or a fact that is no number.
  init(_ figure: String, says text: String, isMet: Bool? = nil) {
    self.figure = figure
    measured = text
    verdict = isMet.map { $0 ? "met" : "NOT met" } ?? ""
  }
}

/// Figures under headings, written as they come in.
struct BenchTable {
  private static let widths = (figure: 58, measured: 22, target: 22)

  func heading(_ text: String) {
    print("\n\(text)")
    print(String(repeating: "-", count: text.utf8.count))
  }

  func columns() {
    write("figure", "measured", "target", "met")
  }

  func row(_ row: BenchRow) { write(row.figure, row.measured, row.target, row.verdict) }

  func rows(_ rows: [BenchRow]) { for row in rows { self.row(row) } }

  private func write(_ figure: String, _ measured: String, _ target: String, _ verdict: String) {
    var line = padded(figure, Self.widths.figure)
    line += String(repeating: " ", count: max(0, Self.widths.measured - measured.unicodeScalars.count))
    line += measured + "  " + padded(target, Self.widths.target) + verdict
    while line.last == " " { line.removeLast() }
    print(line)
    fflush(nil)
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.unicodeScalars.count))
  }
}

/// A number with so many decimal places and thousands kept apart.
func decimal(_ value: Double, _ places: Int) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "-" }
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  let scaled = Int((abs(value) * Double(scale)).rounded())
  let sign = value < 0 && scaled > 0 ? "-" : ""
  let digits = Array(String(scaled / scale))
  var whole = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { whole.append(",") }
    whole.append(digit)
  }
  guard places > 0 else { return sign + whole }
  let fraction = String(scaled % scale)
  return "\(sign)\(whole).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return .nan }
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

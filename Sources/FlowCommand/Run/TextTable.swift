internal import FlowText

/// Columns that line up, also under wide characters.
struct TextTable {
  private var rows: [[String]]
  /// The columns of numbers, which stand at the right.
  private let numbers: Set<Int>

  init(_ rows: [[String]], numbers: Set<Int>) {
    self.rows = rows
    self.numbers = numbers
  }

  /// - Parameter head: Makes the first row stand out.
  func render(indent: Int, head: (String) -> String = { $0 }) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].displayWidth : 0 }.max() ?? 0
    }
    var result = ""
    for (index, row) in rows.enumerated() {
      var line = row.enumerated().map { column, text in
        let padding = String(repeating: " ", count: widths[column] - text.displayWidth)
        return numbers.contains(column) ? padding + text : text + padding
      }.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      result += String(repeating: " ", count: indent) + (index == 0 ? head(line) : line) + "\n"
    }
    return result
  }
}

/// A row of carets, bars and words under a line of source.
struct AnnotationRow {
  private var marks: [(sign: Character, role: Palette.Role)] = []
  private var tail: (text: String, role: Palette.Role)?

  /// The first free column.
  var width: Int { marks.count }

  mutating func put(_ sign: Character, at column: Int, _ role: Palette.Role) {
    while marks.count <= column { marks.append((" ", .text)) }
    marks[column] = (sign, role)
  }

  mutating func put(_ sign: Character, in columns: Range<Int>, _ role: Palette.Role) {
    for column in columns { put(sign, at: column, role) }
  }

  /// Fills only what is still blank: bars that stand there stay visible.
  mutating func underline(_ columns: Range<Int>, _ role: Palette.Role) {
    for column in columns where column >= marks.count || marks[column].sign == " " {
      put("_", at: column, role)
    }
  }

  /// Words behind everything else of this row, not before a column.
  mutating func write(_ text: String, from column: Int, _ role: Palette.Role) {
    while marks.count < column { marks.append((" ", .text)) }
    tail = (text, role)
  }

  /// - Parameter pad: blanks are added up to this column, for what is to follow.
  func rendered(_ palette: Palette, padTo pad: Int = 0) -> String {
    var shown = marks[...]
    if tail == nil { while shown.last?.sign == " " { shown.removeLast() } }
    var result = ""
    while let first = shown.first {
      let run = shown.prefix { $0.role == first.role }
      result += palette.paint(String(run.map(\.sign)), first.role)
      shown = shown.dropFirst(run.count)
    }
    if let tail { result += palette.paint(tail.text, tail.role) }
    let blanks = pad - (shown.startIndex)
    return blanks > 0 ? result + String(repeating: " ", count: blanks) : result
  }
}

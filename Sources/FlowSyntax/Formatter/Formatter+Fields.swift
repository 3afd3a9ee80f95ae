internal import FlowText

/// Fields, results and windows.
extension Formatter {
  mutating func writeFields(_ fields: [FieldDeclaration]) {
    var rest = fields[...]
    writeBraces(isSimple: fields.count == 1) { formatter in
      if let field = rest.popFirst() { formatter.write(field) }
    }
  }

  /// `name: type = default required internal "Title"`
  private mutating func write(_ field: FieldDeclaration) {
    write()
    write()
    layout.append(.blank)
    write()
    if case .enumeration(let cases) = field.type.kind { writeNames(count: cases.count, keepsBreak: true) }
    if let value = field.defaultValue {
      layout.append(.blank)
      write()
      layout.append(.blank)
      writeTogether(upTo: tree[value].range.upper)
    }
    while token.range.lower < field.range.upper {
      layout.append(.blank)
      write()
    }
  }

  /// `09:00..20:00 mon..fri, sun`
  mutating func write(_ window: WindowSyntax) {
    write()
    layout.append(.indent)
    while token.range.lower < window.range.upper {
      switch token.kind {
      case .ellipsis:
        write()
        write()
      case .comma where peek().range.lower < window.range.upper:
        writeComma()
        line(.fill)
        write()
      case .comma: passComma()
      default:
        layout.append(.blank)
        write()
      }
    }
    layout.append(.dedent)
  }
}

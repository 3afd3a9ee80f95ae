internal import FlowDiagnostics
internal import FlowText

/// Fields of the profile, of a participant, and results of an agent (language 3).
extension Parser {
  mutating func parseFields(_ level: FieldLevel) -> FieldsDeclaration? {
    let word = token.range
    advance()
    let fields = parseFieldBlock()
    return FieldsDeclaration(
      range: range(from: word.lower), level: level, wordRange: word, fields: fields)
  }

  mutating func parseFieldBlock() -> [FieldDeclaration] {
    var fields: [FieldDeclaration] = []
    parseElements { parser in
      if let field = parser.parseField() { fields.append(field) }
    }
    return fields
  }

  /// `name: type [= default] [required] [internal] ["Title"]`
  private mutating func parseField() -> FieldDeclaration? {
    let documentation = takeTitle()
    let start = token.range.lower
    guard token.kind == .identifier else {
      fail(.expectedName, "a field like `name: string`")
      return nil
    }
    guard let name = parseDeclaredName(.field) else { return nil }
    parseColon()
    if failed { return nil }
    var field = FieldDeclaration(
      range: SourceRange(at: start), name: name, type: parseType(), documentation: documentation)
    if !failed { parseModifiers(&field) }
    field.range = range(from: start)
    return field
  }

  /// The colon behind a name; where it is missing and a value follows, that is said and the value is read.
  mutating func parseColon() {
    if accept(.colon) { return }
    let fits = token.kind == .identifier || token.kind == .stringLiteral || token.kind == .equal
    guard fits, !startsNextField, !isDeclarationStart() else { return fail(.expectedToken, "`:`") }
    let isSign = token.kind == .equal
    let place = isSign ? token.range : SourceRange(at: previousEnd)
    reportUnexpected(
      .expectedToken, "`:`", fixes: [Fix("write `:`", .safe, [Edit(tree.span(place), ":")])])
    if isSign { advance() }
  }

  /// A word followed by `:` starts the next field.
  private var startsNextField: Bool { token.kind == .identifier && peek().kind == .colon }

  private mutating func parseType() -> TypeReference {
    let start = token.range
    guard token.kind == .identifier, !startsNextField else {
      reportUnexpected(
        .expectedType, "a type",
        help: ["the types are `string integer numeric boolean date datetime enum(a, b) email phone`"])
      failed = !startsNextField && token.kind != .rightBrace && !isModifierStart
      return TypeReference(.missing, SourceRange(at: previousEnd))
    }
    let word = token
    advance()
    if word.symbol == Symbol(.enum) {
      let cases = parseCases()
      return TypeReference(.enumeration(cases), range(from: start.lower))
    }
    if token.kind == .leftParenthesis, closestName(to: text(start), among: ["enum"]) != nil {
      report(
        .expectedType, "expected `enum`, found `\(text(start))`", at: start, label: "did you mean `enum`?",
        fixes: [replacement(start, by: "enum", .unsafe)])
      return TypeReference(.enumeration(parseCases()), range(from: start.lower))
    }
    return TypeReference(plainType(word), start)
  }

  private var isModifierStart: Bool {
    token.kind == .equal || token.kind == .stringLiteral
  }

  private func plainType(_ word: Token) -> TypeReference.Kind {
    let name = TypeReference.Kind.named(name(at: word))
    guard let keyword = word.symbol.keyword else { return name }
    switch keyword {
    case .string: return .string
    case .integer: return .integer
    case .numeric: return .numeric
    case .boolean: return .boolean
    case .date: return .date
    case .datetime: return .datetime
    case .email: return .email
    case .phone: return .phone
    default: return name
    }
  }

  private mutating func parseModifiers(_ field: inout FieldDeclaration) {
    var slots = ClauseSlots()
    while !failed {
      let start = token.range
      if token.kind == .equal || token.kind == .equalEqual {
        let isDuplicate = field.defaultValue != nil
        let value = parseDefault()
        if !isDuplicate { field.defaultValue = value }
        if !failed { take(0, "the default", range(from: start.lower), &slots) }
      } else if isAt(.required), !startsNextField {
        advance()
        field.required = field.required ?? start
        take(1, "`required`", start, &slots)
      } else if isAt(.internal), !startsNextField {
        advance()
        field.internal = field.internal ?? start
        take(2, "`internal`", start, &slots)
      } else if token.kind == .stringLiteral, let title = acceptText() {
        field.title = field.title ?? title
        take(3, "the title", start, &slots)
      } else if !startsNextField, let meant = misspelling(of: [.required, .internal]) {
        acceptMisspelled(meant, .expectedToken)
      } else {
        break
      }
    }
    reportOrder(slots, "the default, `required`, `internal`, the title")
    if failed || startsNextField || token.kind == .rightBrace || endsInComma { return }
    if token.kind == .endOfFile || isDeclarationStart() { return }
    // A word on a new line may be a field that lacks its colon.
    if token.kind == .identifier, isFirstOnLine(position) { return }
    let isEnumeration = token.kind == .comma || token.kind == .rightParenthesis
    fail(
      .expectedToken, "the next field or `}`",
      help: isEnumeration ? ["cases stand in parentheses: `enum(a, b)`"] : [])
  }

  /// Whether a comma stands here that ends a field, as in other languages.
  private var endsInComma: Bool {
    guard token.kind == .comma else { return false }
    return peek().kind == .rightBrace || peek(2).kind == .colon
  }

  /// `= 0`, `= -1`, `= new`.
  private mutating func parseDefault() -> ExpressionID {
    if token.kind == .equalEqual {
      report(
        .wrongEquals, "expected `=` before the default, found `==`", at: token.range,
        fixes: [replacement(token.range, by: "=", .safe)])
    }
    advance()
    let help = ["a default is a literal, a signed number or a case"]
    guard startsOperand, token.kind != .leftParenthesis, !startsNextField else {
      fail(.expectedExpression, "a default", help: help)
      if startsNextField { failed = false }
      return missingExpression()
    }
    let start = token.range.lower
    let value = parseDefaultOperand()
    if !failed, isOperatorSign || token.kind == .leftParenthesis || token.kind == .dot {
      fail(.expectedToken, "the end of the default", help: help)
      return add(.missing, range(from: start))
    }
    return value
  }

  private mutating func parseDefaultOperand() -> ExpressionID {
    let first = token
    switch first.kind {
    case .minus:
      advance()
      guard token.kind == .integerLiteral || token.kind == .numericLiteral
      else {
        fail(.expectedExpression, "a number after `-`")
        return missingExpression()
      }
      return parseNegative(from: first.range.lower)
    case .identifier:
      if isAt(.true) || isAt(.false) || isAt(.unset) { return parseLeafWord() }
      if let keyword, keyword.isReserved {
        fail(
          .expectedExpression, "a literal or a case", help: ["a default does not depend on when it is read"])
        return missingExpression()
      }
      advance()
      return add(.name(first.symbol), first.range)
    default:
      let kind = literalValue()
      advance()
      return add(kind, first.range)
    }
  }

  private mutating func parseLeafWord() -> ExpressionID {
    let kind: Expression.Kind = isAt(.unset) ? .unset : .boolean(isAt(.true))
    let range = token.range
    advance()
    return add(kind, range)
  }

  /// Whether an operator written in signs stands here.
  private var isOperatorSign: Bool {
    switch token.kind {
    case .plus, .minus, .star, .slash, .percent, .less, .lessEqual, .greater, .greaterEqual, .equalEqual,
      .notEqual:
      true
    default: false
    }
  }
}

import FlowDiagnostics
import FlowSyntax
import FlowText

/// Formats a text and holds the result against it: whatever the text, formatting changes the layout and nothing else.
struct FormatProof {
  let input: ParsedFile
  let output: [UInt8]
  /// What formatting has broken; empty where all is well.
  private(set) var complaints: [String] = []

  /// - Precondition: the text has no errors but clauses in another order; then it has other words than its layout.
  /// - Parameter comparesTrees: whether all nodes are compared, which takes long; without it, their numbers and the
  ///   titles are, and the words they are made from.
  init(_ bytes: [UInt8], comparesTrees: Bool = true) {
    var symbols = SymbolTable()
    input = parse(SourceFile(id: FileID(0), name: "input.flow", bytes: bytes), symbols: &symbols)
    let formatted = format(input.tree.source, symbols: &symbols)
    output = formatted.bytes ?? []
    guard input.diagnostics.allSatisfy({ $0.name == "clause-order" }), formatted.bytes != nil else {
      complaints.append("the input has errors: \(input.summary)")
      return
    }
    let source = SourceFile(id: FileID(0), name: "output.flow", bytes: output)
    let result = parse(source, symbols: &symbols)
    if !result.diagnostics.isEmpty { complaints.append("the output has errors: \(result.summary)") }
    if input.diagnostics.isEmpty { compare(result.tree, comparesTrees) }
    if format(source, symbols: &symbols).bytes != output { complaints.append("formatting twice changes it") }
    judgeLayout()
  }

  var text: String { String(decoding: output, as: UTF8.self) }

  private mutating func compare(_ result: SyntaxTree, _ comparesTrees: Bool) {
    if words(input.tree) != words(result) { complaints.append("other words") }
    if shape(input.tree) != shape(result) { complaints.append("another shape") }
    if comparesTrees, Outline(input.tree) != Outline(result) { complaints.append("another tree") }
    if comments(input.tree) != comments(result) { complaints.append("other comments") }
  }

  private mutating func judgeLayout() {
    if text.contains("\n\n\n") { complaints.append("two empty lines") }
    if text.contains(" \n"), !text.contains("\"\"\"") { complaints.append("blanks at the end of a line") }
    if text.hasPrefix("\n") || !text.isEmpty && (!text.hasSuffix("\n") || text.hasSuffix("\n\n")) {
      complaints.append("the ends of the file")
    }
  }

  /// The tokens but for commas, which may come and go at the ends of lists; the tree knows the elements.
  private func words(_ tree: SyntaxTree) -> [String] {
    tree.tokens.filter { $0.kind != .comma }.map { token in
      // The value of a raw text is in the tree.
      "\(token.kind) \(token.kind == .rawStringLiteral ? "" : tree.source.text(token.range))"
    }
  }

  /// How many nodes there are, and the titles, which hang on comments.
  private func shape(_ tree: SyntaxTree) -> [String] {
    let counts = [
      tree.declarations.count, tree.statements.count, tree.expressions.count, tree.communications.count,
      tree.pythonScripts.count, tree.windows.count, tree.scenarioStatements.count,
    ]
    let titled = tree.statements.map { $0.title == nil ? "-" : "+" }.joined()
    return counts.map(String.init) + [titled] + tree.titles + tree.texts + tree.declarations.flatMap(\.titles)
  }

  /// Each comment with the number of words before it.
  private func comments(_ tree: SyntaxTree) -> [String] {
    let words = tree.tokens.filter { $0.kind != .comma }
    var index = 0
    return tree.comments.map { comment in
      while index < words.count, words[index].range.lower < comment.range.lower { index += 1 }
      var text = tree.source.text(comment.range)
      while text.last == " " || text.last == "\t" { text.removeLast() }
      return "\(index) \(text)"
    }
  }
}

/// A tree without the places of its nodes.
struct Outline: Equatable {
  private(set) var text = ""

  /// The parser makes the nodes of the same words in the same order, so that their numbers are the same too.
  init(_ tree: SyntaxTree) {
    for child in Mirror(reflecting: tree).children {
      guard let label = child.label, !["source", "tokens", "comments"].contains(label) else { continue }
      text += label
      add(child.value)
    }
  }

  private mutating func add(_ value: Any) {
    if value is SourceRange { return }
    let children = Mirror(reflecting: value).children
    if children.isEmpty {
      text += "\(value) "
      return
    }
    text += "("
    for child in children {
      text += child.label ?? ""
      add(child.value)
    }
    text += ")"
  }
}

extension Declaration {
  /// The titles of the declaration and of what it holds, `-` where there is none.
  var titles: [String] {
    switch self {
    case .use: []
    case .campaign(let declaration): [declaration.documentation].texts
    case .fields(let declaration): declaration.fields.map(\.documentation).texts
    case .enumeration(let declaration): [declaration.documentation].texts
    case .window(let declaration): [declaration.documentation].texts
    case .agent(let declaration):
      ([declaration.documentation] + declaration.results.map(\.documentation)).texts
    case .flow(let declaration):
      ([declaration.documentation] + declaration.members.map(\.documentation)).texts
    case .model(let declaration): [declaration.documentation].texts
    case .test(let declaration): [declaration.documentation].texts
    }
  }
}

extension FlowMember {
  var range: SourceRange {
    switch self {
    case .trigger(let trigger): trigger.range
    case .step(let step): step.range
    }
  }

  fileprivate var documentation: TextLiteral? {
    switch self {
    case .trigger(let trigger): trigger.documentation
    case .step(let step): step.documentation
    }
  }
}

extension [TextLiteral?] {
  fileprivate var texts: [String] { map { $0?.value ?? "-" } }
}

extension SyntaxTree {
  /// Whether a word is the `at` of an expectation, which on a line of its own moves the clock (language 2).
  func forbidsLineBreak(before token: Token) -> Bool {
    scenarioStatements.contains { statement in
      guard case .expectCommunication(let expectation) = statement, expectation.time != nil else {
        return false
      }
      return expectation.timeRange.lower == token.range.lower
    }
  }
}

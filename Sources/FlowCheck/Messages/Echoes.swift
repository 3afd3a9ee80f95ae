internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// Findings that are only the echo of a text that could not be read.
///
/// Where the parser had to leave out a declaration, every mention of its name would be an error of its own. So in
/// a campaign with such files, a name is not called unknown if its declaration seems to stand there: the parser has
/// said what is wrong, and the rest shows when that is mended.
struct Echoes {
  private let symbols: SymbolTable
  private let sources: [SourceFile]
  private var isBroken: [Bool]
  private var halfRead: Set<Symbol> = []

  init(_ files: [ParsedFile], _ symbols: SymbolTable) {
    self.symbols = symbols
    sources = files.map(\.tree.source)
    isBroken = files.map { $0.diagnostics.contains { $0.severity == .error } }
    for (index, file) in files.enumerated() where isBroken[index] { note(file.tree.tokens) }
  }

  var isEmpty: Bool { !isBroken.contains(true) }

  func contains(_ diagnostic: Diagnostic) -> Bool {
    guard let span = diagnostic.primary?.span else { return false }
    // What a body should have had may be in the part that was left out.
    if Self.aboutMissingParts.contains(diagnostic.name) { return isBroken[span.file.index] }
    guard Self.aboutNames.contains(diagnostic.name) else { return false }
    return symbols.find(sources[span.file.index].text(span.range)).map(halfRead.contains) ?? false
  }

  /// Notes the names that seem to be declared: before `:`, after a word that declares, among cases.
  private mutating func note(_ tokens: [Token]) {
    var isAmongCases = false
    for index in tokens.indices where tokens[index].kind == .identifier {
      let previous = index > 0 ? tokens[index - 1] : tokens[index]
      let next = index + 1 < tokens.count ? tokens[index + 1] : tokens[index]
      if tokens[index].symbol.keyword == .enum { isAmongCases = true }
      if next.kind == .colon || isAmongCases || Self.declares(previous) {
        halfRead.insert(tokens[index].symbol)
      }
      if next.kind == .rightParenthesis { isAmongCases = false }
    }
  }

  private static func declares(_ token: Token) -> Bool {
    guard token.kind == .identifier, let keyword = token.symbol.keyword else { return false }
    switch keyword {
    case .flow, .step, .agent, .window, .enum, .email, .telegram, .voice, .whatsapp: return true
    default: return false
    }
  }

  private static let aboutNames: Set<DiagnosticName> = [
    .unknownType, .unknownFlow, .unknownStep, .unknownCommunication, .unknownAgent, .unknownChannel,
    .unknownWindow,
    .unknownField, .unknownResult, .unknownCase, .unknownStatus, .bareName, .missingFromFlow,
  ]

  private static let aboutMissingParts: Set<DiagnosticName> = [.flowWithoutTrigger, .modelWithoutEnd]
}

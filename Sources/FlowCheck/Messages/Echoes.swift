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
    for (index, file) in files.enumerated() where isBroken[index] { note(Self.doubtfulTokens(of: file)) }
  }

  var isEmpty: Bool { !isBroken.contains(true) }

  func contains(_ diagnostic: Diagnostic) -> Bool {
    guard let span = diagnostic.primary?.span else { return false }
    // What a body should have had may be in the part that was left out.
    if Self.aboutMissingParts.contains(diagnostic.name) { return isBroken[span.file.index] }
    guard Self.aboutNames.contains(diagnostic.name) else { return false }
    return symbols.find(sources[span.file.index].text(span.range)).map(halfRead.contains) ?? false
  }

  /// The words of a file but for those of declarations that were read without a doubt. An error at the beginning of
  /// a declaration may be about the end of the one before it.
  private static func doubtfulTokens(of file: ParsedFile) -> [Token] {
    let errors = file.diagnostics.filter { $0.severity == .error }.compactMap { $0.primary?.span.range.lower }
      .sorted()
    var error = 0
    let ranges = file.tree.declarations.map(\.range)
    var doubtful: [Token] = []
    var next = file.tree.tokens[...]
    for (index, range) in ranges.enumerated() {
      let end = index + 1 < ranges.count ? ranges[index + 1].lower : Int.max
      let before = next.prefix { $0.range.lower < range.lower }
      let inside = next.dropFirst(before.count).prefix { $0.range.lower < range.upper }
      next = next.dropFirst(before.count + inside.count)
      doubtful += before
      while error < errors.count, errors[error] < range.lower { error += 1 }
      if error < errors.count, errors[error] <= end { doubtful += inside }
    }
    return doubtful + next
  }

  /// Notes the names that seem to be declared: before `:`, after a word that declares, among cases.
  private mutating func note(_ tokens: [Token]) {
    var isAmongCases = false
    for index in tokens.indices where tokens[index].kind == .identifier {
      let beforePrevious = index > 1 ? tokens[index - 2] : nil
      let previous = index > 0 ? tokens[index - 1] : tokens[index]
      let next = index + 1 < tokens.count ? tokens[index + 1] : tokens[index]
      if tokens[index].symbol.keyword == .enum { isAmongCases = true }
      if next.kind == .colon || isAmongCases || Self.declares(previous, behind: beforePrevious) {
        halfRead.insert(tokens[index].symbol)
      }
      if next.kind == .rightParenthesis { isAmongCases = false }
    }
  }

  private static func declares(_ token: Token, behind before: Token?) -> Bool {
    guard token.kind == .identifier, let keyword = token.symbol.keyword else { return false }
    switch keyword {
    case .flow: return ![.to, .cancel].contains(before?.symbol.keyword)
    case .step, .agent, .window, .enum, .email, .telegram, .voice, .whatsapp: return true
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

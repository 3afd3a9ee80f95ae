internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// The campaign of a session: the texts of its files, what was typed beside them, and what checking has made of both.
final class SessionCampaign {
  /// What the text is called that holds typed declarations.
  static let typedName = "<typed>"
  /// The text of a session in which nothing is loaded.
  private static let emptyText = "campaign session { }\n"

  /// Where it was loaded from; `nil` where all of it is typed.
  let path: String?
  /// The campaign's own files, with typed declarations in the place of those that they replace.
  let files: [CampaignFile]
  /// Typed declarations that stand nowhere else.
  let typed: String
  /// Texts of used files, replacements made, and those that could not be read.
  let used: [String: Result<[UInt8], FileReadFailure>]
  /// What of the files was replaced by what was typed.
  let replaced: Set<DeclaredPiece.Key>
  let check: CheckResult

  var campaign: CheckedCampaign { check.campaign }
  var ownCount: Int { check.campaign.ownFileCount }
  var hasTypedDeclarations: Bool { !replaced.isEmpty || (path != nil && !typed.isEmpty) }

  private init(
    path: String?, files: [CampaignFile], typed: String, used: [String: Result<[UInt8], FileReadFailure>],
    replaced: Set<DeclaredPiece.Key>, check: CheckResult
  ) {
    self.path = path
    self.files = files
    self.typed = typed
    self.used = used
    self.replaced = replaced
    self.check = check
  }

  /// - Parameter read: Asked for used files that `used` does not have.
  convenience init(
    path: String?, files: [CampaignFile], typed: String,
    used: [String: Result<[UInt8], FileReadFailure>] = [:],
    replaced: Set<DeclaredPiece.Key> = [], zones: ZoneTable,
    read: (String) -> Result<[UInt8], FileReadFailure>
  ) {
    var known = used
    let needsTyped = path == nil || !typed.isEmpty
    let own = needsTyped ? CampaignFile(name: Self.typedName, bytes: Array(typed.utf8)) : nil
    let check = CampaignLoader.load(files, typed: own, zones: zones) { path in
      if let text = known[path] { return text }
      let text = read(path)
      known[path] = text
      return text
    }
    self.init(path: path, files: files, typed: typed, used: known, replaced: replaced, check: check)
  }

  /// A session begins with a campaign that has nothing but a name.
  static func empty(_ zones: ZoneTable) -> SessionCampaign {
    SessionCampaign(path: nil, files: [], typed: emptyText, zones: zones) { _ in
      .failure(FileReadFailure("no such file"))
    }
  }

  /// The files as the checker takes them.
  var parsedFiles: [ParsedFile] { campaign.files.map { ParsedFile(tree: $0, diagnostics: []) } }
}

/// What was typed, read: declarations, and statements or an expression.
struct ReadEntry {
  var file: ParsedFile
  var content: PromptContent
  var symbols: SymbolTable

  var hasDeclarations: Bool { !file.tree.declarations.isEmpty }
  var isRight: Bool { EntryReading.isFine(file.diagnostics) }

  init(_ parsed: ParsedScenario, _ symbols: SymbolTable) {
    file = ParsedFile(tree: parsed.tree, diagnostics: parsed.diagnostics)
    content = .statements(parsed.statements)
    self.symbols = symbols
  }

  init(_ parsed: ParsedExpression, _ symbols: SymbolTable) {
    file = ParsedFile(tree: parsed.tree, diagnostics: parsed.diagnostics)
    content = .expression(parsed.expression)
    self.symbols = symbols
  }

  /// Statements and declarations, of one entry or of several one after another.
  static func statements(
    _ text: String, _ campaign: SessionCampaign, at place: EntryPlace = .prompt
  ) -> ReadEntry {
    var symbols = campaign.campaign.symbols
    return ReadEntry(parseScenario(campaign.source(text, place), symbols: &symbols), symbols)
  }

  static func expression(_ text: String, _ campaign: SessionCampaign, at place: EntryPlace) -> ReadEntry {
    var symbols = campaign.campaign.symbols
    return ReadEntry(parseExpression(campaign.source(text, place), symbols: &symbols), symbols)
  }
}

extension SessionCampaign {
  /// An entry as the file behind all others.
  func source(_ text: String, _ place: EntryPlace) -> SourceFile {
    place.source(text, FileID(campaign.files.count))
  }
}

extension SessionCampaign {
  /// Checks an entry together with the campaign.
  ///
  /// - Parameter files: The campaign's, where they differ from what they are.
  func check(
    _ entry: ReadEntry, files: [ParsedFile]? = nil, lastValue: LastValue?, _ zones: ZoneTable
  ) -> CheckResult {
    Checker.check(
      (files ?? parsedFiles) + [entry.file], own: ownCount, symbols: entry.symbols, zones: zones,
      prompt: entry.content, lastValue: lastValue)
  }
}

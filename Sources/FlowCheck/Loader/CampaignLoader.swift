internal import FlowDiagnostics
public import FlowSyntax
internal import FlowText
public import FlowValues

/// A file of a campaign: what to call it, and its bytes as they were read.
public struct CampaignFile: Sendable {
  /// A path with `/` between folders; `use` is resolved against its folder.
  public var name: String
  public var bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Why a used file could not be read.
public struct FileReadFailure: Error, Sendable, Hashable {
  /// Lower case, without a full stop: `no such file`.
  public var reason: String

  public init(_ reason: String) { self.reason = reason }
}

/// Takes in the files of a campaign and those that they use, and checks them together.
public enum CampaignLoader {
  /// - Parameters:
  ///   - own: The campaign's own files in any order; they are taken in byte order of their names (language 2).
  ///   - typed: One more, which stands behind them: what somebody has typed at a prompt.
  ///   - symbols: A table to start from; a new one as a rule.
  ///   - zones: Tells which time zones exist.
  ///   - read: Reads a used file by its path: the using file's folder with the path after `use`, normalised.
  ///     Every path is asked for once.
  /// - Returns: Files in the order of their `FileID`: the own ones, then the used ones in the order in which
  ///   `use` mentions them, level by level.
  public static func load(
    _ own: [CampaignFile], typed: CampaignFile? = nil, symbols: SymbolTable = SymbolTable(), zones: ZoneTable,
    read: (String) -> Result<[UInt8], FileReadFailure>
  ) -> CheckResult {
    let sorted =
      own.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } + (typed.map { [$0] } ?? [])
    var loading = Loading(symbols: symbols)
    for file in sorted { loading.take(file.name, file.bytes) }
    loading.followUses(read)
    loading.reportCycles()
    return Checker.check(
      loading.files, own: sorted.count, symbols: loading.symbols, zones: zones, further: loading.diagnostics)
  }
}

/// The files taken in so far.
private struct Loading {
  var symbols: SymbolTable
  var files: [ParsedFile] = []
  var diagnostics: [Diagnostic] = []
  /// Positions in `files` by normalised path; `nil` for paths that cannot be read.
  private var positions: [String: Int?] = [:]
  private var uses: [Use] = []

  /// One `use`, from file to file.
  private struct Use {
    var from: Int
    var to: Int
    var path: TextLiteral
  }

  init(symbols: SymbolTable) { self.symbols = symbols }

  mutating func take(_ name: String, _ bytes: [UInt8]) {
    let source = SourceFile(id: FileID(files.count), name: name, bytes: bytes)
    positions[RelativePath.normalized(name)] = .some(files.count)
    files.append(parse(source, symbols: &symbols))
  }

  /// Files that are read here are looked through in their turn.
  mutating func followUses(_ read: (String) -> Result<[UInt8], FileReadFailure>) {
    var index = 0
    while index < files.count {
      for case .use(let declaration) in files[index].tree.declarations {
        let path = RelativePath.resolve(declaration.path.value, from: files[index].tree.source.name)
        if let position = position(path, declaration.path, in: index, read) {
          uses.append(Use(from: index, to: position, path: declaration.path))
        }
      }
      index += 1
    }
  }

  private mutating func position(
    _ path: String, _ literal: TextLiteral, in file: Int,
    _ read: (String) -> Result<[UInt8], FileReadFailure>
  ) -> Int? {
    if let known = positions[path] { return known }
    guard files.count < CheckLimit.files else {
      report(.declarationLimit, "a campaign has at most \(CheckLimit.files) files", file, literal)
      return nil
    }
    switch read(path) {
    case .success(let bytes):
      take(path, bytes)
      return files.count - 1
    case .failure(let failure):
      positions[path] = .some(nil)
      report(
        .unreadableFile, "cannot read `\(path)`: \(failure.reason)", file, literal,
        notes: ["the path is relative to the folder of the file that uses it"])
      return nil
    }
  }

  private mutating func report(
    _ name: DiagnosticName, _ message: String, _ file: Int, _ literal: TextLiteral, label: String = "",
    secondary: [Label] = [], notes: [String] = [], help: [String] = []
  ) {
    diagnostics.append(
      Diagnostic(
        name, .error, message, at: Label(SourceSpan(FileID(file), literal.range), label),
        secondary: secondary,
        notes: notes, help: help))
  }

  /// Reports every `use` that closes a cycle.
  mutating func reportCycles() {
    var outgoing = [[Int]](repeating: [], count: files.count)
    for (index, use) in uses.enumerated() { outgoing[use.from].append(index) }
    var isDone = [Bool](repeating: false, count: files.count)
    var isOpen = isDone
    for start in files.indices where !isDone[start] {
      var stack: [(file: Int, next: Int)] = [(start, 0)]
      isOpen[start] = true
      while let top = stack.last {
        guard top.next < outgoing[top.file].count else {
          (isDone[top.file], isOpen[top.file]) = (true, false)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let use = uses[outgoing[top.file][top.next]]
        if isOpen[use.to] {
          reportCycle(use, stack.map(\.file))
        } else if !isDone[use.to] {
          isOpen[use.to] = true
          stack.append((use.to, 0))
        }
      }
    }
  }

  private mutating func reportCycle(_ use: Use, _ open: [Int]) {
    let way = (open.drop { $0 != use.to } + [use.to]).map { files[$0].tree.source.name }
    report(
      .useCycle,
      use.from == use.to ? "a file cannot use itself" : "the file `\(way[0])` comes to use itself", use.from,
      use.path, notes: use.from == use.to ? [] : ["the way: \(way.joined(separator: " → "))"],
      help: ["move what both need into a third file"])
  }
}

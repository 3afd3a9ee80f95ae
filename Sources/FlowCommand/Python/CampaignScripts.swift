internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText

/// The scripts of campaigns, read once: what a file says later changes nothing of a run.
struct CampaignScripts {
  /// By campaign, then by the number that calls have.
  private(set) var sources: [[ScriptSource]] = []
  /// The files of campaigns, then those of scripts.
  private(set) var files: [SourceFile]
  private(set) var diagnostics: [Diagnostic] = []
  /// Where each of `sources` stands.
  private var places: [[Place]] = []
  private var numbers: [String: FileID] = [:]
  private let environment: CommandEnvironment

  private struct Place {
    /// The statement's script in the campaign's file.
    var statement: SourceSpan
    var file: FileID
  }

  init(_ environment: CommandEnvironment, files: [SourceFile]) {
    self.environment = environment
    self.files = files
  }

  init(_ cast: Cast, _ environment: CommandEnvironment) {
    self.init(environment, files: cast.files)
    for program in cast.deployment.programs {
      add(program) { cast.span($0, campaign: program.index) }
    }
  }

  var isEmpty: Bool { sources.allSatisfy(\.isEmpty) }

  /// Reads the scripts of a campaign's program.
  ///
  /// - Parameter span: A span of one of its files among `files`.
  mutating func add(_ program: Program, span: (SourceSpan) -> SourceSpan) {
    sources.append([])
    places.append([])
    for script in program.scripts {
      let statement = span(SourceSpan(script.file, script.scriptRange))
      let place: Place
      let source: ScriptSource
      switch script.script {
      case .inline(let text):
        place = Place(statement: statement, file: statement.file)
        let file = files[statement.file.index]
        source = script.source(name: file.name, text: text, firstLine: Self.firstLine(statement.range, file))
      case .file(let path):
        let (file, text) = read(path, statement)
        place = Place(statement: statement, file: file)
        source = script.source(name: files[file.index].name, text: text, firstLine: 1)
      }
      sources[sources.count - 1].append(source)
      places[places.count - 1].append(place)
    }
  }

  /// The line on which the text between triple quotes begins: a first line without anything is dropped.
  private static func firstLine(_ range: SourceRange, _ file: SourceFile) -> Int {
    let line = file.lines.line(at: range.lower)
    let rest = file.bytes[range.lower + 3..<max(file.contentRange(ofLine: line).upper, range.lower + 3)]
    let isBlank = rest.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return line + (isBlank ? 2 : 1)
  }

  private mutating func read(_ path: String, _ statement: SourceSpan) -> (file: FileID, text: String) {
    let name = FilePath.join(FilePath.directory(of: files[statement.file.index].name), path)
    if let known = numbers[name] { return (known, Self.text(files[known.index]) ?? "") }
    var problem: String?
    var bytes: [UInt8] = []
    do throws(FileFailure) {
      let isFile = try environment.files.status(of: name).kind == .file
      problem = isFile ? nil : "it is no file"
      if isFile { bytes = try environment.files.read(name, limit: ScriptLimits.textBytes) }
    } catch {
      problem = error.cause
    }
    let file = SourceFile(id: FileID(files.count), name: name, bytes: bytes)
    let text = Self.text(file)
    if problem == nil, text == nil { problem = "it is not in UTF-8" }
    if let problem {
      diagnostics.append(
        Diagnostic(
          .missingScript, .error, "the script `\(name)` cannot be read: \(problem)", at: Label(statement)))
    }
    numbers[name] = file.id
    files.append(file)
    return (file.id, text ?? "")
  }

  /// `nil` where it is not UTF-8; without a byte-order mark.
  private static func text(_ file: SourceFile) -> String? {
    let marked = file.bytes.starts(with: [0xEF, 0xBB, 0xBF])
    return String(validating: file.bytes.dropFirst(marked ? 3 : 0), as: UTF8.self)
  }

  // MARK: Places

  /// What a script's mistake or traceback points at: a line of `files`, or `nil` where it is none of theirs.
  func line(_ number: Int, of name: String) -> SourceSpan? {
    guard let file = files.first(where: { $0.name == name }), number >= 1, number <= file.lines.starts.count
    else {
      return nil
    }
    let range = file.contentRange(ofLine: number - 1)
    let indentation = file.bytes[range.lower..<range.upper].prefix {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
    }
    return SourceSpan(file.id, SourceRange(range.lower + indentation.count, range.upper))
  }

  /// What Python objects to, in every script.
  func mistakes(_ host: any ScriptHost) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for (campaign, scripts) in sources.enumerated() {
      for (index, check) in host.check(scripts).enumerated() {
        let place = places[campaign][index]
        switch check {
        case .fine: continue
        case .mistake(let mistake):
          found.append(
            Diagnostic(
              .pythonSyntax, .error, "Python does not take the script: \(mistake.message)",
              at: Label(span(of: mistake, scripts[index], place.file)),
              secondary: place.file == place.statement.file ? [] : [Label(place.statement, "runs the script")]
            ))
        case .unknown(let reason):
          found.append(
            Diagnostic(
              .missingPython, .error, "Python cannot check the script: \(reason)", at: Label(place.statement))
          )
        }
      }
    }
    return found
  }

  /// The column counts from where the script's line begins, which inline is behind its common indentation.
  private func span(of mistake: ScriptMistake, _ source: ScriptSource, _ id: FileID) -> SourceSpan {
    let file = files[id.index]
    let line = min(max(source.firstLine + mistake.line - 2, 0), file.lines.starts.count - 1)
    let range = file.contentRange(ofLine: line)
    let texts = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    let text = texts.indices.contains(mistake.line - 1) ? Array(texts[mistake.line - 1].utf8) : []
    let raw = file.bytes[range.lower..<range.upper]
    let shift = raw.indices.first { raw[$0...].starts(with: text) }.map { $0 - range.lower } ?? 0
    let before = String(decoding: text, as: UTF8.self).unicodeScalars.prefix(max(mistake.column - 1, 0))
    let start = range.lower + shift + before.reduce(0) { $0 + String($1).utf8.count }
    let begin = min(start, range.upper)
    // One scalar: a byte and those that go on with it.
    let rest = file.bytes[begin..<range.upper]
    let width = rest.isEmpty ? 0 : 1 + rest.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
    return SourceSpan(id, SourceRange(begin, begin + width))
  }
}

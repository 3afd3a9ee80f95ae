internal import FlowDiagnostics
internal import FlowSession
internal import FlowSyntax
internal import FlowText

/// The REPL without a person: lines from a pipe or a file are answered as they come, without banner, prompt and echo,
/// and the first error ends it.
struct ReplPipe {
  private static let name = "<stdin>"

  private let environment: CommandEnvironment
  private var reader = EntryReader()
  /// What has been read of a line that has not ended.
  private var line: [UInt8] = []

  init(_ environment: CommandEnvironment) { self.environment = environment }

  func run(_ answers: inout ReplAnswers) -> CommandStatus {
    var pipe = self
    return pipe.play(&answers)
  }

  private mutating func play(_ answers: inout ReplAnswers) -> CommandStatus {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while !isOver(answers) {
      let input = environment.standardInput
      let read = block.withUnsafeMutableBytes { buffer in
        Result { () throws(FileFailure) in try input.read(into: buffer) }
      }
      switch read {
      case .failure(let failure) where failure.reason == .interrupted: return .findings
      case .failure(let failure):
        report([Diagnostic(failure)])
        return .failure
      case .success(0):
        return finish(&answers)
      case .success(let count):
        if !take(block[..<count], &answers) { return .findings }
      }
    }
    return status(answers)
  }

  private func isOver(_ answers: ReplAnswers) -> Bool {
    answers.hasFailed || answers.wantsToQuit || answers.isDeaf
  }

  private func status(_ answers: ReplAnswers) -> CommandStatus { answers.hasFailed ? .findings : .fine }

  /// - Returns: Whether the bytes are a text.
  private mutating func take(_ bytes: ArraySlice<UInt8>, _ answers: inout ReplAnswers) -> Bool {
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      line += rest[..<end]
      rest = rest[(end + 1)...]
      guard takeLine(&answers) else { return false }
      if isOver(answers) { return true }
    }
    line += rest
    // A line that never ends would fill the memory: as one it says how large a text may be.
    return line.count <= SourceFile.maximumByteCount || takeLine(&answers)
  }

  private mutating func takeLine(_ answers: inout ReplAnswers) -> Bool {
    defer { line.removeAll(keepingCapacity: true) }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard let text = String(validating: line, as: UTF8.self), line.count <= SourceFile.maximumByteCount else {
      refuse(line)
      return false
    }
    if let entry = reader.take(text) { answer(entry, &answers) }
    return true
  }

  private func answer(_ entry: TypedEntry, _ answers: inout ReplAnswers) {
    answers.answer(entry, of: Self.name)
    guard answers.hasFailed else { return }
    // Not every mistake has a place to show.
    environment.errors.write("stopped at line \(entry.firstLine) of standard input\n")
  }

  /// Bytes that are no text are said where they stand: replaced by something else, they would get into the data.
  private func refuse(_ bytes: [UInt8]) {
    let source = SourceFile(id: FileID(0), name: Self.name, bytes: bytes)
    var symbols = SymbolTable()
    report(parseScenario(source, symbols: &symbols).diagnostics, sources: [source])
  }

  /// A statement that has only half arrived is a mistake at its place.
  private mutating func finish(_ answers: inout ReplAnswers) -> CommandStatus {
    if !line.isEmpty, !takeLine(&answers) { return .findings }
    if !isOver(answers), let entry = reader.takeRest() { answer(entry, &answers) }
    return status(answers)
  }

  private func report(_ diagnostics: [Diagnostic], sources: [SourceFile] = []) {
    Console(environment, GlobalOptions.Settings()).report(diagnostics, sources: sources)
  }
}

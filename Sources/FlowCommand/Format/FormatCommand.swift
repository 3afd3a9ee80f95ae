internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// `flow fmt PATH…`.
struct FormatCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Rewrite files in the one canonical layout.",
    discussion: """
      A path is a .flow file, or a directory whose .flow files, also those further down, are meant. Standard input is \
      written to standard output. A file with errors stays as it is.

      Example:
        flow fmt reminders
        flow fmt . --check
        flow fmt - --stdin-path reminders/draft.flow < draft.flow
      """)

  @Argument(
    help: ArgumentHelp("Directories or .flow files; - is standard input.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @Flag(help: "Write nothing: list the files that would change, with exit code 1 if there are any.")
  var check = false

  @Flag(help: "Write nothing: show what would change, with exit code 1 if anything would.")
  var diff = false

  @Option(help: ArgumentHelp("The name for standard input.", valueName: "name"))
  var stdinPath: String?

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    var finder = FlowFileFinder(environment)
    let found = try finder.find(paths)
    var run = FormatRun(
      environment: environment, console: console, inputName: stdinPath ?? "<stdin>",
      action: diff ? .showDifference : check ? .list : .write)
    for file in found { run.format(file) }
    return run.end()
  }
}

/// Formats one file after another, and keeps count.
struct FormatRun {
  enum Action {
    case write
    /// Names the files that would change.
    case list
    case showDifference

    var changesFiles: Bool { self == .write }
  }

  let environment: CommandEnvironment
  let console: Console
  let inputName: String
  let action: Action

  private var symbols = SymbolTable()
  private var formattedCount = 0
  private var unchangedCount = 0
  private var hasRefused = false
  private var hasFailed = false
  private var readsInput = false

  init(environment: CommandEnvironment, console: Console, inputName: String, action: Action) {
    self.environment = environment
    self.console = console
    self.inputName = inputName
    self.action = action
  }

  mutating func format(_ file: FlowFileFinder.Found) {
    do throws(FileFailure) {
      switch file {
      case .standardInput:
        readsInput = true
        let bytes = try environment.standardInput.readAll(
          limit: SourceFile.maximumByteCount, name: inputName)
        if let result = layOut(inputName, bytes) { takeInput(bytes, result) }
      case .file(let path):
        let bytes = try environment.files.read(path, limit: SourceFile.maximumByteCount)
        if let result = layOut(path, bytes) { try take(path, bytes, result) }
      }
    } catch {
      // The other files are none of its business.
      hasFailed = true
      console.report([Diagnostic(error)])
    }
  }

  /// The canonical layout; `nil`, and said why, where there is none.
  private mutating func layOut(_ name: String, _ bytes: [UInt8]) -> [UInt8]? {
    let source = SourceFile(id: FileID(0), name: name, bytes: bytes)
    let formatted = FlowSyntax.format(source, symbols: &symbols)
    if let result = formatted.bytes { return result }
    hasRefused = true
    var bag = DiagnosticBag()
    bag.add(contentsOf: formatted.diagnostics)
    console.report(bag.report(), sources: [source])
    return nil
  }

  private mutating func takeInput(_ bytes: [UInt8], _ result: [UInt8]) {
    count(bytes, result)
    switch action {
    case .write: console.output.write(result)
    case .list, .showDifference: if bytes != result { show(inputName, bytes, result) }
    }
  }

  private mutating func take(_ path: String, _ bytes: [UInt8], _ result: [UInt8]) throws(FileFailure) {
    guard bytes != result else { return count(bytes, result) }
    if action.changesFiles {
      try environment.files.replace(path, with: result)
      console.sayMore("formatted \(path.terminalSafe)")
    } else {
      show(path, bytes, result)
    }
    count(bytes, result)
  }

  private mutating func count(_ bytes: [UInt8], _ result: [UInt8]) {
    if bytes == result { unchangedCount += 1 } else { formattedCount += 1 }
  }

  private func show(_ name: String, _ bytes: [UInt8], _ result: [UInt8]) {
    switch action {
    case .write: break
    case .list: console.output.write(name.terminalSafe + "\n")
    case .showDifference:
      // As `git diff` names them, so that `git apply` takes the difference.
      let path = FilePath.normalized(name).drop { $0 == "/" }
      console.output.write(
        UnifiedDiff(from: bytes, to: result).rendered(oldName: "a/\(path)", newName: "b/\(path)"))
    }
  }

  func end() -> CommandStatus {
    if action.changesFiles, !readsInput, formattedCount + unchangedCount > 0 {
      console.say("formatted \(Counted.noun(formattedCount, "file")), \(unchangedCount) unchanged")
    } else if !action.changesFiles, formattedCount == 0, !hasRefused, !hasFailed {
      console.say("checked \(Counted.noun(unchangedCount, "file")): nothing to format")
    }
    if hasFailed { return .failure }
    return hasRefused || !action.changesFiles && formattedCount > 0 ? .findings : .fine
  }
}

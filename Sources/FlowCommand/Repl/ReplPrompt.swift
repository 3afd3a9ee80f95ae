internal import FlowCheck
internal import FlowSession
internal import FlowText

/// The REPL with a person at a terminal.
struct ReplPrompt {
  private let environment: CommandEnvironment
  private let editor: any LineEditor
  private let style: TextStyle
  private let isQuiet: Bool
  private var reader = EntryReader()
  private var history: EntryHistory

  init(_ environment: CommandEnvironment, _ editor: any LineEditor, _ console: Console) {
    self.environment = environment
    self.editor = editor
    style = console.outputStyle
    isQuiet = console.settings.isQuiet
    history = EntryHistory(environment)
  }

  func run(_ answers: inout ReplAnswers) -> CommandStatus {
    var prompt = self
    prompt.play(&answers)
    return .fine
  }

  private mutating func play(_ answers: inout ReplAnswers) {
    history.load()
    for entry in history.entries { editor.remember(entry) }
    while !answers.wantsToQuit, !answers.isDeaf {
      sayHistoryFailure()
      switch read(answers.session) {
      case .line(let text): take(text, &answers)
      case .interrupted:
        reader.drop()
        environment.interruption.rearm()
      case .end:
        if let entry = reader.takeRest() { keep(entry, &answers) }
        return
      }
    }
  }

  func sayHello() {
    guard !isQuiet else { return }
    environment.output.write(
      style.pale("Flow \(FlowTool.version): `:help` tells what can be typed, Ctrl-D leaves") + "\n")
    environment.output.flush()
  }

  /// Once, and the session goes on: the history is a comfort.
  private mutating func sayHistoryFailure() {
    guard let failure = history.takeFailure(), !isQuiet else { return }
    environment.errors.write("the history is not kept: \(failure.message)\n")
    environment.errors.flush()
  }

  private func read(_ session: Session) -> LineInput {
    let name = session.campaign?.name ?? "flow"
    let prompt = style.bold(name + ">") + " "
    let more = String(repeating: " ", count: max(name.displayWidth - 1, 0)) + style.pale(" …") + " "
    let pending = reader.pending
    let completion = ReplCompletion(environment, session)
    return editor.read(prompt: reader.isOpen ? more : prompt) { completion.answer($0, behind: pending) }
  }

  /// What was pasted may be many entries.
  private mutating func take(_ text: String, _ answers: inout ReplAnswers) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let entry = reader.take(String(line)) else { continue }
      keep(entry, &answers)
      if answers.wantsToQuit { return }
    }
  }

  private mutating func keep(_ entry: TypedEntry, _ answers: inout ReplAnswers) {
    if history.add(entry.text) { editor.remember(entry.text) }
    answers.answer(entry)
  }
}

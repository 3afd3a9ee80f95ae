internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowText

/// `flow explain NAME`.
struct ExplainCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show the page of a diagnostic: what it means, why it matters, a wrong example, a right one.",
    discussion: """
      Example:
        flow explain unknown-field
        flow explain --list
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, markdown }

  @Argument(
    help: ArgumentHelp("The name that stands in brackets: unknown-field.", valueName: "name"),
    completion: .shellCommand("flow explain --list | cut -d ' ' -f 1"))
  var name: String?

  @Flag(help: "List all pages, one a line.")
  var list = false

  @Option(help: "How to write the page.")
  var format = Format.text

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    let index = Explanations.index
    if list {
      guard name == nil else {
        throw CommandFailure(Diagnostic(.usage, .error, "expected a name or `--list`, found both"))
      }
      console.output.write(listing(index))
      return .fine
    }
    guard let name else {
      throw CommandFailure(
        Diagnostic(
          .usage, .error, "expected the name of a diagnostic, found nothing",
          help: ["`flow explain --list` shows all names"]))
    }
    guard let page = index[DiagnosticName(bare(name))] else { throw unknown(name, index) }
    switch format {
    case .text: console.output.write(ExplanationRenderer.text(page, palette: console.outputPalette))
    case .markdown: console.output.write(ExplanationRenderer.markdown(page))
    }
    return .fine
  }

  /// People copy the name with what stands around it: `error[unknown-field]`.
  private func bare(_ name: String) -> String {
    guard let open = name.firstIndex(of: "["), name.hasSuffix("]") else { return name }
    return String(name[name.index(after: open)...].dropLast())
  }

  private func listing(_ index: ExplanationIndex) -> String {
    let width = index.names.map { $0.description.count }.max() ?? 0
    switch format {
    case .text:
      return index.names.map { name in
        let padding = String(repeating: " ", count: width - name.description.count)
        return "\(name)\(padding)  \(index[name]?.summary ?? "")\n"
      }.joined()
    case .markdown:
      return index.names.map { "- `\($0)` — \(index[$0]?.summary ?? "")\n" }.joined()
    }
  }

  private func unknown(_ name: String, _ index: ExplanationIndex) -> CommandFailure {
    let close = closestName(to: name, among: index.names.map(\.description))
    return CommandFailure(
      Diagnostic(
        .unknownPage, .error, "there is no page `\(name)`",
        help: close.map { ["did you mean `\($0)`?"] } ?? ["`flow explain --list` shows all names"]))
  }
}

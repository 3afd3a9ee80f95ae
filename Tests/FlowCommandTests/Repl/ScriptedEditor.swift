import FlowCommand

/// A person who has made up their mind: what is typed is a list.
final class ScriptedEditor: LineEditor {
  private var inputs: [LineInput]
  /// The prompts that were shown.
  private(set) var prompts: [String] = []
  /// What can be recalled, oldest first.
  private(set) var remembered: [String] = []
  /// What was offered for a line, before it was typed.
  private(set) var offers: [LineCompletion] = []
  /// What happens elsewhere before the person types something, by how much they have typed before.
  var willRead: (Int) -> Void = { _ in }

  init(_ inputs: [LineInput]) { self.inputs = inputs.reversed() }

  convenience init(lines: String...) { self.init(lines.map(LineInput.line)) }

  func read(prompt: String, complete: @escaping (String) -> LineCompletion) -> LineInput {
    willRead(prompts.count)
    prompts.append(prompt)
    let input = inputs.popLast() ?? .end
    if case .line(let line) = input { offers.append(complete(line)) }
    return input
  }

  func remember(_ entry: String) { remembered.append(entry) }
}

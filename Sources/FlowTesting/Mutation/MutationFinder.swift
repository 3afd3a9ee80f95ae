internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// Finds the changes of a campaign's flows, in the order of the text.
///
/// Each is one replacement in one place. Whether what comes out still checks is not its business: what does not is no
/// mutant. Flows that are inactive, models and tests stay as they are.
struct MutationFinder {
  let campaign: CheckedCampaign
  private(set) var mutations: [Mutation] = []
  // Where it is.
  private(set) var file = FileID(0)
  private(set) var flow: Int?
  private(set) var statement: StatementID?

  var tree: SyntaxTree { campaign.files[file.index] }
  var facts: FileFacts { campaign.facts[file.index] }

  static func find(in campaign: CheckedCampaign) -> [Mutation] {
    var finder = MutationFinder(campaign: campaign)
    for index in campaign.flows.indices where campaign.flows[index].isActive { finder.visit(flow: index) }
    for index in campaign.files.indices { finder.visitWindows(of: FileID(index)) }
    return finder.inOrder()
  }

  private init(campaign: CheckedCampaign) { self.campaign = campaign }

  /// By file and place; of one change that two ways lead to, the first.
  private func inOrder() -> [Mutation] {
    var seen: Set<SourceEdit> = []
    let distinct = mutations.filter { seen.insert(SourceEdit(file: $0.file, edit: $0.edit)).inserted }
    let keys = distinct.enumerated().map { ($1.file.index, $1.place.lower, $0) }
    return keys.sorted(by: <).map { distinct[$0.2] }
  }

  private struct SourceEdit: Hashable {
    var file: FileID
    var edit: TextEdits.Replacement
  }

  private mutating func visit(flow index: Int) {
    let checked = campaign.flows[index]
    (file, flow, statement) = (checked.file, index, nil)
    visitTriggers(of: checked)
    for member in checked.declaration.members {
      switch member {
      case .trigger(let trigger): visit(trigger.body)
      case .step(let step): visit(step.body)
      }
    }
  }

  mutating func visit(_ block: Block) {
    for id in tree[block.statements] { visit(id) }
  }

  mutating func visit(_ id: StatementID) {
    let outer = statement
    statement = id
    visitStatement(tree[id])
    statement = outer
  }

  private mutating func visitWindows(of file: FileID) {
    (self.file, flow, statement) = (file, nil, nil)
    for case .window(let declaration) in tree.declarations { loosen(declaration.window.range) }
  }

  // MARK: Changes

  /// Notes a change: `edit` in the text becomes `text`, which is shown as `change` of `place`.
  mutating func change(
    _ kind: MutationKind, _ edit: SourceRange, to text: String, place: SourceRange? = nil,
    _ change: Mutation.Change
  ) {
    mutations.append(
      Mutation(
        kind: kind, file: file, edit: TextEdits.Replacement(edit, text), place: place ?? edit, change: change,
        statement: statement, flow: flow))
  }

  mutating func replace(_ kind: MutationKind, _ range: SourceRange, by text: String) {
    change(kind, range, to: text, .replaced(by: text))
  }

  mutating func drop(_ kind: MutationKind, _ range: SourceRange, place: SourceRange? = nil) {
    change(kind, range, to: "", place: place, .leftOut)
  }

  /// Leaves a statement out, but for its names: a communication that nobody sends is still one that tests may name.
  mutating func skip(_ kind: MutationKind, _ range: SourceRange) {
    change(kind, range, to: "check false { \(text(range)) }", place: range, .leftOut)
  }

  // MARK: Text

  func text(_ range: SourceRange) -> String { tree.source.text(range) }
  func text(_ id: ExpressionID) -> String { text(tree[id].range) }

  /// The tokens in a range.
  func tokens(in range: SourceRange) -> ArraySlice<Token> {
    let first = firstToken(from: range.lower)
    return tree.tokens[first...].prefix { $0.range.upper <= range.upper && $0.kind != .endOfFile }
  }

  /// The range from so many tokens before another one to its end.
  func range(tokensBefore count: Int, _ range: SourceRange) -> SourceRange {
    tree.tokens[max(firstToken(from: range.lower) - count, 0)].range.extended(to: range)
  }

  /// The position of the first token that begins at or behind an offset.
  private func firstToken(from offset: Int) -> Int {
    var (low, high) = (0, tree.tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tree.tokens[middle].range.lower < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

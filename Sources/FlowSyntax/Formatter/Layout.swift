internal import FlowText

/// A list of commands, and beside each group what it needs to stand on one line.
///
/// Measured while it is written, in time linear in the number of commands: a group's need is told as soon as the
/// next place is reached at which a line may break.
struct Layout {
  private(set) var commands: [LayoutCommand] = []
  /// For the beginning of a group and for `fill`, the cells from there to the next place, behind the group, where a
  /// line may break. Until that is known, the position they begin at, negative.
  private(set) var needs: [Int32] = []
  /// The need of a group that has to be broken.
  static let unbounded = Int32.max

  /// The cells written so far if all stood on one line.
  private var position: Int32 = 0
  private var level = 0
  private var openGroups: [Int] = []
  /// Groups that have ended, and `fill`s, since the last place at which a line may break.
  private var waiting: [Int] = []

  mutating func append(_ command: LayoutCommand) {
    add(command)
    switch command {
    case .text, .trailingComma: break
    case .indent: level += 1
    case .dedent: level -= 1
    case .blank, .comma: position += 1
    case .line, .apartLine:
      tellNeeds()
      position += 1
    case .softLine: tellNeeds()
    case .fill:
      tellNeeds()
      waiting.append(commands.count - 1)
      position += 1
    case .newline, .emptyLine, .comment, .rawLine:
      tellNeeds()
      breakGroup()
    case .beginGroup: openGroups.append(commands.count - 1)
    case .endGroup: endGroup()
    }
  }

  /// - Parameter width: in cells of a terminal.
  mutating func append(text: SourceRange, width: Int) {
    add(.text(text))
    position += Int32(truncatingIfNeeded: width)
  }

  mutating func beginGroup(isBroken: Bool = false) {
    append(.beginGroup)
    if isBroken { breakGroup() }
  }

  private mutating func add(_ command: LayoutCommand) {
    commands.append(command)
    needs.append(-position)
  }

  /// Lets the innermost open group be broken; those around it follow when it ends.
  private mutating func breakGroup() {
    if let group = openGroups.last { needs[group] = Self.unbounded }
  }

  private mutating func endGroup() {
    guard let group = openGroups.popLast() else { return }
    if needs[group] == Self.unbounded { breakGroup() } else { waiting.append(group) }
  }

  private mutating func tellNeeds() {
    for index in waiting where needs[index] != Self.unbounded { needs[index] += position }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Whether a group that begins a line, and behind which a line has begun, has to be broken.
  func isBroken(_ group: Int) -> Bool {
    let indentation = level * LayoutPrinter.indentation
    return needs[group] == Self.unbounded || Int(needs[group]) + indentation > LayoutPrinter.lineWidth
  }

  /// Puts an empty line where a line begins.
  mutating func addEmptyLine(_ index: Int) { commands[index] = .emptyLine }
}

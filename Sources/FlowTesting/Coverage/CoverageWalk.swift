internal import FlowCheck
internal import FlowRuntime
internal import FlowSchema
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Finds the places of one flow.
struct CoverageWalk {
  let campaign: CheckedCampaign
  let flow: Int
  /// The number of the first place.
  let first: Int
  private(set) var places: [CoveragePlace] = []

  init(campaign: CheckedCampaign, flow: Int, first: Int) {
    self.campaign = campaign
    self.flow = flow
    self.first = first
  }

  private var file: FileID { campaign.flows[flow].file }
  private var tree: SyntaxTree { campaign.files[file.index] }

  mutating func visit(_ flow: CheckedFlow) {
    let bodies = Dictionary(grouping: flow.triggers) { $0.body.range.lower }
    var seen: Set<Int> = []
    for trigger in flow.triggers {
      let place = add(.trigger(trigger.kind), trigger.range)
      let start = trigger.body.range.lower
      // Kinds that share a body share its nodes, which are come to from either.
      guard seen.insert(start).inserted else { continue }
      visit(trigger.body, parent: bodies[start]?.count == 1 ? place : nil)
    }
    for step in flow.steps { visit(step.body, parent: nil) }
  }

  /// A statement is come to by way of the one before it.
  private mutating func visit(_ block: Block, parent: Int?) {
    var parent = parent
    for id in tree[block.statements] { parent = visit(id, parent: parent) }
  }

  @discardableResult
  private mutating func visit(_ id: StatementID, parent: Int?) -> Int {
    let statement = tree[id]
    let place = add(.node, shown(statement), id, parent: parent)
    switch statement.kind {
    case .check(_, let match, let branch):
      let matching = add(.port(.match), shown(statement), id, parent: place)
      let otherwise = add(.port(.otherwise), shown(statement), id, parent: place)
      visit(match, parent: matching)
      switch branch {
      case .none: break
      case .block(let block): visit(block, parent: otherwise)
      case .statement(let next): visit(next, parent: otherwise)
      }
    case .communication(let communication): visit(tree[communication], id, parent: place)
    case .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go, .progress, .end,
      .chance, .scenario:
      break
    }
    return place
  }

  /// Of a check the condition, of another statement its first line.
  private func shown(_ statement: Statement) -> SourceRange {
    if case .check(let condition, _, _) = statement.kind { return tree[condition].range }
    let bytes = tree.source.bytes
    let end = (statement.range.lower..<statement.range.upper).first { bytes[$0] == UInt8(ascii: "\n") }
    return SourceRange(statement.range.lower, end ?? statement.range.upper)
  }

  @discardableResult
  private mutating func add(
    _ kind: CoveragePlace.Kind, _ range: SourceRange, _ statement: StatementID? = nil, parent: Int? = nil,
    bound: TimingBound? = nil
  ) -> Int {
    places.append(
      CoveragePlace(
        kind: kind, flow: flow, file: file, range: range, statement: statement, parent: parent, bound: bound))
    return first + places.count - 1
  }

  // MARK: Bounds in time

  private mutating func add(
    _ bound: TimingBound, _ range: SourceRange, _ statement: StatementID?, parent: Int?
  ) {
    for side in BoundSide.allCases { add(.bound(side), range, statement, parent: parent, bound: bound) }
  }

  /// Comparisons of dates, datetimes, times and durations, but for those of two constants.
  mutating func visit(comparisons numbers: [Int], _ observed: [ObservedComparison]) {
    let nodes = places.enumerated().compactMap { offset, place in
      place.kind == .node ? (start: place.range.lower, place: first + offset) : nil
    }.sorted { $0.start < $1.start }
    for number in numbers {
      guard case .binary(_, let left, let right) = tree[observed[number].expression].kind,
        let unit = unit(observed[number], left, right),
        !isConstant(left) || !isConstant(right)
      else { continue }
      let range = tree[observed[number].expression].range
      add(
        TimingBound(kind: .comparison(number), unit: unit), range, nil,
        parent: Self.last(nodes, before: range))
    }
  }

  /// The statement whose own text a comparison stands in: the last that begins before it.
  private static func last(_ nodes: [(start: Int, place: Int)], before range: SourceRange) -> Int? {
    var (low, high) = (0, nodes.count)
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].start <= range.lower { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? nodes[low - 1].place : nil
  }

  /// How far "just" reaches: a day where whole days are compared, else a minute, the step in which times are written.
  private func unit(_ comparison: ObservedComparison, _ left: ExpressionID, _ right: ExpressionID) -> Int64? {
    switch comparison.type {
    case .date: 1
    case .datetime, .time: TimingBound.minute
    case .duration: isWholeDays(left) && isWholeDays(right) ? TimingBound.day : TimingBound.minute
    case .string, .email, .phone, .integer, .numeric, .boolean, .enumeration: nil
    }
  }

  private func isWholeDays(_ id: ExpressionID) -> Bool {
    switch tree[id].kind {
    case .duration(let duration): duration.milliseconds == 0
    case .parenthesized(let inner): isWholeDays(inner)
    case .unary(_, let inner): isWholeDays(inner)
    case .binary(_, let left, let right):
      campaign.facts[file.index].type(of: left) == .date || isWholeDays(left) && isWholeDays(right)
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .name, .member, .membership, .presence, .call, .within:
      false
    }
  }

  private func isConstant(_ id: ExpressionID) -> Bool {
    switch tree[id].kind {
    case .missing, .unset, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant, .time,
      .duration,
      .name:
      true
    case .now, .today, .member, .call, .membership, .presence: false
    case .unary(_, let inner), .parenthesized(let inner), .within(let inner): isConstant(inner)
    case .binary(_, let left, let right): isConstant(left) && isConstant(right)
    }
  }

  private mutating func visit(_ communication: CommunicationStatement, _ id: StatementID, parent: Int) {
    let time = AskedTime(communication.schedule, isConstant)
    if let reference = communication.window, let (window, range) = window(reference) {
      if let hours = window.hours, time != .fixedTime, !(time == .day) {
        add(
          TimingBound(kind: .windowStart(Int64(hours.start.milliseconds)), unit: TimingBound.minute), range,
          id,
          parent: parent)
        add(
          TimingBound(kind: .windowEnd(Int64(hours.endMilliseconds)), unit: TimingBound.minute), range, id,
          parent: parent)
      }
      for day in 1...7 where window.days.contains(day) != window.days.contains((day + 5) % 7 + 1) {
        add(TimingBound(kind: .weekday(day), unit: 1), range, id, parent: parent)
      }
    }
    // Without a window only a start that is asked for in the past can come too late.
    if let expiry = communication.expiry, communication.window != nil || time.canBePast {
      add(TimingBound(kind: .expiry, unit: TimingBound.minute), tree[expiry].range, id, parent: parent)
    }
  }

  private func window(_ reference: WindowReference) -> (ContactWindow, SourceRange)? {
    switch reference {
    case .named(let name): campaign.windows[campaign.symbols[name.symbol]].map { ($0, name.range) }
    case .inline(let id): (tree[id].window, tree[id].range)
    }
  }
}

/// What a schedule leaves open.
private enum AskedTime {
  /// Now, or some time after it.
  case ahead
  /// A literal time of the next day that has it.
  case fixedTime
  /// A day, with the start of the window or a literal time.
  case day
  case open

  init(_ schedule: Schedule, _ isConstant: (ExpressionID) -> Bool) {
    switch schedule.kind {
    case .now, .in: self = .ahead
    case .at(let time): self = isConstant(time) ? .fixedTime : .open
    case .on(_, nil): self = .day
    case .on(_, let time?): self = isConstant(time) ? .day : .open
    }
  }

  var canBePast: Bool {
    switch self {
    case .ahead, .fixedTime: false
    case .day, .open: true
    }
  }
}

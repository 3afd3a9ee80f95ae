public import FlowSyntax

/// Walking through expressions.
extension FileView {
  /// Calls with each part of an expression, in the order of the text.
  public func eachChild(_ id: ExpressionID, _ body: (ExpressionID) -> Void) {
    switch kind(id) {
    case .unary(_, let inner), .presence(let inner, _), .within(let inner), .parenthesized(let inner):
      body(inner)
    case .binary(_, let left, let right):
      body(left)
      body(right)
    case .membership(let operand, _, let list):
      body(operand)
      for element in tree[list] { body(element) }
    case .call(_, let arguments): for argument in tree[arguments] { body(argument) }
    case .missing, .unset, .now, .today, .boolean, .integer, .numeric, .text, .date, .localDateTime, .instant,
      .time, .duration, .name, .member:
      break
    }
  }

  /// Calls with an expression and everything inside it.
  public func eachInside(_ id: ExpressionID, _ body: (ExpressionID) -> Void) {
    body(id)
    eachChild(id) { eachInside($0, body) }
  }

  /// Calls with each statement in the blocks of a statement, at any depth.
  func eachStatement(inside id: StatementID, _ body: (StatementID) -> Void) {
    func visit(_ inner: StatementID) {
      body(inner)
      eachStatement(inside: inner, body)
    }
    switch statements[Int(id.index)].kind {
    case .check(_, let match, let otherwise), .chance(_, let match, let otherwise):
      for inner in tree[match.statements] { visit(inner) }
      switch otherwise {
      case .none: break
      case .block(let block): for inner in tree[block.statements] { visit(inner) }
      case .statement(let statement): visit(statement)
      }
    case .communication, .cancelCommunications, .update, .handOver, .cancelHandOvers, .python, .stop, .go,
      .progress, .end, .scenario:
      break
    }
  }

  /// Calls with each expression of a statement itself, not of the blocks inside it.
  public func eachExpression(_ id: StatementID, _ body: (ExpressionID) -> Void) {
    switch statements[Int(id.index)].kind {
    case .check(let condition, _, _): body(condition)
    case .communication(let communication): eachExpression(tree[communication], body)
    case .update(let assignments): for assignment in tree[assignments] { body(assignment.value) }
    case .handOver(_, let schedule): eachExpression(schedule, body)
    case .python(let python): if let timeout = tree[python].timeout { body(timeout) }
    case .progress(_, let delay): eachExpression(delay, body)
    case .end(_, let results, let delay):
      for entry in tree[results] { body(entry.value) }
      eachExpression(delay, body)
    case .cancelCommunications, .cancelHandOvers, .stop, .go, .chance, .scenario: break
    }
  }

  private func eachExpression(_ communication: CommunicationStatement, _ body: (ExpressionID) -> Void) {
    eachExpression(communication.schedule, body)
    if let expiry = communication.expiry { body(expiry) }
    if let condition = communication.condition { body(condition) }
    for entry in tree[communication.payload] { body(entry.value) }
  }

  private func eachExpression(_ schedule: Schedule, _ body: (ExpressionID) -> Void) {
    switch schedule.kind {
    case .now: break
    case .in(let value), .at(let value): body(value)
    case .on(let date, let time):
      body(date)
      if let time { body(time) }
    }
  }

  private func eachExpression(_ delay: Delay, _ body: (ExpressionID) -> Void) {
    body(delay.lower)
    if let upper = delay.upper { body(upper) }
  }
}

extension ExpressionID {
  /// The expression without the parentheses around it.
  public func bare(_ file: FileView) -> ExpressionID {
    var id = self
    while case .parenthesized(let inner) = file.kind(id) { id = inner }
    return id
  }
}

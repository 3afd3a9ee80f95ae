internal import FlowText

/// Tests and the statements of scenarios.
extension Formatter {
  mutating func write(_ test: TestDeclaration) {
    writeHead()
    write(test.body)
  }

  mutating func write(_ statement: ScenarioStatement) {
    switch statement {
    case .at(let value), .advance(let value), .expect(let value):
      write()
      layout.append(.blank)
      writeExpression(value)
    case .upload(let cells):
      write()
      layout.append(.blank)
      write(cells)
    case .uploadFile: write(count: 2)
    case .progress: write(count: 3)
    case .end(_, _, let results):
      write(count: 3)
      if token.kind == .leftBrace {
        layout.append(.blank)
        writeEntries(results)
      }
    case .incomingSession(let channel, let agent):
      write(count: 2 + (channel == nil ? 0 : 2) + (agent == nil ? 0 : 2))
    case .participant(_, let block):
      write(count: 2)
      layout.append(.blank)
      write(block)
    case .expectCommunication(let expectation): write(expectation)
    case .expectNone(_, let status): write(count: status == nil ? 3 : 4)
    }
  }

  /// `{ key = e, … }`, a row.
  private mutating func write(_ list: CellList) {
    let cells = tree[list]
    writeList(.braces, count: cells.count, keepsBreak: true) { formatter, index in
      let cell = cells[cells.startIndex + index]
      formatter.writeTogether(upTo: cell.keyRange.upper)
      formatter.writeValue(cell.value)
    }
  }

  /// The `at` stays on the line of its status: on a line of its own it would move the clock.
  private mutating func write(_ expectation: CommunicationExpectation) {
    write(count: 3)
    if let time = expectation.time {
      layout.append(.blank)
      write()
      layout.append(.blank)
      writeExpression(time)
    }
    guard isAt(.with) else { return }
    writeClauses { $0.writeClause(expectation.payload) }
  }
}

extension ScenarioStatement {
  /// Whether statements stand inside it.
  var hasBlock: Bool {
    switch self {
    case .participant: true
    case .at, .advance, .upload, .uploadFile, .progress, .end, .incomingSession, .expect,
      .expectCommunication,
      .expectNone:
      false
    }
  }
}

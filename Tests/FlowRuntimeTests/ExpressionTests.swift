import FlowRuntime
import Testing

/// Every operator and function over one participant (language 5; semantics D2, T3, T5, K2, K3, K4).
struct ExpressionTests {
  @Test func valuesAreThoseOfTheTable() throws {
    let rows = try RuntimeSpec.rows("expressions.txt")
    #expect(rows.count >= 400)
    for piece in rows.pieces(of: 200) {
      let answers = try Self.evaluate(piece.map(\.question))
      for (row, answer) in zip(piece, answers) {
        #expect(answer == row.answer, "expressions.txt:\(row.line): \(row.question)")
      }
    }
  }

  /// What each expression gives, as the table writes it.
  static func evaluate(_ expressions: [String]) throws -> [String] {
    let world = try World(source(expressions), until: "2026-03-28T08:30:00Z")
    world.upload(at: "2026-03-28T08:30:00Z")
    try world.finish()
    var answers = Array(repeating: "unset", count: expressions.count)
    var flow: Int?
    for entry in world.simulation.stories[0].entries {
      switch entry {
      case .runStarted(let started): flow = started
      case .fieldChanged(_, _, _, let value):
        // What the row itself changed comes before the first run.
        if let flow { answers[flow] = String(value.dropFirst().dropLast()) }
      case .runFailed(let failed, let reason): answers[failed] = "! \(reason.name)"
      default: break
      }
    }
    return answers
  }

  /// A campaign with a flow for each expression.
  private static func source(_ expressions: [String]) -> String {
    let fields = expressions.indices.map { "  x\($0): string internal\n" }.joined()
    let flows = expressions.enumerated().map { index, expression in
      let value = expression.replacing(/\$([a-z0-9]+)/) { "participant.\($0.1)" }
      return "flow f\(index) { on participant created { update participant.x\(index) = text(\(value)) } }\n"
    }
    return """
      campaign rules { timezone: "Europe/Madrid" }
      participant {
        i: integer = 7  j: integer = -3  z: integer = 0  iu: integer
        hi: integer = 9223372036854775807  lo: integer = -9223372036854775808
        n: numeric = 2.5  m: numeric = -0.1  nu: numeric  top: numeric = 999999999999.999999
        t: boolean = true  f: boolean = false  u: boolean
        s: string = "Grüße, Zoë 😀!"  e: string = ""  su: string  digits: string = "0123456789"
        str: string = "ann@example.com"
        d: date = 2026-03-28  d2: date = 2026-12-31  du: date
        half: datetime = 2026-03-28T02:30  wu: datetime
        c: enum(small, medium, large) = medium  cu: enum(small, medium, large)
        c2: enum(large, huge) = large  c3: enum(small, medium, large) = large
        mail: email = "Ann@Example.com"  tel: phone = "+34 600 111 222"
      \(fields)}
      \(flows.joined())
      """
  }
}

import FlowRuntime
import Testing

/// Random well-typed expressions, worked out by the engine and by walking their tree (language 5; semantics K2, K4).
struct ReferenceTests {
  enum Kind: CaseIterable { case integer, numeric, truth, text }

  /// A value of the walk; numerics are millionths.
  enum Outcome: Equatable, Sendable {
    case unset
    case integer(Int64)
    case numeric(Int128)
    case truth(Bool)
    case text(String)
    case failed(String)

    var text: String {
      switch self {
      case .unset: "unset"
      case .integer(let value): String(value)
      case .numeric(let value): Self.decimal(value)
      case .truth(let value): String(value)
      case .text(let value): value
      case .failed(let reason): "! \(reason)"
      }
    }

    private static func decimal(_ millionths: Int128) -> String {
      let digits = String(millionths.magnitude)
      let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
      var fraction = padded.suffix(6)
      while fraction.last == "0" { fraction.removeLast() }
      return (millionths < 0 ? "-" : "") + padded.dropLast(6) + (fraction.isEmpty ? "" : "." + fraction)
    }
  }

  struct Node: Sendable {
    var source: String
    var kind: Kind
    var evaluate: @Sendable () -> Outcome
  }

  private static func range(_ value: Int128) -> Outcome {
    value.magnitude < 1_000_000_000_000_000_000 ? .numeric(value) : .failed("numeric-out-of-range")
  }

  /// Divides and rounds half to even.
  private static func rounded(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    var quotient = dividend / divisor
    let rest = (dividend % divisor).magnitude * 2
    if rest > divisor.magnitude || (rest == divisor.magnitude && quotient % 2 != 0) {
      quotient += (dividend < 0) == (divisor < 0) ? 1 : -1
    }
    return quotient
  }

  /// Evaluates operands from left to right; a failure stops, unset makes the whole unset.
  private static func strict(_ a: Node, _ b: Node, _ body: (Outcome, Outcome) -> Outcome) -> Outcome {
    let left = a.evaluate()
    if case .failed = left { return left }
    let right = b.evaluate()
    if case .failed = right { return right }
    return left == .unset || right == .unset ? .unset : body(left, right)
  }

  private static func number(_ outcome: Outcome) -> Int128 {
    switch outcome {
    case .integer(let value): Int128(value) * 1_000_000
    case .numeric(let value): value
    default: 0
    }
  }

  // MARK: Growing

  private static let leaves: [Node] = [
    Node(source: "$i", kind: .integer) { .integer(7) }, Node(source: "$j", kind: .integer) { .integer(-3) },
    Node(source: "$iu", kind: .integer) { .unset }, Node(source: "$hi", kind: .integer) { .integer(.max) },
    Node(source: "0", kind: .integer) { .integer(0) }, Node(source: "12", kind: .integer) { .integer(12) },
    Node(source: "$n", kind: .numeric) { .numeric(2_500_000) },
    Node(source: "$m", kind: .numeric) { .numeric(-100_000) },
    Node(source: "$nu", kind: .numeric) { .unset }, Node(source: "0.000007", kind: .numeric) { .numeric(7) },
    Node(source: "$top", kind: .numeric) { .numeric(999_999_999_999_999_999) },
    Node(source: "$t", kind: .truth) { .truth(true) }, Node(source: "$f", kind: .truth) { .truth(false) },
    Node(source: "$u", kind: .truth) { .unset },
    Node(source: "$s", kind: .text) { .text("Grüße, Zoë 😀!") }, Node(source: "$su", kind: .text) { .unset },
    Node(source: "\"ße\"", kind: .text) { .text("ße") }, Node(source: "$e", kind: .text) { .text("") },
  ]

  private static func grow(_ kind: Kind, _ depth: Int, _ random: inout Seeded) -> Node {
    if depth == 0 || random.chance(4) { return random.one(of: leaves.filter { $0.kind == kind }) }
    if random.chance(15) { return choice(kind, depth, &random) }
    switch kind {
    case .integer: return integer(depth, &random)
    case .numeric: return numeric(depth, &random)
    case .truth: return truth(depth, &random)
    case .text: return text(depth, &random)
    }
  }

  private static func choice(_ kind: Kind, _ depth: Int, _ random: inout Seeded) -> Node {
    let (a, b) = (grow(kind, depth - 1, &random), grow(kind, depth - 1, &random))
    if random.chance(50) {
      return Node(source: "default(\(a.source), \(b.source))", kind: kind) {
        let first = a.evaluate()
        return first == .unset ? b.evaluate() : first
      }
    }
    let condition = grow(.truth, depth - 1, &random)
    return Node(source: "if(\(condition.source), \(a.source), \(b.source))", kind: kind) {
      let truth = condition.evaluate()
      if case .failed = truth { return truth }
      return truth == .truth(true) ? a.evaluate() : b.evaluate()
    }
  }

  private static func integer(_ depth: Int, _ random: inout Seeded) -> Node {
    if random.chance(15) {
      let text = grow(.text, depth - 1, &random)
      return Node(source: "length(\(text.source))", kind: .integer) {
        guard case .text(let value) = text.evaluate() else { return text.evaluate() }
        return .integer(Int64(value.unicodeScalars.count))
      }
    }
    let (a, b) = (grow(.integer, depth - 1, &random), grow(.integer, depth - 1, &random))
    let sign = random.one(of: ["+", "-", "*", "%", "max", "min"])
    let source = sign.count > 1 ? "\(sign)(\(a.source), \(b.source))" : "(\(a.source) \(sign) \(b.source))"
    return Node(source: source, kind: .integer) {
      strict(a, b) { left, right in
        guard case .integer(let x) = left, case .integer(let y) = right else { return .unset }
        var result: (partialValue: Int64, overflow: Bool)
        switch sign {
        case "+": result = x.addingReportingOverflow(y)
        case "-": result = x.subtractingReportingOverflow(y)
        case "*": result = x.multipliedReportingOverflow(by: y)
        case "max": result = (max(x, y), false)
        case "min": result = (min(x, y), false)
        default:
          if y == 0 { return .failed("division-by-zero") }
          result = (Int64(Int128(x) % Int128(y)), false)
        }
        return result.overflow ? .failed("integer-overflow") : .integer(result.partialValue)
      }
    }
  }

  private static func numeric(_ depth: Int, _ random: inout Seeded) -> Node {
    let kinds: [Kind] = [.numeric, random.chance(30) ? .integer : .numeric].shuffled(using: &random)
    let (a, b) = (grow(kinds[0], depth - 1, &random), grow(kinds[1], depth - 1, &random))
    let sign = random.one(of: ["+", "-", "*", "/", "%"])
    return Node(source: "(\(a.source) \(sign) \(b.source))", kind: .numeric) {
      // An integer beyond the range of numeric fails where it becomes one, as soon as it has been worked out.
      let left = widened(a)
      if case .failed = left { return left }
      let right = widened(b)
      if case .failed = right { return right }
      if left == .unset || right == .unset { return .unset }
      let (x, y) = (number(left), number(right))
      switch sign {
      case "+": return range(x + y)
      case "-": return range(x - y)
      case "*": return range(rounded(x * y, 1_000_000))
      case "/": return y == 0 ? .failed("division-by-zero") : range(rounded(x * 1_000_000, y))
      default: return y == 0 ? .failed("division-by-zero") : range(x % y)
      }
    }
  }

  private static func widened(_ node: Node) -> Outcome {
    let value = node.evaluate()
    guard case .integer(let integer) = value else { return value }
    return range(Int128(integer) * 1_000_000)
  }

  private static func truth(_ depth: Int, _ random: inout Seeded) -> Node {
    switch random.below(4) {
    case 0:
      let a = grow(.truth, depth - 1, &random)
      return Node(source: "(not \(a.source))", kind: .truth) {
        guard case .truth(let value) = a.evaluate() else { return a.evaluate() }
        return .truth(!value)
      }
    case 1: return logic(depth, &random)
    case 2:
      let a = grow(random.one(of: Kind.allCases), depth - 1, &random)
      return Node(source: "(\(a.source) is set)", kind: .truth) {
        let value = a.evaluate()
        if case .failed = value { return value }
        return .truth(value != .unset)
      }
    default: return comparison(depth, &random)
    }
  }

  private static func logic(_ depth: Int, _ random: inout Seeded) -> Node {
    let (a, b) = (grow(.truth, depth - 1, &random), grow(.truth, depth - 1, &random))
    // `x` decides alone: false for `and`, true for `or`.
    let isAnd = random.chance(50)
    let decisive = Outcome.truth(!isAnd)
    return Node(source: "(\(a.source) \(isAnd ? "and" : "or") \(b.source))", kind: .truth) {
      let left = a.evaluate()
      if case .failed = left { return left }
      if left == decisive { return left }
      let right = b.evaluate()
      if case .failed = right { return right }
      if right == decisive { return right }
      return left == .unset || right == .unset ? .unset : .truth(isAnd)
    }
  }

  private static func comparison(_ depth: Int, _ random: inout Seeded) -> Node {
    let kind = random.one(of: [Kind.integer, .text, .numeric])
    let (a, b) = (grow(kind, depth - 1, &random), grow(kind, depth - 1, &random))
    let sign = random.one(
      of: ["==", "!=", "<", "<=", ">", ">="] + (kind == .text ? ["contains", "starts with"] : []))
    return Node(source: "(\(a.source) \(sign) \(b.source))", kind: .truth) {
      strict(a, b) { left, right in
        var order = 0
        if case .text(let x) = left, case .text(let y) = right {
          let (p, q) = (x.unicodeScalars.map(\.value), y.unicodeScalars.map(\.value))
          if sign == "contains" {
            return .truth(
              (0...max(p.count - q.count, 0)).contains { Array(p.dropFirst($0).prefix(q.count)) == q })
          }
          if sign == "starts with" { return .truth(p.starts(with: q)) }
          order = p == q ? 0 : p.lexicographicallyPrecedes(q) ? -1 : 1
        } else {
          let (x, y) = (number(left), number(right))
          order = x == y ? 0 : x < y ? -1 : 1
        }
        let holds = [
          "==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0,
          ">=": order >= 0,
        ]
        return .truth(holds[sign] ?? false)
      }
    }
  }

  private static func text(_ depth: Int, _ random: inout Seeded) -> Node {
    if random.chance(40) {
      let (a, b) = (grow(.text, depth - 1, &random), grow(.text, depth - 1, &random))
      return Node(source: "(\(a.source) + \(b.source))", kind: .text) {
        strict(a, b) { left, right in
          guard case .text(let x) = left, case .text(let y) = right else { return .unset }
          return .text(x + y)
        }
      }
    }
    if random.chance(50) {
      let a = grow(random.one(of: [.integer, .numeric, .truth]), depth - 1, &random)
      return Node(source: "text(\(a.source))", kind: .text) {
        let value = a.evaluate()
        switch value {
        case .unset, .failed: return value
        case .integer, .numeric, .truth, .text: return .text(value.text)
        }
      }
    }
    let a = grow(.text, depth - 1, &random)
    let (from, count) = (random.below(8), random.below(8))
    return Node(source: "slice(\(a.source), \(from), \(count))", kind: .text) {
      guard case .text(let value) = a.evaluate() else { return a.evaluate() }
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: value.unicodeScalars.dropFirst(from).prefix(count))
      return .text(String(scalars))
    }
  }

  @Test("the engine and a walk of the tree agree", arguments: [41, 42, 43, 44, 45] as [UInt64])
  func agree(seed: UInt64) throws {
    var random = Seeded(seed)
    let nodes = (0..<200).map { _ in Self.grow(random.one(of: Kind.allCases), 1 + random.below(5), &random) }
    let answers = try ExpressionTests.evaluate(nodes.map(\.source))
    var kinds: Set<String> = []
    for (node, answer) in zip(nodes, answers) {
      let expected = node.evaluate().text
      kinds.insert(expected)
      #expect(answer == expected, "seed \(seed): \(node.source)")
    }
    #expect(kinds.count > 25)
  }
}

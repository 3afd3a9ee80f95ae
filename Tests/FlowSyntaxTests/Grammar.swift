import FlowSyntax
import FlowText
import Foundation

/// `grammar/flow.ebnf`, read.
struct Grammar {
  indirect enum Node {
    case literal(String)
    /// A class of tokens.
    case terminal(String)
    case rule(String)
    case sequence([Node])
    case choice([Node])
    case optional(Node)
    case repeated(Node)
  }

  struct Mistake: Error { var message: String }

  private(set) var start = ""
  private(set) var rules: [String: Node] = [:]

  static func load() throws -> Grammar {
    let file = Repository.root.appending(path: "grammar/flow.ebnf")
    return try Grammar(String(decoding: Data(contentsOf: file), as: UTF8.self))
  }

  init(_ text: String) throws {
    var reader = EBNFReader(words: EBNFReader.words(text))
    while let name = reader.next() {
      try reader.expect("=")
      let node = try reader.choice()
      try reader.expect(";")
      if rules.isEmpty { start = name }
      guard rules.updateValue(node, forKey: name) == nil else { throw Mistake(message: "two rules \(name)") }
    }
  }

  /// All nodes below a node, itself first.
  static func nodes(_ node: Node) -> [Node] {
    switch node {
    case .literal, .terminal, .rule: [node]
    case .sequence(let parts), .choice(let parts): [node] + parts.flatMap(nodes)
    case .optional(let part), .repeated(let part): [node] + nodes(part)
    }
  }

  func names(_ select: (Node) -> String?) -> Set<String> {
    Set(rules.values.flatMap(Grammar.nodes).compactMap(select))
  }

  var literals: Set<String> { names { if case .literal(let text) = $0 { text } else { nil } } }
  var terminals: Set<String> { names { if case .terminal(let name) = $0 { name } else { nil } } }

  /// The rules that a rule needs, itself among them.
  func reachable(from name: String) -> Set<String> {
    var found: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      guard found.insert(next).inserted, let node = rules[next] else { continue }
      open += Grammar.nodes(node).compactMap { if case .rule(let name) = $0 { name } else { nil } }
    }
    return found
  }
}

private struct EBNFReader {
  var words: [String]
  var index = 0

  /// Signs, quoted texts and names; comments are left out.
  static func words(_ text: String) -> [String] {
    var result: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if rest.hasPrefix("(*"), let end = rest.range(of: "*)") {
        rest = rest[end.upperBound...]
      } else if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "\"" {
        let word = rest.dropFirst().prefix { $0 != "\"" }
        result.append("\"\(word)")
        rest = rest.dropFirst(word.count + 2)
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter || $0 == "_" }
        result.append(String(word))
        rest = rest.dropFirst(word.count)
      } else {
        result.append(String(first))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  mutating func next() -> String? {
    guard index < words.count else { return nil }
    index += 1
    return words[index - 1]
  }

  func peek() -> String { index < words.count ? words[index] : "" }

  mutating func expect(_ word: String) throws {
    guard next() == word else {
      throw Grammar.Mistake(
        message: "expected \(word) near \(words[max(0, index - 4)..<min(index, words.count)])")
    }
  }

  mutating func choice() throws -> Grammar.Node {
    var parts = [try sequence()]
    while peek() == "|" {
      index += 1
      parts.append(try sequence())
    }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() throws -> Grammar.Node {
    var parts: [Grammar.Node] = []
    while !["", ";", "|", ")", "]", "}"].contains(peek()) { parts.append(try item()) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func item() throws -> Grammar.Node {
    guard let word = next() else { throw Grammar.Mistake(message: "the end") }
    let closing = ["(": ")", "[": "]", "{": "}"]
    if let close = closing[word] {
      let inner = try choice()
      try expect(close)
      return word == "(" ? inner : word == "[" ? .optional(inner) : .repeated(inner)
    }
    if word.hasPrefix("\"") { return .literal(String(word.dropFirst())) }
    guard word.first?.isLetter == true else { throw Grammar.Mistake(message: "a stray \(word)") }
    return word == word.uppercased() ? .terminal(word) : .rule(word)
  }
}

/// Numbers that are the same on every machine (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Invents sentences of a grammar.
struct SentenceMaker {
  let grammar: Grammar
  var numbers: SeededNumbers
  private var words: [String] = []
  private var clock = 0
  private var heights: [String: Int] = [:]

  init(_ grammar: Grammar, seed: UInt64) {
    self.grammar = grammar
    numbers = SeededNumbers(seed: seed)
    for _ in grammar.rules {
      for (name, body) in grammar.rules { heights[name] = 1 + height(body) }
    }
  }

  mutating func sentence(_ rule: String, depth: Int) -> String {
    words = []
    expand(.rule(rule), depth)
    return words.joined(separator: " ")
  }

  private mutating func expand(_ node: Grammar.Node, _ depth: Int) {
    switch node {
    case .literal(let text): words.append(text)
    case .terminal(let name): words.append(terminal(name))
    case .rule(let name): if let body = grammar.rules[name] { expand(body, depth - 1) }
    case .sequence(let parts): for part in parts { expand(part, depth) }
    case .choice(let parts): expand(choose(parts, depth), depth)
    case .optional(let part):
      if depth > 0, Bool.random(using: &numbers) { expand(part, depth) }
    case .repeated(let part):
      guard depth > 0 else { return }
      for _ in 0..<Int.random(in: 0...2, using: &numbers) { expand(part, depth) }
    }
  }

  /// Any alternative while there is room, then one that ends soonest.
  private mutating func choose(_ parts: [Grammar.Node], _ depth: Int) -> Grammar.Node {
    if depth > 0 { return parts[Int.random(in: 0..<parts.count, using: &numbers)] }
    let shortest = parts.min { height($0) < height($1) }
    return shortest ?? parts[0]
  }

  /// How many rules must be expanded one inside the other before a node comes to an end.
  private func height(_ node: Grammar.Node) -> Int {
    switch node {
    case .literal, .terminal: return 0
    case .rule(let name): return heights[name] ?? 1000
    case .sequence(let parts): return parts.map { height($0) }.max() ?? 0
    case .choice(let parts): return parts.map { height($0) }.min() ?? 0
    case .optional, .repeated: return 0
    }
  }

  private static let pools: [String: [String]] = [
    "NAME": ["alpha", "b_2", "_place", "aB", "status", "on", "with", "end", "email", "mon"],
    "CHANNEL": ["line", "b_2", "on"],
    "FIELD": ["alpha", "b_2", "place", "gamma_Ray", "delta"],
    "CAPITALS": ["FIRST", "A", "B_2", "_X"],
    "STRING": ["\"\"", "\"a \\\"b\\\" \\u{20AC}\\n\"", "\"größe\""],
    "RAW": ["\"\"\"\n  x = 1\n  \"\"\"", "\"\"\"\"\"\""],
    "INTEGER": ["0", "7", "100"],
    "NUMBER": ["0.5", "12.25"],
    "DURATION": ["30s", "1w2d3h4m5s", "3d"],
    "DATE": ["2026-11-22", "2024-02-29"],
    "DATETIME": ["2026-11-22T10:00", "2026-11-22T10:00:30.5Z", "2026-11-22T10:00+01:00"],
  ]

  private mutating func terminal(_ name: String) -> String {
    // Times rise, so that no window ends when it begins.
    clock += 1
    if name == "TIME" {
      let hour = clock % 24
      return (hour < 10 ? "0" : "") + "\(hour):30"
    }
    return Self.pools[name]?.randomElement(using: &numbers) ?? "?"
  }
}

/// One instruction of a compiled pattern.
struct PatternInstruction: Sendable {
  enum Kind: UInt8 {
    /// Takes the scalar `first`.
    case scalar
    /// Takes any scalar but a line feed.
    case anyScalar
    /// Takes a scalar of the class with the index `first`.
    case set
    /// Goes on only where the assertion with the raw value `first` holds.
    case assertion
    /// Goes on at `first`.
    case jump
    /// Goes on at `first` and at `second`.
    case split
    /// The pattern fits.
    case accept
  }

  let kind: Kind
  var first: Int32 = 0
  var second: Int32 = 0
}

/// A pattern as a flat program for `PatternRun`.
struct PatternProgram: Sendable {
  private(set) var instructions: [PatternInstruction] = []
  private(set) var classes: [ScalarSet] = []
  /// The answers of each class for ASCII.
  private(set) var tables: [ASCIITable] = []
  /// Whether the pattern can fit only at the beginning of a text.
  let isAnchored: Bool
  /// Which ASCII scalars a fit can begin with; `nil` where it can be empty.
  private(set) var starts: ASCIITable?
  private let ignoresCase: Bool

  init(_ tree: PatternTree, ignoresCase: Bool) throws(PatternError) {
    self.ignoresCase = ignoresCase
    isAnchored = tree.isAnchored
    try add(tree, offset: 0)
    try add(PatternInstruction(kind: .accept), offset: 0)
    starts = possibleStarts()
  }

  private var next: Int32 { Int32(truncatingIfNeeded: instructions.count) }

  private mutating func add(_ instruction: PatternInstruction, offset: Int) throws(PatternError) {
    guard instructions.count < Pattern.maximumProgramSize else {
      throw PatternError(
        offset: offset,
        message: "the pattern is too large: its repeats written out need more than "
          + "\(Pattern.maximumProgramSize) steps")
    }
    instructions.append(instruction)
  }

  /// `offset` is that of the innermost repeat around, which is to blame where the program becomes too large.
  private mutating func add(_ tree: PatternTree, offset: Int) throws(PatternError) {
    switch tree {
    case .empty: break
    case .scalar(let value): try addScalar(value, offset: offset)
    case .anyScalar: try add(PatternInstruction(kind: .anyScalar), offset: offset)
    case .set(let set): try addSet(set, offset: offset)
    case .assertion(let assertion):
      try add(PatternInstruction(kind: .assertion, first: assertion.rawValue), offset: offset)
    case .sequence(let parts):
      for part in parts { try add(part, offset: offset) }
    case .alternatives(let branches): try addAlternatives(branches, offset: offset)
    case .repeated(let tree, let minimum, let maximum, let offset):
      for _ in 0..<minimum {
        let before = instructions.count
        try add(tree, offset: offset)
        // What takes no instruction could otherwise be repeated for ever without reaching the limit.
        if instructions.count == before { return }
      }
      if let maximum {
        try addOptional(tree, count: maximum - minimum, offset: offset)
      } else {
        try addLoop(tree, offset: offset)
      }
    }
  }

  private mutating func addScalar(_ value: UInt32, offset: Int) throws(PatternError) {
    let variants = ScalarCase.variants(of: value)
    if ignoresCase, variants != (value, value) {
      let same = [value, variants.lower, variants.upper]
      return try addSet(ScalarSet(ranges: same.map { $0...$0 }), offset: offset)
    }
    try add(
      PatternInstruction(kind: .scalar, first: Int32(bitPattern: value)), offset: offset)
  }

  private mutating func addSet(_ set: ScalarSet, offset: Int) throws(PatternError) {
    let index = Int32(truncatingIfNeeded: classes.count)
    try add(PatternInstruction(kind: .set, first: index), offset: offset)
    let prepared = set.prepared(ignoringCase: ignoresCase)
    classes.append(prepared)
    tables.append(prepared.ascii)
  }

  private mutating func addAlternatives(_ branches: [PatternTree], offset: Int) throws(PatternError) {
    var jumps: [Int] = []
    for branch in branches.dropLast() {
      let split = instructions.count
      try add(PatternInstruction(kind: .split, first: next + 1), offset: offset)
      try add(branch, offset: offset)
      jumps.append(instructions.count)
      try add(PatternInstruction(kind: .jump), offset: offset)
      instructions[split].second = next
    }
    if let last = branches.last { try add(last, offset: offset) }
    for jump in jumps { instructions[jump].first = next }
  }

  /// Up to `count` times: each may be the last.
  private mutating func addOptional(
    _ tree: PatternTree, count: Int, offset: Int
  ) throws(PatternError) {
    var splits: [Int] = []
    for _ in 0..<count {
      splits.append(instructions.count)
      try add(PatternInstruction(kind: .split, first: next + 1), offset: offset)
      try add(tree, offset: offset)
    }
    for split in splits { instructions[split].second = next }
  }

  private mutating func addLoop(_ tree: PatternTree, offset: Int) throws(PatternError) {
    let split = next
    try add(PatternInstruction(kind: .split, first: split + 1), offset: offset)
    try add(tree, offset: offset)
    try add(PatternInstruction(kind: .jump, first: split), offset: offset)
    instructions[Int(split)].second = next
  }
}

extension PatternProgram {
  /// Follows all ways from the beginning up to the first scalar, with every assertion taken to hold.
  private func possibleStarts() -> ASCIITable? {
    var table = ASCIITable()
    var reached = Set<Int32>()
    var pending: [Int32] = [0]
    while let address = pending.popLast() {
      guard reached.insert(address).inserted else { continue }
      let instruction = instructions[Int(address)]
      switch instruction.kind {
      case .scalar: table.insert(UInt32(bitPattern: instruction.first))
      case .anyScalar: table.formUnion(.all)
      case .set: table.formUnion(tables[Int(instruction.first)])
      case .assertion: pending.append(address + 1)
      case .jump: pending.append(instruction.first)
      case .split: pending += [instruction.first, instruction.second]
      case .accept: return nil
      }
    }
    return table
  }
}

extension PatternTree {
  /// Whether every way through begins with `^`.
  fileprivate var isAnchored: Bool {
    switch self {
    case .assertion(let assertion):
      switch assertion {
      case .textStart: true
      case .textEnd, .wordBoundary, .noWordBoundary: false
      }
    case .sequence(let parts): parts.first?.isAnchored ?? false
    case .alternatives(let branches): branches.allSatisfy(\.isAnchored)
    case .repeated(let tree, let minimum, _, _): minimum > 0 && tree.isAnchored
    case .empty, .scalar, .anyScalar, .set: false
    }
  }
}

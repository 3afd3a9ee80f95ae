/// A text that a pattern fits, for whoever looks for inputs.
extension Pattern {
  /// A shortest way through the pattern, with letters and digits where it leaves a choice; `nil` where no way found holds
  /// together with the pattern's assertions.
  public var example: String? {
    var reached = Array(repeating: false, count: program.instructions.count)
    var frontier: [(position: Int, text: String.UnicodeScalarView)] = []
    enter(0, String.UnicodeScalarView(), &frontier, &reached)
    while !frontier.isEmpty {
      var next: [(position: Int, text: String.UnicodeScalarView)] = []
      for (position, text) in frontier {
        let instruction = program.instructions[position]
        if instruction.kind == .accept { return matches(String(text)) ? String(text) : nil }
        guard let scalar = scalar(for: instruction) else { continue }
        enter(position + 1, text + [scalar], &next, &reached)
      }
      frontier = next
    }
    return nil
  }

  /// Follows what takes no scalar. A position that was reached before was reached by a text no longer.
  private func enter(
    _ position: Int, _ text: String.UnicodeScalarView,
    _ frontier: inout [(position: Int, text: String.UnicodeScalarView)], _ reached: inout [Bool]
  ) {
    var waiting = [position]
    while let position = waiting.popLast() {
      if reached[position] { continue }
      reached[position] = true
      let instruction = program.instructions[position]
      switch instruction.kind {
      case .jump: waiting.append(Int(instruction.first))
      case .split: waiting += [Int(instruction.second), Int(instruction.first)]
      case .assertion: waiting.append(position + 1)
      case .scalar, .anyScalar, .set, .accept: frontier.append((position, text))
      }
    }
  }

  private func scalar(for instruction: PatternInstruction) -> Unicode.Scalar? {
    switch instruction.kind {
    case .scalar: return Unicode.Scalar(UInt32(truncatingIfNeeded: instruction.first))
    case .anyScalar: return "a"
    case .set:
      let set = program.classes[Int(instruction.first)]
      let usual = "a1A -._@".unicodeScalars.first { set.holds($0.value) }
      return usual ?? set.ranges.first.flatMap { Unicode.Scalar($0.lowerBound) }
    case .assertion, .jump, .split, .accept: return nil
    }
  }
}

internal import FlowSyntax

/// Numbers by name. A name is a small integer, so that looking one up is one access to an array.
struct SymbolMap {
  private var values: [Int32] = []

  /// What a name stands for; `nil` for names that were never set.
  subscript(symbol: Symbol) -> Int? {
    get {
      let index = Int(symbol.index)
      guard index < values.count, values[index] >= 0 else { return nil }
      return Int(values[index])
    }
    set {
      let index = Int(symbol.index)
      if index >= values.count {
        // Doubling keeps a series of new names linear.
        let room = max(index + 1, values.count * 2, 256)
        values.append(contentsOf: repeatElement(-1, count: room - values.count))
      }
      values[index] = newValue.map { Int32(truncatingIfNeeded: $0) } ?? -1
    }
  }
}

/// Numbers by name that are forgotten all at once, at no cost: for what is declared within one flow,
/// or occurs within one list.
struct ScopedSymbolMap {
  private var map = SymbolMap()
  private var scopes = SymbolMap()
  private var scope = 0

  mutating func removeAll() { scope += 1 }

  subscript(symbol: Symbol) -> Int? {
    get { scopes[symbol] == scope ? map[symbol] : nil }
    set {
      map[symbol] = newValue
      scopes[symbol] = scope
    }
  }

  /// Sets a name unless it is set already; then that is the answer.
  mutating func insert(_ symbol: Symbol, _ value: Int) -> Int? {
    if let earlier = self[symbol] { return earlier }
    self[symbol] = value
    return nil
  }
}

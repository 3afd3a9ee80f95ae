public import FlowText

/// An interned spelling: two names are equal exactly when their symbols are.
///
/// The first symbols of every table are the keywords, in the order of `Keyword`, so that asking
/// whether an identifier is a certain word compares one integer.
public struct Symbol: Hashable, Sendable {
  public let index: UInt32

  public init(index: UInt32) { self.index = index }
  public init(_ keyword: Keyword) { index = UInt32(keyword.rawValue) }

  /// The word this spelling is, if the language knows it as one. Keywords are contextual: whether it
  /// stands for the word or for a name is decided by its place.
  public var keyword: Keyword? {
    index <= UInt32(UInt8.max) ? Keyword(rawValue: UInt8(index)) : nil
  }
}

/// A name as it stands in the text.
///
/// Where a name is missing, which the parser has reported, its range is empty and its spelling too.
public struct Name: Hashable, Sendable {
  public let symbol: Symbol
  public let range: SourceRange

  public init(_ symbol: Symbol, _ range: SourceRange) {
    self.symbol = symbol
    self.range = range
  }

  /// Whether no name stood here; the parser has reported it, and later phases say nothing more.
  public var isMissing: Bool { range.isEmpty }
}

/// The spellings of one compilation. All files of a campaign share one table.
public struct SymbolTable: Sendable {
  /// All spellings, one after another.
  private var text: [UInt8] = []
  /// The end of each spelling in `text`.
  private var ends: [UInt32] = []
  /// Open addressing; 0 is an empty slot, else the symbol's index + 1. The count is a power of two.
  private var slots: [UInt32]

  /// A table of the keywords alone.
  public init() { self = SymbolTable.keywords }

  private static let keywords: SymbolTable = {
    var table = SymbolTable(slotCount: 1024)
    for keyword in Keyword.allCases { _ = table.intern(keyword.spelling) }
    return table
  }()

  private init(slotCount: Int) { slots = [UInt32](repeating: 0, count: slotCount) }

  public var count: Int { ends.count }

  public mutating func intern(_ spelling: String) -> Symbol {
    var spelling = spelling
    return spelling.withUTF8 { intern($0) }
  }

  /// The symbol of a spelling, new or known.
  public mutating func intern(_ spelling: UnsafeBufferPointer<UInt8>) -> Symbol {
    var slot = Self.hash(spelling) & (slots.count - 1)
    while slots[slot] != 0 {
      if matches(slots[slot] - 1, spelling) { return Symbol(index: slots[slot] - 1) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let index = UInt32(ends.count)
    text.append(contentsOf: spelling)
    ends.append(UInt32(text.count))
    slots[slot] = index + 1
    if ends.count * 2 > slots.count { grow() }
    return Symbol(index: index)
  }

  /// The symbol of a spelling if the table has it.
  public func find(_ spelling: String) -> Symbol? {
    var spelling = spelling
    return spelling.withUTF8 { bytes in
      var slot = Self.hash(bytes) & (slots.count - 1)
      while slots[slot] != 0 {
        if matches(slots[slot] - 1, bytes) { return Symbol(index: slots[slot] - 1) }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  public subscript(symbol: Symbol) -> String {
    String(decoding: text[bounds(symbol.index)], as: UTF8.self)
  }

  /// The UTF-8 bytes of a spelling.
  public func bytes(of symbol: Symbol) -> ArraySlice<UInt8> { text[bounds(symbol.index)] }

  private func bounds(_ index: UInt32) -> Range<Int> {
    (index == 0 ? 0 : Int(ends[Int(index) - 1]))..<Int(ends[Int(index)])
  }

  private func matches(_ index: UInt32, _ spelling: UnsafeBufferPointer<UInt8>) -> Bool {
    let bounds = bounds(index)
    guard bounds.count == spelling.count else { return false }
    return text.withUnsafeBufferPointer { text in
      for offset in 0..<spelling.count where text[bounds.lowerBound + offset] != spelling[offset] {
        return false
      }
      return true
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for index in 0..<UInt32(ends.count) {
      let hash = text.withUnsafeBufferPointer { Self.hash(.init(rebasing: $0[bounds(index)])) }
      var slot = hash & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = index + 1
    }
  }

  /// FNV-1a with a final mix: names are short, and the table is private to one compilation.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7fff_ffff)
  }
}

import FlowRuntime

/// Reads one JSON text (RFC 8259) piece by piece, strictly, and keeps numbers as they are written.
///
/// It allocates nothing but for texts with escapes, whose memory it keeps. Names may occur twice: who reads the
/// members notices.
struct JSONScanner: ~Copyable {
  /// How deep objects and arrays may lie in each other.
  static let maximumDepth = 16

  /// What may come next.
  private enum Place {
    case value
    case firstElement
    case firstKey
    case nextKey
    /// Behind a value: a comma, or the end of what it lies in.
    case behindValue
    case failed
  }

  var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var offset = 0
  var scratch = ByteStore()
  private var place = Place.value
  private var depth = 0
  /// One bit a level, the innermost lowest: set for an object.
  private var objects: UInt32 = 0

  /// Begins a new text, which must outlive the reading.
  mutating func begin(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    offset = 0
    place = .value
    depth = 0
  }

  mutating func next() -> JSONToken {
    skipBlanks()
    switch place {
    case .value: return value(orEnd: false)
    case .firstElement: return value(orEnd: true)
    case .firstKey: return key(orEnd: true)
    case .nextKey: return key(orEnd: false)
    case .behindValue: return behindValue()
    case .failed: return .end
    }
  }

  /// Where the next piece begins.
  var valueOffset: Int {
    var ahead = offset
    while ahead < text.count, JSONByte.isBlank(text[ahead]) { ahead += 1 }
    return ahead
  }

  /// Goes over the value whose first piece was just given.
  mutating func skip(_ first: JSONToken) -> JSONFault? {
    var open = 0
    var token = first
    while true {
      switch token {
      case .beginObject, .beginArray: open += 1
      case .endObject, .endArray: open -= 1
      case .invalid(let fault): return fault
      case .key, .scalar, .end: break
      }
      if open == 0 { return nil }
      token = next()
    }
  }

  private func peek() -> UInt8? { offset < text.count ? text[offset] : nil }

  private mutating func skipBlanks() {
    while offset < text.count, JSONByte.isBlank(text[offset]) { offset += 1 }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  mutating func fail(_ reason: JSONFault.Reason, at offset: Int? = nil) -> JSONToken {
    place = .failed
    let isCutOff = self.offset >= text.count && offset == nil
    return .invalid(JSONFault(offset: offset ?? self.offset, reason: isCutOff ? .cutOff : reason))
  }
}

/// The grammar.
extension JSONScanner {
  private mutating func value(orEnd isEndAllowed: Bool) -> JSONToken {
    if isEndAllowed, accept("]") { return close(.endArray) }
    if accept("{") { return open(isObject: true) }
    if accept("[") { return open(isObject: false) }
    place = .behindValue
    if accept("\"") {
      switch string() {
      case .success(let bytes): return .scalar(.text(bytes))
      case .failure(let fault): return fail(fault.reason, at: fault.offset)
      }
    }
    if let word = word() { return .scalar(word) }
    return number()
  }

  private mutating func open(isObject: Bool) -> JSONToken {
    guard depth < JSONScanner.maximumDepth else { return fail(.tooDeep, at: offset - 1) }
    depth += 1
    objects = objects << 1 | (isObject ? 1 : 0)
    place = isObject ? .firstKey : .firstElement
    return isObject ? .beginObject : .beginArray
  }

  private mutating func close(_ token: JSONToken) -> JSONToken {
    depth -= 1
    objects >>= 1
    place = .behindValue
    return token
  }

  private mutating func key(orEnd isEndAllowed: Bool) -> JSONToken {
    if isEndAllowed, accept("}") { return close(.endObject) }
    guard accept("\"") else { return fail(.expected("a name in double quotes")) }
    switch string() {
    case .failure(let fault): return fail(fault.reason, at: fault.offset)
    case .success(let name):
      skipBlanks()
      guard accept(":") else { return fail(.expected("`:`")) }
      place = .value
      return .key(name)
    }
  }

  private mutating func behindValue() -> JSONToken {
    guard depth > 0 else {
      return offset < text.count ? fail(.expected("the end of the line")) : .end
    }
    let isInObject = objects & 1 == 1
    if accept(",") {
      skipBlanks()
      place = isInObject ? .nextKey : .value
      return next()
    }
    if isInObject, accept("}") { return close(.endObject) }
    if !isInObject, accept("]") { return close(.endArray) }
    return fail(.expected(isInObject ? "`,` or `}`" : "`,` or `]`"))
  }

  private mutating func word() -> ScalarView? {
    if accept(word: "true") { return .boolean(true) }
    if accept(word: "false") { return .boolean(false) }
    return accept(word: "null") ? .null : nil
  }

  private mutating func accept(word: StaticString) -> Bool {
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard text.count - offset >= expected.count else { return false }
    let found = UnsafeBufferPointer(rebasing: text[offset..<offset + expected.count])
    guard found.elementsEqual(expected) else { return false }
    offset += expected.count
    return true
  }

  private mutating func number() -> JSONToken {
    let start = offset
    _ = accept("-")
    if !accept("0"), !digits() { return fail(.expected("a value")) }
    if accept("."), !digits() { return fail(.expected("a digit")) }
    if accept("e") || accept("E") {
      _ = accept("+") || accept("-")
      guard digits() else { return fail(.expected("a digit")) }
    }
    return .scalar(.number(UnsafeBufferPointer(rebasing: text[start..<offset])))
  }

  private mutating func digits() -> Bool {
    let start = offset
    while let byte = peek(), JSONByte.isDigit(byte) { offset += 1 }
    return offset > start
  }
}

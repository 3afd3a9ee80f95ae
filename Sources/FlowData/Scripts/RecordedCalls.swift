public import FlowRuntime

/// A recording that is replayed. Of each call it keeps what came of it as it is written, once, and finds it by two
/// numbers; all else of the file is read and let go.
public struct RecordedCalls: Sendable {
  /// What is wrong with a recording, and where.
  public struct Fault: Error, Sendable, Equatable {
    /// From 1; one beyond the last where something is missing.
    public var line: Int
    /// Expected and found, in a sentence's words.
    public var words: String
  }

  private struct Entry {
    var digest: UInt64
    var start: Int
    var count: Int32
    /// The entry before with the same key; two people may have one key where one of them has an id and the other a
    /// mail address, and tests play the same people again.
    var previous: Int32
  }

  private var texts: [UInt8] = []
  private var entries: [Entry] = []
  private var latest: [UInt64: Int32] = [:]

  /// - Parameters:
  ///   - bytes: The file.
  ///   - campaigns: Those that are played, of which it has to be.
  /// - Throws: A `Fault`, or what the source throws.
  public init(_ bytes: ByteSource, campaigns: [String]) throws {
    var lines = LineReader(ByteWindow(bytes), start: 0)
    var scanner = JSONScanner()
    guard try lines.next() else { throw Fault(line: 1, words: "expected a recording, found an empty file") }
    try Self.readHead(&lines, &scanner, campaigns)
    while try lines.next() {
      if let count = Self.count(&lines, &scanner) {
        guard count == entries.count else {
          throw Fault(line: lines.number, words: "expected \(count) calls before it, found \(entries.count)")
        }
        if try lines.next() {
          throw Fault(line: lines.number, words: "expected the end of the recording, found another line")
        }
        return
      }
      try add(&lines, &scanner)
    }
    throw Fault(
      line: lines.number,
      words: "expected the line that ends a recording, found the end of the file: it was cut off")
  }

  // MARK: Reading

  private static func readHead(
    _ lines: inout LineReader, _ scanner: inout JSONScanner, _ campaigns: [String]
  ) throws {
    let nothing = Fault(line: lines.number, words: "expected the head of a recording, found something else")
    scanner.begin(lines.line)
    guard case .beginObject = scanner.next(), case .key(let key) = scanner.next(),
      key.elementsEqual(Recording.head.utf8), case .scalar(.number(let digits)) = scanner.next()
    else { throw nothing }
    let version = String(decoding: digits, as: UTF8.self)
    guard version == String(Recording.version) else {
      throw Fault(
        line: lines.number,
        words: "expected a recording of version \(Recording.version), found one of version \(version)")
    }
    guard case .key = scanner.next(), case .beginArray = scanner.next() else { throw nothing }
    var recorded: [String] = []
    while case .scalar(.text(let name)) = scanner.next() {
      recorded.append(String(decoding: name, as: UTF8.self))
    }
    if let missing = campaigns.first(where: { !recorded.contains($0) }) {
      let found = recorded.map { "`\($0)`" }.joined(separator: ", ")
      throw Fault(
        line: lines.number, words: "expected a recording of campaign `\(missing)`, found one of \(found)")
    }
  }

  /// How many calls the last line counts; `nil` for any other.
  private static func count(_ lines: inout LineReader, _ scanner: inout JSONScanner) -> Int? {
    scanner.begin(lines.line)
    guard case .beginObject = scanner.next(), case .key(let key) = scanner.next(),
      key.elementsEqual(Recording.end.utf8), case .scalar(.number(let digits)) = scanner.next(),
      case .endObject = scanner.next(), case .end = scanner.next()
    else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private mutating func add(_ lines: inout LineReader, _ scanner: inout JSONScanner) throws {
    let number = lines.number
    guard !lines.isUnterminated else {
      throw Fault(line: number, words: "expected a recorded call, found the beginning of one: it was cut off")
    }
    guard let text = Recording.sealed(lines.line), let place = Self.place(text, &scanner) else {
      throw Fault(line: number, words: "expected a recorded call as it was written, found something else")
    }
    let outcome = text[place.outcome...]
    guard texts.count + outcome.count <= Recording.maximumKept, entries.count < Int(Int32.max) else {
      throw Fault(
        line: number, words: "the recording has more than \(Recording.maximumKept >> 20) MB of results")
    }
    let previous = latest.updateValue(Int32(entries.count), forKey: place.key) ?? -1
    entries.append(
      Entry(
        digest: place.digest, start: texts.count, count: Int32(outcome.count), previous: previous))
    texts += outcome
  }

  /// Which call a line is of, and where what came of it begins.
  private static func place(
    _ text: UnsafeBufferPointer<UInt8>, _ scanner: inout JSONScanner
  ) -> (key: UInt64, digest: UInt64, outcome: Int)? {
    var key = StableHash()
    scanner.begin(text)
    guard case .beginObject = scanner.next() else { return nil }
    for name in ["campaign", "participant", "at", "run", "call"] {
      guard case .key(let found) = scanner.next(), found.elementsEqual(name.utf8) else { return nil }
      switch scanner.next() {
      case .scalar(.text(let bytes)), .scalar(.number(let bytes)): key.add(text: bytes)
      case .scalar, .key, .beginObject, .endObject, .beginArray, .endArray, .end, .invalid: return nil
      }
    }
    guard case .key = scanner.next(), case .scalar(.text) = scanner.next(), case .key = scanner.next(),
      case .scalar(.text(let digits)) = scanner.next(),
      let digest = UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
    else { return nil }
    // The comma between.
    let outcome = scanner.valueOffset + 1
    return outcome < text.count ? (key.value, digest, outcome) : nil
  }

  // MARK: Replaying

  /// What came of a call; a recording of another call is none.
  public func outcome(of call: ScriptCall, campaign: String, _ source: ScriptSource) -> ScriptOutcome {
    var position = latest[RecordedCall.key(call, campaign: campaign).value] ?? -1
    guard position >= 0 else { return .failed(ScriptFailure(.pythonNotRecorded, "")) }
    let digest = RecordedCall.digest(call, source).value
    // Of several the first counts.
    var found: Entry?
    while position >= 0 {
      let entry = entries[Int(position)]
      if entry.digest == digest { found = entry }
      position = entry.previous
    }
    guard let found else {
      return .failed(
        ScriptFailure(.pythonNotRecorded, "the script, or what it reads, is not what was recorded"))
    }
    let outcome = texts.withUnsafeBufferPointer { texts in
      RecordedOutcome.read(
        UnsafeBufferPointer(rebasing: texts[found.start..<found.start + Int(found.count)]), source)
    }
    return outcome
      ?? .failed(ScriptFailure(.pythonNotRecorded, "what was recorded is not of the fields' types"))
  }
}

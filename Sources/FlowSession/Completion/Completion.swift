/// How a text may go on at a place in it.
public struct Completion: Sendable, Equatable {
  /// In bytes: what stands between the beginning of the word and the place, and is replaced.
  public var range: Range<Int>
  /// What may stand there instead, each once, in order.
  public var candidates: [String]
  /// Whether what follows a candidate is another word, so that a blank may be written behind it.
  public var isWord: Bool

  public init(range: Range<Int>, candidates: [String], isWord: Bool = false) {
    self.range = range
    self.candidates = candidates
    self.isWord = isWord
  }

  /// Completes an entry, whole or not.
  ///
  /// - Parameters:
  ///   - offset: In bytes of `text`; what stands behind it is not looked at.
  public init(_ text: String, at offset: Int, _ scene: CompletionScene) {
    let bytes = Array(text.utf8.prefix(max(offset, 0)))
    guard bytes.count <= SessionLimit.completedByteCount else {
      self.init(range: bytes.count..<bytes.count, candidates: [])
      return
    }
    let first = bytes.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    self =
      first == UInt8(ascii: ":")
      ? CommandCompletion(bytes: bytes, scene: scene).completion()
      : EntryCompletion(bytes: bytes, scene: scene).completion()
  }

  /// The words that begin with what stands there.
  init(_ partial: Partial, _ words: some Sequence<String>, isWord: Bool = false) {
    let fitting = Set(words.filter { $0.hasPrefix(partial.text) })
    self.init(range: partial.range, candidates: fitting.sorted(), isWord: isWord)
  }
}

/// The beginning of a word before the place where it is completed.
struct Partial {
  var text: String
  /// In bytes.
  var range: Range<Int>
}

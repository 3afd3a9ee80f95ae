internal import FlowText

/// Names for findings that stay the same when lines move: the diagnostic's name, the text of its line without
/// its blanks, and which of several such findings of the file it is.
struct Fingerprints {
  /// The version changes with the way the fingerprint is made.
  static let key = "flowNameAndLine/v1"

  /// Of a longer line only the beginning takes part, in bytes.
  static let maximumLineByteCount = 1_000

  private var occurrences: [String: Int] = [:]

  /// To be called once for every finding, in order.
  mutating func next(of diagnostic: Diagnostic, in files: SourceFiles) -> String {
    let file = diagnostic.primary.flatMap { files[$0.span.file] }
    // Without a line, the message is all there is to tell findings apart.
    var text = diagnostic.message
    if let file, let primary = diagnostic.primary {
      let line = file.lines.line(at: file.clamped(primary.span.range).lower)
      let content = file.contentRange(ofLine: line)
      let upper = min(content.upper, content.lower + Fingerprints.maximumLineByteCount)
      text = file.text(SourceRange(content.lower, upper)).split { $0 == " " || $0 == "\t" }.joined(
        separator: " ")
    }
    let hash = Fingerprints.hash("\(diagnostic.name)\u{0}\(text)")
    let occurrence = occurrences["\(file?.id.index ?? -1):\(hash)", default: 0] + 1
    occurrences["\(file?.id.index ?? -1):\(hash)"] = occurrence
    return "\(hash):\(occurrence)"
  }

  /// FNV-1a, 64 bits: the standard library's own hash differs from process to process.
  private static func hash(_ text: String) -> String {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

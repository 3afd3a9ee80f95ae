/// A compiled regular expression for `matches` (semantics K3).
///
/// A match is a search: the pattern may fit anywhere. The text is read once, from left to right, and all ways
/// through the pattern are followed side by side, so that no text takes more than (its length) × (size of the
/// program) steps, whatever the pattern. What it understands:
///
/// | form | meaning |
/// |---|---|
/// | `.` | any scalar but a line feed |
/// | `[a-z]` `[^…]` | a class, or what is not in it |
/// | `\d \w \s`, `\D \W \S` | a decimal digit, a letter, mark, digit or `_`, a blank, as Unicode has them; and their opposites |
/// | `^ $` | the beginning and the end of the text (never of a line) |
/// | `\b \B` | between a `\w` and a `\W` or an end; elsewhere |
/// | `( )` `(?: )` `|` | groups and alternatives |
/// | `* + ? {n} {n,} {n,m}` | repeats; a `?` behind one is accepted and, in a search, changes nothing |
/// | `(?i)` | at the very beginning: upper and lower case are the same |
/// | `\n \r \t \f \v \0 \u{…}`, `\` before punctuation | that scalar |
///
/// Backreferences and looking around are refused: they cannot be had in linear time.
public final class Pattern: Sendable {
  /// The longest pattern, in bytes.
  public static let maximumByteCount = 4096
  /// How deep groups may nest.
  public static let maximumDepth = 100
  /// The largest count in `{n,m}`.
  public static let maximumRepeat = 1000
  /// The largest program, in instructions, once counted repeats are written out.
  public static let maximumProgramSize = 20_000

  /// As it is written.
  public let source: String
  let program: PatternProgram

  /// How many instructions the compiled program has.
  public var programSize: Int { program.instructions.count }

  /// Compiles a pattern; the error's offset counts bytes of its UTF-8.
  public init(_ source: String) throws(PatternError) {
    self.source = source
    var parser = try PatternParser(source)
    let tree = try parser.parse()
    program = try PatternProgram(tree, ignoresCase: parser.ignoresCase)
  }

  /// Whether the pattern fits somewhere in a text.
  ///
  /// Nothing is allocated once the scratch has served the largest pattern it is used with.
  public func matches(_ utf8: UnsafeBufferPointer<UInt8>, scratch: PatternScratch) -> Bool {
    scratch.prepare(for: program.instructions.count)
    return program.instructions.withUnsafeBufferPointer { instructions in
      program.tables.withUnsafeBufferPointer { tables in
        var run = PatternRun(
          program: program, instructions: instructions, tables: tables, text: utf8, scratch: scratch)
        return run.search(countingIn: scratch)
      }
    }
  }

  /// Whether the pattern fits somewhere in a text; for callers that ask seldom.
  public func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0, scratch: PatternScratch()) }
  }
}

/// Why a pattern does not compile.
public struct PatternError: Error, Hashable, Sendable {
  /// The byte of the pattern's UTF-8 at which it goes wrong; its length where something is missing.
  public let offset: Int
  /// Lower case, without a full stop; stands alone.
  public let message: String

  public init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}

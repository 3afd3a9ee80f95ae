import FlowText
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇪🇸", 2), ("❤", 1), ("❤️", 2),
    ("…", 1), ("—", 1), ("\u{200D}", 0), ("नि", 2), ("กำ", 2), ("　", 2), ("€", 1), ("𠀀", 2),
  ])
  func width(_ text: String, _ width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [
    ("plain ü 日", "plain ü 日"), ("a\u{1B}[0m", "a␛[0m"), ("\u{7F}", "␡"), ("\u{9B}31m", "<U+009B>31m"),
    ("\u{202E}x", "<U+202E>x"), ("a\nb\r\tc", "a␊b␍␉c"), ("\u{200B}", "<U+200B>"), ("👩‍👧", "👩‍👧"),
  ])
  func controlsAreVisible(_ text: String, _ safe: String) {
    #expect(text.terminalSafe == safe)
  }

  @Test(arguments: [
    (offset: 0, line: 1, column: 1, utf16: 1), (3, 1, 1, 1), (4, 1, 2, 2), (6, 1, 3, 3), (10, 1, 4, 5),
    (11, 2, 1, 1), (12, 2, 2, 2), (99, 2, 2, 2),
  ])
  func positions(_ offset: Int, _ line: Int, _ column: Int, _ utf16: Int) {
    let file = SourceFile(name: "a", text: "\u{FEFF}aé😀\nb")
    let position = file.textPosition(at: offset)
    #expect((position.line, position.column, position.utf16Column) == (line, column, utf16))
  }
}

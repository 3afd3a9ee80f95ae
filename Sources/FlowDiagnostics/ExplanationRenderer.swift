internal import FlowText

/// Shows a page to people, on a terminal or in Markdown.
public enum ExplanationRenderer {
  /// Prose is wrapped at this column; examples are not.
  public static let lineWidth = 88

  /// The page for a terminal, with a line break at its end.
  public static func text(_ page: Explanation, palette: Palette = .plain) -> String {
    let title = palette.paint(page.name.description, .emphasis) + " — " + page.summary.terminalSafe
    var parts = [title]
    for section in sections(of: page) {
      parts.append(palette.paint(section.heading, .emphasis) + "\n" + body(section.content))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The page in Markdown, with a line break at its end.
  public static func markdown(_ page: Explanation) -> String {
    var parts = ["# `\(page.name)`", page.summary]
    for section in sections(of: page) {
      parts.append("## " + section.heading)
      switch section.content {
      case .prose(let text): parts.append(text.trimmed)
      case .example(let example):
        let fence = example.text.contains("```") ? "````" : "```"
        parts.append("\(fence)\(example.language)\n\(example.text.withoutOuterEmptyLines)\n\(fence)")
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private enum Content {
    case prose(String)
    case example(Explanation.Example)
  }

  private static func sections(of page: Explanation) -> [(heading: String, content: Content)] {
    var result: [(heading: String, content: Content)] = [("What it means", .prose(page.meaning))]
    if let reason = page.reason { result.append(("Why it matters", .prose(reason))) }
    result += [("Wrong", .example(page.wrong)), ("Right", .example(page.right))]
    if let decision = page.decision { result.append(("How it decides", .prose(decision))) }
    if let limits = page.limits { result.append(("Limits", .prose(limits))) }
    return result
  }

  private static func body(_ content: Content) -> String {
    switch content {
    case .prose(let text): return blocks(of: text).map(wrapped).joined(separator: "\n")
    case .example(let example):
      return example.text.withoutOuterEmptyLines.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "    " + safeLine($0) }.joined(separator: "\n")
    }
  }

  /// Tabs of an example mean something in data files, and terminals can be trusted with them.
  private static func safeLine(_ line: Substring) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false).map(\.terminalSafe).joined(separator: "\t")
  }

  /// Paragraphs, items of lists and the empty lines between them, each with its line breaks taken out.
  private static func blocks(of text: String) -> [String] {
    var result: [String] = []
    for line in text.trimmed.split(separator: "\n", omittingEmptySubsequences: false).map(\.trimmed) {
      if let last = result.last, !last.isEmpty, !line.isEmpty, !line.hasPrefix("- ") {
        result[result.count - 1] = last + " " + line
      } else {
        result.append(line)
      }
    }
    return result
  }

  private static func wrapped(_ block: String) -> String {
    let hanging = block.hasPrefix("- ") ? "    " : "  "
    var lines: [String] = []
    var line = ""
    for word in block.split(separator: " ").map(\.terminalSafe) {
      if line.isEmpty {
        line = (lines.isEmpty ? "  " : hanging) + word
      } else if line.displayWidth + 1 + word.displayWidth <= lineWidth {
        line += " " + word
      } else {
        lines.append(line)
        line = hanging + word
      }
    }
    return (lines + (line.isEmpty ? [] : [line])).joined(separator: "\n")
  }
}

extension StringProtocol {
  /// Without the blanks and line breaks around it.
  fileprivate var trimmed: String {
    let body = drop { $0 == " " || $0 == "\t" || $0 == "\n" }
    let end = body.lastIndex { $0 != " " && $0 != "\t" && $0 != "\n" }
    return end.map { String(body[...$0]) } ?? ""
  }

  /// The same, but the first line keeps its indentation.
  fileprivate var withoutOuterEmptyLines: String {
    let end = lastIndex { $0 != " " && $0 != "\t" && $0 != "\n" }
    return end.map { String(self[...$0].drop { $0 == "\n" }) } ?? ""
  }
}

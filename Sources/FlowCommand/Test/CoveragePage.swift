internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// The text of campaigns with how often each line was come to, as one page that needs nothing else.
struct CoveragePage {
  var parts: [CoverageReport.Part]

  func render() -> String {
    let names = parts.map { Self.escaped($0.campaign.title ?? $0.campaign.name) }
    let body = parts.map(section).joined()
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Coverage: \(names.joined(separator: ", "))</title>
      <style>
      \(Self.style)</style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
  }

  private func section(_ part: CoverageReport.Part) -> String {
    let title = Self.escaped(part.campaign.title ?? part.campaign.name)
    let files = part.check.sources.map { listing(of: $0, part) }.joined()
    return "<h1>\(title)</h1>\n\(table(part))\(files)"
  }

  private func table(_ part: CoverageReport.Part) -> String {
    let head = ["flow", "nodes", "ports", "triggers", "timing"].map { "<th scope=\"col\">\($0)</th>" }
      .joined()
    let rows = part.flows.map { flow in
      row(part.campaign.flows[flow].name, part.coverage.figures(flow: flow))
    }
    return "<table>\n<tr>\(head)</tr>\n" + rows.joined() + row("all", part.coverage.figures()) + "</table>\n"
  }

  private func row(_ name: String, _ figures: CoverageFigures) -> String {
    let cells = [figures.nodes, figures.ports, figures.triggers, figures.bounds].map { figure in
      if figure.all == 0 { return "<td>–</td>" }
      let isWhole = figure.covered == figure.all
      return
        "<td class=\"\(isWhole ? "hit" : "part")\">\(figure.covered)/\(figure.all) <b>\(figure.percent) %</b></td>"
    }
    return "<tr><th scope=\"row\">\(Self.escaped(name))</th>\(cells.joined())</tr>\n"
  }

  // MARK: The text

  private struct Line {
    /// `nil` where nothing counts.
    var count: Int?
    var marks: [String] = []
  }

  private func listing(of source: SourceFile, _ part: CoverageReport.Part) -> String {
    let lines = lines(of: source, part)
    if lines.isEmpty { return "" }
    let text = String(decoding: source.bytes, as: UTF8.self)
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, text in
      row(index + 1, String(text), lines[index + 1])
    }
    return "<h2>\(Self.escaped(source.name))</h2>\n<pre>\n\(rows.joined())</pre>\n"
  }

  private func row(_ number: Int, _ text: String, _ line: Line?) -> String {
    let count = line?.count
    let kind = count.map { $0 > 0 ? "hit" : "miss" } ?? "none"
    let marks = (line?.marks ?? []).map { " \($0)" }.joined()
    return "<span class=\"line \(kind)\"><span class=\"number\">\(number)</span>"
      + "<span class=\"count\">\(count.map(String.init) ?? "")</span><code>\(Self.escaped(text))</code>\(marks)</span>\n"
  }

  private func lines(of source: SourceFile, _ part: CoverageReport.Part) -> [Int: Line] {
    var lines: [Int: Line] = [:]
    var bounds: [Int: (seen: Int, all: Int)] = [:]
    for (position, place) in part.coverage.map.places.enumerated() where place.file == source.id {
      let number = source.position(at: place.range.lower).line
      let count = part.coverage.counts[position]
      switch place.kind {
      case .trigger, .node: lines[number, default: Line()].count = max(lines[number]?.count ?? 0, count)
      case .port(let port):
        let mark = "<span class=\"mark \(count > 0 ? "hit" : "miss")\">\(port.spelling) \(count)</span>"
        lines[number, default: Line()].marks.append(mark)
      case .bound:
        bounds[number, default: (0, 0)].all += 1
        if count > 0 { bounds[number, default: (0, 0)].seen += 1 }
      }
    }
    for (number, bound) in bounds {
      let kind = bound.seen == bound.all ? "hit" : "part"
      lines[number, default: Line()].marks.append(
        "<span class=\"mark \(kind)\">timing \(bound.seen)/\(bound.all)</span>")
    }
    return lines
  }

  /// A text as HTML can hold it; signs that would turn the writing round are shown.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.terminalSafe.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let style = """
    :root { --text: #1c1e21; --paper: #ffffff; --pale: #6a7078; --rule: #d9dce1;
      --hit: #dff3e3; --hit-text: #14602a; --miss: #fbdcdc; --miss-text: #96191f; --part: #fff0cf; --part-text: #7a4d00; }
    @media (prefers-color-scheme: dark) {
      :root { --text: #e4e6ea; --paper: #16181c; --pale: #969da7; --rule: #343840;
        --hit: #16351f; --hit-text: #8fdca5; --miss: #4a1a1e; --miss-text: #ffb0b3; --part: #43330f; --part-text: #f5cf7a; }
    }
    body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: var(--text); background: var(--paper);
      font: 15px/1.5 system-ui, sans-serif; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1rem; font-weight: 600; margin-top: 2rem; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: .25rem .8rem; border-bottom: 1px solid var(--rule); text-align: left; font-weight: 400; }
    tr:first-child th { color: var(--pale); }
    td.hit b { color: var(--hit-text); } td.part b { color: var(--part-text); }
    pre { overflow-x: auto; border: 1px solid var(--rule); border-radius: 6px; padding: .5rem 0; margin: 0;
      font: 13px/1.5 ui-monospace, monospace; display: flex; flex-direction: column; white-space: normal; }
    .line { white-space: pre; padding-right: 1rem; } code { font: inherit; }
    .number, .count { display: inline-block; width: 3.5rem; text-align: right; color: var(--pale); user-select: none; }
    .count { width: 4rem; padding-right: 1rem; }
    .line.hit .count { color: var(--hit-text); } .line.miss { background: var(--miss); }
    .line.miss .count, .line.miss .number { color: var(--miss-text); }
    .mark { border-radius: 4px; padding: 0 .4rem; margin-left: .5rem; font-size: 11px; }
    .mark.hit { background: var(--hit); color: var(--hit-text); }
    .mark.miss { background: var(--miss); color: var(--miss-text); outline: 1px solid var(--miss-text); }
    .mark.part { background: var(--part); color: var(--part-text); }

    """
}

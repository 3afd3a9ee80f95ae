internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// The coverage as LCOV traces have it: statements are lines, ports are branches (Match 0, Else 1), triggers are
/// functions. Bounds in time have no place there.
struct CoverageTrace {
  var parts: [CoverageReport.Part]

  func render() -> String {
    parts.map { part in
      part.check.sources.map { record(of: $0, part) }.joined()
    }.joined()
  }

  private struct Lines {
    var functions: [(line: Int, name: String, count: Int)] = []
    var branches: [(line: Int, block: Int, branch: Int, count: Int, isReached: Bool)] = []
    var counts: [Int: Int] = [:]

    mutating func come(to line: Int, _ count: Int) { counts[line] = max(counts[line] ?? 0, count) }
  }

  private func record(of source: SourceFile, _ part: CoverageReport.Part) -> String {
    let lines = lines(of: source, part)
    guard !lines.counts.isEmpty else { return "" }
    var text = "TN:\(part.campaign.name)\nSF:\(source.name)\n"
    for function in lines.functions { text += "FN:\(function.line),\(function.name)\n" }
    for function in lines.functions { text += "FNDA:\(function.count),\(function.name)\n" }
    text += "FNF:\(lines.functions.count)\nFNH:\(lines.functions.count { $0.count > 0 })\n"
    for branch in lines.branches {
      let taken = branch.isReached ? String(branch.count) : "-"
      text += "BRDA:\(branch.line),\(branch.block),\(branch.branch),\(taken)\n"
    }
    text += "BRF:\(lines.branches.count)\nBRH:\(lines.branches.count { $0.count > 0 })\n"
    for (line, count) in lines.counts.sorted(by: { $0.key < $1.key }) { text += "DA:\(line),\(count)\n" }
    let hit = lines.counts.values.count { $0 > 0 }
    return text + "LF:\(lines.counts.count)\nLH:\(hit)\nend_of_record\n"
  }

  private func lines(of source: SourceFile, _ part: CoverageReport.Part) -> Lines {
    var lines = Lines()
    let coverage = part.coverage
    var block = -1
    for (position, place) in coverage.map.places.enumerated() where place.file == source.id {
      let line = source.position(at: place.range.lower).line
      let count = coverage.counts[position]
      switch place.kind {
      case .trigger(let kind):
        let name = "\(part.campaign.flows[place.flow].name): on \(kind.spelling)"
        lines.functions.append((line, name, count))
        lines.come(to: line, count)
      case .node: lines.come(to: line, count)
      case .port(let port):
        if port == .match { block += 1 }
        let isReached = place.parent.map { coverage.counts[$0] > 0 } ?? false
        lines.branches.append((line, block, port == .match ? 0 : 1, count, isReached))
      case .bound: break
      }
    }
    return lines
  }
}

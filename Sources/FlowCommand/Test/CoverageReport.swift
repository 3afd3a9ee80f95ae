internal import FlowCheck
internal import FlowDiagnostics
internal import FlowTesting
internal import FlowText

/// The coverage of the tests of all campaigns.
struct CoverageReport {
  /// One campaign's.
  struct Part {
    var check: CheckResult
    var coverage: Coverage

    var campaign: CheckedCampaign { check.campaign }
    /// The flows that count: those that run.
    var flows: [Int] { campaign.flows.indices.filter { campaign.flows[$0].isActive } }
  }

  var parts: [Part]

  func render(_ format: CoverageFormat, _ console: Console) -> [UInt8] {
    switch format {
    case .text: Array(text(console).utf8)
    case .json: json()
    case .lcov: Array(CoverageTrace(parts: parts).render().utf8)
    case .html: Array(CoveragePage(parts: parts).render().utf8)
    }
  }

  /// The campaigns that fall short of a number of per cent of their ports.
  func shortfalls(of threshold: Int) -> [Diagnostic] {
    parts.compactMap { part in
      let found = part.coverage.figures().ports
      guard found.percent < threshold else { return nil }
      return Diagnostic(
        .lowCoverage, .error,
        "expected \(threshold) % of the ports of `\(part.campaign.name)` to be covered, found \(found.percent) %",
        notes: ["\(found.covered) of \(found.all) ports"])
    }
  }

  // MARK: Text

  private func text(_ console: Console) -> String {
    parts.map { text($0, console) }.joined(separator: "\n")
  }

  private func text(_ part: Part, _ console: Console) -> String {
    var rows = [
      ["Coverage of \(part.campaign.name)", "nodes", "", "ports", "", "triggers", "", "timing", ""]
    ]
    for flow in part.flows {
      rows.append(["  " + part.campaign.flows[flow].name] + cells(part.coverage.figures(flow: flow)))
    }
    rows.append(["  all"] + cells(part.coverage.figures()))
    let table = TextTable(rows, numbers: Set(1...8)).render(indent: 0) { console.outputStyle.bold($0) }
    let renderer = FullRenderer(files: part.check.sources, palette: console.outputPalette)
    let findings = part.coverage.findings(part.campaign, showsBounds: console.settings.isVerbose)
    return ([table] + findings.map { renderer.render($0) }).joined(separator: "\n")
  }

  private func cells(_ figures: CoverageFigures) -> [String] {
    [figures.nodes, figures.ports, figures.triggers, figures.bounds].flatMap { figure in
      figure.all == 0
        ? ["–", ""]
        : ["\(Counted.number(figure.covered))/\(Counted.number(figure.all))", "\(figure.percent) %"]
    }
  }
}

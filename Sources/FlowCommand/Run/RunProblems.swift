internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// What went wrong in a run: failed runs and stopped cascades at their statements, refused reports and rows.
struct RunProblems {
  /// How many different failures are shown with their source.
  static let shownFailures = 20

  var cast: Cast
  var scripts: CampaignScripts
  var results: RunResults
  var writesFiles: Bool

  /// Whether the exit code is 1. Rejected rows decide that only under `--strict`.
  var hasFindings: Bool {
    let summary = results.summary
    return !summary.failures.isEmpty || !summary.stoppedCascades.isEmpty || summary.wasInterrupted
      || results.inputs.refused.count > 0 || results.inputs.misaddressed.count > 0
      || !results.inputs.eventProblems.isEmpty
  }

  var diagnostics: [Diagnostic] {
    let failures = results.summary.failures.prefix(Self.shownFailures).map(diagnostic)
    return results.inputs.eventProblems + misaddressed + refusedReports + failures + moreFailures + cascades
  }

  // MARK: Failed runs

  private func diagnostic(_ failure: SimulationSummary.Failure) -> Diagnostic {
    let place = failure.place
    let campaign = cast.campaigns[place.campaign]
    let count = failure.count.count
    let who: String
    if let flow = place.flow {
      let runs = count == 1 ? "a run" : "\(Counted.number(count)) runs"
      who = "\(runs) of `\(campaign.flows[flow].name)` failed"
    } else {
      let agent = place.model.map { campaign.schema.agents[$0].name } ?? ""
      who = "the model of `\(agent)` failed" + (count == 1 ? "" : " \(Counted.number(count)) times")
    }
    let first = count == 1 ? "participant" : "first for participant"
    let kinds = FailureCount.maximumKinds
    return Diagnostic(
      DiagnosticName(place.reason.name), .error, "\(who): \(why(failure))",
      at: place.span.map { Label(cast.span($0, campaign: place.campaign)) },
      secondary: failure.count.firstScript.flatMap(blame).map { [$0] } ?? [],
      notes: ["\(first) `\(failure.count.firstKey)` at \(local(failure.count.firstAt, place.campaign))"]
        + (failure.count.firstScript.map(ScriptTraceback.lines) ?? [])
        + (failure.isManifold ? ["in more than \(kinds) ways, of which this was the first"] : []))
  }

  /// Exceptions of one statement are told apart by their types.
  private func why(_ failure: SimulationSummary.Failure) -> String {
    guard failure.place.reason == .pythonFailed, !failure.isManifold,
      let exception = failure.count.firstScript?.exception
    else { return failure.place.reason.message }
    return "the script raised `\(exception)`"
  }

  /// The innermost line of the script's own text.
  private func blame(_ failure: ScriptFailure) -> Label? {
    failure.frames.reversed().lazy.compactMap { scripts.line($0.line, of: $0.file) }.first.map {
      Label($0, "here")
    }
  }

  private var moreFailures: [Diagnostic] {
    let rest = results.summary.failures.dropFirst(Self.shownFailures)
    guard let first = rest.first else { return [] }
    let count = rest.reduce(0) { $0 + $1.count.count }
    return [
      Diagnostic(
        DiagnosticName(first.place.reason.name), .error,
        "\(Counted.noun(count, "more run")) failed at other places or in other ways, \(Counted.number(rest.count)) in all"
      )
    ]
  }

  // MARK: Stopped cascades

  private var cascades: [Diagnostic] {
    var order: [String] = []
    var groups: [String: [StoppedCascade]] = [:]
    for stop in results.summary.stoppedCascades {
      let key = "\(stop.campaign) \(stop.chain.map { "\($0.flow).\($0.trigger.rawValue)" })"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(stop)
    }
    return order.compactMap { groups[$0] }.compactMap(diagnostic)
  }

  private func diagnostic(_ stops: [StoppedCascade]) -> Diagnostic? {
    guard let first = stops.first else { return nil }
    let campaign = cast.campaigns[first.campaign]
    let keys = stops.prefix(3).map { "`\($0.key)`" }.joined(separator: ", ")
    let more = stops.count > 3 ? " and \(Counted.number(stops.count - 3)) more" : ""
    let chain = first.chain.map { "`\(campaign.flows[$0.flow].name)` (\($0.trigger.spelling))" }
    let labels = first.chain.map { link in
      let flow = campaign.flows[link.flow]
      return Label(
        cast.span(SourceSpan(flow.file, flow.declaration.name.range), campaign: first.campaign),
        "runs on \(link.trigger.spelling)")
    }
    var secondary: [Label] = []
    for label in labels.dropFirst() where label != labels.first && !secondary.contains(label) {
      secondary.append(label)
    }
    let noun = stops.count == 1 ? "participant" : "participants"
    return Diagnostic(
      .cascadeStopped, .error, "flows triggered one another without end for \(noun) \(keys)\(more)",
      at: labels.first, secondary: secondary,
      notes: [
        "the chain that repeats: " + (chain + chain.prefix(1)).joined(separator: " → "),
        "first at \(local(first.at, first.campaign))",
      ])
  }

  private func local(_ milliseconds: Int64, _ campaign: Int) -> String {
    let instant = Instant(milliseconds: milliseconds) ?? .epoch
    return cast.zone(of: campaign).local(of: instant).preciseDescription
  }

  // MARK: Reports

  private var refusedReports: [Diagnostic] {
    let refused = results.inputs.refused
    return problem(.refusedReport, refused, "\(refused.count == 1 ? "was" : "were") refused")
  }

  private var misaddressed: [Diagnostic] {
    let events = results.inputs.misaddressed
    return problem(
      .unmatchedEvent, events, "\(events.count == 1 ? "is" : "are") about somebody or something unknown")
  }

  private func problem(
    _ name: DiagnosticName, _ events: InputResults.EventList, _ predicate: String
  ) -> [Diagnostic] {
    guard events.count > 0 else { return [] }
    var notes = events.lines.map { "line \($0.line): \($0.reason)" }
    if events.count > events.lines.count {
      notes.append("and \(Counted.number(events.count - events.lines.count)) more")
    }
    let message = "\(Counted.noun(events.count, "event")) of the event file \(predicate)"
    return [Diagnostic(name, .error, message, notes: notes)]
  }
}

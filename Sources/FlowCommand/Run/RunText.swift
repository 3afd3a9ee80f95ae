internal import FlowRuntime
internal import FlowSchema
internal import FlowStory
internal import FlowText
internal import FlowValues

/// The results for people: a few stories, then what it all comes to.
struct RunText {
  var plan: RunPlan
  var cast: Cast
  var results: RunResults
  var style: TextStyle
  /// The key whose story is told at length.
  var trace: String?

  func render(withStories: Bool) -> String {
    var parts: [String] = []
    if withStories {
      parts += results.stories.map { story in
        trace == nil
          ? StoryDigest.render(story, cast.story, start: plan.from, style: style)
          : StoryTrace.render(story, cast.story, start: plan.from, style: style)
      }
    }
    for (index, campaign) in results.summary.campaigns.enumerated() {
      parts.append(heading(campaign, index))
      parts += RunTotals(results: results, style: style).sections(of: campaign, index)
    }
    if results.summary.campaigns.count > 1 { parts.append(profiles) }
    parts.append(closing)
    return parts.joined(separator: "\n")
  }

  private func heading(_ campaign: SimulationSummary.Campaign, _ index: Int) -> String {
    let zone = cast.zone(of: index)
    let name = campaign.title ?? campaign.name
    let from = day(plan.from, zone)
    let until = day(plan.until, zone)
    return style.bold(name.terminalSafe) + "  \(from) to \(until)" + style.pale("  (\(zone.name))") + "\n"
  }

  private func day(_ instant: Instant, _ zone: Zone) -> String {
    let local = zone.local(of: instant)
    if local.time == .midnight { return local.date.description }
    return local.preciseDescription.split(separator: "T").joined(separator: " ")
  }

  private var profiles: String {
    let head = "Profiles: \(Counted.number(results.summary.profiles))\n"
    return style.bold("Profiles") + head.dropFirst(8)
      + RunTotals(results: results, style: style).values(of: results.summary.profileFields)
  }

  /// What is still to come, and how fast it went.
  private var closing: String {
    var text = ""
    let pending = results.summary.pending
    if pending > 0 {
      text += "Still planned after the end: \(Counted.number(pending))\n"
    }
    if results.summary.ignoredReports > 0 {
      text += "Reports that were no step forward: \(Counted.number(results.summary.ignoredReports))\n"
    }
    let figures = results.figures
    let speed =
      figures.eventsPerSecond > 0 ? " (\(Counted.number(figures.eventsPerSecond)) a second)" : ""
    text +=
      style.pale(
        "\(Counted.noun(figures.events, "event")) in \(RunText.seconds(figures.runSeconds))\(speed), "
          + "\(Counted.number(figures.peakMemoryBytes / 1_000_000)) MB of memory") + "\n"
    return text
  }

  private static func seconds(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    return "\(Counted.number(milliseconds / 1000)).\(milliseconds % 1000 / 100) s"
  }
}

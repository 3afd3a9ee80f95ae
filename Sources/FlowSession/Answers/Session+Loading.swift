internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowText

/// `:load`, `:reload`, `:seed`.
extension Session {
  /// Takes in a campaign; what was typed so far is left behind, one step back.
  func load(_ path: String) throws(SessionProblem) -> SessionReply {
    let files = try files(of: path)
    let campaign = SessionCampaign(
      path: path, files: files, typed: "", zones: surroundings.zones, read: surroundings.readFile)
    try refuseErrors(campaign.check)
    guard campaign.check.hasCampaign else {
      throw SessionProblem(
        .unreadableCampaign, "expected a `campaign` declaration, found none in `\(path.terminalSafe)`")
    }
    try meetScripts(of: campaign)
    lastValue = nil
    history.append(
      Moment(campaign, seed: history.present.seed, inputs: [], state: nil, cause: ":load \(path)"))
    return SessionReply(output: "\(describe(campaign))\n")
  }

  private func files(of path: String) throws(SessionProblem) -> [CampaignFile] {
    switch surroundings.loadCampaign(path) {
    case .success(let files): return files
    case .failure(let failure):
      throw SessionProblem(.unreadableCampaign, "cannot load `\(path.terminalSafe)`: \(failure.reason)")
    }
  }

  /// `reminder: 1 flow, 1 communication`.
  func describe(_ campaign: SessionCampaign) -> String {
    let checked = campaign.campaign
    return "\(surroundings.style.bold(checked.name)): \(Counted.noun(checked.flows.count, "flow")), "
      + "\(Counted.noun(checked.schema.communications.count, "communication"))"
  }

  /// Reads the files again and plays the statements so far on what they hold now.
  func reload() throws(SessionProblem) -> SessionReply {
    let old = history.present.campaign
    guard let path = old.path else {
      throw SessionProblem(
        .unreadableCampaign, "expected a campaign that was loaded, found one that was typed",
        help: ["`:load PATH` loads one"])
    }
    let files = try files(of: path)
    var campaign = SessionCampaign(
      path: path, files: files, typed: old.typed, zones: surroundings.zones, read: surroundings.readFile)
    var remarks = ""
    if campaign.check.hasErrors, !old.typed.isEmpty {
      let alone = SessionCampaign(
        path: path, files: files, typed: "", zones: surroundings.zones, read: surroundings.readFile)
      if !alone.check.hasErrors {
        campaign = alone
        remarks += "dropped what was typed beside the files: it does not check with them any more\n"
      }
    } else if !old.typed.isEmpty {
      remarks += "kept what was typed beside the files\n"
    }
    try refuseErrors(campaign.check)
    try meetScripts(of: campaign)
    let replaced = old.replaced.map(\.description).sorted()
    if !replaced.isEmpty { remarks += "dropped what was typed for \(replaced.joined(separator: ", "))\n" }
    let told = try go(on: campaign, seed: history.present.seed, cause: ":reload")
    return SessionReply(output: "\(describe(campaign))\n" + remarks + told)
  }

  /// Models answer with draws of a seed, from the beginning on; or not at all.
  func choose(seed: Int64?) throws(SessionProblem) -> SessionReply {
    let told = try go(
      on: history.present.campaign, seed: seed, cause: seed.map { ":seed \($0)" } ?? ":seed off")
    let words = seed.map { "models answer with the draws of seed \($0)" } ?? "models do not answer"
    return SessionReply(output: words + "\n" + told)
  }
}

internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Names of fields, results and properties that are not there.
extension CampaignChecker {
  /// - Parameter base: Where the level stands before the name, if it does.
  mutating func reportUnknownField(_ name: Name, _ level: FieldLevel, base: SourceRange?) {
    let other: FieldLevel = level == .profile ? .participant : .profile
    let existsThere = names.slot(other, name.symbol) != nil
    // That the field is one of the other level is the likeliest slip.
    let near = existsThere ? nil : suggestion(text(name), schema.fields(level).fields.map(\.name))
    var fixes = renaming(name.range, to: near)
    if existsThere, let base {
      fixes = [
        Fix("write `\(other.spelling).\(text(name))`", .unsafe, [Edit(span(base), other.spelling)])
      ]
    }
    let declaredFields = schema.fields(level).fields.filter { $0.declaration != nil }.map(\.name)
    let isSecretResult = !existsThere && near == nil && names.results[name.symbol] != nil
    report(
      .unknownField, "`\(level.spelling)` has no field `\(text(name))`", at: name.range,
      label: existsThere ? "exists on `\(other.spelling)`" : didYouMean(near),
      notes: [declared("fields", declaredFields.sorted())],
      help: isSecretResult ? ["agents record a result of this name: `result.\(text(name))`"] : [],
      fixes: fixes)
  }

  mutating func reportUnknownResult(_ name: Name, recordedBy others: [Int]) {
    let here = agentsHere()
    namesLeft -= here.count
    var recorded: Set<String> = []
    for agent in here where !isBrief { recorded.formUnion(schema.agents[agent].results.fields.map(\.name)) }
    let near = suggestion(text(name), recorded.sorted())
    var help: [String] = []
    if names.participant[name.symbol] != nil, near == nil {
      help = ["the participant has a field of this name: `participant.\(text(name))`"]
    }
    let who =
      here.count == 1 ? "`\(schema.agents[here[0]].name)` records" : "no agent that can stand here records"
    report(
      .unknownResult,
      here.count == 1 ? "\(who) no result `\(text(name))`" : "\(who) a result `\(text(name))`",
      at: name.range,
      label: didYouMean(near),
      secondary: others.prefix(3).compactMap { agent in
        agentFacts[agent].resultDeclarations[name.symbol].map {
          Label($0, "`\(schema.agents[agent].name)` records it")
        }
      },
      notes: [
        recorded.isEmpty
          ? (isBrief ? "" : "no results are recorded") : "recorded results: \(listing(recorded.sorted()))"
      ],
      help: help, fixes: renaming(name.range, to: near))
  }

  /// A result that the agent of a model does not record.
  mutating func reportUnrecorded(_ name: Name, _ agent: Int) {
    let recorded = schema.agents[agent].results.fields.map(\.name)
    let near = suggestion(text(name), recorded)
    report(
      .unknownResult, "`\(schema.agents[agent].name)` records no result `\(text(name))`", at: name.range,
      label: didYouMean(near),
      secondary: [Label(schema.agents[agent].declaration, "the agent is declared here")],
      notes: [recorded.isEmpty ? "no results are recorded" : "recorded results: \(listing(recorded))"],
      fixes: renaming(name.range, to: near))
  }

  mutating func reportUnknownProperty(_ name: Name, _ record: String, _ properties: [String]) {
    let near = suggestion(text(name), properties)
    let isResult = record == "communication" && names.results[name.symbol] != nil && near == nil
    report(
      .unknownField, "`\(record)` has no field `\(text(name))`", at: name.range, label: didYouMean(near),
      notes: ["fields: \(properties.joined(separator: ", "))"],
      help: isResult ? ["what the agent recorded is `result.\(text(name))`"] : [],
      fixes: renaming(name.range, to: near))
  }

  mutating func reportUnknownRecord(_ base: Symbol, _ range: SourceRange, _ name: Name) {
    let records = ["participant", "profile", "result", "communication", "campaign"]
    let usual = ["customer": "profile", "person": "profile", "contact": "profile", "results": "result"][
      symbols[base]]
    let near = usual ?? suggestion(symbols[base], records)
    report(
      .unknownRecord,
      "expected \(records.dropLast().map { "`\($0)`" }.joined(separator: ", ")) or `campaign` before `.`, found `\(symbols[base])`",
      at: range, label: didYouMean(near), fixes: renaming(range, to: near))
  }
}

internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax

/// A communication that does not ask whether the person wants any, while others of the campaign do.
enum ContactAfterOptOut: LintRule {
  static let name: DiagnosticName = "contact-after-opt-out"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    consentFields(context).flatMap { field, wanted -> [Diagnostic] in
      let variable = context.analysis.table.field(.profile, field)
      let communications = context.reachedCommunications
      let turned = communications.map { isTurned(context, $0.place, $0.communication, variable, wanted) }
      let asked = communications.map { isAsked(context, $0.place, $0.communication, variable, wanted) }
      // Where no communication asks, the field is not what it looks like.
      let example = asked.firstIndex(of: true)
      return communications.indices.compactMap { index in
        if turned[index] { return wrongPort(context, communications[index], field, wanted) }
        guard let example, !asked[index] else { return nil }
        return notAsked(context, communications[index], communications[example], field)
      }
    }
  }

  /// Boolean fields of the profile that tell whether somebody wants messages, with the value under which they do.
  private static func consentFields(_ context: LintContext) -> [(slot: Int, wanted: Bool)] {
    context.campaign.schema.profile.fields.enumerated().compactMap { slot, field in
      guard field.type == .boolean else { return nil }
      let words = field.name.lowercased()
      let title = (field.title ?? "").lowercased()
      if refusals.contains(where: { words.contains($0) }) || title.hasPrefix("wants no ") {
        return (slot, false)
      }
      if consents.contains(where: { words.contains($0) }) { return (slot, true) }
      return nil
    }
  }

  private static let refusals = [
    "opted_out", "opt_out", "optout", "unsubscribed", "do_not_contact", "do_not_call", "no_contact",
    "no_calls",
    "no_messages",
  ]
  private static let consents = [
    "consent", "opted_in", "opt_in", "optin", "subscribed", "may_contact", "may_call",
  ]

  /// Parts of the names of communications that are about the consent itself: whoever has not given it is asked for it.
  private static let aboutConsent = ["CONSENT", "OPT", "SUBSCRI", "CONFIRM", "PERMISSION"]

  private static func isAsked(
    _ context: LintContext, _ place: ReachedNode, _ communication: CommunicationStatement,
    _ variable: Variable,
    _ wanted: Bool
  ) -> Bool {
    HandOverWays.all(to: place, context) { flow, node in
      let condition = flow == place.flow && node == place.node ? communication.condition : nil
      let value = context.states[flow].value(variable, at: node, where: condition)
      let truths: TruthSet = TruthSet(value)
      return wanted ? truths == .yes : !truths.contains(.yes)
    }
  }

  /// Whether a communication goes to those alone who want none. Who has just said so in this run may be told that it was
  /// heard.
  private static func isTurned(
    _ context: LintContext, _ place: ReachedNode, _ communication: CommunicationStatement,
    _ variable: Variable, _ wanted: Bool
  ) -> Bool {
    // A field with a default is unset for nobody.
    let hasDefault = context.analysis.table.fieldOf(variable).map {
      context.campaign.schema.fields($0.level)[$0.slot].defaultValue != nil
    }
    let refusal: TruthSet = wanted ? .no : .yes
    let unwanted = wanted || hasDefault == true ? refusal.union(.unknown) : refusal
    let name = context.spelling(communication.name)
    if aboutConsent.contains(where: { name.contains($0) }) { return false }
    return HandOverWays.all(to: place, context) { flow, node in
      let states = context.states[flow]
      if states.isWritten(variable, at: node) { return false }
      let condition = flow == place.flow && node == place.node ? communication.condition : nil
      let truths = TruthSet(states.value(variable, at: node, where: condition))
      return truths.contains(refusal) && truths.isSubset(of: unwanted)
    }
  }

  private static func wrongPort(
    _ context: LintContext, _ found: (place: ReachedNode, communication: CommunicationStatement),
    _ field: Int, _ wanted: Bool
  ) -> Diagnostic {
    let fieldName = context.fieldName(.profile, field)
    let declaration = context.campaign.schema.profile[field].declaration
    return finding(
      turnedMessage(context.spelling(found.communication.name), fieldName, wanted),
      at: Label(found.place.file.span(found.communication.name.range), turnedLabel),
      secondary: declaration.map { [Label($0, declarationLabel)] } ?? [],
      help: [turnedHelp(fieldName, wanted)])
  }

  private static func notAsked(
    _ context: LintContext, _ found: (place: ReachedNode, communication: CommunicationStatement),
    _ example: (place: ReachedNode, communication: CommunicationStatement), _ field: Int
  ) -> Diagnostic {
    let fieldName = context.fieldName(.profile, field)
    var labels = [Label(example.place.file.span(example.communication.name.range), exampleLabel)]
    if let declaration = context.campaign.schema.profile[field].declaration {
      labels.append(Label(declaration, declarationLabel))
    }
    return finding(
      message(context.spelling(found.communication.name), fieldName),
      at: Label(found.place.file.span(found.communication.name.range), primaryLabel), secondary: labels,
      help: [help(fieldName)])
  }

  static let page = Explanation(
    name, summary: "a communication does not ask whether the person wants any",
    meaning: """
      The profile says whether somebody wants messages, and other communications of this campaign ask for it. This one is \
      created and started without that, on at least one way. Or it asks the wrong way round, and goes to those alone who want \
      none.
      """,
    reason: "One message after an opt-out is a complaint, and in many countries a fine.",
    wrong: """
      campaign demo { }

      profile {
        phone: phone required
        opted_out: boolean = false
      }

      agent caller { channel voice }

      flow call {
        on incoming session {
          check not profile.opted_out { voice CALL by caller within 10:00..18:00 }
        }

        on communication ended (CALL, failed) {
          voice SECOND_CALL by caller within 10:00..18:00
        }
      }
      """,
    right: """
      campaign demo { }

      profile {
        phone: phone required
        opted_out: boolean = false
      }

      agent caller { channel voice }

      flow call {
        on incoming session {
          check not profile.opted_out { voice CALL by caller within 10:00..18:00 }
        }

        on communication ended (CALL, failed) {
          voice SECOND_CALL by caller within 10:00..18:00 only if not profile.opted_out
        }
      }
      """,
    decision: """
      Boolean fields of the profile whose name says it (`opted_out`, `unsubscribed`, `do_not_call`, `consent`, `subscribed` and \
      the like), or whose title begins with `Wants no`. A communication asks if the checks on the way, those of the flows that \
      hand over, or its `only if` leave no other value. Where no communication of the campaign asks, only those are reported \
      that the checks on every way, or the `only if`, let through to nobody but people who want none.
      """,
    limits: """
      A check when the communication is planned is enough, though the person may opt out before it starts. Who has opted out \
      in the same run may be told that it was heard, and a communication whose name says that it is about the consent \
      (`CONFIRM_OPT_OUT`, `ASK_FOR_CONSENT`) may go to whoever has given none; what else is meant for those who opted out has to say so in a comment.
      """)

  private static func message(_ name: String, _ field: String) -> String {
    "`\(name)` does not ask for `\(field)`"
  }
  private static func turnedMessage(_ name: String, _ field: String, _ wanted: Bool) -> String {
    "`\(name)` goes only to people whose `\(field)` is \(wanted ? "not true" : "true")"
  }
  private static let turnedLabel = "only to those who want no messages"
  private static func turnedHelp(_ field: String, _ wanted: Bool) -> String {
    wanted ? "check `\(field)`" : "check `not \(field)`"
  }
  private static let primaryLabel = "goes out all the same"
  private static let exampleLabel = "this one asks"
  private static let declarationLabel = "says whether somebody wants messages"
  private static func help(_ field: String) -> String { "add `only if` with `\(field)`, or check it before" }
}

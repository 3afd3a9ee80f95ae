internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax

/// A communication to an address that nobody has to have.
enum AddressNotChecked: LintRule {
  static let name: DiagnosticName = "address-not-checked"
  static let defaultSeverity = Severity.note

  /// One finding for a channel: what is missing is one declaration.
  static func check(_ context: LintContext) -> [SharedFinding] {
    let skips = TreatedSkips(context.campaign)
    let communications = context.reachedCommunications
    return ChannelKind.allCases.compactMap { kind in
      let addresses = addresses(kind)
      guard !addresses.contains(where: { context.campaign.schema.profile[$0.rawValue].isRequired }) else {
        return nil
      }
      let unchecked = communications.filter { place, communication in
        communication.channel == kind && !isEstablished(context, place, communication, addresses)
          && !skips.contains(context.analysis.names.communication(communication.name))
      }
      if unchecked.isEmpty { return nil }
      return SharedFinding(name, unchecked, at: { $0.place.file.span($0.communication.name.range) }) {
        notChecked(context, kind, addresses, $0)
      }
    }
  }

  /// The fields of which one has to be set (semantics C3).
  private static func addresses(_ kind: ChannelKind) -> [SystemField.Profile] {
    switch kind {
    case .email: [.email]
    case .telegram: [.telegramID]
    case .voice: [.phone]
    case .whatsapp: [.whatsappID, .phone]
    }
  }

  private static func isEstablished(
    _ context: LintContext, _ place: ReachedNode, _ communication: CommunicationStatement,
    _ addresses: [SystemField.Profile]
  ) -> Bool {
    addresses.contains { address in
      let variable = context.analysis.table.field(.profile, address.rawValue)
      return HandOverWays.all(to: place, context) { flow, node in
        let condition = flow == place.flow && node == place.node ? communication.condition : nil
        return !context.states[flow].value(variable, at: node, where: condition).canBeUnset
      }
    }
  }

  /// Communications of which some flow hears when they are skipped: then the author knows.
  private struct TreatedSkips {
    private var names: Set<Int> = []
    private var isAny = false

    init(_ campaign: CheckedCampaign) {
      for flow in campaign.flows where flow.isActive {
        for trigger in flow.triggers where trigger.kind == .communicationEnded {
          guard trigger.statuses.isEmpty || trigger.statuses.contains(.skipped) else { continue }
          names.formUnion(trigger.names)
          isAny = isAny || trigger.names.isEmpty
        }
      }
    }

    func contains(_ communication: Int?) -> Bool {
      isAny || communication.map { names.contains($0) } ?? false
    }
  }

  private static func notChecked(
    _ context: LintContext, _ kind: ChannelKind, _ addresses: [SystemField.Profile],
    _ unchecked: [(place: ReachedNode, communication: CommunicationStatement)]
  ) -> Diagnostic {
    let first = unchecked[0]
    let others = unchecked.dropFirst()
    let fields = addresses.map { "`profile.\($0.name)`" }
    let shown = others.prefix(4).map {
      Label($0.place.file.span($0.communication.name.range), otherLabel)
    }
    return finding(
      message(context.spelling(first.communication.name), LintContext.list(fields)),
      at: Label(first.place.file.span(first.communication.name.range), primaryLabel), secondary: shown,
      notes: others.count > 4 ? [more(others.count - 4)] : [],
      help: [help(addresses[addresses.count - 1], kind)])
  }

  static let page = Explanation(
    name, summary: "a communication goes to an address that need not be there",
    meaning: """
      A communication to somebody without the address of its channel is skipped: an email needs `email`, a call `phone`, \
      WhatsApp `whatsapp_id` or `phone`, Telegram `telegram_id`. No upload is required to bring it, nothing on the way asks for \
      it, and no flow listens to what was skipped: these people silently hear nothing.
      """,
    reason: """
      A skipped communication is no error: no report lists these people, and the campaign looks as if it had reached \
      everybody.
      """,
    wrong: """
      campaign demo { }

      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller within 10:00..18:00
        }
      }
      """,
    right: """
      campaign demo { }

      profile { phone: phone required }
      agent caller { channel voice }

      flow call {
        on incoming session {
          voice CALL by caller within 10:00..18:00
        }
      }
      """,
    decision: """
      The address is established if the field is `required`, if the checks on the way and the `only if` leave no unset \
      (`profile.phone is set`, or any comparison that is true only of a set one), in the flows that hand over as well, or if a \
      flow has `on communication ended` for it with `skipped` or without statuses. There is one finding for a channel.
      """,
    limits: """
      Whether the address is a right one nobody knows before it is tried. Addresses that an upload brings although it \
      need not are not known here either.
      """)

  private static func message(_ name: String, _ fields: String) -> String {
    "`\(name)` is skipped for whoever has no \(fields), and nothing asks for it"
  }
  private static let primaryLabel = "may go nowhere"
  private static let otherLabel = "this one too"
  private static func more(_ count: Int) -> String { "so do \(count) more communications" }
  private static func help(_ field: SystemField.Profile, _ kind: ChannelKind) -> String {
    "declare `profile { \(field.name): \(typeName(field)) required }`, or check `profile.\(field.name) is set` before it"
  }
  private static func typeName(_ field: SystemField.Profile) -> String {
    switch field {
    case .email: "email"
    case .phone: "phone"
    case .externalID, .whatsappID, .telegramID, .webID, .telegramUsername, .name, .timezone: "string"
    }
  }
}

internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// A list that is uploaded twice must not contact people twice. Nothing is deduplicated behind the author's back (semantics
/// E9): the guard is a check, and this rule asks for it.
enum DuplicateContact: LintRule {
  static let name: DiagnosticName = "duplicate-contact"
  static let defaultSeverity = Severity.warning

  /// One finding for a trigger: what is missing is one guard, however many communications it would hold back.
  static func check(_ context: LintContext) -> [SharedFinding] {
    let contacts = context.analysis.repeatedContacts().compactMap { Contact(context, $0) }
    let groups = Dictionary(grouping: contacts, by: \.repeated.trigger)
    return groups.values.sorted { $0[0].repeated.trigger < $1[0].repeated.trigger }.map { group in
      SharedFinding(name, firstOfEachPlace(group), at: \.span) { duplicate(context, $0) }
    }
  }

  /// A communication that is created again, and where it stands.
  private struct Contact: Sendable {
    let repeated: RepeatedContact
    let name: String
    /// Its name in the text.
    let span: SourceSpan
    let statement: SourceSpan

    init?(_ context: LintContext, _ repeated: RepeatedContact) {
      guard let place = repeated.chain.last,
        let id = context.analysis.graphs[place.flow].nodes[place.node].statement
      else { return nil }
      let file = context.analysis.files[context.analysis.graphs[place.flow].file]
      guard case .communication(let communication) = file.tree[id].kind else { return nil }
      self.repeated = repeated
      name = context.spelling(file.tree[communication].name)
      span = file.span(file.tree[communication].name.range)
      statement = file.span(file.tree[id].range)
    }
  }

  /// Several ways may lead to one communication.
  private static func firstOfEachPlace(_ contacts: [Contact]) -> [Contact] {
    var seen: Set<SourceSpan> = []
    return contacts.filter { seen.insert($0.span).inserted }
  }

  private static func duplicate(_ context: LintContext, _ contacts: [Contact]) -> Diagnostic {
    let first = contacts[0]
    let id = first.repeated.trigger
    let trigger = context.campaign.flows[id.flow].triggers[id.trigger]
    let names = names(contacts)
    // What needs nobody's help is worse.
    let isOpened = contacts.allSatisfy { $0.repeated.opening != nil }
    return finding(
      isOpened ? openedMessage(names, trigger.kind) : message(names, trigger.kind),
      at: Label(first.span, primaryLabel),
      secondary: [Label(context.span(id.flow, trigger.range), triggerLabel(trigger.kind))]
        + wayLabels(context, first.repeated)
        + contacts.dropFirst().map { Label($0.span, alsoLabel) },
      notes: [isOpened ? openedNote : first.repeated.lateGuard != nil ? lateNote : note],
      help: [help(first.name)], fixes: [guards(contacts)])
  }

  /// Where the way to a communication leaves a flow, and what opens it.
  private static func wayLabels(_ context: LintContext, _ contact: RepeatedContact) -> [Label] {
    var labels: [Label] = []
    for link in contact.chain.dropLast() {
      if let span = context.headline(link.flow, link.node) {
        labels.append(Label(span, isUpdate(context, link) ? changeLabel : handOverLabel))
      }
    }
    if let opening = contact.opening, let span = context.headline(opening.flow, opening.node) {
      labels.append(Label(span, openingLabel(context.fieldName(opening.level, opening.slot))))
    }
    if let late = contact.lateGuard, let span = context.headline(late.flow, late.node) {
      labels.append(Label(span, lateLabel))
    }
    return labels
  }

  private static func isUpdate(_ context: LintContext, _ place: (flow: Int, node: Int)) -> Bool {
    let graph = context.analysis.graphs[place.flow]
    guard let id = graph.nodes[place.node].statement,
      case .update = context.analysis.files[graph.file].statements[Int(id.index)].kind
    else { return false }
    return true
  }

  /// Puts each communication into a check that lets it through once.
  private static func guards(_ contacts: [Contact]) -> Fix {
    let edits = contacts.flatMap { contact -> [Edit] in
      let (file, range) = (contact.statement.file, contact.statement.range)
      return [
        Edit(
          SourceSpan(file, SourceRange(at: range.lower)), "check communications(\(contact.name)) == 0 { "),
        Edit(SourceSpan(file, SourceRange(at: range.upper)), " }"),
      ]
    }
    return Fix(fixTitle, .unsafe, edits)
  }

  static let page = Explanation(
    name, summary: "the same row uploaded again contacts people again",
    meaning: """
      With `reupload: created`, every row of an upload starts `on participant created`, also for people who are there \
      already; with `reupload: updated`, a row that changes anything starts `on participant updated`. From there a \
      communication is reached that no check holds back the second time.
      """,
    reason: """
      Lists are uploaded again: because a row was mended, because new people were added, by mistake. Whoever was contacted \
      yesterday is contacted again today, and nothing in the data shows that this was not meant.
      """,
    wrong: """
      campaign demo { }

      profile { email: email required }
      agent host { channel email }

      flow invite {
        on participant created {
          email INVITATION by host within 09:00..18:00
        }
      }
      """,
    right: """
      campaign demo { }

      profile { email: email required }
      participant { invited: boolean = false internal }
      agent host { channel email }

      flow invite {
        on participant created {
          check participant.invited { stop }
          email INVITATION by host within 09:00..18:00
          update participant.invited = true
        }
      }
      """,
    decision: """
      The trigger is interpreted for a new record: internal fields hold their defaults, there has been no communication, and \
      of everything else nothing is known. Hand-overs are followed, and counters that other flows listen to. Other flows that \
      the row starts run before and behind it, in their order, if they change what is checked. From what is left, the same \
      trigger is interpreted again. If it comes to the same communication again, and would do so for ever, it is reported. If \
      not, the same is tried with each value that other flows write into a field which the checks read: \
      `check participant.status == reminded { stop }` holds nobody back once another flow has set the status to `paid`.

      - A counter that ends it after some repetitions is a guard, and so is `communications(NAME) == 0`. `communication` is \
        the latest one: `communication.name is not set` is true of nobody who has had one.
      - An `only if` is read when the communication starts: behind all that the row has started, and when that of the row \
        before has taken its course without an answer. A check is read when the row comes: a field that is set only when \
        the communication starts or ends holds back nobody whose row comes twice in a minute.
      - What the row sets off at once, by changing a field or handing over, may set the guard as well.
      - A value that opens the way on purpose is left alone: the default of a new record, and cases that a check on the way names.
      - Of several communications each can be left out by a comment of its own; the finding is about the others.
      - Where a turn depends on what the analysis cannot follow, such as a field that a script writes, nothing is reported.
      """,
    limits: """
      `on participant updated (field)` is not looked at: it asks for that very change. Of the events that a run causes by \
      writing fields only those of counters are followed to communications: any other value is there already the second time. \
      Ways through more than four other flows are left out; where more than eight other flows of one kind change what is checked, \
      nobody says what they do, and nothing is reported that depends on it. Sessions, which make the latest communication one without a name, \
      are not looked at.
      """)

  private static func event(_ kind: TriggerKind) -> String {
    kind == .participantUpdated ? "every row that changes anything" : "every upload of the row"
  }
  private static func message(_ names: String, _ kind: TriggerKind) -> String {
    "\(event(kind)) creates \(names) again"
  }
  private static func openedMessage(_ names: String, _ kind: TriggerKind) -> String {
    "\(event(kind)) can create \(names) again once another flow has written"
  }
  /// How many names a message holds.
  private static let maximumNames = 5
  private static func names(_ contacts: [Contact]) -> String {
    let shown = contacts.count > maximumNames ? maximumNames - 1 : contacts.count
    var words = contacts.prefix(shown).map { "`\($0.name)`" }
    if contacts.count > shown { words.append("\(contacts.count - shown) more") }
    return LintContext.list(words, "and")
  }
  private static let primaryLabel = "created a second time"
  private static func triggerLabel(_ kind: TriggerKind) -> String { "started by \(event(kind))" }
  private static let handOverLabel = "handed over again"
  private static let changeLabel = "changes a field that another flow listens to, again"
  private static let alsoLabel = "this one too"
  private static func openingLabel(_ field: String) -> String {
    "after this, the checks on `\(field)` let the row through"
  }
  private static let note = "no check on the way asks for something that the first run has changed"
  private static let lateLabel = "too late for a row that comes before this"
  private static let lateNote = "what the checks ask for waits until the communication has started or ended"
  private static let openedNote = "the checks hold only as long as no other flow writes the field"
  private static func help(_ name: String) -> String {
    "check a field that this run sets, or `communications(\(name)) == 0`"
  }
  private static let fixTitle = "create it only where `communications(…)` is 0"
}

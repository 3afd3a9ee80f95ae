import FlowCheck
import FlowDiagnostics
import Testing

/// Flows beside declarations that all cases share, and what one rule says of them.
struct LintCase: CustomTestStringConvertible, Sendable {
  var name: String
  var rule: String
  /// How many findings of the rule there are.
  var count: Int
  var flows: String
  var settings = ""
  var testDescription: String { "\(rule): \(name)" }

  init(_ name: String, _ rule: String, _ count: Int, settings: String = "", _ flows: String) {
    self.name = name
    self.rule = rule
    self.count = count
    self.settings = settings
    self.flows = flows
  }

  var text: String {
    """
    campaign demo { \(settings) }
    profile { email: email required  phone: phone required  opted_out: boolean = false }
    participant {
      amount: numeric
      due: date
      contacted: boolean = false internal
      tries: integer = 0 internal
      limit: integer = 3
      status: enum(new, asked, paid, refused) = new internal
      score: integer internal
    }
    agent bot { channel email  channel voice  results { outcome: enum(paid, refused, later) } }

    \(flows)
    """
  }
}

@Suite struct LintCaseTests {
  @Test(arguments: LintCase.duplicates + LintCase.loops + LintCase.others) func finds(_ one: LintCase) {
    let linted = LintedCampaign(one.text)
    #expect(linted.result.diagnostics.isEmpty, "\(linted.report)")
    let found = linted.findings.filter { $0.name.description == one.rule }
    #expect(found.count == one.count, "\(linted.report)")
  }
}

extension LintCase {
  private static let sender = "email MAIL by bot within 09:00..18:00"

  static let duplicates: [LintCase] = [
    LintCase(
      "a field that the run sets", "duplicate-contact", 0,
      "flow f { on participant created { check participant.contacted { stop } \(sender) update participant.contacted = true } }"
    ),
    LintCase(
      "the update stands on another branch", "duplicate-contact", 1,
      """
      flow f { on participant created {
        check participant.contacted { stop }
        check participant.amount > 5 { \(sender) } else { update participant.contacted = true }
      } }
      """),
    LintCase(
      "the update comes first", "duplicate-contact", 0,
      """
      flow f { on participant created {
        check not participant.contacted { update participant.contacted = true \(sender) }
      } }
      """),
    LintCase(
      "a check of what never changes", "duplicate-contact", 1,
      "flow f { on participant created { check participant.amount > 5 { \(sender) } } }"),
    LintCase(
      "a status that another flow moves on", "duplicate-contact", 1,
      """
      flow f { on participant created {
        check participant.status == asked { stop }
        \(sender)
        update participant.status = asked
      } }
      flow g { on communication ended (MAIL) { check result.outcome == paid { update participant.status = paid } } }
      """),
    LintCase(
      "a status that is only ever left", "duplicate-contact", 0,
      """
      flow f { on participant created {
        check participant.status != new { stop }
        \(sender)
        update participant.status = asked
      } }
      flow g { on communication ended (MAIL) { check result.outcome == paid { update participant.status = paid } } }
      """),
    LintCase(
      "another flow opens the way on purpose", "duplicate-contact", 0,
      """
      flow f { on participant created {
        check participant.contacted { stop }
        \(sender)
        update participant.contacted = true
      } }
      flow g { on participant updated (due) { update participant.contacted = false } }
      """),
    LintCase(
      "through a hand-over", "duplicate-contact", 1,
      """
      flow f { on participant created { to flow g in 1d } }
      flow g { on from flow { \(sender) } }
      """),
    LintCase(
      "a counter behind the hand-over", "duplicate-contact", 0,
      """
      flow f { on participant created { to flow g } }
      flow g { on from flow {
        check participant.tries >= 2 { stop }
        update participant.tries = participant.tries + 1
        \(sender)
      } }
      """),
    LintCase(
      "a script decides", "duplicate-contact", 0,
      """
      flow f { on participant created {
        check participant.score > 5 { stop }
        \(sender)
        python "score.py" writes participant.score
      } }
      """),
    LintCase(
      "a count of communications", "duplicate-contact", 0,
      "flow f { on participant created { check communications(MAIL, within 30d) == 0 { \(sender) } } }"),
    LintCase(
      "one finding for several letters", "duplicate-contact", 1,
      "flow f { on participant created { \(sender) email MORE by bot in 2d within 09:00..18:00 } }"),
    LintCase(
      "a row is new only once", "duplicate-contact", 0, settings: "reupload: updated",
      "flow f { on participant created { \(sender) } }"),
    LintCase(
      "every change of a row", "duplicate-contact", 1, settings: "reupload: updated",
      "flow f { on participant updated { \(sender) } }"),
    LintCase(
      "a change that is asked for", "duplicate-contact", 0, settings: "reupload: updated",
      "flow f { on participant updated (due) { \(sender) } }"),
    LintCase(
      "a flow that is switched off", "duplicate-contact", 0,
      "flow f inactive { on participant created { \(sender) } }"),
  ]

  static let loops: [LintCase] = [
    LintCase(
      "two flows turn a status round", "feedback-loop", 1,
      """
      flow f { on participant updated (status) { check participant.status == asked { update participant.status = paid } } }
      flow g { on participant updated (status) { check participant.status == paid { update participant.status = asked } } }
      """),
    LintCase(
      "a status that changes once", "feedback-loop", 0,
      """
      flow f { on participant updated (status) { check participant.status == asked { update participant.status = paid } } }
      flow g { on participant updated (status) { check participant.status == paid { update participant.status = refused } } }
      """),
    LintCase(
      "a counter without a bound", "feedback-loop", 1,
      "flow f { on participant updated { update participant.tries = participant.tries + 1 } }"),
    LintCase(
      "a counter with one", "feedback-loop", 0,
      "flow f { on participant updated { check participant.tries < 5 { update participant.tries = participant.tries + 1 } } }"
    ),
    LintCase(
      "a bound in a field", "feedback-loop", 0,
      """
      flow f { on participant updated {
        check participant.tries < participant.limit { update participant.tries = participant.tries + 1 }
      } }
      """),
    LintCase(
      "the same value is no change", "feedback-loop", 0,
      "flow f { on participant updated { update participant.status = asked } }"),
    LintCase(
      "nobody answers, for ever", "feedback-loop", 1,
      "flow f { on communication ended (MAIL, no_response) { email MAIL by bot in 1d within 09:00..18:00 } }"),
    LintCase(
      "an answer is needed", "feedback-loop", 0,
      """
      flow f { on communication ended (MAIL) {
        check result.outcome == later { email MAIL by bot in 1d within 09:00..18:00 }
      } }
      """),
    LintCase(
      "a count of communications", "feedback-loop", 0,
      """
      flow f { on communication ended (MAIL, no_response) {
        check communications(MAIL) < 3 { email MAIL by bot in 1d within 09:00..18:00 }
      } }
      """),
    LintCase(
      "the time ends it", "feedback-loop", 0,
      """
      flow f { on communication ended (MAIL, no_response) {
        check today < participant.due { email MAIL by bot in 1d within 09:00..18:00 }
      } }
      """),
    LintCase(
      "another flow counts", "feedback-loop", 0,
      """
      flow f { on communication ended (MAIL, no_response) {
        check participant.tries < 3 { email MAIL by bot in 1d within 09:00..18:00 }
      } }
      flow g { on communication ended (MAIL) { update participant.tries = participant.tries + 1 } }
      """),
    LintCase(
      "canceled and created again", "feedback-loop", 1,
      """
      flow f { on communication ended (MAIL, canceled) {
        \(sender)
        cancel communications MAIL
      } }
      """),
    LintCase(
      "names end it", "feedback-loop", 0,
      """
      flow f { on communication ended (MAIL, MORE, no_response) {
        check communication.name == MAIL { email MORE by bot in 1d within 09:00..18:00 }
      } }
      flow g { on incoming session { \(sender) } }
      """),
    LintCase(
      "what cannot be followed changes nothing on the way", "feedback-loop", 1,
      """
      flow f { on communication ended (MAIL, no_response) {
        check now > communication.started_at + 3d { update participant.contacted = true }
        email MAIL by bot in 1d within 09:00..18:00
      } }
      """),
    LintCase(
      "hand-overs in a circle", "handover-cycle", 1,
      """
      flow f { on from flow { to flow g } }
      flow g { on from flow { to flow f in 1d } }
      """),
    LintCase(
      "hand-overs that a counter ends", "handover-cycle", 0,
      """
      flow f { on from flow {
        check participant.tries >= 10 { stop }
        update participant.tries = participant.tries + 1
        to flow g
      } }
      flow g { on from flow { to flow f in 1d } }
      """),
  ]

  static let others: [LintCase] = [
    LintCase(
      "the sender has asked", "contact-after-opt-out", 0,
      """
      flow f { on incoming session { check not profile.opted_out { to flow g } } }
      flow g { on from flow { \(sender) } }
      """),
    LintCase(
      "one of two senders has not", "contact-after-opt-out", 1,
      """
      flow f { on incoming session { check not profile.opted_out { to flow g email MORE by bot within 09:00..18:00 } } }
      flow h { on participant updated (due) { to flow g } }
      flow g { on from flow { \(sender) } }
      """),
    LintCase(
      "nobody asks", "contact-after-opt-out", 0, "flow f { on incoming session { \(sender) } }"),
    LintCase(
      "an else check that is left something", "shadowed-else", 0,
      "flow f { on participant updated (amount) { check participant.amount > 5 { stop } else check participant.amount > 2 { stop } } }"
    ),
    LintCase(
      "and one that is not", "shadowed-else", 1,
      "flow f { on participant updated (amount) { check participant.amount > 2 { stop } else check participant.amount > 5 { stop } } }"
    ),
    LintCase(
      "behind both ports", "unreachable-node", 1,
      """
      flow f { on participant updated (amount) {
        check participant.amount > 2 { stop } else { stop }
        update participant.contacted = true
      } }
      """),
    LintCase(
      "most cases are left out on purpose", "enum-case-missed", 0,
      "flow f { on participant updated (status) { check participant.status == paid { stop } } }"),
    LintCase(
      "a night is longer than the expiry", "expiry-gap", 0,
      "flow f { on incoming session { email MAIL by bot within 09:00..18:00 mon..fri expires in 2h } }"),
    LintCase(
      "every day is allowed", "expiry-gap", 0,
      "flow f { on incoming session { email MAIL by bot within 09:00..18:00 expires in 1d } }"),
    LintCase(
      "a field with a default", "unset-comparison", 0,
      "flow f { on incoming session { check participant.status != paid { stop } } }"),
    LintCase(
      "a part asks that it is set", "unset-comparison", 0,
      "flow f { on incoming session { check participant.amount is set and participant.amount != 5 { stop } } }"
    ),
    LintCase(
      "a field that may be unset", "unset-comparison", 1,
      "flow f { on incoming session { check participant.amount != 5 { stop } } }"),
  ]
}

extension CommandWord {
  /// What `:help` says about it.
  var page: HelpPage { HelpPage(topic: rawValue, summary: summary, text: text) }

  private var summary: String {
    switch self {
    case .load: "load a campaign: a directory or a .flow file"
    case .reload: "load the same again, after a change of its files"
    case .show: "who is there, what is planned, what there is"
    case .graph: "a flow as a tree of its nodes"
    case .trace: "a person's story, or how much is told from now on"
    case .why: "why a message is there or not, or a field what it is"
    case .back: "undo the last statement, or the last N"
    case .forward: "do again what was undone"
    case .fork: "go on as NAME; what was before stays as it is"
    case .switchTo: "go on where NAME was left"
    case .type: "the type of an expression"
    case .seed: "let models answer, with draws of this seed"
    case .saveTest: "write what happened as a test"
    case .help: "this, or more about one word"
    case .quit: "leave; Ctrl-D does too"
    }
  }

  private var text: String {
    switch self {
    case .load:
      """
        :load samples/payment_reminder

      What happened before is gone: the store is empty and the clock is at its start.
      """
    case .reload:
      """
      Files are read again, and all that was typed since `:load` is played again over
      them: edit a flow, reload, see the difference. Where that fails, everything
      stays as it is.
      """
    case .show:
      """
        :show                   what there is, in numbers
        :show participants      who is in the store, with their fields
        :show communications    of the participant at hand
        :show flows             with their triggers, and how often they ran
        :show fields            with their types
        :show runs              of everybody
        :show for "c1"          all about the person with this key
        :show runs for "c1"     of that person alone
      """
    case .graph:
      """
        :graph remind
      """
    case .trace:
      """
        :trace               the whole story of the participant at hand
        :trace for "c1"      of the person with this key; `:trace c1` does too
        :trace nodes         from now on, show the nodes of every run and what they saw
        :trace full          the same with the lines of the source
        :trace short         what was done and what is planned (as in the beginning)
        :trace off           nothing
      """
    case .why:
      """
        :why REMINDER             which event, run and node made the latest one
        :why participant.status   what gave the field its value
        :why not REMINDER         which check stood in the way, with what it saw, and
                                  the smallest change that would let it through
        :why REMINDER for "c1"    about the person with this key, where there are several
      """
    case .back, .forward:
      """
        :back
        :back 3
        :forward

      Everything is as it was then: people, plans, the clock, flows that were typed.
      A new statement after `:back` forgets what `:forward` would do again.
      """
    case .fork, .switchTo:
      """
        :fork later_date
        update participant.due_date = 2026-03-01
        :switch main
      """
    case .type:
      """
        :type participant.due_date - today
      """
    case .seed:
      """
        :seed 7
        :seed off

      Without a seed nobody answers but you, by `progress` and `end`. With one, the
      models of the campaign do; the same seed gives the same answers.
      """
    case .saveTest:
      """
        :save-test "who pays is left alone"
        :save-test "who pays is left alone" reminder/tests.flow

      Writes the statements of this session as a `test` block that expects what was
      seen, at the end of the file; without one, of the campaign's `tests.flow`.
      """
    case .help:
      """
        :help why
        :help statements
      """
    case .quit:
      """
      Nothing is kept but the history of what was typed: `:save-test` before, where it
      is worth keeping.
      """
    }
  }
}

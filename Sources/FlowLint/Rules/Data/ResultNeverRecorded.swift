internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax

/// A result that none of the agents records who can have had the conversation at this place.
enum ResultNeverRecorded: LintRule {
  static let name: DiagnosticName = "result-never-recorded"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.reachedNodes.flatMap { place -> [Diagnostic] in
      var found: [Diagnostic] = []
      let id = context.analysis.graphs[place.flow].nodes[place.node].statement
      guard let id, readsResult(id, place.file), let names = onlyNames(context, place) else { return [] }
      place.file.eachExpression(id) { expression in
        place.file.eachInside(expression) { inner in
          guard case .result(let slot) = place.file.reference(inner),
            !names.contains(where: { records(context, $0, slot) })
          else { return }
          found.append(neverRecorded(context, place, inner, slot, names))
        }
      }
      return found
    }
  }

  /// The communications that the run can be about, where these are known and a session cannot be.
  private static func onlyNames(_ context: LintContext, _ place: ReachedNode) -> [Int]? {
    let (cases, canBeUnset) = context.states[place.flow].names(.name, at: place.node)
    guard !canBeUnset, !cases.isEmpty, !cases.contains(nil) else { return nil }
    return cases.compactMap { $0.flatMap { context.communicationOfCase[$0] } }.sorted()
  }

  private static func readsResult(_ id: StatementID, _ file: FileView) -> Bool {
    var found = false
    file.eachExpression(id) { expression in
      file.eachInside(expression) { if case .result = file.reference($0) { found = true } }
    }
    return found
  }

  private static func records(_ context: LintContext, _ communication: Int, _ slot: Int) -> Bool {
    let schema = context.campaign.schema
    let agent = schema.agents[schema.communications[communication].agent]
    return agent.results.index(of: schema.resultNames[slot]) != nil
  }

  private static func neverRecorded(
    _ context: LintContext, _ place: ReachedNode, _ id: ExpressionID, _ slot: Int, _ names: [Int]
  ) -> Diagnostic {
    let schema = context.campaign.schema
    let agents = Set(names.map { schema.communications[$0].agent }).sorted().map {
      "`\(schema.agents[$0].name)`"
    }
    let communications = names.map { "`\(schema.communications[$0].name)`" }
    return finding(
      message(schema.resultNames[slot], LintContext.list(agents)),
      at: Label(place.file.span(place.file.expressions[Int(id.index)].range), primaryLabel),
      notes: [note(LintContext.list(communications))], help: [help])
  }

  static let page = Explanation(
    name, summary: "a result is read that no agent records who can stand here",
    meaning: """
      The checks on the way leave only communications whose agents do not record this result. It is always unset here.
      """,
    reason: """
      The update writes unset, or the check takes Else, for everybody: what people said is looked for where nobody \
      asked them.
      """,
    wrong: """
      campaign demo { }

      participant { outcome: enum(paid, refused) internal }
      profile { phone: phone required }

      agent caller {
        channel voice
        results { outcome: enum(paid, refused) }
      }

      agent letters { channel whatsapp }

      flow ask {
        on incoming session {
          voice CALL by caller within 10:00..18:00
          whatsapp NOTE by letters within 10:00..18:00
        }
      }

      flow answered {
        on communication ended (CALL, NOTE) {
          check communication.name == NOTE {
            update participant.outcome = result.outcome
          }
        }
      }
      """,
    right: """
      campaign demo { }

      participant { outcome: enum(paid, refused) internal }
      profile { phone: phone required }

      agent caller {
        channel voice
        results { outcome: enum(paid, refused) }
      }

      agent letters { channel whatsapp }

      flow ask {
        on incoming session {
          voice CALL by caller within 10:00..18:00
          whatsapp NOTE by letters within 10:00..18:00
        }
      }

      flow answered {
        on communication ended (CALL, NOTE) {
          check communication.name == CALL {
            update participant.outcome = result.outcome
          }
        }
      }
      """,
    decision: """
      From the narrowing of the trigger and the checks of `communication.name` on the way. A result that no agent at all \
      records is an error of the check.
      """,
    limits: """
      After a hand-over, where the communication is the sender's, and where the run can be about a session, nothing is \
      said.
      """)

  private static func message(_ result: String, _ agents: String) -> String {
    "`result.\(result)` is never recorded by \(agents)"
  }
  private static let primaryLabel = "always unset here"
  private static func note(_ names: String) -> String { "here the communication is \(names)" }
  private static let help = "read it where the communication is one of an agent that records it"
}

internal import FlowAnalysis
internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText

/// An effect that a script in the text declares and does not have.
enum PythonEffects: LintRule {
  static let name: DiagnosticName = "python-effects"
  static let defaultSeverity = Severity.warning

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.analysis.files.flatMap { file in
      file.tree.pythonScripts.flatMap { python -> [Diagnostic] in
        guard case .inline(let text) = python.script else { return [] }
        let words = words(of: file.tree[text])
        // A script that names nothing by itself may go through all there is.
        return unused(file.tree[python.reads], words, file, context).map { readFinding($0, file, context) }
          + unused(file.tree[python.writes], words, file, context).map { writeFinding($0, file, context) }
      }
    }
  }

  private static func unused(
    _ names: ArraySlice<QualifiedName>, _ words: Set<Substring>, _ file: FileView, _ context: LintContext
  ) -> [QualifiedName] {
    names.filter { !words.contains(Substring(context.spelling($0.field))) }
  }

  private static func words(of text: String) -> Set<Substring> {
    Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") })
  }

  private static func readFinding(_ name: QualifiedName, _ file: FileView, _ context: LintContext)
    -> Diagnostic
  {
    finding(
      readMessage(file.tree.source.text(name.range)), at: Label(file.span(name.range), label),
      help: [readHelp])
  }

  private static func writeFinding(_ name: QualifiedName, _ file: FileView, _ context: LintContext)
    -> Diagnostic
  {
    finding(
      writeMessage(file.tree.source.text(name.range)), at: Label(file.span(name.range), label),
      help: [writeHelp])
  }

  static let page = Explanation(
    name, summary: "a script declares an effect that it does not have",
    meaning: """
      `reads` and `writes` say what a script sees and changes; checks, drawings and this linter rely on them. A field that the \
      script never mentions is copied for nothing, or is the sign of a slip in its name.
      """,
    reason: """
      A field that is said to be written and never is makes others rely on it; one that is said to be read slows every \
      call and hides what the score really depends on.
      """,
    wrong: #"""
      campaign demo { }

      participant {
        visits: integer = 0
        pages: integer = 0
        score: integer internal
      }

      flow score {
        on participant updated (visits, pages) {
          python """
            writes["score"] = participant["visits"] * 3
            """ reads participant.visits, participant.pages writes participant.score
        }
      }
      """#,
    right: #"""
      campaign demo { }

      participant {
        visits: integer = 0
        pages: integer = 0
        score: integer internal
      }

      flow score {
        on participant updated (visits, pages) {
          python """
            writes["score"] = participant["visits"] * 3 + participant["pages"]
            """ reads participant.visits, participant.pages writes participant.score
        }
      }
      """#,
    decision: "The field's name does not occur as a word anywhere in the script.",
    limits:
      "Scripts in files of their own are not read. A script that goes through all its fields by a loop names none."
  )

  private static func readMessage(_ field: String) -> String { "the script never reads `\(field)`" }
  private static func writeMessage(_ field: String) -> String { "the script never writes `\(field)`" }
  private static let label = "not mentioned in the script"
  private static let readHelp = "remove it from `reads`, or use it"
  private static let writeHelp = "remove it from `writes`, or set `writes[\"…\"]`"
}

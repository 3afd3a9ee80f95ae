internal import FlowDiagnostics
internal import FlowText

/// Where a command's words go: results to standard output, everything else to standard error.
struct Console {
  let output: OutputStream
  let errors: OutputStream
  let settings: GlobalOptions.Settings
  private let colorsOutput: Bool
  private let colorsErrors: Bool

  init(_ environment: CommandEnvironment, _ settings: GlobalOptions.Settings) {
    output = environment.output
    errors = environment.errors
    self.settings = settings
    switch settings.color {
    case .always: (colorsOutput, colorsErrors) = (true, true)
    case .never: (colorsOutput, colorsErrors) = (false, false)
    case .auto:
      let isUnwanted =
        environment.variables["NO_COLOR"].map { !$0.isEmpty } ?? false
        || environment.variables["TERM"] == "dumb"
      colorsOutput = environment.terminal.showsOutput && !isUnwanted
      colorsErrors = environment.terminal.showsErrors && !isUnwanted
    }
  }

  var outputPalette: Palette { colorsOutput ? .ansi : .plain }
  var outputStyle: TextStyle { colorsOutput ? .terminal : .plain }

  /// Findings that are not the result, to standard error.
  func report(_ diagnostics: [Diagnostic], sources: [SourceFile] = []) {
    if !diagnostics.isEmpty { report(DiagnosticReport(diagnostics), sources: sources) }
  }

  func report(_ report: DiagnosticReport, sources: [SourceFile]) {
    // What has been printed so far comes first where both go to one terminal.
    output.flush()
    let renderer = FullRenderer(files: sources, palette: colorsErrors ? .ansi : .plain)
    errors.write(renderer.render(report))
  }

  /// A line for people, to standard error.
  func say(_ line: String) {
    if settings.isQuiet { return }
    output.flush()
    errors.write(line + "\n")
  }

  /// A line that only who asked for more gets to see.
  func sayMore(_ line: @autoclosure () -> String) {
    if settings.isVerbose { say(line()) }
  }
}

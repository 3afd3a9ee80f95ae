internal import ArgumentParser
internal import FlowDiagnostics
internal import FlowText

/// How findings are written, where they are the result of a command.
struct ReportOptions: ParsableArguments {
  @Option(help: "How to write what was found.")
  var format = DiagnosticFormat.full

  @Option(help: ArgumentHelp("Write what was found to a file.", valueName: "file"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp("What paths in sarif and github output are relative to.", valueName: "dir"),
    completion: .directory)
  var root: String?

  func write(
    _ report: DiagnosticReport, of files: [SourceFile], _ environment: CommandEnvironment, _ console: Console
  ) throws(CommandFailure) {
    let renderer = ReportRenderer(
      format: format, files: files, palette: output == nil ? console.outputPalette : .plain,
      paths: RepositoryPaths(environment, root: root))
    let bytes = renderer.render(report)
    guard let output else { return console.output.write(bytes) }
    try reportingFiles { () throws(FileFailure) in
      let stream = OutputStream(try environment.files.create(output))
      stream.write(bytes)
      stream.close()
      if let failure = stream.failure { throw failure }
    }
  }
}

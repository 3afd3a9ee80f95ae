internal import ArgumentParser
internal import FlowDiagnostics

/// `flow new DIR`.
struct NewCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a small campaign that checks and runs.",
    discussion: """
      Example:
        flow new reminders
      """)

  @Argument(
    help: ArgumentHelp("A directory that is empty or not there yet.", valueName: "dir"),
    completion: .directory)
  var directory: String

  @OptionGroup var global: GlobalOptions

  func run(_ environment: CommandEnvironment, _ console: Console) throws(CommandFailure) -> CommandStatus {
    let files = environment.files
    let path = FilePath.withoutSlashesAtEnd(directory)
    try refuseFilesThatAreThere(path, files)
    let absolute = FilePath.normalized(FilePath.join(environment.currentDirectory, path))
    let template = CampaignTemplate(directoryName: FilePath.name(of: absolute))
    try reportingFiles { () throws(FileFailure) in
      try files.createDirectory(path)
      for file in template.files(path: path) {
        let writer = try files.create(FilePath.join(path, file.name))
        let stream = OutputStream(writer)
        stream.write(file.text)
        stream.close()
        if let failure = stream.failure { throw failure }
      }
    }
    console.output.write(template.nextSteps(path: path))
    return .fine
  }

  private func refuseFilesThatAreThere(
    _ path: String, _ files: any FileSystem
  ) throws(CommandFailure) {
    let names: [String]
    do throws(FileFailure) { names = try files.list(path) } catch {
      if error.reason == .missing { return }
      throw CommandFailure(error)
    }
    guard let first = names.first else { return }
    throw CommandFailure(
      Diagnostic(
        .directoryNotEmpty, .error, "expected an empty directory, found `\(FilePath.join(path, first))`",
        help: ["name a directory that is not there yet"]))
  }
}

internal import ArgumentParser

/// What the commands that play campaigns do with Python.
struct PythonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What to do with Python statements: run, forbid, record=FILE or replay=FILE.", valueName: "mode"))
  var python = PythonMode.run

  @Option(
    help: ArgumentHelp("The Python to run scripts with; the first in PATH otherwise.", valueName: "path"),
    completion: .file())
  var pythonInterpreter: String?

  @Flag(help: "Run scripts of campaigns that come from elsewhere.")
  var allowPython = false
}

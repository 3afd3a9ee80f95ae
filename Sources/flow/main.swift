import FlowCommand
import FlowPython
import FlowRuntime
import Glibc

/// Python comes in here: no layer knows how it is found and started.
let python = PythonSupport { chosen, searchPath, sources, isInterrupted in
  do throws(Interpreter.Missing) {
    return .success(
      try PythonHost(
        interpreter: chosen, searchPath: searchPath, sources: sources, isInterrupted: isInterrupted))
  } catch {
    return .failure(PythonSupport.Missing(message: error.message, notes: error.notes))
  }
}

// A reader that has gone is told by the failing write, not by a signal that kills.
signal(SIGPIPE, SIG_IGN)
var environment = CommandEnvironment.system(python: python)
#if Readline
  environment.lineEditor = ReadlineEditor(environment.interruption)
#else
  environment.lineEditor = PlainEditor(environment)
#endif
exit(FlowTool.run(environment).rawValue)

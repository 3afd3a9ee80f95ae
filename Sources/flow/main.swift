import FlowCommand
import FlowPython
import FlowRuntime
import Glibc

/// Python comes in here: no layer knows how it is found and started.
let python = PythonSupport { chosen, searchPath, sources in
  do throws(Interpreter.Missing) {
    return .success(try PythonHost(interpreter: chosen, searchPath: searchPath, sources: sources))
  } catch {
    return .failure(PythonSupport.Missing(message: error.message, notes: error.notes))
  }
}

// A reader that has gone is told by the failing write, not by a signal that kills.
signal(SIGPIPE, SIG_IGN)
exit(FlowTool.run(.system(python: python)).rawValue)

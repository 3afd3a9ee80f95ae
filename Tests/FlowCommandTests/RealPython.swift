import FlowCommand
import FlowPython
import FlowRuntime

extension PythonSupport {
  /// As the program itself has it.
  static let real = PythonSupport { chosen, searchPath, sources, isInterrupted in
    do throws(Interpreter.Missing) {
      return .success(
        try PythonHost(
          interpreter: chosen, searchPath: searchPath, sources: sources, isInterrupted: isInterrupted))
    } catch {
      return .failure(PythonSupport.Missing(message: error.message, notes: error.notes))
    }
  }
}

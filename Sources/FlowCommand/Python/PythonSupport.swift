public import FlowRuntime

/// How commands get at a Python; the command itself starts no process.
public struct PythonSupport: Sendable {
  /// Why there is none, in a sentence's words, and what was looked at.
  public struct Missing: Error, Sendable {
    public var message: String
    public var notes: [String]

    public init(message: String, notes: [String] = []) {
      self.message = message
      self.notes = notes
    }
  }

  /// Finds an interpreter, the chosen one or else along a search path, for scripts by campaign and number. While one
  /// runs, whoever runs it asks now and then whether the user wants to stop.
  public typealias Opening =
    @Sendable (
      _ chosen: String?, _ searchPath: String, _ sources: [[ScriptSource]],
      _ isInterrupted: @escaping @Sendable () -> Bool
    ) -> Result<any ScriptHost, Missing>

  public var open: Opening

  public init(open: @escaping Opening) { self.open = open }

  /// A world without Python.
  public static let none = PythonSupport { _, _, _, _ in
    .failure(Missing(message: "expected a Python interpreter, found none"))
  }
}

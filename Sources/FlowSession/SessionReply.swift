/// What a session has to say to one entry.
public struct SessionReply: Sendable, Equatable {
  /// For standard output, rendered in the style of the surroundings; ends with a line break where it is not empty.
  public var output = ""
  /// Rendered diagnostics, for standard error.
  public var errors = ""
  /// Whether the entry did nothing, because something is wrong with it.
  public var isError = false
  public var wantsToQuit = false

  public init(output: String = "", errors: String = "", isError: Bool = false, wantsToQuit: Bool = false) {
    self.output = output
    self.errors = errors
    self.isError = isError
    self.wantsToQuit = wantsToQuit
  }
}

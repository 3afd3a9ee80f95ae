public import FlowCheck
public import FlowRuntime
public import FlowText
public import FlowValues

/// What a session needs from outside: files, zones, scripts, and whether the user has had enough.
public protocol SessionSurroundings {
  /// Colour or none.
  var style: TextStyle { get }
  var zones: ZoneTable { get }
  /// Whether the user has asked to stop what is being done (Ctrl-C). Asked often, while something is played.
  var isInterrupted: Bool { get }

  /// The campaign's own files, as `flow check PATH` takes them; used ones are asked for by `readFile`.
  ///
  /// - Parameter path: A campaign directory or a `.flow` file, relative to where the user is.
  func loadCampaign(_ path: String) -> Result<[CampaignFile], FileReadFailure>

  /// A file by its path, relative to where the user is.
  func readFile(_ path: String) -> Result<[UInt8], FileReadFailure>

  /// Gives a file another content, as a whole or not at all; one that is not there is made.
  ///
  /// - Returns: Why it could not be written.
  func writeFile(_ path: String, _ bytes: [UInt8]) -> FileReadFailure?

  /// Who runs the Python of a campaign; `nil` where it has none.
  ///
  /// - Parameter sources: The campaign's files, by `FileID`.
  func scriptHost(for program: Program, _ sources: [SourceFile]) -> Result<(any ScriptHost)?, FileReadFailure>
}

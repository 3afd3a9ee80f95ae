public import FlowCheck
public import FlowDiagnostics
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

  /// Who runs the Python of a campaign that has some.
  ///
  /// - Parameter sources: The campaign's files, by `FileID`.
  func scripts(of program: Program, _ sources: [SourceFile]) -> SessionScripts
}

/// Who runs the Python of a campaign.
public struct SessionScripts {
  /// `nil` where nobody does: the runs that come to a script fail.
  public var host: (any ScriptHost)?
  /// What is said when the campaign comes to hand, as why its scripts do not run. With an error among them it does not.
  public var remarks: [Diagnostic]
  /// The files that remarks point into.
  public var sources: [SourceFile]

  public init(host: (any ScriptHost)?, remarks: [Diagnostic] = [], sources: [SourceFile] = []) {
    self.host = host
    self.remarks = remarks
    self.sources = sources
  }
}

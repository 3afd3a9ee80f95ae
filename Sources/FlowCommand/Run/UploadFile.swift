internal import FlowData
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowText
internal import FlowValues

/// One file of participants on its way into the store. It is read on another thread than it is played on,
/// never on both at once.
final class UploadFile {
  let campaign: Int
  let name: String
  /// `nil`: at the start.
  let at: Instant?
  /// Which file it is, so that it is not written over; `nil` for standard input.
  let identity: FileIdentity?
  /// Whether it can be read a second time, as a pipe cannot.
  let isRereadable: Bool
  private let files: any FileSystem
  private var reader: UploadReader
  /// Refused when they were read, and not yet put in order with those that the store refuses.
  private var pending: [RejectedRow] = []
  private(set) var failure: FileFailure?
  var rejections: RejectionLog

  init(
    _ argument: UploadArgument, _ cast: Cast, number: Int, ignoresUnknownColumns: Bool,
    _ environment: CommandEnvironment
  ) throws(CommandFailure) {
    campaign = argument.campaign
    at = argument.at
    let isInput = argument.path == "-"
    let name = isInput ? "<stdin>" : argument.path
    self.name = name
    rejections = RejectionLog(fileName: name)
    let status = isInput ? nil : try? environment.files.status(of: argument.path)
    identity = status?.identity
    isRereadable = status?.kind == .file
    files = environment.files
    let bytes = try reportingFiles { () throws(FileFailure) in
      isInput ? environment.standardInput : try environment.files.open(argument.path)
    }
    reader = UploadReader(
      ByteSource { buffer in try bytes.read(into: buffer) }, fileName: name,
      fileID: FileID(cast.files.count + number),
      fields: cast.deployment.inputFields(campaign: argument.campaign), zones: cast.zones,
      options: UploadReader.Options(ignoresUnknownColumns: ignoresUnknownColumns))
  }

  /// Looks at the header. What is wrong with it is said before anything runs.
  func open() throws(CommandFailure) -> (diagnostics: [Diagnostic], header: SourceFile?) {
    do {
      return (try reader.open(), reader.header)
    } catch let failure as FileFailure {
      throw CommandFailure(failure)
    } catch {
      throw CommandFailure(FileFailure(name, .other("it cannot be read")))
    }
  }

  var rowCount: Int { reader.rowCount }

  /// Fills a batch and says whether more may follow.
  func read(into batch: inout RowBatch) -> Bool {
    do {
      let hasMore = try reader.readRows(into: &batch, limit: Simulation.rowsPerBatch, rejected: &pending)
      return hasMore
    } catch {
      failure = error as? FileFailure ?? FileFailure(name, .other("it cannot be read"))
      return false
    }
  }

  /// Writes the refused rows as they stand in the file, to be mended and uploaded (semantics D5).
  func copyRejectedRows(to stream: OutputStream) throws(FileFailure) {
    let bytes = try files.open(name)
    let copy = RejectedRowsCopy(ByteSource { try bytes.read(into: $0) }, rows: rejections.rows) {
      stream.write(UnsafeRawBufferPointer($0))
    }
    do {
      try copy.write()
    } catch {
      throw error as? FileFailure ?? FileFailure(name, .other("it cannot be read a second time"))
    }
  }

  /// Takes up what the store has refused, and reports all mistakes up to a row in order of the rows.
  func take(_ refusals: inout [RowRefusal], upTo row: Int) {
    let refused = refusals.map {
      RejectedRow(rowNumber: $0.row, fieldName: $0.field, value: $0.value, reason: $0.reason)
    }
    refusals.removeAll()
    let due = (pending.filter { $0.rowNumber <= row } + refused).enumerated().sorted {
      ($0.element.rowNumber, $0.offset) < ($1.element.rowNumber, $1.offset)
    }
    pending.removeAll { $0.rowNumber <= row }
    for (_, mistake) in due { rejections.add(mistake) }
  }
}

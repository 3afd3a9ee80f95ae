internal import FlowCheck
internal import FlowData
internal import FlowDiagnostics
internal import FlowRuntime

/// The files of `--out DIR`: of one campaign directly in it, of several each in a folder of its name,
/// profiles once. Refused rows are copied last, when it is known which they are.
final class OutputFiles {
  /// By campaign.
  private(set) var rejected: [RejectedRowsFile] = []
  private let files: any FileSystem
  private let inputs: Set<FileIdentity>
  private var streams: [Destination: OutputStream] = [:]
  private var rejectedRows: [(file: UploadFile, stream: OutputStream)] = []

  private struct Destination: Hashable {
    var file: ExportFile
    var campaign: Int
  }

  init(
    _ directory: String, _ cast: Cast, _ plan: RunPlan, _ files: any FileSystem
  ) throws(CommandFailure) {
    self.files = files
    inputs = plan.inputs
    try reportingFiles { () throws(FileFailure) in
      try files.createDirectory(directory)
      let isShared = cast.campaigns.count > 1
      let folders = cast.campaigns.map { isShared ? FilePath.join(directory, $0.name) : directory }
      for (index, folder) in folders.enumerated() {
        try files.createDirectory(folder)
        for file in ExportFile.allCases where file != .profiles {
          streams[Destination(file: file, campaign: index)] = try create(file.fileName, in: folder)
        }
        rejected.append(RejectedRowsFile(try create("rejected.csv", in: folder)))
      }
      if isShared {
        streams[Destination(file: .profiles, campaign: 0)] = try create(
          ExportFile.profiles.fileName, in: directory)
      }
      try createRejectedRows(plan.uploads.map(\.file), in: folders.map { FilePath.join($0, "rejected_rows") })
    }
  }

  /// One file for each upload, under its name; a second one of a name is `people-2.csv`.
  private func createRejectedRows(_ uploads: [UploadFile], in folders: [String]) throws(FileFailure) {
    var taken: Set<String> = []
    for upload in uploads where upload.isRereadable {
      let folder = folders[upload.campaign]
      try files.createDirectory(folder)
      let name = FilePath.name(of: upload.name)
      var number = 1
      while !taken.insert(FilePath.join(folder, FilePath.numbered(name, number))).inserted { number += 1 }
      rejectedRows.append((upload, try create(FilePath.numbered(name, number), in: folder)))
    }
  }

  /// Creating a file empties it, and `participants.csv` may well lie beside the campaign.
  private func create(_ name: String, in folder: String) throws(FileFailure) -> OutputStream {
    let path = FilePath.join(folder, name)
    if let status = try? files.status(of: path), inputs.contains(status.identity) {
      throw FileFailure(path, .other("it is read by this run, and would be written over"))
    }
    return OutputStream(try files.create(path))
  }

  func write(_ file: ExportFile, _ campaign: Int, _ bytes: UnsafeBufferPointer<UInt8>) throws {
    let stream = streams[Destination(file: file, campaign: file == .profiles ? 0 : campaign)]
    stream?.write(UnsafeRawBufferPointer(bytes))
    if let failure = stream?.failure { throw failure }
  }

  func close() throws(FileFailure) {
    for stream in streams.values { try close(stream) }
    for file in rejected {
      if let failure = file.close() { throw failure }
    }
    // Last, as an upload may have gone since it was read: all else is safe by then.
    for (file, stream) in rejectedRows {
      try file.copyRejectedRows(to: stream)
      try close(stream)
    }
  }

  private func close(_ stream: OutputStream) throws(FileFailure) {
    stream.close()
    if let failure = stream.failure { throw failure }
  }
}

extension ExportFile {
  var fileName: String {
    switch self {
    case .participants: "participants.csv"
    case .communications: "communications.csv"
    case .runs: "runs.jsonl"
    case .profiles: "profiles.csv"
    }
  }
}

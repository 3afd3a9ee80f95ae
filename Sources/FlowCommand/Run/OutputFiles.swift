internal import FlowCheck
internal import FlowData
internal import FlowDiagnostics
internal import FlowRuntime

/// The files of `--out DIR`: of one campaign directly in it, of several each in a folder of its name, profiles once.
final class OutputFiles {
  /// By campaign.
  private(set) var rejected: [RejectedRowsFile] = []
  private var streams: [Destination: OutputStream] = [:]

  private struct Destination: Hashable {
    var file: ExportFile
    var campaign: Int
  }

  init(_ directory: String, _ cast: Cast, _ files: any FileSystem) throws(CommandFailure) {
    try reportingFiles { () throws(FileFailure) in
      try files.createDirectory(directory)
      let isShared = cast.campaigns.count > 1
      for (index, campaign) in cast.campaigns.enumerated() {
        let folder = isShared ? FilePath.join(directory, campaign.name) : directory
        try files.createDirectory(folder)
        for file in ExportFile.allCases where file != .profiles {
          streams[Destination(file: file, campaign: index)] = try open(file, in: folder, files)
        }
        rejected.append(
          RejectedRowsFile(OutputStream(try files.create(FilePath.join(folder, "rejected.csv")))))
      }
      guard isShared else { return }
      streams[Destination(file: .profiles, campaign: 0)] = try open(.profiles, in: directory, files)
    }
  }

  private func open(
    _ file: ExportFile, in folder: String, _ files: any FileSystem
  ) throws(FileFailure) -> OutputStream {
    OutputStream(try files.create(FilePath.join(folder, file.fileName)))
  }

  func write(_ file: ExportFile, _ campaign: Int, _ bytes: UnsafeBufferPointer<UInt8>) throws {
    let stream = streams[Destination(file: file, campaign: file == .profiles ? 0 : campaign)]
    stream?.write(UnsafeRawBufferPointer(bytes))
    if let failure = stream?.failure { throw failure }
  }

  func close() throws(FileFailure) {
    for stream in streams.values {
      stream.close()
      if let failure = stream.failure { throw failure }
    }
    for file in rejected {
      if let failure = file.close() { throw failure }
    }
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

internal import FlowText

/// Files that are checked together: those of one directory, or one file.
struct CampaignInput {
  struct File {
    /// As the user would name it.
    var name: String
    var bytes: [UInt8]
  }

  /// What the user named, or what was found below it.
  var path: String
  /// In byte order of their names.
  var files: [File]
}

extension CommandEnvironment {
  /// Reads a file of a campaign.
  func source(_ path: String) throws(FileFailure) -> CampaignInput.File {
    let bytes = try files.read(path, limit: SourceFile.maximumByteCount)
    return CampaignInput.File(name: path, bytes: bytes)
  }

  /// An absolute path without `.` and `..`.
  func absolute(_ path: String) -> String {
    FilePath.normalized(FilePath.join(currentDirectory, path))
  }
}

internal import FlowCheck
internal import FlowText
internal import FlowValues

extension CommandEnvironment {
  /// Reads a file of a campaign.
  func source(_ path: String) throws(FileFailure) -> CampaignFile {
    CampaignFile(name: path, bytes: try files.read(path, limit: SourceFile.maximumByteCount))
  }

  /// Checks files together with all that they use.
  func check(_ own: [CampaignFile], zones: ZoneTable) -> CheckResult {
    CampaignLoader.load(own, zones: zones) { path in
      do throws(FileFailure) {
        // A pipe may have nobody at its other end, and reading it would never end.
        switch try files.status(of: path).kind {
        case .file: break
        case .directory: return .failure(FileReadFailure("it is a directory"))
        case .other: return .failure(FileReadFailure("it is no ordinary file"))
        }
        return .success(try source(path).bytes)
      } catch {
        return .failure(FileReadFailure(error.cause))
      }
    }
  }

  /// An absolute path without `.` and `..`.
  func absolute(_ path: String) -> String {
    FilePath.normalized(FilePath.join(currentDirectory, path))
  }
}

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
        guard try files.status(of: path).kind == .file else { return .failure(FileReadFailure("it is no file")) }
        return .success(try source(path).bytes)
      } catch {
        return .failure(FileReadFailure(error.message))
      }
    }
  }

  /// An absolute path without `.` and `..`.
  func absolute(_ path: String) -> String {
    FilePath.normalized(FilePath.join(currentDirectory, path))
  }
}

internal import FlowCheck
internal import FlowText

/// The files that tests upload, named from the folder of the test's own file.
struct TestFiles: Sendable {
  /// The largest file that a test may upload, in bytes.
  static let maximumByteCount = SourceFile.maximumByteCount

  private let files: any FileSystem

  init(_ environment: CommandEnvironment) { files = environment.files }

  @Sendable func read(_ path: String, beside testFile: String) -> Result<[UInt8], FileReadFailure> {
    do throws(FileFailure) {
      let whole = FilePath.join(FilePath.directory(of: testFile), path)
      return .success(try files.read(whole, limit: Self.maximumByteCount))
    } catch {
      return .failure(FileReadFailure(error.cause))
    }
  }
}

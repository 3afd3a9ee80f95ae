internal import FlowCheck
internal import FlowDiagnostics
internal import FlowRuntime
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// `:save-test "name" [FILE]`: the session as a test, which passes when it is run.
extension Session {
  func saveTest(_ name: String, _ file: String?) throws(SessionProblem) -> SessionReply {
    let moment = history.present
    guard !moment.inputs.isEmpty else {
      throw SessionProblem(.unsavedTest, "expected a statement to save, found none")
    }
    let place: String
    if let file { place = file } else { place = try usualFile(moment.campaign) }
    return try saveTest(name, moment, in: place)
  }

  private func saveTest(
    _ name: String, _ moment: Moment, in file: String
  ) throws(SessionProblem) -> SessionReply {
    let writer = TestWriter(self, moment, folder: Self.folder(of: file))
    let text = try writer.text(name)
    let (bytes, check) = try saved(text, in: file, moment.campaign)
    try refuseErrors(check)
    let results = try run(check) { $0.name == name }
    if let failure = results.first?.failure { throw refusal(failure, check, moment.campaign) }
    if let failure = surroundings.writeFile(file, bytes) {
      throw SessionProblem(.unsavedTest, "cannot write `\(file.terminalSafe)`: \(failure.reason)")
    }
    let count = Counted.noun(results.first?.expectationCount ?? 0, "expectation")
    return SessionReply(
      output: "saved \"\(name.terminalSafe)\" in \(file.terminalSafe): \(count), and it passes\n")
  }

  private func refusal(
    _ failure: TestFailure, _ check: CheckResult, _ campaign: SessionCampaign
  ) -> SessionProblem {
    var diagnostic = failure.diagnostic
    if campaign.hasTypedDeclarations {
      diagnostic.notes.append("the session has declarations that the files do not have")
      diagnostic.help.append("write them into the files, and `:reload`")
    }
    diagnostic.notes.append("nothing was saved, since the test would not pass with the files as they are")
    return SessionProblem([diagnostic], check.sources)
  }

  /// Where a test is saved if nobody says where.
  private func usualFile(_ campaign: SessionCampaign) throws(SessionProblem) -> String {
    guard let path = campaign.path else {
      throw SessionProblem(
        .unsavedTest, "expected a file to save in, since no campaign was loaded",
        help: ["write `:save-test \"…\" FILE.flow`; the typed campaign is saved with it"])
    }
    if path.hasSuffix(".flow") { return path }
    return (path.hasSuffix("/") ? path : path + "/") + "tests.flow"
  }

  /// The whole content of the file with the test at its end, checked with the other files as they stand.
  private func saved(
    _ test: String, in file: String, _ campaign: SessionCampaign
  ) throws(SessionProblem) -> (bytes: [UInt8], check: CheckResult) {
    guard file.hasSuffix(".flow") else {
      throw SessionProblem(
        .unsavedTest, "expected a file that ends with `.flow`, found `\(file.terminalSafe)`")
    }
    let old = try? surroundings.readFile(file).get()
    guard let path = campaign.path else {
      if old != nil {
        throw SessionProblem(
          .unsavedTest,
          "expected a new file for the typed campaign, found `\(file.terminalSafe)`, which there is")
      }
      let text = campaign.typed + "\n" + test
      let bytes = format(SourceFile(name: file, text: text)) ?? Array(text.utf8)
      return (bytes, check([CampaignFile(name: file, bytes: bytes)], path: file))
    }
    var files: [CampaignFile]
    switch surroundings.loadCampaign(path) {
    case .success(let found): files = found
    case .failure(let failure):
      throw SessionProblem(.unreadableCampaign, "cannot load `\(path.terminalSafe)`: \(failure.reason)")
    }
    let known = files.firstIndex { $0.name == file }
    let folders = Set(files.map { Self.folder(of: $0.name) })
    guard known != nil || (!path.hasSuffix(".flow") && folders.contains(Self.folder(of: file))) else {
      throw SessionProblem(
        .unsavedTest, "expected a file of the campaign `\(path.terminalSafe)`, found `\(file.terminalSafe)`")
    }
    let bytes = Self.appending(test, to: old ?? [])
    if let known { files[known].bytes = bytes } else { files.append(CampaignFile(name: file, bytes: bytes)) }
    return (bytes, check(files, path: path))
  }

  private func check(_ files: [CampaignFile], path: String) -> CheckResult {
    SessionCampaign(
      path: path, files: files, typed: "", zones: surroundings.zones, read: surroundings.readFile
    )
    .check
  }

  /// Nothing of what is there is touched; an empty line stands between.
  private static func appending(_ test: String, to old: [UInt8]) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var bytes = old
    if !bytes.isEmpty {
      if bytes.last != newline { bytes.append(newline) }
      if !bytes.suffix(2).elementsEqual([newline, newline]) { bytes.append(newline) }
    }
    return bytes + Array(test.utf8)
  }

  func format(_ source: SourceFile) -> [UInt8]? {
    var symbols = SymbolTable()
    return FlowSyntax.format(source, symbols: &symbols).bytes
  }
}

import FlowDiagnostics
import FlowText
import Testing

@Suite struct ReportTests {
  private let file = SourceFile(id: FileID(1), name: "a.flow", text: String(repeating: "x", count: 300))

  private func finding(_ offset: Int, _ severity: Severity = .error, _ name: DiagnosticName = "n")
    -> Diagnostic
  {
    Diagnostic(name, severity, "m", at: Label(SourceSpan(file.id, SourceRange(offset, offset + 1))))
  }

  @Test func worstStayInSourceOrder() {
    var bag = DiagnosticBag((0..<20).map { finding($0, $0 % 2 == 0 ? .warning : .error) })
    bag.add(finding(3))
    let report = bag.report(maximumPerFile: 12)
    let shown = report.diagnostics.map { $0.primary?.span.range.lower ?? -1 }
    #expect(shown == [0, 1, 2, 3, 5, 7, 9, 11, 13, 15, 17, 19])
    #expect(report.omissions.map(\.file) == [file.id] && report.omissions.map(\.count) == [8])
    #expect((report.counts.errors, report.counts.warnings) == (10, 10))
    #expect(bag.hasErrors)
  }

  @Test func everyFormatSaysWhatIsNotShown() {
    let report = DiagnosticBag((0..<103).map { finding($0) }).report()
    #expect(report.diagnostics.count == DiagnosticBag.maximumPerFile)
    #expect(
      FullRenderer(files: [file]).render(report).hasSuffix("\nnote: 3 more findings in a.flow not shown\n"))
    #expect(ConciseRenderer(files: [file]).render(report).hasSuffix("\na.flow: 3 more findings not shown\n"))
    #expect(GitHubRenderer(files: [file]).render(report).hasSuffix("::93 more findings not shown here\n"))
    let json = String(decoding: JSONRenderer(files: [file]).render(report), as: UTF8.self)
    #expect(json.contains("\"count\": 3") && json.contains("\"errors\": 103"))
    let sarif = SARIFRenderer(files: [file], rules: [], toolVersion: "1").render(report)
    #expect(String(decoding: sarif, as: UTF8.self).contains("3 more findings not shown"))
  }

  @Test func suppressedFindingsNeitherCountNorAreShown() {
    var diagnostic = finding(1, .warning)
    diagnostic.suppression = Suppression(reason: "known")
    let report = DiagnosticBag([diagnostic]).report(maximumPerFile: 0)
    #expect(report.diagnostics.count == 1 && report.omissions.isEmpty && report.counts == SeverityCounts())
    #expect(FullRenderer(files: [file]).render(report) == "")
    #expect(FixApplication([diagnostic], allowing: [.safe]).applied.isEmpty)
  }

  /// Lines above may come and go, and blanks within the line: the fingerprint stays.
  @Test func fingerprintsFollowTheirLine() throws {
    func fingerprints(_ text: String) throws -> [Substring] {
      let file = SourceFile(name: "a", text: text)
      let at = try #require(text.utf8.firstRange(of: "bad".utf8))
      let offset = text.utf8.distance(from: text.utf8.startIndex, to: at.lowerBound)
      let diagnostic = Diagnostic(
        "n", .error, "m", at: Label(SourceSpan(file.id, SourceRange(offset, offset + 3))))
      let sarif = SARIFRenderer(files: [file], rules: [], toolVersion: "1").render(.init([diagnostic]))
      return String(decoding: sarif, as: UTF8.self).split(separator: "\n").filter {
        $0.contains("flowNameAndLine")
      }
    }
    let first = try fingerprints("good\nis bad\n")
    #expect(first.count == 1)
    #expect(try fingerprints("more\ngood\n\n   is   bad\n") == first)
    #expect(try fingerprints("good\nwas bad\n") != first)
  }

  @Test func pathsOutsideOfTheRootAreFileURIs() {
    let renderer = SARIFRenderer(files: [file], rules: [], toolVersion: "1") { "/tmp/x y/\($0)" }
    let sarif = String(decoding: renderer.render(.init([finding(0)])), as: UTF8.self)
    #expect(sarif.contains("\"uri\": \"file:///tmp/x%20y/a.flow\""))
    #expect(!sarif.contains("uriBaseId\":"))
  }

  @Test func fixesAreMadeWholeOrNotAtAll() {
    func edit(_ lower: Int, _ upper: Int, _ text: String) -> Edit {
      Edit(SourceSpan(file.id, SourceRange(lower, upper)), text)
    }
    var diagnostics = [finding(0), finding(1), finding(2), finding(3)]
    diagnostics[0].fixes = [Fix("one", .safe, [edit(0, 2, "A"), edit(298, 300, "Z")])]
    diagnostics[1].fixes = [Fix("two", .safe, [edit(1, 3, "B"), edit(5, 6, "C")])]
    diagnostics[2].fixes = [Fix("three", .unsafe, [edit(4, 5, "D")])]
    diagnostics[3].fixes = [
      Fix("two again", .safe, [edit(1, 2, "B")]), Fix("other", .safe, [edit(2, 3, "E")]),
    ]
    let application = FixApplication(diagnostics, allowing: [.safe])
    #expect(application.applied.map(\.title) == ["one", "other"])
    #expect(application.refused.map(\.title) == ["two"])
    let changes = application.changes(in: [file])
    #expect(changes.count == 1)
    #expect(changes[0].bytes == Array(("AE" + String(repeating: "x", count: 295) + "Z").utf8))
  }
}

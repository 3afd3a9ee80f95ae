import FlowCommand
import FlowDiagnostics
import FlowRuntime
import Foundation
import Testing

/// Every name of a finding is declared once, for one thing, and has one page.
@Suite struct DiagnosticNameTests {
  /// The constants as they stand in the sources of all phases.
  static let declared: [(name: String, path: String)] = HouseTests.sources.flatMap { file in
    file.lines.compactMap { line in
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0].contains("static let "),
        parts[0].hasSuffix(": Self = ") || parts[0].hasSuffix(": DiagnosticName = ")
      else { return nil }
      return (String(parts[1]), file.path)
    }
  }

  /// What a run can fail with, and the checker can find before: one thing, one page.
  static let sharedWithRuns: Set<String> = ["unknown-timezone"]

  @Test func noTwoPhasesShareAName() {
    #expect(DiagnosticNameTests.declared.count > 90)
    let byName = Dictionary(grouping: DiagnosticNameTests.declared, by: \.name)
    for (name, places) in byName { #expect(places.count == 1, "\(name): \(places.map(\.path))") }
    let ofRuns = Set(RunFailureReason.allCases.map(\.name))
    #expect(ofRuns.count == RunFailureReason.allCases.count)
    #expect(ofRuns.intersection(byName.keys) == DiagnosticNameTests.sharedWithRuns)
  }

  @Test func everyNameHasAPageAndEveryPageAName() {
    let names = Set(DiagnosticNameTests.declared.map(\.name)).union(RunFailureReason.allCases.map(\.name))
    let pages = Explanations.all.map(\.name.description)
    #expect(Set(pages).count == pages.count)
    #expect(names.symmetricDifference(pages).sorted() == [])
  }

  @Test func namesAreWordsWithHyphens() {
    for (name, path) in DiagnosticNameTests.declared {
      let words = name.split(separator: "-", omittingEmptySubsequences: false)
      let areWords = words.allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 }
      }
      #expect(words.count <= 5 && areWords, "\(name) in \(path)")
    }
  }

  /// A finding written with a text instead of a constant would escape the tests above.
  @Test func findingsAreMadeWithConstants() {
    for file in HouseTests.sources {
      for (number, line) in file.lines.enumerated() {
        #expect(!line.contains("Diagnostic(\""), "\(file.path):\(number + 1)")
        #expect(!line.contains("DiagnosticName(\""), "\(file.path):\(number + 1)")
      }
    }
  }
}

import AnnotatedCases
import FlowCheck
import FlowDiagnostics
import FlowText
import Testing

/// One campaign with what the checker finds in it.
struct SpecCase: Sendable, CustomTestStringConvertible {
  var written: AnnotatedCase

  static let folder = AnnotatedFolder("Check")
  static let all: [SpecCase] = folder.cases.map(SpecCase.init)

  var testDescription: String { "\(written.file): \(written.title)" }
  var title: String { written.title }
  var source: String { written.source }
  var result: CheckResult { checked(source, used: Self.used) }

  /// The case with comments as they would be right.
  var annotated: [String] {
    let result = result
    return written.annotated(with: result.diagnostics, in: result.sources)
  }

  static let used = [
    "shared/customer.flow": "profile { plan: enum(free, gold) = free }\n",
    "shared/other_campaign.flow": "campaign other { }\n",
    "shared/left.flow": "use \"right.flow\"\n",
    "shared/right.flow": "use \"left.flow\"\n",
  ]
}

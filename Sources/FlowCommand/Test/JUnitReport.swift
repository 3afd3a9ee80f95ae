internal import FlowCheck
internal import FlowDiagnostics
internal import FlowTesting
internal import FlowText

/// The results in the form that build servers read. Durations are left out: the same tests give the same bytes.
struct JUnitReport {
  var suites: [TestSuite]

  func render() -> [UInt8] {
    let tests = suites.reduce(0) { $0 + $1.results.count }
    let failures = suites.reduce(0) { $0 + $1.failures }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\">\n"
    for suite in suites { text += render(suite) }
    return Array((text + "</testsuites>\n").utf8)
  }

  private func render(_ suite: TestSuite) -> String {
    let name = Self.escaped(suite.check.campaign.name)
    var text =
      "  <testsuite name=\"\(name)\" tests=\"\(suite.results.count)\" failures=\"\(suite.failures)\" errors=\"0\">\n"
    for result in suite.results {
      let source = suite.check.sources[result.test.file.index]
      let line = source.position(at: result.test.range.lower).line
      text += "    <testcase classname=\"\(name)\" name=\"\(Self.escaped(result.test.name))\""
      text += " file=\"\(Self.escaped(source.name))\" line=\"\(line)\""
      guard let failure = result.failure else {
        text += "/>\n"
        continue
      }
      let shown = FullRenderer(files: suite.check.sources).render(failure.diagnostic)
      text += ">\n      <failure type=\"\(failure.diagnostic.name)\""
      text += " message=\"\(Self.escaped(failure.diagnostic.message))\">"
      text += Self.escaped(shown, isAttribute: false) + "</failure>\n    </testcase>\n"
    }
    return text + "  </testsuite>\n"
  }

  /// A text as XML 1.0 can hold it; what it cannot becomes U+FFFD. A reader takes the line breaks of attributes for
  /// blanks, and carriage returns everywhere for line breaks, unless they are written as numbers.
  private static func escaped(_ text: String, isAttribute: Bool = true) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n" where !isAttribute, "\t" where !isAttribute: result.unicodeScalars.append(scalar)
      case "\n", "\t", "\r": result += "&#\(scalar.value);"
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        result.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}

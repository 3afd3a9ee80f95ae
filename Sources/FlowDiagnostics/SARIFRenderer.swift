public import FlowText

/// SARIF 2.1.0, the format that code hosts and editors read (OASIS, `sarif-schema-2.1.0.json`).
public struct SARIFRenderer: Sendable {
  /// What the URIs of files are relative to.
  static let rootName = "%SRCROOT%"

  let files: SourceFiles
  let relativePath: @Sendable (String) -> String
  let toolVersion: String
  let rules: [RuleDescriptor]
  let ruleIndexes: [DiagnosticName: Int]

  /// - Parameters:
  ///   - rules: the table of all that can be found; put in order by name, of two of one name the first counts.
  ///   - relativePath: turns the name of a file into its path from the root of the repository; a path that
  ///     begins with `/` lies outside of it.
  public init(
    files: [SourceFile], rules: [RuleDescriptor], toolVersion: String,
    relativePath: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.files = SourceFiles(files)
    self.relativePath = relativePath
    self.toolVersion = toolVersion
    let unique = Dictionary(rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.rules = unique.values.sorted { $0.name.description < $1.name.description }
    ruleIndexes = Dictionary(uniqueKeysWithValues: self.rules.enumerated().map { ($1.name, $0) })
  }

  /// The document, with a line break at its end; without findings it is valid as well.
  public func render(_ report: DiagnosticReport) -> [UInt8] {
    var json = JSONText(.pretty)
    json.object { json in
      json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.member("version", "2.1.0")
      json.array("runs") { json in json.object { writeRun(report, to: &$0) } }
    }
    json.endLine()
    return json.bytes
  }

  private func writeRun(_ report: DiagnosticReport, to json: inout JSONText) {
    json.object("tool") { json in json.object("driver") { writeDriver(to: &$0) } }
    json.member("columnKind", "utf16CodeUnits")
    json.object("originalUriBaseIds") { json in
      json.object(SARIFRenderer.rootName) { json in
        json.object("description") { $0.member("text", "the root of the repository") }
      }
    }
    json.array("invocations") { json in json.object { writeInvocation(report, to: &$0) } }
    let suppresses = report.diagnostics.contains { $0.suppression != nil }
    var fingerprints = Fingerprints()
    json.array("results") { json in
      for diagnostic in report.diagnostics {
        let fingerprint = fingerprints.next(of: diagnostic, in: files)
        json.object { json in
          writeResult(diagnostic, to: &json)
          json.object("partialFingerprints") { $0.member(Fingerprints.key, fingerprint) }
          // An empty list says "not suppressed"; none at all would say "not known".
          if suppresses { writeSuppressions(of: diagnostic, to: &json) }
        }
      }
    }
  }

  private func writeDriver(to json: inout JSONText) {
    json.member("name", "flow")
    json.member("version", toolVersion)
    json.array("rules") { json in
      for rule in rules {
        json.object { json in
          json.member("id", rule.name.description)
          json.object("shortDescription") { $0.member("text", rule.summary) }
          json.object("fullDescription") { $0.member("text", rule.description) }
          json.object("help") { json in
            json.member("text", rule.helpText)
            json.member("markdown", rule.helpMarkdown)
          }
          json.object("defaultConfiguration") { $0.member("level", rule.defaultLevel.word) }
        }
      }
    }
  }

  /// What the cap left out is no result, and still has to be said.
  private func writeInvocation(_ report: DiagnosticReport, to json: inout JSONText) {
    json.member("executionSuccessful", true)
    if report.omissions.isEmpty { return }
    json.array("toolExecutionNotifications") { json in
      for omission in report.omissions {
        json.object { json in
          json.member("level", "note")
          let noun = omission.count == 1 ? "finding" : "findings"
          json.object("message") { $0.member("text", "\(omission.count) more \(noun) not shown") }
          guard let file = omission.file.flatMap({ files[$0] }) else { return }
          json.array("locations") { json in
            json.object { json in
              json.object("physicalLocation") { writeArtifactLocation(of: file, to: &$0) }
            }
          }
        }
      }
    }
  }
}

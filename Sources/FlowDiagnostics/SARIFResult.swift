internal import FlowText

/// How one finding is written.
extension SARIFRenderer {
  func writeResult(_ diagnostic: Diagnostic, to json: inout JSONText) {
    json.member("ruleId", diagnostic.name.description)
    if let index = ruleIndexes[diagnostic.name] { json.member("ruleIndex", index) }
    json.member("level", diagnostic.severity.word)
    json.object("message") { $0.member("text", SARIFRenderer.message(of: diagnostic)) }
    json.array("locations") { json in
      if let primary = diagnostic.primary { writeLocation(primary, id: nil, to: &json) }
    }
    if !diagnostic.secondary.isEmpty {
      json.array("relatedLocations") { json in
        for (index, label) in diagnostic.secondary.enumerated() {
          writeLocation(label, id: index + 1, to: &json)
        }
      }
    }
    if diagnostic.fixes.isEmpty { return }
    json.array("fixes") { json in
      for fix in diagnostic.fixes { json.object { writeFix(fix, to: &$0) } }
    }
  }

  func writeSuppressions(of diagnostic: Diagnostic, to json: inout JSONText) {
    json.array("suppressions") { json in
      guard let suppression = diagnostic.suppression else { return }
      json.object { json in
        json.member("kind", "inSource")
        json.member("justification", suppression.reason)
        guard let span = suppression.span, let located = LocatedSpan(span, in: files) else { return }
        json.object("location") { json in
          json.object("physicalLocation") { writePhysicalLocation(located, to: &$0) }
        }
      }
    }
  }

  /// The message with its facts and help: a result has no other place for them.
  private static func message(of diagnostic: Diagnostic) -> String {
    let label = diagnostic.primary.map(\.text) ?? ""
    let lines = [diagnostic.message] + (label.isEmpty ? [] : [label]) + diagnostic.notes + diagnostic.help
    return lines.joined(separator: "\n").messageString
  }

  private func writeLocation(_ label: Label, id: Int?, to json: inout JSONText) {
    guard let located = LocatedSpan(label.span, in: files) else { return }
    json.object { json in
      if let id { json.member("id", id) }
      json.object("physicalLocation") { writePhysicalLocation(located, to: &$0) }
      if !label.text.isEmpty {
        json.object("message") { $0.member("text", label.text.messageString) }
      }
    }
  }

  private func writePhysicalLocation(_ located: LocatedSpan, to json: inout JSONText) {
    writeArtifactLocation(of: located.file, to: &json)
    json.object("region") { writeRegion(located, to: &$0) }
  }

  func writeArtifactLocation(of file: SourceFile, to json: inout JSONText) {
    let path = relativePath(file.name)
    json.object("artifactLocation") { json in
      if path.hasPrefix("/") {
        json.member("uri", "file://" + path.percentEncoded)
      } else {
        json.member("uri", path.percentEncoded)
        json.member("uriBaseId", SARIFRenderer.rootName)
      }
    }
  }

  private func writeRegion(_ located: LocatedSpan, to json: inout JSONText) {
    json.member("startLine", located.start.line)
    json.member("startColumn", located.start.utf16Column)
    json.member("endLine", located.end.line)
    json.member("endColumn", located.end.utf16Column)
    json.member("byteOffset", located.range.lower)
    json.member("byteLength", located.range.count)
  }

  private func writeFix(_ fix: Fix, to json: inout JSONText) {
    json.object("description") { $0.member("text", fix.title.messageString) }
    let located = fix.edits.compactMap { edit in
      LocatedSpan(edit.span, in: files).map { (span: $0, text: edit.replacement) }
    }
    var order: [FileID] = []
    for edit in located where !order.contains(edit.span.file.id) { order.append(edit.span.file.id) }
    json.array("artifactChanges") { json in
      for id in order {
        guard let file = files[id] else { continue }
        json.object { json in
          writeArtifactLocation(of: file, to: &json)
          json.array("replacements") { json in
            for edit in located where edit.span.file.id == id {
              json.object { json in
                json.object("deletedRegion") { writeRegion(edit.span, to: &$0) }
                json.object("insertedContent") { $0.member("text", edit.text) }
              }
            }
          }
        }
      }
    }
    json.object("properties") { $0.member("safety", fix.safety.word) }
  }
}

extension String {
  /// The text as a plain message string: braces doubled, because `{0}` is a placeholder (SARIF 3.11.5), and
  /// brackets escaped where they could be read as a link (3.11.6).
  fileprivate var messageString: String {
    let looksLikeLink = contains("](")
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "{": result += "{{"
      case "}": result += "}}"
      case "[" where looksLikeLink: result += "\\["
      case "]" where looksLikeLink: result += "\\]"
      case _: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A path as part of a URI (RFC 3986): everything but unreserved characters and `/` as `%XX`.
  fileprivate var percentEncoded: String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.append(byte)
      case _:
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

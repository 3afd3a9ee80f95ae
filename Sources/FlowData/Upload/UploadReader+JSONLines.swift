import FlowDiagnostics
import FlowRuntime
import FlowText

/// Uploads in JSON Lines: one object a line, whose names are those of columns.
///
/// There is no header. The names of the first object stand for one, so that a slip that goes through the whole
/// file is said before any row is taken in; a name that is wrong only further down is a mistake of its row.
extension UploadReader {
  mutating func openLines(
    _ reader: consuming LineReader, _ diagnostics: DataDiagnostics
  ) throws -> [Diagnostic] {
    guard try reader.next() else { return [diagnostics.empty()] }
    header = headerFile(reader.line, line: reader.number)
    var found: [Diagnostic] = []
    if !reader.isTooLong {
      scanner.begin(reader.line)
      found = checkNames(isLastLine: reader.isUnterminated, diagnostics)
    }
    lines = consume reader
    hasPendingLine = true
    return found
  }

  /// Looks at the names of the first object. What is wrong with its values is a mistake of the row.
  private mutating func checkNames(isLastLine: Bool, _ diagnostics: DataDiagnostics) -> [Diagnostic] {
    let wholeLine = Label(SourceSpan(fileID, SourceRange(0, scanner.text.count)))
    guard case .beginObject = scanner.next() else { return [diagnostics.notLines(at: wholeLine)] }
    var found: [Diagnostic] = []
    while true {
      let token = scanner.next()
      switch token {
      case .key(let name):
        let label = label(ofKeyBefore: scanner.offset) ?? wholeLine
        found += check(name, at: label, diagnostics)
      case .invalid(let fault):
        // An object over several lines ends its first one too early.
        let isSpread = fault.reason == .cutOff && !isLastLine
        return isSpread ? [diagnostics.notLines(at: wholeLine)] : found
      case .endObject, .end: return found
      case .beginObject, .beginArray:
        if scanner.skip(token) != nil { return found }
      case .scalar, .endArray: continue
      }
    }
  }

  private func check(
    _ name: UnsafeBufferPointer<UInt8>, at label: Label, _ diagnostics: DataDiagnostics
  ) -> [Diagnostic] {
    if let field = intake.names[name] {
      let isInternal = intake.fields[field].isInternal
      return isInternal ? [diagnostics.internalColumn(intake.fields[field], at: label)] : []
    }
    if options.ignoresUnknownColumns { return [] }
    let spelling = String(decoding: name, as: UTF8.self)
    return [diagnostics.unknownColumn(spelling, intake.names, at: label)]
  }

  /// The name between the last two quotes before an offset, which stands behind a colon.
  private func label(ofKeyBefore end: Int) -> Label? {
    guard let close = scanner.text[..<end].lastIndex(of: JSONByte.quote),
      let open = scanner.text[..<close].lastIndex(of: JSONByte.quote)
    else { return nil }
    return Label(SourceSpan(fileID, SourceRange(open + 1, close)))
  }

  /// Takes in the next line; `false` when there is none.
  mutating func readLine(
    into batch: inout RowBatch, _ rejected: inout [RejectedRow]
  ) throws -> Bool {
    if !hasPendingLine {
      guard try lines.next() else { return false }
    }
    hasPendingLine = false
    intake.beginRow(&batch)
    if lines.isTooLong {
      intake.refuse("the line is longer than \(LineReader.maximumLength) bytes", &rejected)
      return true
    }
    scanner.begin(lines.line)
    if readObject(into: &batch, &rejected) { intake.endRow(&batch, rejected: &rejected) }
    return true
  }

  /// Takes in the members of an object; `false` where it is none.
  private mutating func readObject(
    into batch: inout RowBatch, _ rejected: inout [RejectedRow]
  ) -> Bool {
    guard case .beginObject = scanner.next() else {
      intake.refuse("expected an object such as `{\"external_id\": \"c1\"}`", &rejected)
      return false
    }
    while true {
      switch scanner.next() {
      case .key(let name):
        guard let fault = readMember(name, into: &batch, &rejected) else { continue }
        refuse(fault, &rejected)
        return false
      case .invalid(let fault):
        refuse(fault, &rejected)
        return false
      case .end: return true
      case .beginObject, .endObject, .beginArray, .endArray, .scalar: continue
      }
    }
  }

  private mutating func readMember(
    _ name: UnsafeBufferPointer<UInt8>, into batch: inout RowBatch, _ rejected: inout [RejectedRow]
  ) -> JSONFault? {
    guard let field = intake.names[name] else {
      if !options.ignoresUnknownColumns {
        let spelling = String(decoding: name, as: UTF8.self)
        intake.refuse(unknownName: spelling, &rejected)
      }
      return scanner.skip(scanner.next())
    }
    let token = scanner.next()
    if intake.fields[field].isInternal {
      intake.refuse(internal: field, &rejected)
    } else if !intake.name(field) {
      intake.refuse(repeated: field, &rejected)
    } else if case .scalar(let value) = token {
      intake.take(value, field: field, into: &batch, rejected: &rejected)
      return nil
    } else {
      switch token {
      case .beginObject:
        intake.refuse(cell: "expected a single value, found an object", field: field, value: "", &rejected)
      case .beginArray:
        intake.refuse(cell: "expected a single value, found an array", field: field, value: "", &rejected)
      case .endObject, .endArray, .key, .scalar, .end, .invalid: break
      }
    }
    return scanner.skip(token)
  }

  private mutating func refuse(_ fault: JSONFault, _ rejected: inout [RejectedRow]) {
    let place = "line \(lines.number), column \(fault.column(in: scanner.text))"
    intake.refuse("\(place): \(fault.message)", &rejected)
  }
}

import FlowDiagnostics
import FlowRuntime
import FlowText
import FlowValues

/// Uploads in CSV.
extension UploadReader {
  mutating func openCSV(
    _ reader: consuming CSVReader, _ diagnostics: DataDiagnostics
  ) throws -> [Diagnostic] {
    guard try reader.readHeader() else { return [diagnostics.empty()] }
    let file = headerFile(reader.record, line: reader.line)
    header = file
    if let fault = reader.fault {
      return [diagnostics.unreadableHeader(fault.reason, at: nil)]
    }
    let found = map(reader, file, diagnostics)
    csv = consume reader
    return found
  }

  /// The header, as an excerpt of the file.
  func headerFile(_ record: UnsafeBufferPointer<UInt8>, line: Int) -> SourceFile {
    SourceFile(
      id: fileID, name: fileName, bytes: Array(record.prefix(SourceFile.maximumByteCount)),
      linesBefore: line - 1)
  }

  /// Finds the field of every column.
  private mutating func map(
    _ reader: borrowing CSVReader, _ file: SourceFile, _ diagnostics: DataDiagnostics
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var labels: [Int: Label] = [:]
    for index in 0..<reader.cellCount {
      let cell = reader.cell(index)
      let name = UnsafeBufferPointer(rebasing: cell[Blanks.trimmed(cell)])
      let range = reader.range(ofCell: index)
      let label = Label(SourceSpan(fileID, SourceRange(range.lowerBound, range.upperBound)))
      columns.append(-1)
      if let fault = TextFault(in: name) {
        found.append(diagnostics.unreadableHeader(fault.reason, at: label))
      } else if let field = intake.names[name] {
        found += bind(field, column: index, name, label, &labels, diagnostics)
      } else if !options.ignoresUnknownColumns {
        let spelling = String(decoding: name, as: UTF8.self)
        found.append(diagnostics.unknownColumn(spelling, intake.names, at: label))
      }
    }
    // A column with a wrong name is the root of what seems to be missing.
    if !found.isEmpty { return found }
    return missing(Set(labels.keys), at: Label(wholeHeader(file)), diagnostics)
  }

  private mutating func bind(
    _ field: Int, column: Int, _ name: UnsafeBufferPointer<UInt8>, _ label: Label,
    _ labels: inout [Int: Label], _ diagnostics: DataDiagnostics
  ) -> [Diagnostic] {
    if let first = labels[field] {
      return [
        diagnostics.duplicateColumn(
          intake.fields[field], at: label, first: Label(first.span, "the first of them"))
      ]
    }
    labels[field] = label
    columns[column] = field
    intake.givenNames[field] = String(decoding: name, as: UTF8.self)
    let isInternal = intake.fields[field].isInternal
    return isInternal ? [diagnostics.internalColumn(intake.fields[field], at: label)] : []
  }

  private func wholeHeader(_ file: SourceFile) -> SourceSpan {
    SourceSpan(fileID, SourceRange(0, file.bytes.count))
  }

  /// What every row will be refused for.
  private mutating func missing(
    _ given: Set<Int>, at label: Label, _ diagnostics: DataDiagnostics
  ) -> [Diagnostic] {
    let missing = intake.missing(given).map { intake.fields[$0] }
    if !missing.isEmpty {
      refusal = "the file has no \(DataDiagnostics.columns(missing)), which every row must fill"
      return [diagnostics.missingColumns(missing, at: label)]
    }
    return intake.hasKey(given) ? [] : [diagnostics.noKeyColumn(at: label)]
  }

  /// Takes in the next record; `false` when there is none.
  mutating func readRecord(
    into batch: inout RowBatch, _ rejected: inout [RejectedRow]
  ) throws -> Bool {
    guard try csv.next() else { return false }
    intake.beginRow(&batch)
    guard refusal == nil, csv.fault == nil, csv.cellCount == columns.count else {
      intake.refuse(refusal ?? csv.reasonToRefuse(cellCount: columns.count), &rejected)
      return true
    }
    // Separators and quotes are ASCII, so the cells of a record that is text are texts.
    let hasTextFault = csv.needsTextCheck && TextFault(in: csv.record) != nil
    batch.adopt(csv.record)
    let cells = csv.cellView
    columns.withUnsafeBufferPointer {
      intake.take(cells, $0, hasTextFault: hasTextFault, into: &batch, rejected: &rejected)
    }
    intake.endRow(&batch, rejected: &rejected)
    return true
  }
}

extension CSVReader {
  /// Why the record, which cannot be read or has not so many cells, is no row.
  fileprivate func reasonToRefuse(cellCount expected: Int) -> String {
    if let fault { return fault.reason }
    let reason = "expected \(expected) cell\(expected == 1 ? "" : "s"), found \(cellCount)"
    return isUnterminated ? reason + ": the file ends in the middle of the row" : reason
  }
}

extension RowIntake {
  /// - Parameter columns: The field of each column, -1 where it is passed over.
  fileprivate mutating func take(
    _ cells: CSVReader.CellView, _ columns: UnsafeBufferPointer<Int>, hasTextFault: Bool,
    into batch: inout RowBatch, rejected: inout [RejectedRow]
  ) {
    for column in 0..<columns.count where columns[column] >= 0 {
      let cell = cells.cell(column)
      let field = columns[column]
      if hasTextFault, let fault = TextFault(in: cell) {
        refuse(
          cell: fault.reason, field: field, value: String(decoding: cell, as: UTF8.self), &rejected)
      } else {
        take(cell, field: field, into: &batch, rejected: &rejected)
      }
    }
  }
}

import FlowData
import FlowRuntime
import FlowSchema
import FlowSyntax
import FlowValues

/// What one run of the benchmark has done; whoever calls it measures the time.
struct UploadBenchmarkResult {
  var byteCount = 0
  var rowCount = 0
  var cellCount = 0
  var refusedCount = 0
}

/// A typical upload of eight columns, made up again and again until it has the size asked for.
enum UploadBenchmark {
  static let header = "external_id,name,email,phone,language,due_date,amount,opted_out\n"

  static func file(byteCount: Int) -> [UInt8] {
    var bytes = Array(header.utf8)
    var row = 0
    while bytes.count < byteCount {
      row += 1
      let day = row % 28 + 1
      let text =
        "c\(row),Customer Number \(row),customer\(row)@example.org,+34 600 \(100_000 + row % 900_000),es,"
        + "2026-11-\(day < 10 ? "0" : "")\(day),\(row % 5000).\(row % 90 + 10),false\n"
      bytes.append(contentsOf: text.utf8)
    }
    return bytes
  }

  /// The same rows as JSON Lines.
  static func linesFile(byteCount: Int) -> [UInt8] {
    let names = header.dropLast().split(separator: ",")
    let table = String(decoding: file(byteCount: byteCount / 2), as: UTF8.self)
    var bytes: [UInt8] = []
    for row in table.utf8.split(separator: UInt8(ascii: "\n")).dropFirst() where bytes.count < byteCount {
      let cells = row.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      let members = zip(names, cells).map { "\"\($0)\":\"\(String(decoding: $1, as: UTF8.self))\"" }
      bytes.append(contentsOf: "{\(members.joined(separator: ","))}\n".utf8)
    }
    return bytes
  }

  static let fields: [InputField] = {
    let profile =
      SystemField.profileFields + [
        Field(name: "language", type: .enumeration(EnumerationID(4))),
        Field(name: "opted_out", type: .boolean),
      ]
    let participant =
      SystemField.participantFields + [
        Field(name: "due_date", type: .date, isRequired: true), Field(name: "amount", type: .numeric),
      ]
    let cases: [String: Int64] = ["en": 20, "es": 21, "de": 22]
    return profile.enumerated().map {
      InputField($1, level: .profile, slot: $0, cases: $1.name == "language" ? cases : [:])
    } + participant.enumerated().map { InputField($1, level: .participant, slot: 100 + $0) }
  }()

  /// Takes the records apart and no more.
  static func tokenize(_ file: [UInt8]) throws -> UploadBenchmarkResult {
    var result = UploadBenchmarkResult(byteCount: file.count)
    var reader = try CSVReader(ByteSource(file))
    guard try reader.readHeader() else { return result }
    while try reader.next() {
      result.rowCount += 1
      result.cellCount += reader.cellCount
    }
    return result
  }

  /// Reads the rows into batches, in normal form.
  static func read(_ file: [UInt8]) throws -> UploadBenchmarkResult {
    var result = UploadBenchmarkResult(byteCount: file.count)
    var reader = UploadReader(
      ByteSource(file), fileName: "people.csv", fields: fields, zones: ZoneTable())
    guard try reader.open().isEmpty else { return result }
    var batch = RowBatch()
    var rejected: [RejectedRow] = []
    var isMore = true
    while isMore {
      batch.removeAll()
      isMore = try reader.readRows(into: &batch, limit: 1024, rejected: &rejected)
      result.rowCount += batch.rowCount
    }
    result.refusedCount = rejected.count
    return result
  }
}

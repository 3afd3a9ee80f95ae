import Testing

/// What is measured does what it is measured for.
@Suite struct UploadBenchmarkTests {
  @Test func readsEveryRow() throws {
    let file = UploadBenchmark.file(byteCount: 100_000)
    let rows = file.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) } - 1
    #expect(rows > 900)
    #expect(try UploadBenchmark.tokenize(file).rowCount == rows)
    let read = try UploadBenchmark.read(file)
    #expect(read.rowCount == rows && read.refusedCount == 0)
    let lines = UploadBenchmark.linesFile(byteCount: 100_000)
    let readLines = try UploadBenchmark.read(lines)
    #expect(readLines.rowCount == lines.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) })
    #expect(readLines.rowCount > 300 && readLines.refusedCount == 0)
  }
}

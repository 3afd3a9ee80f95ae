/// What the first bytes of a file say about it.
enum FileSignature: Hashable, Sendable {
  /// Text in UTF-8, as far as one can see, and the length of its byte-order mark.
  case text(start: Int)
  case foreign(ForeignFormat)
}

/// Formats that people hand over in place of a CSV file.
public enum ForeignFormat: Hashable, Sendable, CaseIterable {
  case utf16
  /// A ZIP archive, which spreadsheet workbooks (`.xlsx`, `.ods`) are.
  case workbook
  case legacyWorkbook
  case gzip

  var description: String {
    switch self {
    case .utf16: "a text in UTF-16"
    case .workbook: "a workbook or another ZIP archive"
    case .legacyWorkbook: "a workbook of an old format"
    case .gzip: "a file compressed by gzip"
    }
  }

  var help: String {
    switch self {
    case .utf16: "save the file as `CSV UTF-8`"
    case .workbook, .legacyWorkbook: "export the sheet as `CSV UTF-8`"
    case .gzip: "unpack the file first"
    }
  }

  /// The bytes that files of the format begin with.
  var signatures: [[UInt8]] {
    switch self {
    case .utf16: [[0xFF, 0xFE], [0xFE, 0xFF]]
    case .workbook: [[0x50, 0x4B, 0x03, 0x04]]
    case .legacyWorkbook: [[0xD0, 0xCF, 0x11, 0xE0]]
    case .gzip: [[0x1F, 0x8B]]
    }
  }
}

extension ByteWindow {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let longestSignature = 4

  /// Looks at the first bytes of the file, and leaves them there.
  ///
  /// - Precondition: nothing has been read.
  mutating func readSignature() throws -> FileSignature {
    var start = 0
    while count < ByteWindow.longestSignature, try readMore(keepingFrom: &start) {}
    for format in ForeignFormat.allCases where format.signatures.contains(where: { begins(with: $0) }) {
      return .foreign(format)
    }
    return .text(start: begins(with: ByteWindow.byteOrderMark) ? ByteWindow.byteOrderMark.count : 0)
  }

  private func begins(with bytes: [UInt8]) -> Bool {
    count >= bytes.count && bytes.indices.allSatisfy { base[$0] == bytes[$0] }
  }
}

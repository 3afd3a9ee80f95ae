import FlowDiagnostics

@testable import FlowData

/// A file that comes in pieces of random size.
func choppedSource(_ bytes: [UInt8], largest: Int, seed: UInt64) -> ByteSource {
  var generator = SplitMix(state: seed)
  var offset = 0
  return ByteSource { buffer in
    let wanted = Int.random(in: 1...largest, using: &generator)
    let count = min(wanted, buffer.count, bytes.count - offset)
    buffer.copyBytes(from: bytes[offset..<offset + count])
    offset += count
    return count
  }
}

/// A small generator whose whole state is its seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// All records of a text, the header among them: the cells, or the fault in brackets.
func records(_ source: ByteSource, blockSize: Int = ByteWindow.blockSize) throws -> [[String]] {
  var window = ByteWindow(source, blockSize: blockSize)
  guard case .text(let start) = try window.readSignature() else { return [["<foreign>"]] }
  var reader = CSVReader(window, start: start)
  var result: [[String]] = []
  guard try reader.readHeader() else { return [] }
  repeat {
    if let fault = reader.fault {
      result.append(["<\(fault)>"])
    } else {
      result.append((0..<reader.cellCount).map { String(decoding: reader.cell($0), as: UTF8.self) })
    }
  } while try reader.next()
  return result
}

func records(_ text: String) throws -> [[String]] { try records(ByteSource(Array(text.utf8))) }

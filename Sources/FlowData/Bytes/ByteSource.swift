/// Where the bytes of a data file come from, a piece at a time.
///
/// Whoever opens files makes one of these; the readers ask for a block when they have used up the one before,
/// so that a file of any size is read in constant memory.
public struct ByteSource {
  private let fill: (UnsafeMutableRawBufferPointer) throws -> Int

  /// - Parameter fill: Writes the next bytes to the beginning of the buffer, which is never empty, and says
  ///   how many they are: as many as it likes, 0 only at the end. What it throws ends the reading.
  public init(_ fill: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.fill = fill }

  /// The bytes of a text that is in memory already.
  public init(_ bytes: [UInt8]) {
    var offset = 0
    self.init { buffer in
      let count = min(buffer.count, bytes.count - offset)
      buffer.copyBytes(from: bytes[offset..<offset + count])
      offset += count
      return count
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { try fill(buffer) }
}

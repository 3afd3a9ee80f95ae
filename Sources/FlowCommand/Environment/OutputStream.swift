/// Buffers what a command prints. Printing never fails: the first failure is kept, and all that follows is
/// dropped.
public final class OutputStream {
  private static let capacity = 1 << 16

  private let writer: any ByteWriter
  private let flushesEachTime: Bool
  private var pending: [UInt8] = []
  /// Why nothing arrives any more.
  public private(set) var failure: FileFailure?

  /// - Parameter flushesEachTime: For what people are to see at once.
  public init(_ writer: any ByteWriter, flushesEachTime: Bool = false) {
    self.writer = writer
    self.flushesEachTime = flushesEachTime
    pending.reserveCapacity(OutputStream.capacity)
  }

  public func write(_ text: String) { write(Array(text.utf8)) }

  public func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { write($0) } }

  public func write(_ bytes: UnsafeRawBufferPointer) {
    guard failure == nil else { return }
    pending.append(contentsOf: bytes)
    if flushesEachTime || pending.count >= OutputStream.capacity { flush() }
  }

  public func flush() {
    guard failure == nil, !pending.isEmpty else { return }
    failure = pending.withUnsafeBytes { bytes in
      do throws(FileFailure) { try writer.write(bytes) } catch { return error }
      return nil
    }
    pending.removeAll(keepingCapacity: true)
  }

  public func close() {
    flush()
    guard failure == nil else { return }
    do throws(FileFailure) { try writer.close() } catch { failure = error }
  }
}

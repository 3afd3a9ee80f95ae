extension ByteReader {
  /// Everything up to the end; more than `limit` bytes are a failure.
  func readAll(limit: Int, name: String) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    let block = 65536
    while true {
      let count = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: block))
      let result = bytes.withUnsafeMutableBytes { buffer in
        Result { () throws(FileFailure) in
          try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        }
      }
      let read = try result.get()
      bytes.removeLast(block - read)
      if bytes.count > limit { throw FileFailure(name, .tooLarge(limit: limit)) }
      if read == 0 { return bytes }
    }
  }
}

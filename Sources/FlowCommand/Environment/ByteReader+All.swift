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
          try self.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        }
      }
      let length = try result.get()
      bytes.removeLast(block - length)
      if bytes.count > limit { throw FileFailure(name, .tooLarge(limit: limit)) }
      if length == 0 { return bytes }
    }
  }
}

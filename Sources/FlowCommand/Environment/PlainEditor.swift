/// Reads lines as the terminal gives them, without recall and completion: for a `flow` that is built without readline.
public final class PlainEditor: LineEditor {
  private let input: any ByteReader
  private let output: OutputStream
  private let interruption: Interruption
  /// What has been read and not yet handed out.
  private var pending: [UInt8] = []
  private var isAtEnd = false

  /// - Returns: `nil` where nobody sits at a terminal.
  public init?(_ environment: CommandEnvironment) {
    guard environment.terminal.givesInput, environment.terminal.showsOutput else { return nil }
    input = environment.standardInput
    output = environment.output
    interruption = environment.interruption
  }

  public func remember(_ entry: String) {}

  public func read(prompt: String, complete: @escaping (String) -> LineCompletion) -> LineInput {
    output.write(prompt)
    output.flush()
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        return .line(line)
      }
      if isAtEnd { return takeRest() }
      do throws(FileFailure) {
        try readMore()
      } catch {
        guard error.reason == .interrupted else { return .end }
        pending.removeAll()
        output.write("\n")
        return .interrupted
      }
    }
  }

  private func takeRest() -> LineInput {
    defer { pending.removeAll() }
    return pending.isEmpty ? .end : .line(String(decoding: pending, as: UTF8.self))
  }

  private func readMore() throws(FileFailure) {
    var block = [UInt8](repeating: 0, count: 4096)
    let result = block.withUnsafeMutableBytes { buffer in
      Result { () throws(FileFailure) in try self.input.read(into: buffer) }
    }
    let count = try result.get()
    isAtEnd = count == 0
    pending += block[..<count]
  }
}

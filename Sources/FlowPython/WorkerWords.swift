import FlowRuntime

/// What a lost worker, or one that has failed, has printed, put into the words of a failure.
enum WorkerWords {
  /// How many printed lines are kept, and how long each may be.
  private static let keptLines = 5
  private static let lineLength = 200

  static func died(_ how: String, _ worker: Worker, _ source: ScriptSource) -> ScriptFailure {
    ScriptFailure(
      .pythonDied, how, frames: frames(worker.trouble, source), printed: printed(worker.errors))
  }

  static func timeout(_ milliseconds: Int, _ worker: Worker, _ source: ScriptSource) -> ScriptFailure {
    let time = milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    return ScriptFailure(
      .pythonTimeout, "it was stopped after \(time)", frames: frames(worker.trouble, source),
      printed: printed(worker.errors))
  }

  /// The last lines that are for people to read.
  static func printed(_ bytes: [UInt8]) -> [String] {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    return lines.suffix(keptLines).map {
      $0.unicodeScalars.count > lineLength ? String($0.prefix(lineLength)) + "…" : $0
    }
  }

  /// The interpreter's own report of where it is has the innermost call first.
  private static func frames(_ bytes: [UInt8], _ source: ScriptSource) -> [ScriptFrame] {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    return lines.compactMap { frame($0, source) }.filter { $0.file != "<string>" }.reversed()
  }

  /// `  File "score.py", line 3 in <module>`
  private static func frame(_ line: String, _ source: ScriptSource) -> ScriptFrame? {
    guard line.hasPrefix("  File \""), let end = line.lastIndex(of: "\"") else { return nil }
    let file = String(line[line.index(line.startIndex, offsetBy: 8)..<end])
    let rest = line[line.index(after: end)...].split(separator: " ")
    guard rest.count >= 5, rest[1] == "line", let number = Int(rest[2]) else { return nil }
    return ScriptFrame(
      file: file == escaped(source.name) ? source.name : file, line: number,
      function: rest[4...].joined(separator: " "))
  }

  /// The interpreter writes other letters than those of ASCII by their numbers.
  private static func escaped(_ name: String) -> String {
    name.unicodeScalars.map { scalar in
      guard !scalar.isASCII else { return String(scalar) }
      let digits = String(scalar.value, radix: 16)
      let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
      return "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
    }.joined()
  }
}

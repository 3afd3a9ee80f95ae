/// Who calls whom how often, read from what callgrind wrote.
///
/// The format (valgrind's manual, "Callgrind format specification"): `fn=` begins a function, `fl=`, `fi=` and `fe=`
/// say the source file of the lines that follow, which inlined code changes; `cfn=` and then `calls=` is a call. A name
/// is spelled once as `(12) name` and is `(12)` afterwards, with numbers of their own for files.
struct CallgrindProfile {
  /// A place that calls: the function as it was compiled, and the file that the code came from.
  struct Caller: Hashable {
    var function: String
    var file: String
    var line: String
  }

  /// Calls by the name of who is called, without the `'2` of recursion.
  private(set) var calls: [String: [Caller: Double]] = [:]

  /// How many instructions were executed altogether.
  private(set) var instructionCount = 0.0

  /// Instructions by the file the code came from, without those of what it calls.
  private(set) var ownInstructions: [String: Double] = [:]

  init(_ bytes: [UInt8]) {
    var reading = Reading()
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      if line.starts(with: "summary: ".utf8) {
        instructionCount = Double(String(decoding: line.dropFirst(9), as: UTF8.self)) ?? .nan
      }
      if let cost = reading.ownCost(line) { ownInstructions[reading.file, default: 0] += cost }
      guard let found = reading.take(line) else { continue }
      calls[found.callee, default: [:]][found.caller, default: 0] += found.count
    }
  }

  /// The calls that are here beyond those of a shorter run: what both do once drops out.
  func beyond(_ shorter: CallgrindProfile) -> CallgrindProfile {
    var further = self
    further.instructionCount -= shorter.instructionCount
    for (file, count) in shorter.ownInstructions { further.ownInstructions[file, default: 0] -= count }
    for (callee, callers) in calls {
      let fewer = shorter.calls[callee] ?? [:]
      further.calls[callee] = callers.reduce(into: [:]) { left, entry in
        let count = entry.value - (fewer[entry.key] ?? 0)
        if count > 0 { left[entry.key] = count }
      }
    }
    return further
  }

  /// How far the text has been read. The line after `calls=` begins with the number of the calling source line.
  private struct Reading {
    private var functions: [String: String] = [:]
    private var files: [String: String] = [:]
    private var caller = Caller(function: "", file: "", line: "")
    private var callee = ""
    private var pendingCount: Double?

    var file: String { caller.file }

    /// The cost of a line such as `112 7`: so many instructions at that source line. What stands after `calls=` is the
    /// cost of who is called.
    func ownCost(_ line: ArraySlice<UInt8>) -> Double? {
      guard pendingCount == nil, let first = line.first, first >= 0x30, first <= 0x39,
        let blank = line.firstIndex(of: UInt8(ascii: " "))
      else { return nil }
      return Double(String(decoding: line[(blank + 1)...], as: UTF8.self))
    }

    mutating func take(_ line: ArraySlice<UInt8>) -> (callee: String, caller: Caller, count: Double)? {
      if let count = pendingCount {
        pendingCount = nil
        caller.line = String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        return (callee, caller, count)
      }
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      let value = String(decoding: line[(equals + 1)...], as: UTF8.self)
      switch String(decoding: line[..<equals], as: UTF8.self) {
      case "fn": caller.function = Self.resolve(value, &functions)
      case "cfn": callee = Self.resolve(value, &functions)
      case "fl", "fi", "fe": caller.file = Self.resolve(value, &files)
      case "cfi", "cfl": _ = Self.resolve(value, &files)
      case "calls":
        pendingCount = value.split(separator: " ").first.flatMap { Double(String($0)) } ?? 0
      case _: break
      }
      return nil
    }

    private static func resolve(_ value: String, _ names: inout [String: String]) -> String {
      guard let end = value.firstIndex(of: ")"), value.first == "(" else { return value }
      let number = String(value[...end])
      let spelled = value[value.index(after: end)...].drop { $0 == " " }
      if !spelled.isEmpty {
        names[number] = String(spelled.prefix { $0 != "'" })
      }
      return names[number] ?? value
    }
  }

  // MARK: Inside the engine or not

  /// Calls of one function by one place, and how many of them happen inside the engine's step.
  struct Use {
    var caller: Caller
    var inside: Double
    var outside: Double
  }

  /// Who calls a function, from the engine's step, directly or further down, or from elsewhere.
  ///
  /// Which share of a shared function in between belongs to whom is taken from who calls it how often: a share of
  /// nothing or of all is exact, others are estimates.
  func uses(of callee: String) -> [Use] {
    var shares: [String: Double] = [:]
    return (calls[callee] ?? [:]).map { caller, count in
      let inside = count * share(of: caller, &shares, depth: 0)
      return Use(caller: caller, inside: inside, outside: count - inside)
    }
  }

  private func share(of caller: Caller, _ shares: inout [String: Double], depth: Int) -> Double {
    if Self.isEngine(caller) { return 1 }
    if let known = shares[caller.function] { return known }
    // Recursion, and code too deep below to be called from the engine.
    guard depth < 40 else { return 0 }
    shares[caller.function] = 0
    var inside = 0.0
    var all = 0.0
    for (above, count) in calls[caller.function] ?? [:] {
      all += count
      inside += count * share(of: above, &shares, depth: depth + 1)
    }
    let share = all > 0 ? inside / all : 0
    shares[caller.function] = share
    return share
  }

  /// The engine is the code of its own files, wherever it was inlined, and its functions, whatever was inlined
  /// into them. Buffers are everybody's: who calls them decides.
  private static func isEngine(_ caller: Caller) -> Bool {
    let name = caller.function
    if name.hasPrefix("$s11FlowRuntime6EngineV") || name.hasPrefix("$s11FlowRuntime6PersonV") { return true }
    let path = caller.file.split(separator: "/")
    guard path.count > 3, path.last != "Buffer.swift" else { return false }
    let folder = path[path.count - 2]
    return path[path.count - 3] == "FlowRuntime" && (folder == "Engine" || folder == "State")
  }
}

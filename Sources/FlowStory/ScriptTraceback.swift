package import FlowRuntime
internal import FlowText

/// What a failed script had to say, line by line.
package enum ScriptTraceback {
  package static func lines(of failure: ScriptFailure) -> [String] {
    var lines: [String] = failure.summary.isEmpty ? [] : [failure.summary]
    let tail = failure.omittedFrames > 0 ? failure.frames.count / 2 : failure.frames.count
    for (index, frame) in failure.frames.enumerated() {
      if failure.omittedFrames > 0, index == tail {
        lines.append("  and \(Counted.noun(failure.omittedFrames, "call")) between")
      }
      let place = frame.function == "<module>" || frame.function.isEmpty ? "" : " in \(frame.function)"
      lines.append("  at \(frame.file):\(frame.line)\(place)")
    }
    if !failure.printed.isEmpty { lines.append("it printed:") }
    return lines + failure.printed.map { "  \($0)" }
  }
}

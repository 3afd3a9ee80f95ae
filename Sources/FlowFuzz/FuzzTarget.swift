import FlowSyntax

/// What libFuzzer calls with every input it invents. The first byte chooses who reads the rest, so that one
/// binary and one corpus serve all of them.
///
/// Built only where `FLOW_FUZZ=1` is set: `FLOW_FUZZ=1 swift build --sanitize=fuzzer -c release`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeBufferPointer(start: start, count: count)
  guard let first = input.first else { return 0 }
  let choices = FuzzedReader.allCases
  let bytes = Array(input.dropFirst())
  switch choices[Int(first) % choices.count] {
  case .syntax: fuzzSyntax(bytes)
  case .checker: fuzzChecker(bytes)
  case .upload: fuzzUpload(bytes)
  case .events: fuzzEvents(bytes)
  case .run: fuzzRun(bytes)
  case .entry: fuzzEntry(bytes)
  }
  return 0
}

/// Chosen by the first byte modulo their number: `0` is the syntax, `1` the checker, `2` an upload, `3` events, `4` a
/// run, `5` an entry.
enum FuzzedReader: CaseIterable {
  case syntax, checker, upload, events, run, entry
}

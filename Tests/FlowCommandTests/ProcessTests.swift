import Foundation
import Testing

/// The real binary: what only a process can show.
@Suite(.serialized) struct ProcessTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The binary that was built beside the tests.
  static var binary: String? {
    let folder =
      Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
      ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let path = folder.deletingLastPathComponent().appendingPathComponent("flow").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  struct Shell {
    var status: Int32
    var output: String

    /// Runs a script with `$FLOW` and `$SAMPLES`, in a new directory.
    init(_ script: String, program: [String] = ["/bin/bash", "-c"]) throws {
      let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("flow-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: directory) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program[0])
      process.arguments = Array(program.dropFirst()) + [script]
      process.currentDirectoryURL = directory
      process.environment = [
        "FLOW": try #require(ProcessTests.binary), "PATH": "/usr/bin:/bin",
        "SAMPLES": ProcessTests.root.appendingPathComponent("samples").path,
      ]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = pipe
      process.standardInput = FileHandle.nullDevice
      try process.run()
      output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      status = process.terminationStatus
    }
  }

  @Test func exitCodes() throws {
    let script = """
      $FLOW new camp > /dev/null; echo $?
      $FLOW check camp; echo $?
      sed -i s/reminded:/remembered:/ camp/camp.flow
      $FLOW check camp --format concise > /dev/null; echo $?
      $FLOW check nothing 2> /dev/null; echo $?
      """
    #expect(try Shell(script).output == "0\nchecked 1 campaign, 1 file: no errors\n0\n1\n2\n")
  }

  @Test func aReaderThatLeavesIsNoError() throws {
    let run = try Shell(
      "$FLOW explain --list | head -1 > /dev/null; echo ${PIPESTATUS[0]}; $FLOW explain usage | true; echo ${PIPESTATUS[0]}"
    )
    #expect(run.output == "0\n0\n")
  }

  /// At the prompt of a pipe too: whoever has gone gets nothing more, and nothing more is done.
  @Test func aSessionEndsWithItsReader() throws {
    let script = """
      (for ((i = 0; i < 100000; i++)); do echo "$i + 1" || exit; done) 2> /dev/null | $FLOW repl | head -1
      echo "${PIPESTATUS[1]}"
      (echo "1 + 1"; echo "2 + 2") | $FLOW repl > /dev/full; echo $?
      """
    let run = try Shell(script)
    #expect(
      run.output.hasPrefix("1 : integer\n0\nerror[output-failed]: no space is left for `standard output`\n"),
      "\(run.output)")
    #expect(run.output.hasSuffix("\n2\n"), "\(run.output)")
  }

  @Test func aFullDiskIsAnError() throws {
    let run = try Shell("$FLOW explain --list > /dev/full; echo $?")
    #expect(run.output.hasPrefix("error[output-failed]: no space is left for `standard output`\n"))
    #expect(run.output.hasSuffix("\n2\n"))
  }

  @Test func standardInputIsRead() throws {
    let run = try Shell(
      "$FLOW check - --stdin-path $SAMPLES/payment_reminder/x.flow < $SAMPLES/payment_reminder/payment_reminder.flow"
    )
    #expect(run.output == "checked 1 campaign, 2 files: no errors\n")
    let rows = try Shell(
      "cat $SAMPLES/win_back/participants.csv | $FLOW run $SAMPLES/win_back --participants - --format json 2> /dev/null"
    )
    #expect(rows.output.hasPrefix("{\"schemaVersion\":1,\"campaign\":\"win_back\""))
  }

  /// A list that never ends is read until Ctrl-C; what was done by then is reported, with exit code 1.
  @Test func interrupting() throws {
    // Without job control (-m) the background jobs of a script ignore SIGINT, and so would the tool.
    let script = """
      set -m; exec 2> /dev/null
      mkfifo rows
      $FLOW new camp > /dev/null
      sleep 30 > rows & holder=$!
      (echo external_id,due_date; for ((i = 0; i < 2000; i++)); do echo c$i,2026-02-01; done) > rows &
      $FLOW run camp --participants rows -q > out.txt 2> err.txt & flow=$!
      until grep -q 'SigCgt:.*[2367abef]$' /proc/$flow/status; do sleep 0.1; done
      sleep 1; kill -INT $flow; wait $flow; echo $?
      kill -KILL $holder
      head -c 5 out.txt; tail -1 err.txt
      """
    let run = try Shell(script)
    let told = "interrupted: the results are those of what was done so far\n"
    #expect(run.output == "1\nCamp " + told, "\(run.output)")
  }

  /// A script that never ends is not waited for; its run is none of those that failed.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func interruptingAScript() throws {
    let script = """
      set -m; exec 2> /dev/null
      mkdir camp
      cat > camp/camp.flow <<'END'
      campaign camp { }
      flow loop { on participant created { python \"""
        while True: pass
        \""" timeout 60s } }
      END
      (echo external_id; for ((i = 0; i < 3000; i++)); do echo c$i; done) > rows.csv
      $FLOW run camp --participants rows.csv -q > out.txt 2> err.txt & flow=$!
      until cat /proc/$flow/task/*/children | grep -q .; do sleep 0.1; done
      sleep 1; start=${EPOCHREALTIME/./}; kill -INT $flow; wait $flow; echo $?
      (( (${EPOCHREALTIME/./} - start) < 10000000 )) && echo soon
      cat err.txt
      """
    let run = try Shell(script)
    #expect(
      run.output == "1\nsoon\ninterrupted: the results are those of what was done so far\n", "\(run.output)")
  }

  /// On a terminal a line of progress comes and goes; `script` gives the tool one.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func progressOnATerminal() throws {
    let script = """
      $FLOW new camp > /dev/null
      (echo external_id,due_date; for ((i = 0; i < 60000; i++)); do echo c$i,2026-02-01; done) > rows.csv
      script -qec "$FLOW run camp --participants rows.csv --color never > results.txt" /dev/null
      """
    let run = try Shell(script)
    #expect(run.output.contains("\r\u{1B}[Kreading") || run.output.contains("\r\u{1B}[Kuploading"))
    #expect(run.output.hasSuffix("\r\u{1B}[K"))
  }
}

import ArgumentParser
import Glibc

/// Measures what is meant to be fast and prints a table: figure, measured, target, met or not.
///
/// `swift run -c release flow-develop bench`, in the root of the package; `--quick` for small sizes. It never
/// judges: the exit code is 0 whatever was measured, for a machine that builds something else beside it says
/// little. The load average stands above the table; ratios bear noise better than times.
///
/// 1. **Front end.** A generated campaign (`flow-develop generate campaign`) is lexed, parsed and checked in
///    a process of its own, on one core; each time is the median of five, in CPU seconds, of the
///    middle one of three such processes. *Parse* includes lexing, *check* starts from the tree, *lex, parse
///    and check* is what `CampaignLoader` does with the bytes. The time of twice the lines tells whether all is linear (2 is ideal). *Peak memory* is by how
///    much the process grew at most while it loaded the campaign once.
/// 2. **`flow check`** of the payment reminder, as a process: from before it is started until it has ended.
/// 3. **`flow run`** of the payment reminder over generated people (`flow-develop generate participants`),
///    uploaded twice, as a process; from files with the twelve columns of the sample, and at the largest size also with the
///    seven that the campaign reads. *CPU* is user and system time of all its threads, *wall* what somebody
///    waits, start included; the run of median wall time is shown. *Cores taken by others* says whether the
///    second job had a core at all. *Events* are those of the JSON summary. *Peak memory* is the process's
///    own figure, over the people; *memory a further person* leaves out what the program needs at any size.
///    The last line plays with `--out` and compares the files byte by byte.
/// 4. **Hot path.** `flow-develop profile` plays the same under callgrind at two sizes; the difference, over
///    the events between, has no start-up in it. *In the engine* are calls that happen in the code of
///    `FlowRuntime/Engine` and `FlowRuntime/State` or below it; everything else is reading rows, finding
///    people, keeping records. Below the figures stand the functions that call most, if any do.
/// 5. **Python.** Calls of scripts through a worker, from values to writes, as the engine makes them; the rate of an
///    empty script beside that of a small one says what the way there and back costs on this machine. Then `flow run`
///    over people each of whom meets one script.
/// 6. **Sessions.** Statements at the prompt, in process, on a generated campaign with 10,000 people: the median of fifteen, but
///    for loading, uploading and advancing, which are done once.
/// 7. **Completion.** What is offered behind Tab, in process, over a generated campaign.
/// 8. **Tests.** `flow test` of generated tests (`flow-develop generate tests`) as a process, on all cores, the middle one of
///    five; then the changes of the payment reminder, each with the tests that could notice it.
/// 9. **Lint.** Flows that hand over to each other in a circle, each behind forty checks, in a process of its own; the time is
///    that of the rules and the analysis alone.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the front end, flow check, flow run and the hot path, beside their targets.")

  /// What can be measured alone.
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case frontEnd = "front-end"
    case check
    case run
    case hotPath = "hot-path"
    case python
    case session
    case completion
    case tests
    case lint
  }

  @Flag(help: "Small sizes: the shape of the figures within seconds.") var quick = false
  @Option(help: "Measure only this; may be given again.") var only: [Part] = []
  @Option(help: "The folder of the samples.") var samples = "samples"

  func run() throws {
    guard let folder = TemporaryFolder() else { throw ValidationError("no folder for temporary files") }
    defer { folder.delete() }
    guard let setting = BenchSetting(isQuick: quick, samples: samples, folder: folder) else {
      throw ValidationError("/proc/self/exe cannot be read")
    }
    let table = BenchTable()
    printMachine()
    table.columns()
    for part in Part.allCases where only.isEmpty || only.contains(part) { measure(part, setting, table) }
    print("\nload average at the end: \(Self.loadAverage)")
  }

  private func measure(_ part: Part, _ setting: BenchSetting, _ table: BenchTable) {
    switch part {
    case .frontEnd:
      table.heading("1. Front end")
      FrontEndBench(setting: setting).run(table)
    case .check:
      table.heading("2. flow check \(setting.campaign)")
      CheckBench(setting: setting).run(table)
    case .run:
      table.heading("3. flow run \(setting.campaign), uploaded twice")
      RunBench(setting: setting).run(table)
    case .hotPath:
      table.heading("4. Hot path")
      HotPathBench(setting: setting).run(table)
    case .python:
      table.heading("5. Python statements")
      ScriptBench(setting: setting).run(table)
    case .session:
      table.heading("6. Sessions at the prompt")
      SessionBench(setting: setting).run(table)
    case .completion:
      table.heading("7. Completion at the prompt, slowest of 20")
      CompletionBench(setting: setting).run(table)
    case .tests:
      table.heading("8. Tests")
      TestBench(setting: setting).run(table)
    case .lint:
      table.heading("9. Lint")
      LintBench(setting: setting).run(table)
    }
  }

  private func printMachine() {
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    print("flow-develop bench\(quick ? " --quick" : ""): \(cores) cores, load average \(Self.loadAverage)")
    #if DEBUG
      print("This is a debug build: times mean nothing. Use `swift run -c release flow-develop bench`.")
    #endif
    print()
  }

  private static var loadAverage: String {
    var load = [0.0, 0.0, 0.0]
    guard getloadavg(&load, 3) == 3 else { return "unknown" }
    return load.map { decimal($0, 2) }.joined(separator: " ")
  }
}

import ArgumentParser
import FlowCheck
import FlowData
import FlowRuntime
import FlowValues
import Glibc

/// Plays the payment reminder in this process and says where the time went: what a profiler is pointed at.
struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play the payment reminder on a CSV, uploaded twice, in this process.")

  @Argument(help: "The participants.csv.") var file: String
  @Option(help: "How many cores.") var jobs = 1
  @Option(help: "The folder of the samples.") var samples = "samples"

  func run() throws {
    let zones = ZoneTable { bytes(ofFile: "/usr/share/zoneinfo/\($0)") }
    let folder = "\(samples)/payment_reminder"
    let own = ["payment_reminder.flow", "simulation.flow"].compactMap { name in
      bytes(ofFile: "\(folder)/\(name)").map { CampaignFile(name: "\(folder)/\(name)", bytes: $0) }
    }
    let result = CampaignLoader.load(own, zones: zones) { path in
      bytes(ofFile: path).map { .success($0) } ?? .failure(FileReadFailure("no such file"))
    }
    guard result.hasCampaign, !result.hasErrors else {
      throw ValidationError("\(folder) has no campaign, or one with errors")
    }
    let deployment = try Deployment([result.campaign], zones: zones)
    guard let until = Instant(milliseconds: 1_798_761_600_000) else { return }
    let simulation = Simulation(deployment, SimulationConfiguration(until: until, jobs: jobs))
    var clock = Stopwatch()
    for day in [0, 15] {
      guard let at = Instant(milliseconds: 1_767_225_600_000 + Int64(day) * 86_400_000) else { return }
      let outcome = try upload(simulation, deployment, zones, at)
      clock.lap("upload on day \(day): \(outcome.created) created, \(outcome.updated) updated")
    }
    let summary = try simulation.finish()
    clock.lap("finish")
    print("events \(summary.eventCount), peak memory \(Stopwatch.peakKilobytes) KB")
    for flow in summary.campaigns[0].flows { print(flow) }
    for communication in summary.campaigns[0].communications { print(communication) }
    print(summary.failures)
  }

  private func upload(
    _ simulation: Simulation, _ deployment: Deployment, _ zones: ZoneTable, _ at: Instant
  ) throws -> UploadOutcome {
    let descriptor = open(file, O_RDONLY)
    defer { close(descriptor) }
    var reader = UploadReader(
      ByteSource({ buffer in max(Glibc.read(descriptor, buffer.baseAddress, buffer.count), 0) }),
      fileName: file,
      fields: deployment.inputFields(campaign: 0), zones: zones)
    _ = try reader.open()
    var rejected: [RejectedRow] = []
    return simulation.upload(campaign: 0, at: at) { batch in
      (try? reader.readRows(into: &batch, limit: Simulation.rowsPerBatch, rejected: &rejected)) ?? false
    }
  }
}

/// Wall and processor time since the lap before.
struct Stopwatch {
  private var wall = Stopwatch.now(CLOCK_MONOTONIC)
  private var processor = Stopwatch.now(CLOCK_PROCESS_CPUTIME_ID)

  mutating func lap(_ what: String) {
    let (wall, processor) = (Self.now(CLOCK_MONOTONIC), Self.now(CLOCK_PROCESS_CPUTIME_ID))
    print(
      "\(what): \(Int((wall - self.wall) * 1000)) ms wall, \(Int((processor - self.processor) * 1000)) ms cpu"
    )
    (self.wall, self.processor) = (wall, processor)
  }

  static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The most memory the process has had, in kilobytes.
  static var peakKilobytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }
}

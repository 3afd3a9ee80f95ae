import Glibc

/// Whether the engine's step allocates or counts references (figure 4).
struct HotPathBench {
  private static let watched = ["malloc", "swift_allocObject", "swift_retain", "swift_release"]

  var setting: BenchSetting

  private struct Played {
    var events: Double
    var profile: CallgrindProfile
  }

  func run(_ table: BenchTable) {
    guard setting.run("valgrind", ["--version"])?.exitCode == 0 else {
      table.row(BenchRow("hot path", says: "skipped: there is no valgrind"))
      return
    }
    let sizes = setting.isQuick ? [500, 1500] : [2000, 6000]
    guard let few = play(sizes[0]), let many = play(sizes[1]), many.events > few.events
    else {
      table.row(BenchRow("hot path", says: "skipped: valgrind or the profile failed"))
      return
    }
    report(many.profile.beyond(few.profile), events: many.events - few.events, table)
  }

  private func report(_ profile: CallgrindProfile, events: Double, _ table: BenchTable) {
    reportInstructions(profile, events: events, table)
    var culprits: [(text: String, perEvent: Double)] = []
    for name in Self.watched {
      let uses = profile.uses(of: name)
      let inside = uses.reduce(0) { $0 + $1.inside } / events
      let outside = uses.reduce(0) { $0 + $1.outside } / events
      table.row(BenchRow("\(name) an event, in the engine", inside, .perEvent, .below(0.001)))
      table.row(BenchRow("\(name) an event, everywhere else", outside, .perEvent))
      for use in uses {
        let file = use.caller.file.split(separator: "/").last ?? ""
        let place = "\(name) at \(file):\(use.caller.line), compiled into \(use.caller.function.prefix(90))"
        culprits.append(("engine: \(place)", use.inside / events))
        culprits.append(("elsewhere: \(place)", use.outside / events))
      }
    }
    let worst = culprits.filter { $0.perEvent >= 0.001 }.sorted {
      ($1.perEvent, $0.text) < ($0.perEvent, $1.text)
    }
    for culprit in worst.prefix(16) { print("  \(decimal(culprit.perEvent, 3))  \(culprit.text)") }
  }

  /// Where the instructions are, by the folder of the source; inlined code counts where it was written.
  private func reportInstructions(_ profile: CallgrindProfile, events: Double, _ table: BenchTable) {
    table.row(BenchRow("instructions an event", profile.instructionCount / events, .count))
    var places: [String: Double] = [:]
    for (file, count) in profile.ownInstructions {
      let path = file.split(separator: "/")
      let sources = path.lastIndex(of: "Sources").map { path[($0 + 1)...].dropLast().joined(separator: "/") }
      let place =
        sources
        ?? (path.last == "<compiler-generated>"
          ? "written by the compiler" : "libc, the Swift runtime and library")
      places[place, default: 0] += count / events
    }
    for (place, count) in places.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) where count >= 1 {
      table.row(BenchRow("  in \(place)", count, .count))
    }
  }

  private func play(_ people: Int) -> Played? {
    let file = setting.folder.file("people.csv")
    let output = setting.folder.file("callgrind.out")
    guard setting.generatePeople(people, file) else { return nil }
    let arguments = [
      "--tool=callgrind", "--compress-pos=no", "--callgrind-out-file=\(output)", setting.ourselves, "profile",
      file, "--samples",
      setting.samples,
    ]
    guard let child = setting.run("valgrind", arguments, quiet: true), child.exitCode == 0,
      let written = bytes(ofFile: output)
    else { return nil }
    var events: Double?
    for line in String(decoding: child.output, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix("events ") {
      events = Double(String(line.dropFirst(7).prefix { $0.isNumber }))
    }
    return events.map { Played(events: $0, profile: CallgrindProfile(written)) }
  }
}

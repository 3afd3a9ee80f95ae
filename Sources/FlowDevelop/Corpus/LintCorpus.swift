import ArgumentParser
import FlowCheck
import FlowDiagnostics
import FlowLint
import FlowText

/// Makes known faults in the samples and tells which of them the linter notices.
///
/// Every place of every sample where a fault of some kind can be made is found in its tree; of each kind and rule a few
/// are drawn, the same for the same seed. A fault is noticed if its rule has a finding that the sample without it does
/// not have. What other rules find beyond that, and what is not a consequence of the fault, is a false alarm; so
/// is whatever is found in a sample as it is and not suppressed there.
///
/// A fault counts as made only where it is one: with it the campaign has to check.
struct LintCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint-corpus", abstract: "Make known faults in the samples and see what lint notices.")

  @Option(help: "The folder of the samples.") var samples = "samples"
  @Option(help: "The seed; the same seed makes the same faults.") var seed: UInt64 = 1
  @Option(help: "At most so many faults of a kind.") var perKind = 6
  @Flag(help: "List every fault with what came of it.") var list = false

  /// What came of the faults of one rule.
  struct Score {
    var made = 0
    var noticed = 0
    var falseAlarms = 0
  }

  func run() throws {
    let samples = CorpusNames.all.compactMap { CorpusSample($0, in: self.samples) }
    guard !samples.isEmpty else { throw ValidationError("no samples in \(self.samples)") }
    var scores: [DiagnosticName: Score] = [:]
    for (sample, fault, found) in drawn(samples) {
      let isNoticed = found.contains { $0.name == fault.rule || $0.name == fault.sibling }
      scores[fault.rule, default: Score()].made += 1
      if isNoticed { scores[fault.rule, default: Score()].noticed += 1 }
      let others = found.filter {
        $0.name != fault.rule && $0.name != fault.sibling && !fault.alsoRight.contains($0.name)
      }
      for other in others { scores[other.name, default: Score()].falseAlarms += 1 }
      if list { report(sample, fault, isNoticed, others) }
    }
    print(table(scores))
  }

  /// Faults with what is found of them, by kind; those that do not check are passed over.
  private func drawn(_ samples: [CorpusSample]) -> [(CorpusSample, Fault, [Diagnostic])] {
    var byKind: [String: [(CorpusSample, Fault)]] = [:]
    for sample in samples {
      for fault in FaultFinder.faults(in: sample.result.campaign) {
        byKind["\(fault.rule) \(fault.operation)", default: []].append((sample, fault))
      }
    }
    var draws = SeededDraws(seed: seed)
    var result: [(CorpusSample, Fault, [Diagnostic])] = []
    for kind in byKind.keys.sorted() {
      var candidates = byKind[kind] ?? []
      var count = 0
      while count < perKind, !candidates.isEmpty {
        let (sample, fault) = candidates.remove(at: draws.number(below: candidates.count))
        guard let found = sample.newFindings(fault) else { continue }
        result.append((sample, fault, found))
        count += 1
      }
    }
    return result
  }

  private func report(_ sample: CorpusSample, _ fault: Fault, _ isNoticed: Bool, _ others: [Diagnostic]) {
    let source = fault.edits.last.map { sample.result.sources[$0.span.file.index] }
    let offset = fault.edits.last?.span.range.lower ?? 0
    let line = source.map { $0.bytes[..<offset].filter { $0 == UInt8(ascii: "\n") }.count + 1 } ?? 0
    let verdict = isNoticed ? "noticed" : "MISSED "
    let alarms = others.map { "\($0.name)" }.joined(separator: " ")
    print("\(verdict)  \(fault.rule)  \(fault.operation)  \(source?.name ?? ""):\(line)  \(alarms)")
  }

  private func table(_ scores: [DiagnosticName: Score]) -> String {
    var lines = ["| rule | faults | noticed | false alarms |", "|---|---|---|---|"]
    var total = Score()
    for name in scores.keys.sorted(by: { $0.description < $1.description }) {
      guard let score = scores[name] else { continue }
      lines.append("| `\(name)` | \(score.made) | \(score.noticed) | \(score.falseAlarms) |")
      total.made += score.made
      total.noticed += score.noticed
      total.falseAlarms += score.falseAlarms
    }
    lines.append("| all | \(total.made) | \(total.noticed) | \(total.falseAlarms) |")
    return lines.joined(separator: "\n")
  }
}

/// The samples that the corpus is made of.
enum CorpusNames {
  static let all = [
    "appointment_reminder", "best_hour", "delivery_notice", "event_invitation", "lead_scoring",
    "medication_adherence",
    "payment_reminder", "subscription_renewal", "survey_call_back", "welcome_series", "win_back",
  ]
}

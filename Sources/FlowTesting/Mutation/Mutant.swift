internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Makes campaigns with one change each.
struct MutantMaker: Sendable {
  private let campaign: CheckedCampaign
  private let zones: ZoneTable
  private let form: [Int64]

  init(_ campaign: CheckedCampaign, _ deployment: Deployment) {
    self.campaign = campaign
    zones = deployment.zones
    // What observes has other code.
    let plain = deployment.observes ? try? Deployment([campaign], zones: zones) : deployment
    form = plain?.form ?? []
  }

  enum Made {
    /// What comes out has errors: nobody could have run it.
    case doesNotCheck
    /// It compiles to what was there before: no test could notice it.
    case isEqual
    /// The fingerprint tells mutants that compile alike.
    case mutant(CheckedCampaign, Deployment, fingerprint: Fingerprint)
  }

  /// Reads the changed file again, and checks and links all of it.
  func make(_ mutation: Mutation) -> Made {
    var symbols = campaign.symbols
    let files = campaign.files.map { tree -> ParsedFile in
      guard tree.source.id == mutation.file else { return ParsedFile(tree: tree, diagnostics: []) }
      let changed = SourceFile(
        id: mutation.file, name: tree.source.name, bytes: mutation.applied(to: tree.source))
      return parse(changed, symbols: &symbols)
    }
    let result = Checker.check(files, own: campaign.ownFileCount, symbols: symbols, zones: zones)
    guard !result.hasErrors, let deployment = try? Deployment([result.campaign], zones: zones) else {
      return .doesNotCheck
    }
    let changed = deployment.form
    return changed == form
      ? .isEqual : .mutant(result.campaign, deployment, fingerprint: Fingerprint(changed))
  }
}

/// A number for a form that two different ones do not have by chance: 128 bits.
struct Fingerprint: Hashable {
  private var first: UInt64 = 0xcbf2_9ce4_8422_2325
  private var second: UInt64 = 0x9e37_79b9_7f4a_7c15

  init(_ words: [Int64]) {
    for word in words {
      first = (first ^ UInt64(bitPattern: word)) &* 0x100_0000_01b3
      second = (second &+ UInt64(bitPattern: word)) &* 0xff51_afd7_ed55_8ccd
      second ^= second >> 33
    }
  }
}

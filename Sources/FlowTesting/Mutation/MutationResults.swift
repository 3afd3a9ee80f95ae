public import FlowDiagnostics
public import FlowText

/// What became of all changes of a campaign, in the order of the text.
public struct MutationResults: Sendable {
  public let mutations: [Mutation]
  /// By mutation.
  public let outcomes: [MutationRun.Outcome]

  init(_ mutations: [Mutation], _ outcomes: [MutationRun.Outcome]) {
    self.mutations = mutations
    self.outcomes = outcomes
  }

  public var noticed: Int { outcomes.count { $0 == .noticed } }
  public var unnoticed: Int { count - noticed }
  /// The mutants: changes that check and do something else.
  public var count: Int { outcomes.count { isMutant($0) } }
  public var isComplete: Bool { !outcomes.contains(.notTried) }

  /// How many of a hundred mutants are noticed, rounded down; 100 where there is none.
  public var score: Int { count == 0 ? 100 : noticed * 100 / count }

  private func isMutant(_ outcome: MutationRun.Outcome) -> Bool {
    switch outcome {
    case .noticed, .unnoticed: true
    case .doesNotCheck, .isEqual, .notTried: false
    }
  }

  /// The changes that no test notices.
  public var survivors: [(mutation: Mutation, isReached: Bool)] {
    zip(mutations, outcomes).compactMap { mutation, outcome in
      if case .unnoticed(let isReached) = outcome { (mutation, isReached) } else { nil }
    }
  }

  /// The survivors as findings, in the files of the campaign.
  public func diagnostics(_ files: [SourceFile]) -> [Diagnostic] {
    survivors.map { $0.mutation.diagnostic(files[$0.mutation.file.index], isReached: $0.isReached) }
  }
}

extension Mutation {
  /// As much of a text as a message shows.
  private static let shownLength = 60

  /// What was there before, in one line.
  public func original(in source: SourceFile) -> String { Self.line(source.text(place)) }
  /// What has become of it, in one line of words.
  public var replacement: String {
    switch change {
    case .replaced(let text): "`\(Self.line(text))`"
    case .leftOut: "left out"
    case .swapped: "Match and Else swapped"
    case .switchedOff: "switched off"
    }
  }

  func diagnostic(_ source: SourceFile, isReached: Bool) -> Diagnostic {
    let original = original(in: source)
    let message =
      switch change {
      case .replaced: "no test notices \(replacement) in place of `\(original)`"
      case .leftOut: "no test notices that `\(original)` is left out"
      case .swapped: "no test notices that Match and Else of `\(original)` are swapped"
      case .switchedOff: "no test notices that flow `\(original)` is switched off"
      }
    return Diagnostic(
      .unnoticedChange, .warning, message, at: Label(SourceSpan(file, place), replacement),
      notes: isReached ? [] : ["no test comes here"])
  }

  private static func line(_ text: String) -> String {
    let line = text.split { $0.isWhitespace }.joined(separator: " ")
    return line.count > shownLength ? line.prefix(shownLength - 1) + "…" : line
  }
}

extension DiagnosticName {
  public static let unnoticedChange: Self = "unnoticed-change"
}

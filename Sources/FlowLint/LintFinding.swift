public import FlowDiagnostics
public import FlowText

/// Something that a rule has found: one place that is wrong, or several that one thing is wrong with.
///
/// Of several places each can be left out by a comment of its own; what is told then is about the others.
public protocol LintFinding: Sendable {
  /// That of its rule.
  var name: DiagnosticName { get }
  /// Where it shows, at least once, in the order in which it is told.
  var places: [SourceSpan] { get }
  /// What is to be said about some of the places.
  ///
  /// - Parameter positions: Positions in `places`, ascending, at least one.
  func diagnostic(about positions: [Int]) -> Diagnostic
}

extension Diagnostic: LintFinding {
  public var places: [SourceSpan] { primary.map { [$0.span] } ?? [] }
  public func diagnostic(about positions: [Int]) -> Diagnostic { self }
}

/// What one thing is wrong with: people hear of it once, with all the places.
struct SharedFinding: LintFinding {
  let name: DiagnosticName
  let places: [SourceSpan]
  private let telling: @Sendable ([Int]) -> Diagnostic

  /// - Parameter telling: Makes the diagnostic of some of the items; its primary label is at the first.
  init<Item: Sendable>(
    _ name: DiagnosticName, _ items: [Item], at place: (Item) -> SourceSpan,
    telling: @escaping @Sendable ([Item]) -> Diagnostic
  ) {
    self.name = name
    places = items.map(place)
    self.telling = { positions in telling(positions.map { items[$0] }) }
  }

  func diagnostic(about positions: [Int]) -> Diagnostic { telling(positions) }
}

internal import FlowCheck
public import FlowSchema
internal import FlowSyntax

/// The bits that stand for the cases and texts of a campaign in a `ValueSet`.
///
/// Cases of all enumerations share one numbering, since they are compared across enumerations. The names of
/// communications and of agents are left to `AnalysisScope`: a large campaign has thousands.
public struct ValueNumbers: Sendable {
  /// The bit of whatever has no bit of its own.
  static let others: UInt128 = 1 << 127
  static let maximumCount = 127

  private var cases: [Int: UInt128] = [:]
  private var texts: [String: UInt128] = [:]
  /// All cases of each enumeration, by position.
  private var enumerations: [UInt128] = []
  private(set) var caseOfBit: [CaseID] = []

  init(_ campaign: CheckedCampaign, _ files: [FileView]) {
    for (index, enumeration) in campaign.schema.enumerations.enumerated() {
      let isNumbered = index != Schema.agentEnumeration.index && index != Schema.nameEnumeration.index
      enumerations.append(isNumbered ? enumeration.cases.reduce(0) { $0 | add($1) } : Self.others)
    }
    for file in files {
      for expression in file.expressions {
        switch expression.kind {
        case .binary(.equal, let left, let right), .binary(.notEqual, let left, let right):
          addText(left, file)
          addText(right, file)
        case .membership(_, _, let list): for element in file.tree[list] { addText(element, file) }
        case _: break
        }
      }
    }
  }

  /// Only texts that something is compared with need a bit.
  private mutating func addText(_ id: ExpressionID, _ file: FileView) {
    guard case .text(let text) = file.kind(id), texts.count < Self.maximumCount else { return }
    let value = file.tree[text]
    if texts[value] == nil { texts[value] = 1 << UInt128(texts.count) }
  }

  private mutating func add(_ id: CaseID) -> UInt128 {
    if let known = cases[id.index] { return known }
    let bit = caseOfBit.count < Self.maximumCount ? 1 << UInt128(caseOfBit.count) : Self.others
    cases[id.index] = bit
    if bit != Self.others { caseOfBit.append(id) }
    return bit
  }

  public func bit(_ id: CaseID) -> UInt128 { cases[id.index] ?? Self.others }
  func bit(_ text: String) -> UInt128 { texts[text] ?? Self.others }
  var allTexts: UInt128 { ~0 }
  func all(_ id: EnumerationID) -> UInt128 { enumerations[id.index] }
}

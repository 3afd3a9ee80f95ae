public import FlowCheck
public import FlowSchema
public import FlowSyntax
public import FlowText

/// A file's tree and what the checker found out about it, at hand without copying either.
public final class FileView: Sendable {
  /// The position in `CheckedCampaign.files`.
  public let index: Int
  public let tree: SyntaxTree
  public let statements: [Statement]
  public let expressions: [Expression]
  public let types: [ValueType?]
  public let references: [Reference]

  init(_ campaign: CheckedCampaign, _ index: Int) {
    self.index = index
    tree = campaign.files[index]
    statements = tree.statements
    expressions = tree.expressions
    types = campaign.facts[index].types
    references = campaign.facts[index].references
  }

  public func reference(_ id: ExpressionID) -> Reference { references[Int(id.index)] }
  public func type(_ id: ExpressionID) -> ValueType? { types[Int(id.index)] }
  public func kind(_ id: ExpressionID) -> Expression.Kind { expressions[Int(id.index)].kind }
  public func span(_ range: SourceRange) -> SourceSpan { tree.span(range) }
}

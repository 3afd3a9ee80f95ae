internal import FlowCheck
internal import FlowSyntax
internal import FlowText

/// A part of a text that declares something under a name, so that another declaration of that name can take its place.
struct DeclaredPiece {
  /// What two declarations of one thing have in common.
  enum Key: Hashable {
    case use(String)
    case campaign
    case field(FieldLevel, String)
    case enumeration(String)
    case window(String)
    case agent(String)
    case flow(String)
    case model(String)
    case test(String)

    var isTest: Bool { if case .test = self { true } else { false } }

    /// As a sentence has it: ``flow `remind` ``.
    var description: String {
      switch self {
      case .use(let path): "`use \"\(path)\"`"
      case .campaign: "the campaign's declaration"
      case .field(let level, let name): "field `\(level.spelling).\(name)`"
      case .enumeration(let name): "enumeration `\(name)`"
      case .window(let name): "window `\(name)`"
      case .agent(let name): "agent `\(name)`"
      case .flow(let name): "flow `\(name)`"
      case .model(let name): "model `\(name)`"
      case .test(let name): "test \"\(name)\""
      }
    }
  }

  var key: Key
  /// With the title above it.
  var range: SourceRange

  private init(_ key: Key, _ range: SourceRange, _ title: TextLiteral?) {
    self.key = key
    self.range = title.map { SourceRange(min($0.range.lower, range.lower), range.upper) } ?? range
  }

  /// All that a tree declares, in the order of the text.
  static func all(in tree: SyntaxTree, _ symbols: SymbolTable) -> [DeclaredPiece] {
    tree.declarations.flatMap { pieces(of: $0, symbols) }
  }

  static func pieces(of declaration: Declaration, _ symbols: SymbolTable) -> [DeclaredPiece] {
    switch declaration {
    case .use(let use): [DeclaredPiece(.use(use.path.value), use.range, nil)]
    case .campaign(let campaign): [DeclaredPiece(.campaign, campaign.range, campaign.documentation)]
    case .fields(let fields):
      fields.fields.map {
        DeclaredPiece(.field(fields.level, symbols[$0.name.symbol]), $0.range, $0.documentation)
      }
    case .enumeration(let enumeration):
      [
        DeclaredPiece(
          .enumeration(symbols[enumeration.name.symbol]), enumeration.range, enumeration.documentation)
      ]
    case .window(let window):
      [DeclaredPiece(.window(symbols[window.name.symbol]), window.range, window.documentation)]
    case .agent(let agent):
      [DeclaredPiece(.agent(symbols[agent.name.symbol]), agent.range, agent.documentation)]
    case .flow(let flow): [DeclaredPiece(.flow(symbols[flow.name.symbol]), flow.range, flow.documentation)]
    case .model(let model):
      [DeclaredPiece(.model(symbols[model.agent.symbol]), model.range, model.documentation)]
    case .test(let test): [DeclaredPiece(.test(test.name.value), test.range, test.documentation)]
    }
  }
}

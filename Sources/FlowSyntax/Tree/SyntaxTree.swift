public import FlowText

/// The tree of one file.
///
/// Declarations are ordinary values. Statements and expressions lie in arenas and name each other by
/// index (`StatementID`, `ExpressionID`): the nodes are trivial values, a tree of any size is a handful of
/// arrays, and what later phases find out about a node stands in a table of their own under its index.
/// The tree itself stores no meaning.
public struct SyntaxTree: Sendable {
  public let source: SourceFile
  public internal(set) var tokens: [Token] = []
  /// All comments, in the order of the text.
  public internal(set) var comments: [Comment] = []
  public internal(set) var declarations: [Declaration] = []

  public internal(set) var statements: [Statement] = []
  public internal(set) var expressions: [Expression] = []
  /// The children of blocks; a `StatementList` is a range of this.
  var statementLists: [StatementID] = []
  /// The elements of lists and calls; an `ExpressionList` is a range of this.
  var expressionLists: [ExpressionID] = []
  public internal(set) var communications: [CommunicationStatement] = []
  public internal(set) var pythonScripts: [PythonStatement] = []
  public internal(set) var windows: [WindowSyntax] = []
  public internal(set) var scenarioStatements: [ScenarioStatement] = []
  var entryLists: [Entry] = []
  var assignmentLists: [Assignment] = []
  var nameLists: [Name] = []
  var fieldLists: [QualifiedName] = []
  var cellLists: [UploadCell] = []
  /// The values of text literals, escapes resolved.
  public internal(set) var texts: [String] = []
  /// The titles of statements (`///` lines joined with a blank).
  public internal(set) var titles: [String] = []

  public init(source: SourceFile) { self.source = source }

  public subscript(id: StatementID) -> Statement { statements[Int(id.index)] }
  public subscript(id: ExpressionID) -> Expression { expressions[Int(id.index)] }
  public subscript(id: CommunicationID) -> CommunicationStatement { communications[Int(id.index)] }
  public subscript(id: PythonID) -> PythonStatement { pythonScripts[Int(id.index)] }
  public subscript(id: WindowID) -> WindowSyntax { windows[Int(id.index)] }
  public subscript(id: ScenarioID) -> ScenarioStatement { scenarioStatements[Int(id.index)] }
  public subscript(id: TextID) -> String { texts[Int(id.index)] }
  public subscript(id: TitleID) -> String { titles[Int(id.index)] }

  public subscript(list: StatementList) -> ArraySlice<StatementID> { statementLists[list.range] }
  public subscript(list: ExpressionList) -> ArraySlice<ExpressionID> { expressionLists[list.range] }
  public subscript(list: EntryList) -> ArraySlice<Entry> { entryLists[list.range] }
  public subscript(list: AssignmentList) -> ArraySlice<Assignment> { assignmentLists[list.range] }
  public subscript(list: NameList) -> ArraySlice<Name> { nameLists[list.range] }
  public subscript(list: FieldList) -> ArraySlice<QualifiedName> { fieldLists[list.range] }
  public subscript(list: CellList) -> ArraySlice<UploadCell> { cellLists[list.range] }

  /// A range of this file as a span, for labels.
  public func span(_ range: SourceRange) -> SourceSpan { SourceSpan(source.id, range) }
}

/// The index of a node or of a side value in one of a tree's arrays.
public struct TreeIndex<Element>: Hashable, Sendable {
  public let index: Int32

  public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
}

public typealias StatementID = TreeIndex<Statement>
public typealias ExpressionID = TreeIndex<Expression>
public typealias CommunicationID = TreeIndex<CommunicationStatement>
public typealias PythonID = TreeIndex<PythonStatement>
public typealias WindowID = TreeIndex<WindowSyntax>
public typealias ScenarioID = TreeIndex<ScenarioStatement>
public enum TextElement {}
public enum TitleElement {}
public typealias TextID = TreeIndex<TextElement>
public typealias TitleID = TreeIndex<TitleElement>

/// A run of elements in one of a tree's list arrays.
public struct TreeList<Element>: Hashable, Sendable {
  let start: Int32
  public let count: Int

  init(start: Int, count: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.count = count
  }

  public static var empty: Self { Self(start: 0, count: 0) }
  public var isEmpty: Bool { count == 0 }
  var range: Range<Int> { Int(start)..<Int(start) + count }
}

public typealias StatementList = TreeList<StatementID>
public typealias ExpressionList = TreeList<ExpressionID>
public typealias EntryList = TreeList<Entry>
public typealias AssignmentList = TreeList<Assignment>
public typealias NameList = TreeList<Name>
public typealias FieldList = TreeList<QualifiedName>
public typealias CellList = TreeList<UploadCell>

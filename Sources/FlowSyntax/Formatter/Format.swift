public import FlowDiagnostics
public import FlowText

/// A file in its canonical layout.
public struct FormattedFile: Sendable {
  /// `nil` where the file has errors.
  public var bytes: [UInt8]?
  /// What is wrong with the file, in the order of its text.
  public var diagnostics: [Diagnostic]
}

/// Lays out a file anew (language 1.4, 2): the one way to write it. Comments, titles and single empty lines stay.
///
/// Takes time and memory linear in the size of the text. Clauses that stand in another order than the one that is
/// right are put into it; any other error is returned.
public func format(_ source: SourceFile, symbols: inout SymbolTable) -> FormattedFile {
  let parsed = parse(source, symbols: &symbols)
  if parsed.diagnostics.isEmpty { return FormattedFile(bytes: layOut(parsed.tree), diagnostics: []) }
  guard let ordered = withClausesInOrder(parsed, symbols: &symbols) else {
    return FormattedFile(bytes: nil, diagnostics: parsed.diagnostics)
  }
  return FormattedFile(bytes: layOut(ordered), diagnostics: [])
}

private func layOut(_ tree: SyntaxTree) -> [UInt8] {
  tree.source.bytes.withUnsafeBufferPointer { bytes in
    var formatter = Formatter(tree, bytes)
    formatter.writeFile()
    var printer = LayoutPrinter(formatter.layout, bytes)
    return printer.run()
  }
}

/// How often fixes are made that stand inside one another.
private let maximumRounds = 8

/// The tree of the file with its clauses in order; `nil` where something else is wrong with it.
private func withClausesInOrder(_ parsed: ParsedFile, symbols: inout SymbolTable) -> SyntaxTree? {
  var parsed = parsed
  for _ in 0..<maximumRounds {
    guard parsed.diagnostics.allSatisfy({ $0.name == .clauseOrder && !$0.fixes.isEmpty }) else { return nil }
    let source = parsed.tree.source
    let fixes = FixApplication(parsed.diagnostics, allowing: [.safe])
    guard let change = fixes.changes(in: [source]).first else { return nil }
    let changed = SourceFile(id: source.id, name: source.name, bytes: change.bytes)
    parsed = parse(changed, symbols: &symbols)
    if parsed.diagnostics.isEmpty { return parsed.tree }
  }
  return nil
}

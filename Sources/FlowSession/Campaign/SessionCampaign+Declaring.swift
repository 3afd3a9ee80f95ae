internal import FlowCheck
internal import FlowDiagnostics
internal import FlowSyntax
internal import FlowText
internal import FlowValues

/// Typed declarations: one of a known name takes the place of the other, so that the order of flows stays as it is
/// (semantics E3); one of a new name stands behind all others.
extension SessionCampaign {
  /// What typed declarations do to a campaign.
  struct Change {
    var added: [DeclaredPiece.Key] = []
    var replaced: [DeclaredPiece.Key] = []
    /// Tests that do not check with what is declared, and are left out.
    private(set) var dropped: [DeclaredPiece.Key] = []
    /// By file: what is written in the place of what.
    fileprivate var edits: [Int: [TextEdits.Replacement]] = [:]
    fileprivate var appended = ""

    fileprivate mutating func drop(_ piece: DeclaredPiece, of file: Int) {
      dropped.append(piece.key)
      edits[file, default: []].append(.init(piece.range, ""))
    }
  }

  /// Leaves out the tests that errors are in, where all errors are in tests: what is tried on the spot need not please
  /// them.
  ///
  /// - Returns: Whether that is so.
  func dropTests(with errors: [Diagnostic], from change: inout Change) -> Bool {
    var pieces: [(file: Int, piece: DeclaredPiece)] = []
    for error in errors {
      guard let span = error.primary?.span, campaign.files.indices.contains(span.file.index) else {
        return false
      }
      let test = DeclaredPiece.all(in: campaign.files[span.file.index], campaign.symbols).first {
        $0.key.isTest && $0.range.lower <= span.range.lower && span.range.upper <= $0.range.upper
      }
      guard let test else { return false }
      if !pieces.contains(where: { $0.piece.key == test.key }) { pieces.append((span.file.index, test)) }
    }
    for (file, piece) in pieces { change.drop(piece, of: file) }
    return !pieces.isEmpty
  }

  func change(by entry: ReadEntry) -> Change {
    var places: [DeclaredPiece.Key: SourceSpan] = [:]
    for tree in campaign.files {
      for piece in DeclaredPiece.all(in: tree, campaign.symbols) {
        places[piece.key] = SourceSpan(tree.source.id, piece.range)
      }
    }
    var change = Change()
    let tree = entry.file.tree
    for declaration in tree.declarations {
      var newFields: [String] = []
      for piece in DeclaredPiece.pieces(of: declaration, entry.symbols) {
        let text = tree.source.text(piece.range)
        if let place = places[piece.key] {
          change.replaced.append(piece.key)
          change.edits[place.file.index, default: []].append(.init(place.range, text))
        } else {
          change.added.append(piece.key)
          if case .fields = declaration { newFields.append(text) } else { change.appended += text + "\n\n" }
        }
      }
      if case .fields(let fields) = declaration, !newFields.isEmpty {
        change.appended += "\(fields.level.spelling) {\n  " + newFields.joined(separator: "\n  ") + "\n}\n\n"
      }
    }
    return change
  }

  /// The files with blanks where the change replaces something: all positions stay.
  func blanked(_ change: Change, _ symbols: inout SymbolTable) -> [ParsedFile] {
    campaign.files.enumerated().map { index, tree in
      guard let edits = change.edits[index] else { return ParsedFile(tree: tree, diagnostics: []) }
      var bytes = tree.source.bytes
      for edit in edits {
        for place in edit.range.lower..<edit.range.upper where bytes[place] != UInt8(ascii: "\n") {
          bytes[place] = UInt8(ascii: " ")
        }
      }
      return parse(SourceFile(id: tree.source.id, name: tree.source.name, bytes: bytes), symbols: &symbols)
    }
  }

  /// The campaign with the change made.
  func applying(
    _ change: Change, _ zones: ZoneTable, read: (String) -> Result<[UInt8], FileReadFailure>
  ) -> SessionCampaign {
    var files = files
    var typed = typed
    var used = used
    var replaced = replaced
    for (index, edits) in change.edits {
      let source = campaign.files[index].source
      let bytes = Self.edited(source, edits)
      if source.name == Self.typedName {
        typed = String(decoding: bytes, as: UTF8.self)
      } else if let own = files.firstIndex(where: { $0.name == source.name }) {
        files[own].bytes = bytes
      } else {
        used[source.name] = .success(bytes)
      }
    }
    for key in change.replaced where !isTyped(key) { replaced.insert(key) }
    return SessionCampaign(
      path: path, files: files, typed: typed + change.appended, used: used, replaced: replaced, zones: zones,
      read: read)
  }

  private func isTyped(_ key: DeclaredPiece.Key) -> Bool {
    campaign.files.contains { tree in
      tree.source.name == Self.typedName
        && DeclaredPiece.all(in: tree, campaign.symbols).contains { $0.key == key }
    }
  }

  private static func edited(_ source: SourceFile, _ edits: [TextEdits.Replacement]) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = 0
    for edit in edits.sorted(by: { $0.range.lower < $1.range.lower }) where edit.range.lower >= place {
      bytes += source.bytes[place..<edit.range.lower]
      bytes += Array(edit.text.utf8)
      place = edit.range.upper
    }
    return bytes + source.bytes[place...]
  }
}

internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// What all messages are made of. Nothing here runs where nothing is wrong.
extension CampaignChecker {
  /// How many names a note lists.
  private static let longestListing = 12

  mutating func report(
    _ name: DiagnosticName, _ message: String, at range: SourceRange, label: String = "",
    secondary: [Label] = [], notes: [String] = [], help: [String] = [], fixes: [Fix] = []
  ) {
    diagnostics.append(
      Diagnostic(
        name, .error, message, at: Label(span(range), label), secondary: secondary,
        notes: notes.filter { !$0.isEmpty }, help: help, fixes: fixes))
  }

  mutating func reportDuplicate(_ name: Name, _ what: String, earlier: SourceSpan?) {
    report(
      .duplicateName, "\(what) `\(text(name))` is declared a second time", at: name.range,
      secondary: earlier.map { [Label($0, "first declared here")] } ?? [])
  }

  mutating func reportRepeated(_ range: SourceRange, _ what: String, _ place: String, _ earlier: SourceRange)
  {
    report(
      .duplicateEntry, "\(what) stands twice \(place)", at: range,
      secondary: [Label(span(earlier), "first here")])
  }

  mutating func reportLimit(_ name: Name, _ limit: String) {
    report(.declarationLimit, "\(limit), found `\(text(name))` beyond that", at: name.range)
  }

  mutating func reportMismatch(
    _ id: ExpressionID, expected: String, found: String, after word: String? = nil,
    for target: String? = nil,
    secondary: [Label] = [], notes: [String] = [], help: [String] = []
  ) {
    let place = word.map { " after \($0)" } ?? target.map { " for \($0)" } ?? ""
    report(
      .typeMismatch, "expected \(expected)\(place), found \(found)", at: expressions[Int(id.index)].range,
      secondary: secondary, notes: notes, help: help)
  }

  // Names that were probably meant.

  /// Whether so many errors were found that further ones go without lists and suggestions.
  var isBrief: Bool { namesLeft <= 0 }

  /// The nearest of the names that would be right.
  mutating func suggestion(_ name: String, _ names: [String]) -> String? {
    if isBrief { return nil }
    namesLeft -= names.count + 1
    return closestName(to: name, among: names)
  }

  func didYouMean(_ name: String?) -> String { name.map { "did you mean `\($0)`?" } ?? "" }

  func renaming(_ range: SourceRange, to name: String?) -> [Fix] {
    name.map { [Fix("write `\($0)`", .unsafe, [Edit(span(range), $0)])] } ?? []
  }

  /// `declared agents: a, b`, or that there are none.
  func declared(_ what: String, _ names: [String]) -> String {
    if isBrief { return "" }
    return names.isEmpty ? "no \(what) are declared" : "declared \(what): \(listing(names))"
  }

  func listing(_ names: [String]) -> String {
    let shown = names.prefix(Self.longestListing).joined(separator: ", ")
    return names.count > Self.longestListing
      ? "\(shown) and \(names.count - Self.longestListing) more" : shown
  }

  /// Whether a name is spelled as those of communications are (language 2).
  func isCapitals(_ name: String) -> Bool {
    name.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
      && !name.utf8.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
  }

  // Types in words.

  /// The type as it is written: `integer`, `enum(a, b)`, or an enumeration's name.
  func spelling(_ type: ValueType) -> String {
    guard case .enumeration(let id) = type else { return String(describing: type) }
    if let name = schema[id].name { return name }
    let cases = schema[id].cases.map { schema[$0] }
    return "enum(\(cases.prefix(4).joined(separator: ", "))\(cases.count > 4 ? ", …" : ""))"
  }

  /// The type as a noun with its article and in back-ticks.
  func described(_ type: ValueType) -> String {
    switch type {
    case .integer, .email: "an `\(spelling(type))`"
    case .enumeration(Schema.channelEnumeration): "a channel"
    case .enumeration(Schema.statusEnumeration): "a status"
    case .enumeration(Schema.agentEnumeration): "an agent"
    case .enumeration(Schema.nameEnumeration): "a communication's name"
    case .enumeration: "`\(spelling(type))`"
    case .string, .numeric, .boolean, .date, .datetime, .time, .duration, .phone: "a `\(spelling(type))`"
    }
  }

  func plain(_ type: ValueType) -> String { spelling(type) }
}

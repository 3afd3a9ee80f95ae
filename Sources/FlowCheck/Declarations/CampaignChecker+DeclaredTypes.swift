internal import FlowDiagnostics
internal import FlowSchema
internal import FlowSyntax
internal import FlowText

/// Enumerations, windows, and the types of fields.
extension CampaignChecker {
  mutating func declareEnumerationsAndWindows() {
    for declaration in tree.declarations {
      switch declaration {
      case .enumeration(let enumeration): declare(enumeration)
      case .window(let window): declare(window)
      case .use, .campaign, .fields, .agent, .flow, .model, .test: break
      }
    }
  }

  private mutating func declare(_ declaration: EnumerationDeclaration) {
    let cases = self.cases(declaration.cases)
    guard !declaration.name.isMissing else { return }
    if let earlier = names.enumerations[declaration.name.symbol] {
      return reportDuplicate(
        declaration.name, "the enumeration", earlier: declarationSpans.enumerations[EnumerationID(earlier)])
    }
    let id = addEnumeration(Enumeration(name: text(declaration.name), cases: cases))
    names.enumerations[declaration.name.symbol] = id.index
    declarationSpans.enumerations[id] = span(declaration.name.range)
  }

  private mutating func declare(_ declaration: WindowDeclaration) {
    guard !declaration.name.isMissing else { return }
    if let earlier = names.windows[declaration.name.symbol] {
      return reportDuplicate(declaration.name, "the window", earlier: declarationSpans.windows[earlier])
    }
    names.windows[declaration.name.symbol] = windows.count
    declarationSpans.windows.append(span(declaration.name.range))
    windows.append(declaration.window.window)
    windowNames[text(declaration.name)] = declaration.window.window
  }

  /// The cases of an enumeration, each once.
  private mutating func cases(_ list: [Name]) -> [CaseID] {
    listNames.removeAll()
    var cases: [CaseID] = []
    cases.reserveCapacity(list.count)
    for (index, name) in list.enumerated() where !name.isMissing {
      if let earlier = listNames.insert(name.symbol, index) {
        reportDuplicate(name, "the case", earlier: span(list[earlier].range))
      } else {
        cases.append(caseID(name.symbol))
      }
    }
    return cases
  }

  /// The type that a field is declared with; `nil` where there is none of that name.
  mutating func type(_ reference: TypeReference) -> ValueType? {
    switch reference.kind {
    case .string: .string
    case .integer: .integer
    case .numeric: .numeric
    case .boolean: .boolean
    case .date: .date
    case .datetime: .datetime
    case .email: .email
    case .phone: .phone
    case .enumeration(let list): .enumeration(addEnumeration(Enumeration(name: nil, cases: cases(list))))
    case .named(let name): named(name)
    case .missing: nil
    }
  }

  private mutating func named(_ name: Name) -> ValueType? {
    if name.isMissing { return nil }
    if let known = names.enumerations[name.symbol] { return .enumeration(EnumerationID(known)) }
    reportUnknownType(name)
    return nil
  }

  private mutating func reportUnknownType(_ name: Name) {
    let builtin = ["string", "integer", "numeric", "boolean", "date", "datetime", "email", "phone"]
    let declared = isBrief ? [] : schema.enumerations.compactMap(\.name).dropFirst(4)
    let usual = Self.usualTypeNames[text(name)]
    let near = usual ?? suggestion(text(name), builtin + declared)
    var help: [String] = []
    if ["time", "duration"].contains(text(name)) {
      help = [
        "`\(text(name))` is a type of expressions only; a field can hold a `datetime`, or a number of minutes"
      ]
    }
    report(
      .unknownType, "expected a type, found `\(text(name))`", at: name.range, label: didYouMean(near),
      notes: ["types: \(builtin.joined(separator: ", ")), enum(…)"]
        + (declared.isEmpty ? [] : ["declared enumerations: \(listing(Array(declared)))"]),
      help: help, fixes: renaming(name.range, to: near))
  }

  /// What people call the types who come from other languages.
  private static let usualTypeNames = [
    "text": "string", "int": "integer", "long": "integer", "bool": "boolean", "float": "numeric",
    "double": "numeric", "decimal": "numeric", "number": "numeric", "money": "numeric",
    "timestamp": "datetime",
    "str": "string", "varchar": "string", "mail": "email", "telephone": "phone",
  ]
}

/// Where things were declared, for the label at the first of two.
struct DeclarationSpans {
  var enumerations: [EnumerationID: SourceSpan] = [:]
  /// By position in `CampaignChecker.windows`.
  var windows: [SourceSpan] = []
  /// By position in `NameTables.communicationTargets`.
  var communications: [SourceSpan] = []
  /// By position in `NameTables.flows`.
  var flows: [SourceSpan] = []
}

import FlowSyntax
import FlowText

/// The names by which data may call the fields of a campaign (semantics D5).
///
/// A name alone means the participant's field where both levels have it; `profile.x` and `participant.x` are exact.
package struct FieldNames: Sendable {
  private let table: SpellingTable
  /// What to offer for a name that is wrong: what an upload may fill, each by its shortest name.
  package let known: [String]

  package init(_ fields: [InputField]) {
    var positions: [String: Int64] = [:]
    for level in [FieldLevel.profile, .participant] {
      for (index, field) in fields.enumerated() where field.level == level {
        positions[field.name] = Int64(index)
        positions[field.qualifiedName] = Int64(index)
      }
    }
    table = SpellingTable(positions)
    known = fields.indices.filter { !fields[$0].isInternal }.map { index in
      positions[fields[index].name] == Int64(index) ? fields[index].name : fields[index].qualifiedName
    }
  }

  /// The position of a field; `nil` where nothing has this name.
  package subscript(name: UnsafeBufferPointer<UInt8>) -> Int? { table[name].map { Int($0) } }

  /// The name that was meant, as far as one can tell: also where only case or word breaks differ.
  package func likely(_ name: String) -> String? {
    let normal = FieldNames.normal(name)
    return known.first { FieldNames.normal($0) == normal } ?? closestName(to: name, among: known)
  }

  /// The letters and digits of a name, small.
  private static func normal(_ name: String) -> [Unicode.Scalar] {
    name.lowercased().unicodeScalars.filter {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
  }
}

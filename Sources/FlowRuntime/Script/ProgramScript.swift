import FlowCheck
import FlowSchema
import FlowSyntax
public import FlowText
import FlowValues

/// A `python` statement of a program, its fields found.
public struct ProgramScript: Sendable {
  /// The campaign's file with the statement, and the place of its script.
  public let file: FileID
  public let scriptRange: SourceRange
  public let script: Script
  let statement: StatementID
  let hasTimeout: Bool
  let reads: [Read]
  let writes: [Write]

  public enum Script: Sendable {
    /// Relative to the directory of the statement's file.
    case file(String)
    case inline(String)
  }

  struct Read: Sendable {
    var field: ScriptRead
    var source: Source
    var type: ValueType
  }

  enum Source: Sendable {
    /// The person's slot.
    case slot(Int)
    /// `Schema.resultNames`; the type is that of the agent at hand.
    case result(Int)
    case property(RuntimeProperty)
    case campaignName
    case nothing
  }

  struct Write: Sendable {
    var field: ScriptWrite
    var slot: Int
    var store: StoreKind
    var type: ValueType
    /// The deployment's numbers of an enumeration's cases.
    var cases: [String: Int64]
  }

  /// What a host has to know of it, once somebody has read its text.
  public func source(name: String, text: String, firstLine: Int) -> ScriptSource {
    ScriptSource(
      name: name, text: text, firstLine: firstLine, reads: reads.map(\.field), writes: writes.map(\.field))
  }
}

extension ScriptType {
  /// How values of a field's type cross to a script.
  init(_ type: ValueType) {
    self =
      switch type {
      case .string, .email, .phone, .enumeration, .time, .duration: .text
      case .integer: .integer
      case .numeric: .numeric
      case .boolean: .boolean
      case .date: .date
      case .datetime: .datetime
      }
  }
}

/// Bounds of scripts (style, habit 8).
public enum ScriptLimits {
  /// The time of a call whose statement gives none.
  public static let usualTimeoutMilliseconds = 5_000
  /// The longest time of a call; a longer `timeout` means this.
  public static let longestTimeoutMilliseconds = 600_000
  /// How much memory a worker may have.
  public static let memoryBytes = 512 << 20
  /// The longest text of a script.
  public static let textBytes = 1 << 20
}

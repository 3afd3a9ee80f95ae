import FlowRuntime
import FlowText

/// Why a line is no event, and where.
struct EventFault: Hashable {
  /// In bytes, from the beginning of the line.
  let offset: Int
  let message: String
}

/// The members of one line, before it is known whether they make an event.
struct EventDraft {
  enum Value {
    case scalar(RawScalar)
    case object([NamedScalar])
  }

  struct Member {
    let value: Value
    /// Where the value begins in the line, in bytes.
    let offset: Int
  }

  /// How many members one object may have.
  static let maximumMembers = 1024

  private(set) var members: [EventMember: Member] = [:]
  private(set) var fault: EventFault?

  /// Reads the line that the scanner was begun with.
  init(_ scanner: inout JSONScanner) {
    guard case .beginObject = scanner.next() else {
      fault = EventFault(offset: 0, message: "expected an object")
      return
    }
    while fault == nil {
      switch scanner.next() {
      case .key(let name): readMember(String(decoding: name, as: UTF8.self), &scanner)
      case .invalid(let invalid): note(invalid)
      case .end: return
      case .beginObject, .endObject, .beginArray, .endArray, .scalar: continue
      }
    }
  }

  private mutating func readMember(_ name: String, _ scanner: inout JSONScanner) {
    let start = scanner.valueOffset
    guard let member = EventMember(rawValue: name) else {
      let close = closestName(to: name, among: EventMember.allCases.map(\.rawValue))
      let hint = close.map { ": did you mean `\($0)`?" } ?? ""
      return fail("an event has no member `\(CellFault.shown(name))`\(hint)", at: start)
    }
    guard members[member] == nil else { return fail("`\(name)` stands twice in the line", at: start) }
    switch scanner.next() {
    case .scalar(let value):
      members[member] = Member(value: .scalar(value.copied), offset: start)
    case .beginObject:
      if let object = readObject(&scanner) {
        members[member] = Member(value: .object(object), offset: start)
      }
    case .invalid(let invalid): note(invalid)
    case .beginArray, .endArray, .endObject, .key, .end:
      fail("expected a value or an object, found an array", at: start)
    }
  }

  /// The members of an object of single values.
  private mutating func readObject(_ scanner: inout JSONScanner) -> [NamedScalar]? {
    var result: [NamedScalar] = []
    var names: Set<String> = []
    while true {
      switch scanner.next() {
      case .key(let bytes):
        let name = String(decoding: bytes, as: UTF8.self)
        let start = scanner.valueOffset
        guard names.insert(name).inserted, names.count <= EventDraft.maximumMembers else {
          fail("`\(CellFault.shown(name))` stands twice, or is one too many", at: start)
          return nil
        }
        switch scanner.next() {
        case .scalar(let value): result.append(NamedScalar(name, value.copied))
        case .invalid(let invalid):
          note(invalid)
          return nil
        case .beginObject, .beginArray, .endObject, .endArray, .key, .end:
          fail("expected a single value for `\(CellFault.shown(name))`", at: start)
          return nil
        }
      case .endObject: return result
      case .invalid(let invalid):
        note(invalid)
        return nil
      case .beginObject, .beginArray, .endArray, .scalar, .end: return result
      }
    }
  }

  private mutating func note(_ invalid: JSONFault) { fail(invalid.message, at: invalid.offset) }

  /// Keeps the first fault.
  private mutating func fail(_ message: String, at offset: Int) {
    fault = fault ?? EventFault(offset: offset, message: message)
  }
}

import FlowSession
import Foundation
import Testing

/// What holds of every session; each property prints the seed with which it fails.
@Suite struct SessionPropertyTests {
  /// Statements that mostly mean something, for the payment reminder.
  private static func statement(_ random: inout SeededGenerator) -> String {
    let key = ["c1", "c2"].randomElement(using: &random) ?? "c1"
    let day = Int.random(in: 10...28, using: &random)
    let statements = [
      "upload { external_id = \"\(key)\", phone = \"600\(day)\", due_date = 2026-02-\(day), amount = \(day - 8) }",
      "advance \(Int.random(in: 1...9, using: &random))d",
      "for \"\(key)\" { update participant.due_date = 2026-03-\(day) }",
      "for \"\(key)\" { end FIRST_REMINDER completed { outcome = paid } }",
      "for \"\(key)\" { end FIRST_REMINDER no_response }",
      "for \"\(key)\" { progress FIRST_REMINDER read }",
      "for \"\(key)\" { end MADRID_CALL completed { outcome = promised, promised_on = today + 3d } }",
      "for \"\(key)\" { incoming session on whatsapp by collector }",
      "for \"\(key)\" { update profile.opted_out = \(day > 20) }",
    ]
    return statements.randomElement(using: &random) ?? ""
  }

  private static func session(seed: UInt64, _ random: inout SeededGenerator) -> (Session, MemorySurroundings)
  {
    let surroundings = MemorySurroundings()
    let session = Session(surroundings)
    _ = session.enter(":load samples/payment_reminder")
    if seed.isMultiple(of: 3) { _ = session.enter(":seed \(seed)") }
    return (session, surroundings)
  }

  /// Going back shows what was, to the byte of every record; going ahead too; and playing the same statements again,
  /// from nothing, gives the same.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func travelIsExact(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (session, _) = Self.session(seed: seed, &random)
    var prints = [try session.fingerprint()]
    for _ in 0..<25 {
      let reply = session.enter(Self.statement(&random))
      let print = try session.fingerprint()
      if reply.isError {
        #expect(print == prints[prints.count - 1], "seed \(seed)")
      } else {
        prints.append(print)
      }
    }
    #expect(prints.count > 3, "seed \(seed)")
    for position in prints.indices.dropLast().reversed() {
      #expect(!session.enter(":back").isError, "seed \(seed)")
      #expect(try session.fingerprint() == prints[position], "seed \(seed), back to \(position)")
    }
    for position in prints.indices.dropFirst() {
      #expect(!session.enter(":forward").isError, "seed \(seed)")
      #expect(try session.fingerprint() == prints[position], "seed \(seed), ahead to \(position)")
    }
    #expect(!session.enter(":reload").isError, "seed \(seed)")
    #expect(try session.fingerprint() == prints[prints.count - 1], "seed \(seed), played again")
    session.forgetStates()
    _ = session.enter(":back 2")
    #expect(try session.fingerprint() == prints[prints.count - 2], "seed \(seed), played when it was wanted")
  }

  /// A session that can be saved is saved as a test that passes, and nothing of the file before it is lost.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func savedTestsPass(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (session, surroundings) = Self.session(seed: seed, &random)
    let before = try surroundings.readFile("samples/payment_reminder/tests.flow").get()
    for _ in 0..<20 { _ = session.enter(Self.statement(&random)) }
    let reply = session.enter(":save-test \"seed \(seed)\"")
    #expect(!reply.isError, "seed \(seed): \(reply.errors)")
    let saved = try #require(surroundings.files["samples/payment_reminder/tests.flow"], "seed \(seed)")
    #expect(saved.starts(with: before), "seed \(seed)")
    let again = Session(surroundings)
    #expect(!again.enter(":load samples/payment_reminder").isError, "seed \(seed)")
    #expect(try again.failedTests() == [], "seed \(seed)")
  }

  /// Nothing that is typed stops the process, or does anything when it is refused.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func nothingTypedCrashes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let session = Session(MemorySurroundings())
    _ = session.enter(":load samples/payment_reminder")
    let words = [
      "upload", "{", "}", "participant", ".", "status", "=", "==", "advance", "3d", "at", "it", ":why",
      ":back", "flow",
      "\"", "(", ")", "expect", "no", "FIRST_REMINDER", "planned", "for", "\"c1\"", "test", "\n", "runs",
      ":show",
      "not", "unset", "1", "2026-01-01", "\u{0}", "é", ":save-test", "agent", "on", "check", "step", "go",
      "use",
    ]
    for _ in 0..<120 {
      let before = try session.fingerprint()
      var entry = ""
      if Bool.random(using: &random) {
        for _ in 0..<Int.random(in: 1...12, using: &random) {
          entry += (words.randomElement(using: &random) ?? "") + " "
        }
      } else {
        let bytes = (0..<Int.random(in: 1...60, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        entry = String(decoding: bytes, as: UTF8.self)
      }
      let reply = session.enter(entry)
      if reply.isError { #expect(try session.fingerprint() == before, "seed \(seed): \(entry)") }
    }
  }
}

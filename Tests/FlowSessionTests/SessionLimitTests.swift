import FlowSession
import Foundation
import Testing

/// What is too large, too long, gone, or stopped.
@Suite struct SessionLimitTests {
  @Test func aLineOfAMegabyteIsAnswered() {
    let session = Session(MemorySurroundings())
    let reply = session.enter(String(repeating: "1 + ", count: 1 << 18) + "1")
    #expect(reply.isError)
    #expect(reply.errors.utf8.count < 1 << 16)
    #expect(session.enter("1 + 1").output == "2 : integer\n")
  }

  @Test func aCascadeWithoutEndIsInterrupted() throws {
    let surroundings = MemorySurroundings()
    let session = Session(surroundings)
    _ = session.enter("participant { count: integer = 0 internal }")
    _ = session.enter(
      """
      flow ping { on participant created, from flow { update participant.count = participant.count + 1 to flow pong in 1s } }
      flow pong { on from flow { to flow ping in 1s } }
      """)
    #expect(!session.enter("upload { external_id = \"c1\" }").isError)
    let before = try session.fingerprint()
    surroundings.patience = 10
    let reply = session.enter("advance 5000w")
    #expect(reply.isError)
    #expect(reply.errors.contains("interrupted-statement"))
    surroundings.patience = nil
    #expect(try session.fingerprint() == before)
    #expect(session.enter("participant.count").output == "1 : integer\n")
  }

  @Test func aCampaignThatIsGoneStaysAtHand() throws {
    let surroundings = MemorySurroundings()
    let session = Session(surroundings)
    #expect(!session.enter(":load samples/welcome_series").isError)
    surroundings.missing.insert("samples/welcome_series")
    let reply = session.enter(":reload")
    #expect(reply.isError)
    #expect(reply.errors.contains("there is no such file"))
    #expect(session.enter("campaign.name").output == "\"welcome_series\" : string\n")
  }

  @Test func aReloadPlaysTheSameStatements() throws {
    let surroundings = MemorySurroundings()
    let text =
      "campaign c { } participant { a: integer = 1 internal } flow f { on participant created { stop } }"
    surroundings.files["c.flow"] = Array(text.utf8)
    let session = Session(surroundings)
    #expect(!session.enter(":load c.flow").isError)
    _ = session.enter("upload { external_id = \"c1\" }")
    surroundings.files["c.flow"] = Array(
      text.replacingOccurrences(of: "stop", with: "update participant.a = 2").utf8)
    let reply = session.enter(":reload")
    #expect(reply.output.contains("participant.a: 1 → 2"))
    surroundings.files["c.flow"] = Array("campaign c {".utf8)
    #expect(session.enter(":reload").isError)
    #expect(session.enter("participant.a").output == "2 : integer\n")
    _ = session.enter(":back")
    #expect(session.enter("participant.a").output == "1 : integer\n")
  }
}

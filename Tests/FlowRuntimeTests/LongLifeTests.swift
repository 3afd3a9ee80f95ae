import Testing

@testable import FlowRuntime

/// People who are busy for a long time within one visit.
struct LongLifeTests {
  /// Forty hours of writing 32 KiB an hour is more than the working memory keeps; nothing of it may be lost.
  @Test func tidyingTheWorkingMemoryLosesNothing() throws {
    let world = try World(
      """
      campaign diary {}
      participant { note: string = "0123456789abcdef" hours: integer = 0 extra: string }
      agent guide { channel email }
      flow begin {
        on participant created {
          update participant.extra = "kept"
          to flow write in 1h
        }
      }
      flow write {
        on from flow {
          check length(participant.note) < 32768 {
            update participant.note = participant.note + participant.note, participant.hours = participant.hours + 1
          } else {
            update participant.note = participant.note + "", participant.hours = participant.hours + 1
          }
          check participant.hours < 60 { to flow read in 1h }
        }
      }
      flow read {
        on from flow {
          email LETTER by guide in 30d with { note = slice(participant.note, 0, 16) }
          cancel planned communications
          to flow write
        }
      }
      """)
    world.upload("c1")
    try world.finish()
    #expect(world.value("participant.hours") == "60")
    #expect(world.value("participant.note")?.utf8.count == 32768)
    #expect(world.value("participant.extra") == "kept")
    #expect(world.contacts.count == 59)
    #expect(world.runs(of: "write").failed == 0)
  }
}

/// People behind one key, who come and go.
struct KeyMemberTests {
  @Test(arguments: [3, 32, 33, 200])
  func whoeverLeavesIsGone(_ count: Int) {
    var members = KeyMembers()
    for person in 0..<Int32(count) { members.insert(person) }
    for person in stride(from: Int32(0), to: Int32(count), by: 3) { members.remove(person) }
    members.remove(-1)
    members.insert(1000)
    let stayed = (0..<Int32(count)).filter { $0 % 3 != 0 } + [1000]
    #expect(members.people.sorted() == stayed)
    for person in stayed { members.remove(person) }
    #expect(members.first == nil)
  }
}

import FlowRuntime
import FlowSchema
import FlowValues
import Testing

/// Rows, normal forms, identities (semantics D).
struct DataRuleTests {
  // MARK: D1

  @Test("D1: profiles are shared by campaigns, participants are not")
  func levels() throws {
    func source(_ name: String) -> String {
      Lab.campaign(
        "flow go { on participant created { log(participant.a) update profile.vip = true update participant.a = 1 } }",
        name: name)
    }
    let world = try World([source("one"), source("two")])
    world.upload(campaign: 0, ["name": "Ann"])
    world.upload(campaign: 1, ["a": "5"])
    #expect(try world.played() == "- 5")
    #expect(world.profileValue("vip") == "true")
    #expect(world.profileValue("name") == "Ann")
    #expect(world.summary?.profiles == 1)
    #expect(world.summary?.campaigns.map(\.participants) == [1, 1])
  }

  @Test("D1, C6: results are readable once the communication has ended")
  func resultsOfAnOpenOne() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go { on participant created { email ALPHA by bot } }
        flow moved { on communication updated { log(result.r) } }
        flow ended { on communication ended { log(result.r) } }
        model bot { progress read after 1m end completed { r = 7 } after 2m }
        """))
    world.upload(["email": "a@b.org"])
    #expect(try world.played() == "- - 7")
  }

  // MARK: D3

  /// A field, a cell, and what is kept; `nil` where the cell is a row error.
  static let cells: [(field: String, cell: String, kept: String?)] = [
    ("s", "  x y ", "x y"), ("s", "\u{A0}x\t", "x"), ("a", " 42 ", "42"), ("a", "-7", "-7"),
    ("a", "4.5", nil),
    ("a", "x", nil), ("a", "9223372036854775808", nil), ("n", "1.50", "1.5"), ("n", "0.0000005", "0"),
    ("n", "0.0000015", "0.000002"), ("n", "-3", "-3"), ("n", "1000000000000", nil), ("n", "1,5", nil),
    ("yes", "TRUE", "true"), ("yes", "Yes", "true"), ("yes", "1", "true"), ("yes", "no", "false"),
    ("yes", "0", "false"), ("yes", "False", "false"), ("yes", "y", nil), ("yes", "2", nil),
    ("d", "2026-02-28", "2026-02-28"), ("d", "2026-02-29", nil), ("d", "28.02.2026", nil),
    ("d", "2026-2-8", nil),
    ("w", "2026-02-28T10:00Z", "2026-02-28T10:00:00Z"),
    ("w", "2026-02-28T10:00:05+01:00", "2026-02-28T09:00:05Z"),
    ("w", "2026-02-28T25:00", nil), ("w", "yesterday", nil),
    ("stage", "won", "won"), ("stage", "Won", nil), ("stage", "unknown", nil),
    ("email", " Ann@Example.COM ", "ann@example.com"), ("email", "ann", nil), ("email", "a@b@c.org", nil),
    ("phone", "+34 600-111 222", "34600111222"), ("phone", "(0)12", "012"), ("phone", "none", nil),
    ("timezone", "Europe/Madrid", "Europe/Madrid"),
  ]

  @Test("D3: normal forms on the way in", arguments: cells)
  func normalForms(_ row: (field: String, cell: String, kept: String?)) throws {
    let source = Lab.campaign("flow go { on participant created { stop } }", fields: "n: numeric")
    let world = try World(source)
    let outcome = world.upload("c1", [row.field: row.cell])
    #expect((outcome == .applied) == (row.kept != nil))
    try world.finish()
    let level = ["email", "phone"].contains(row.field) ? "profile" : "participant"
    #expect(world.value("\(level).\(row.field)") == row.kept)
  }

  @Test("D3: an empty cell leaves the field; for a new participant that means its default, or unset")
  func emptyCells() throws {
    let world = try World(
      Lab.campaign("flow go { on participant created { stop } }", fields: "k: integer = 3"))
    world.upload(["k": "", "a": " ", "stage": ""])
    world.upload("c2", ["k": "5", "a": "6", "stage": "won", "language": "es"])
    world.upload("c2", at: "2026-01-02T00:00:00Z", ["k": "", "a": "", "stage": " ", "language": ""])
    try world.finish()
    #expect(["k", "a", "stage"].map { world.value("participant.\($0)") } == ["3", "", "new"])
    #expect(["k", "a", "stage"].map { world.value("participant.\($0)", of: "c2") } == ["5", "6", "won"])
    #expect(world.value("profile.language") == "en")
    #expect(world.value("profile.language", of: "c2") == "es")
  }

  @Test("3: every uploaded row must fill a required field, and none an internal one")
  func requiredAndInternal() throws {
    let world = try World(
      Lab.campaign(
        "flow go { on participant created { log(participant.due) } }",
        fields: "due: date required  hidden: integer = 1 internal"))
    #expect(world.upload("c1") != .applied)
    #expect(world.upload("c1", ["due": ""]) != .applied)
    #expect(world.upload("c1", ["due": "2026-05-05", "hidden": "2"]) != .applied)
    #expect(world.upload("c1", ["due": "2026-05-05"]) == .applied)
    #expect(world.upload("c1", at: "2026-01-02T00:00:00Z", ["a": "1"]) != .applied)
    #expect(try world.played() == "2026-05-05")
    #expect(world.value("participant.hidden") == "1")
  }

  @Test("D5: a bare name at both levels is the participant's; a wrong row changes nothing")
  func bareNames() throws {
    let world = try World(
      Lab.campaign("flow go { on participant created { stop } }", fields: "name: string"))
    world.upload(["name": "P", "profile.name": "Q"])
    #expect(
      world.upload("c1", at: "2026-01-02T00:00:00Z", ["name": "R", "a": "x", "vip": "true"]) != .applied)
    #expect(world.upload("c1", at: "2026-01-02T00:00:00Z", ["nome": "R"]) != .applied)
    try world.finish()
    #expect(world.value("participant.name") == "P")
    #expect(world.value("profile.name") == "Q")
    #expect(world.value("profile.vip") == "")
    #expect(world.summary?.campaigns[0].rowsUpdated == 0)
  }
}

/// Who is who (semantics D4), each sentence.
struct IdentityTests {
  typealias Row = [(field: String, value: String)]

  /// Rows of one upload, and what becomes of each: the number of the person, or `!` where it is a row error.
  static let uploads: [(what: String, rows: [Row], people: [String])] = [
    (
      "a row with external_id belongs to the profile with that id, whatever its other keys say",
      [
        [("external_id", "a"), ("email", "x@x.org")], [("external_id", "b"), ("email", "y@y.org")],
        [("external_id", "a"), ("email", "y@y.org")], [("external_id", "a"), ("phone", "1")],
      ],
      ["1", "2", "1", "1"]
    ),
    (
      "only if none has it are the other keys tried; who has no id is taken and gets it",
      [[("email", "x@x.org")], [("external_id", "a"), ("email", "x@x.org")], [("external_id", "a")]],
      ["1", "1", "1"]
    ),
    (
      "a new person, also where email or phone is shared with somebody who has an id",
      [
        [("external_id", "a"), ("email", "x@x.org"), ("phone", "1")],
        [("external_id", "b"), ("email", "x@x.org"), ("phone", "1")], [("external_id", "b")],
      ],
      ["1", "2", "2"]
    ),
    (
      "the first key that finds anybody decides: email finds only somebody with an id, so phone is not asked",
      [
        [("external_id", "a"), ("email", "x@x.org")], [("phone", "1")],
        [("external_id", "b"), ("email", "x@x.org"), ("phone", "1")],
      ],
      ["1", "2", "3"]
    ),
    (
      "the order is email, phone, whatsapp_id, telegram_id, web_id",
      [
        [("web_id", "w")], [("telegram_id", "t")], [("whatsapp_id", "h")], [("phone", "1")],
        [("email", "x@x.org")],
        [
          ("external_id", "a"), ("web_id", "w"), ("telegram_id", "t"), ("whatsapp_id", "h"), ("phone", "1"),
          ("email", "x@x.org"),
        ],
        [("external_id", "b"), ("web_id", "w"), ("telegram_id", "t"), ("whatsapp_id", "h"), ("phone", "1")],
        [("external_id", "c"), ("web_id", "w"), ("telegram_id", "t"), ("whatsapp_id", "h")],
        [("external_id", "d"), ("web_id", "w"), ("telegram_id", "t")],
        [("external_id", "e"), ("web_id", "w")],
      ],
      // The row of `a` has all keys, so it gets them: those behind find it among others.
      ["1", "2", "3", "4", "5", "5", "4", "3", "2", "1"]
    ),
    (
      "of those found the one without id is taken",
      [
        [("external_id", "a"), ("phone", "1")], [("external_id", "b"), ("phone", "1")],
        [("email", "x@x.org")],
        [("email", "x@x.org"), ("phone", "2")], [("external_id", "c"), ("phone", "2")],
      ],
      ["1", "2", "3", "3", "3"]
    ),
    (
      "a row without id belongs to the one profile that its keys find",
      [
        [("external_id", "a"), ("email", "x@x.org")], [("email", "X@x.org ")],
        [("email", "x@x.org"), ("phone", "1")],
        [("phone", "1")], [("phone", "+1")],
      ],
      ["1", "1", "1", "1", "1"]
    ),
    (
      "if they find two, it is a row error",
      [
        [("email", "x@x.org")], [("phone", "1")], [("email", "x@x.org"), ("phone", "1")],
        [("email", "x@x.org")],
      ],
      ["1", "2", "!", "1"]
    ),
    (
      "if one key finds several, it is a row error",
      [[("external_id", "a"), ("phone", "1")], [("external_id", "b"), ("phone", "1")], [("phone", "1")]],
      ["1", "2", "!"]
    ),
    (
      "a key that finds one and a key that finds nobody agree",
      [[("email", "x@x.org")], [("email", "x@x.org"), ("phone", "9"), ("web_id", "w")], [("web_id", "w")]],
      ["1", "1", "1"]
    ),
    (
      "keys of one field do not find those of another",
      [
        [("phone", "123")], [("whatsapp_id", "123")], [("telegram_id", "123")], [("web_id", "123")],
        [("external_id", "123")],
      ],
      ["1", "2", "3", "4", "5"]
    ),
    (
      "who loses a key is not found by it",
      [
        [("external_id", "a"), ("phone", "1")], [("external_id", "a"), ("phone", "2")], [("phone", "1")],
        [("phone", "2")],
      ],
      ["1", "1", "2", "1"]
    ),
  ]

  @Test("D4: who is who", arguments: uploads)
  func identities(_ upload: (what: String, rows: [Row], people: [String])) throws {
    // Once as one file, once row by row.
    for isTogether in [true, false] {
      let world = try World(
        Lab.campaign("flow go { on participant created { stop } }", fields: "seen: string"))
      var refused: Set<Int> = []
      let rows = upload.rows.enumerated().map { index, row in row + [(field: "seen", value: "row\(index)")] }
      if isTogether {
        refused = Set(world.uploadTogether(rows).refusals.map { $0.row - 1 })
      } else {
        for (index, row) in rows.enumerated() {
          if !world.uploadTogether([row]).refusals.isEmpty { refused.insert(index) }
        }
      }
      try world.finish()
      var people: [String] = []
      for (index, _) in rows.enumerated() {
        if refused.contains(index) {
          people.append("!")
        } else {
          // The story of a person tells which rows were theirs, in order of creation.
          let position = world.simulation.stories.firstIndex { story in
            story.entries.contains { entry in
              if case .fieldChanged(_, "seen", _, let value) = entry {
                value == "\"row\(index)\""
              } else {
                false
              }
            }
          }
          people.append(position.map { String($0 + 1) } ?? "nobody")
        }
      }
      #expect(people == upload.people, "\(upload.what)\(isTogether ? "" : ", row by row")")
    }
  }

  @Test("D4: several without id behind the first key are a row error, of those with another id too")
  func severalWithoutID() throws {
    // Two people without id can share a phone only where an edit gave it to them.
    let world = try World(Lab.campaign("flow go { on participant created { log(\"row\") } }"))
    world.uploadTogether([[("email", "x@x.org")], [("email", "y@y.org")]])
    for email in ["x@x.org", "y@y.org"] {
      world.edit(keys: [.init(.email, email)], at: "2026-01-01T01:00:00Z", ["phone": "1"])
    }
    let refusals = world.uploadTogether(
      [[("external_id", "a"), ("phone", "1")], [("phone", "1")]], at: "2026-01-01T02:00:00Z"
    ).refusals
    #expect(refusals.map(\.row) == [1, 2])
    #expect(
      refusals.allSatisfy {
        $0.field == "phone" && $0.reason.contains("x@x.org") && $0.reason.contains("y@y.org")
      })
    try world.finish()
    #expect(world.summary?.profiles == 2)
  }

  @Test("D4: an id that edits gave to several is nobody's: its rows are errors, and make nobody new")
  func severalWithOneID() throws {
    let world = try World(Lab.campaign("flow go { on participant created { log(\"row\") } }"))
    world.uploadTogether([
      [("external_id", "a"), ("email", "x@x.org")], [("external_id", "b"), ("email", "y@y.org")],
    ])
    world.edit(keys: [.init(.externalID, "b")], at: "2026-01-01T01:00:00Z", ["external_id": "a"])
    let refusals = world.uploadTogether(
      [[("external_id", "a")], [("external_id", "a"), ("email", "x@x.org")]], at: "2026-01-01T02:00:00Z"
    ).refusals
    #expect(refusals.map(\.row) == [1, 2])
    #expect(refusals.allSatisfy { $0.field == "external_id" && $0.reason == "finds 2 people: `a`, `a`" })
    try world.finish()
    #expect(world.summary?.profiles == 2)
  }

  @Test("D4: keys that flows write and edits change are keys from then on")
  func keysFromFlows() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go {
          on participant created { log(participant.a) to flow later in 1h }
        }
        flow later { on from flow { update profile.phone = "77", profile.email = unset } }
        """))
    world.uploadTogether([[("external_id", "c1"), ("email", "x@x.org"), ("a", "1")]])
    world.uploadTogether([[("email", "x@x.org"), ("a", "2")]], at: "2026-01-01T00:30:00Z")
    world.uploadTogether([[("phone", "77"), ("a", "3")]], at: "2026-01-01T02:00:00Z")
    world.uploadTogether([[("email", "x@x.org"), ("a", "4")]], at: "2026-01-01T03:00:00Z")
    try world.finish()
    #expect(world.log() == "1 2 3")
    #expect(world.log(of: "x@x.org") == "nobody")
    #expect(world.summary?.profiles == 2)
  }

  @Test("D4, D5: a refused row leaves nobody behind, and the rows behind it go in")
  func refusedNewcomer() throws {
    let source = Lab.campaign(
      "flow go { on participant created { log(participant.a) log(participant.stage) log(profile.phone) } }",
      zone: "Asia/Tokyo")
    // The beginning of year 1 in Tokyo lies before the calendar.
    let bad = (field: "w", value: "0001-01-01T00:00")
    let world = try World(source)
    let outcome = world.uploadTogether([
      [("external_id", "c1"), bad, ("a", "1")], [("external_id", "c1"), ("a", "2")],
      [("external_id", "c1"), bad, ("a", "3"), ("phone", "600")], [("external_id", "c2"), bad],
    ])
    #expect(outcome.refusals.map(\.row) == [1, 3, 4])
    #expect(outcome.created == 1)
    try world.finish()
    #expect(world.log() == "2 new -")
    #expect(world.value("participant.a") == "2")
    #expect(world.summary?.campaigns[0].participants == 1)
    #expect(world.summary?.profiles == 1)
  }

  @Test("D4, D5: of a refused row not even the keys stay that it gives to a known person", arguments: [1, 2])
  func refusedKeys(jobs: Int) throws {
    let source = Lab.campaign("flow go { on participant created { log(profile.phone) } }", zone: "Asia/Tokyo")
    let bad = (field: "w", value: "0001-01-01T00:00")
    let world = try World(source, jobs: jobs)
    world.uploadTogether([[("external_id", "c1"), ("phone", "1")], [("email", "x@x.org")]])
    let outcome = world.uploadTogether(
      [
        [("external_id", "c1"), ("phone", "2"), bad], [("phone", "2")], [("phone", "1"), ("a", "7")],
        [("external_id", "c9"), ("email", "x@x.org"), bad], [("external_id", "c9"), ("a", "8")],
        [("email", "x@x.org"), ("a", "9")],
      ], at: "2026-01-02T00:00:00Z")
    #expect(outcome.refusals.map(\.row) == [1, 4])
    #expect(outcome.created == 2)
    try world.finish()
    // The phone 2 and the id c9 are new people's; c1 keeps the phone it had, and x@x.org has no id.
    #expect(world.summary?.profiles == 4)
    #expect(world.log(of: "c1") == "1 1")
    #expect(world.value("participant.a", of: "c1") == "7")
    #expect(world.value("participant.a", of: "c9") == "8")
    #expect(world.value("participant.a", of: "x@x.org") == "9")
  }

  @Test("D4: people are found by a key that they have by default", arguments: [1, 2])
  func defaultKeys(jobs: Int) throws {
    let source = Lab.campaign("flow go { on participant created { log(participant.a) } }")
      .replacing("profile {", with: "profile { whatsapp_id: string = \"desk\" ")
    let world = try World(source, jobs: jobs)
    world.uploadTogether([[("external_id", "c1"), ("a", "1")], [("whatsapp_id", "desk"), ("a", "2")]])
    let late = world.uploadTogether(
      [[("external_id", "c2")], [("whatsapp_id", "desk"), ("a", "3")]], at: "2026-01-02T00:00:00Z")
    #expect(late.refusals.map(\.row) == [2], "two people have it now")
    try world.finish()
    #expect(world.log(of: "c1") == "1 2")
    #expect(world.summary?.profiles == 2)
  }

  @Test("D4: whoever writes a key first when it is due is found by it, in whatever order it was scheduled")
  func keysInOrderOfTime() throws {
    let world = try World(
      Lab.campaign(
        """
        flow go { on participant created { to flow late in 5d to flow soon in 1d } }
        flow late { on from flow { update profile.email = "late@x.org" } }
        flow soon { on from flow { update profile.phone = "77" } }
        """))
    world.uploadTogether([[("external_id", "c1")]])
    world.uploadTogether([[("phone", "77"), ("a", "3")]], at: "2026-01-03T00:00:00Z")
    try world.finish()
    #expect(world.summary?.profiles == 1)
    #expect(world.value("participant.a") == "3")
  }
}

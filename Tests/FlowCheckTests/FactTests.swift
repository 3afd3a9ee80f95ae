import FlowCheck
import FlowSchema
import FlowSyntax
import FlowText
import FlowValues
import Testing

/// What the checker hands on to whoever runs, lints or draws a campaign.
@Suite struct FactTests {
  static let text = """
    campaign demo "Demo" { timezone: "Europe/Madrid" reupload: updated }
    profile { email: email required "Mail"  language: enum(en, es) = es }
    participant {
      amount: numeric = 3
      contact: email = "Ana@Example.com"
      status: enum(new, paid) = new internal
      due: date
    }
    window office 09:00..20:00
    agent one "One" { channel voice first  channel voice second  channel email  results { a: enum(paid, gone)  b: date } }
    agent two { channel email  results { a: enum(opened) } }
    flow f "Flow" {
      on communication ended (CALL, completed), participant updated (due, status) {
        check result.a == opened or participant.amount == 3 { go rest }
      }
      step rest { voice CALL by one.second  email MAIL by two }
    }
    flow g inactive { on from flow { check communications(CALL, failed, within 3d) > 0 { } } }
    model two { end completed { a = opened } after 5m }
    """

  let campaign: CheckedCampaign

  init() throws {
    let result = checked(Self.text)
    #expect(FullRendererText.text(result) == "")
    campaign = result.campaign
  }

  @Test func settings() {
    #expect(campaign.name == "demo")
    #expect(campaign.title == "Demo")
    #expect(campaign.timezone == "Europe/Madrid")
    #expect(campaign.reupload == .updated)
    #expect(campaign.windows.keys.sorted() == ["office"])
  }

  @Test func fields() throws {
    let profile = campaign.schema.profile
    let slot = try #require(profile.index(of: "email"))
    #expect(slot == SystemField.Profile.email.rawValue)
    #expect(profile[slot].isRequired && profile[slot].title == "Mail" && profile[slot].type == .email)
    #expect(profile.count == SystemField.Profile.allCases.count + 1)
    let spanish = try #require(campaign.schema.caseID(named: "es"))
    #expect(profile["language"]?.defaultValue == .enumeration(spanish))
    let participant = campaign.schema.participant
    #expect(participant.fields.map(\.name) == ["timezone", "amount", "contact", "status", "due"])
    #expect(participant["amount"]?.defaultValue == Numeric(3).map(ConstantValue.numeric))
    #expect(participant["contact"]?.defaultValue == .string("ana@example.com"))
    #expect(participant["status"]?.isInternal == true)
  }

  @Test func communicationsAndAgents() {
    let schema = campaign.schema
    #expect(schema.communications.map(\.name) == ["CALL", "MAIL"])
    #expect(schema.communications.map(\.agent) == [0, 1])
    #expect(schema.communications.map(\.channel) == [1, 0])
    #expect(schema.communications.map(\.kind) == [.voice, .email])
    #expect(schema.agents[0].channels.map(\.name) == ["first", "second", "email"])
    #expect(schema.resultNames == ["a", "b"])
    #expect(schema[Schema.nameEnumeration].cases.map { schema[$0] } == ["CALL", "MAIL"])
    #expect(schema[Schema.agentEnumeration].cases.map { schema[$0] } == ["one", "two"])
  }

  @Test func flows() {
    #expect(campaign.flows.map(\.name) == ["f", "g"])
    #expect(campaign.flows.map(\.isActive) == [true, false])
    let triggers = campaign.flows[0].triggers
    #expect(triggers.map(\.kind) == [.communicationEnded, .participantUpdated])
    #expect(triggers[0].names == [0] && triggers[0].statuses == [.completed])
    #expect(triggers[1].fields == [4, 3])
    #expect(campaign.flows[0].steps.map(\.name) == ["rest"])
    #expect(campaign.models.map(\.agent) == [1])
    #expect(campaign[flow: "g"] == 1)
  }

  @Test func typesAndReferences() throws {
    // Spelled as in the text, then the type, then what it stands for.
    let opened = try #require(campaign.schema.caseID(named: "opened"))
    try expect("result.a", type: nil, .result(0), isEnumeration: true)
    try expect("opened", type: nil, .enumerationCase(opened), isEnumeration: true)
    try expect("participant.amount", type: .numeric, .field(.participant, 1))
    try expect("3", type: .integer, .none)
    try expect("communications(CALL, failed, within 3d)", type: .integer, .function(.communications))
    try expect("CALL", type: nil, .communicationName(0))
    try expect("failed", type: nil, .status(.failed))
    try expect("3d", type: .duration, .none)
  }

  private func expect(
    _ text: String, type: ValueType?, _ reference: Reference, isEnumeration: Bool = false
  ) throws {
    let tree = campaign.files[0]
    let index = try #require(
      tree.expressions.firstIndex {
        tree.source.text($0.range) == text && $0.range.lower > tree.source.bytes.count / 2
      }, "\(text)")
    let id = ExpressionID(index)
    #expect(campaign.facts[0].reference(of: id) == reference, "\(text)")
    if isEnumeration {
      guard case .enumeration = campaign.facts[0].type(of: id) else {
        Issue.record("\(text) has no enumeration as its type")
        return
      }
    } else {
      #expect(campaign.facts[0].type(of: id) == type, "\(text)")
    }
  }
}

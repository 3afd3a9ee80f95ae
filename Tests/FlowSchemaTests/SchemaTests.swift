import FlowSchema
import FlowSyntax
import Testing

@Suite struct SchemaTests {
  /// Numbers of the built-in cases are computed, not looked up: they hold as long as nothing is interned before.
  @Test func builtInCasesHaveFixedNumbers() {
    let schema = Schema()
    for channel in ChannelKind.allCases {
      #expect(schema[schema.caseID(of: channel)] == channel.spelling)
    }
    for status in CommunicationStatus.allCases {
      #expect(schema[schema.caseID(of: status)] == status.spelling)
      #expect(CommunicationStatus(spelling: status.spelling) == status)
    }
    #expect(schema[Schema.statusEnumeration].cases.count == CommunicationStatus.allCases.count)
    #expect(CommunicationStatus(spelling: "noResponse") == nil)
  }

  @Test func caseHasOneNumberInAllEnumerations() {
    var schema = Schema()
    let paid = schema.intern(case: "paid")
    #expect(schema.intern(case: "paid") == paid)
    #expect(schema.intern(case: "refused") != paid)
    #expect(schema.intern(case: "planned") == schema.caseID(of: .planned))
    #expect(schema.caseID(named: "unheard_of") == nil)
  }

  /// Keys come first and in the order in which they are tried (semantics D4).
  @Test func systemFieldsStandAtTheirSlots() {
    let schema = Schema()
    for field in SystemField.Profile.allCases {
      #expect(schema.profile.index(of: field.name) == field.rawValue)
      #expect(schema.profile[field.rawValue].type == field.type)
    }
    let keys = SystemField.Profile.allCases.filter(\.isKey).map(\.name)
    #expect(keys == ["external_id", "email", "phone", "whatsapp_id", "telegram_id", "web_id"])
    #expect(schema.participant.index(of: "timezone") == SystemField.participantTimezone)
  }

  /// Statuses only go forward, the final ones last (semantics C1, C2).
  @Test func statusesAreInOrder() {
    let final = CommunicationStatus.allCases.filter(\.isFinal)
    #expect(final == [.completed, .noResponse, .failed, .canceled, .skipped])
    #expect(CommunicationStatus.allCases.suffix(5) == final[...])
  }
}

/// The members of an event's object, and those that each kind of event has.
enum EventMember: String, CaseIterable {
  case at, event, participant, campaign, name, communication, status, results, channel, agent, fields
}

enum EventWord: String, CaseIterable {
  case communicationEnded = "communication.ended"
  case communicationUpdated = "communication.updated"
  case sessionIncoming = "session.incoming"
  case participantUpdated = "participant.updated"
  case participantUploaded = "participant.uploaded"

  /// What may stand beside `at`, `event`, `participant` and `campaign`.
  var members: [EventMember] {
    switch self {
    case .communicationEnded: [.name, .communication, .status, .results]
    case .communicationUpdated: [.name, .communication, .status]
    case .sessionIncoming: [.channel, .agent]
    case .participantUpdated, .participantUploaded: [.fields]
    }
  }

  func allows(_ member: EventMember) -> Bool {
    switch member {
    case .at, .event, .participant, .campaign: true
    case .name, .communication, .status, .results, .channel, .agent, .fields: members.contains(member)
    }
  }
}

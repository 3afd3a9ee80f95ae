import FlowCheck
import FlowSchema
import FlowSyntax

/// The fields that uploads and edits of a campaign can fill, and what data may call them: made once, for however many
/// stores.
struct CampaignInputs: Sendable {
  let fields: [InputField]
  let names: FieldNames

  init(_ program: Program, _ profile: FieldTable, _ cases: CaseNumbers) {
    let schema = program.campaign.schema
    let profileFields = schema.profile.fields.map { field in
      InputField(field, .profile, slot: profile.index(of: field.name) ?? 0, schema, cases)
    }
    let participantFields = schema.participant.fields.enumerated().map { index, field in
      InputField(field, .participant, slot: program.firstSlot + index, schema, cases)
    }
    fields = profileFields + participantFields
    names = FieldNames(fields)
  }
}

extension InputField {
  /// With the deployment's numbers of an enumeration's cases.
  init(_ field: Field, _ level: FieldLevel, slot: Int, _ schema: Schema, _ cases: CaseNumbers) {
    var numbers: [String: Int64] = [:]
    if case .enumeration(let id) = field.type {
      for name in schema[id].cases.map({ schema[$0] }) { numbers[name] = cases.known(name) }
    }
    self.init(field, level: level, slot: slot, cases: numbers)
  }
}

import FlowRuntime
import FlowSchema
import FlowValues
import Testing

@testable import FlowData

/// What events and scenarios upload and edit goes the way of rows.
@Suite struct EventRowTests {
  @Test func rowsNeedWhatUploadsNeed() {
    var intake = RowIntake(Reminder.fields, zones: ZoneTable())
    var batch = RowBatch()
    var rejected: [RejectedRow] = []
    let row: [NamedScalar] = [
      .init("due_date", .text("2026-11-10")), .init("amount", .null), .init("status", .text("")),
    ]
    #expect(
      intake.takeRow(keys: [.init(.externalID, "c1")], fields: row, into: &batch, rejected: &rejected))
    #expect(!intake.takeRow(fields: row, into: &batch, rejected: &rejected))
    #expect(
      Reminder.describe(batch) == [
        "1: profile.external_id=c1 participant.due_date=20767 participant.amount=unset"
      ])
    #expect(rejected.map(\.rowNumber) == [2])
  }

  @Test func editsMayWriteInternalFields() {
    var intake = RowIntake(Reminder.fields, zones: ZoneTable())
    var batch = RowBatch()
    var rejected: [RejectedRow] = []
    let edit: [NamedScalar] = [.init("contacted", .boolean(true)), .init("due_date", .null)]
    #expect(intake.takeEdit(fields: edit, into: &batch, rejected: &rejected))
    #expect(
      !intake.takeEdit(
        fields: [.init("contactd", .boolean(true)), .init("amount", .text("x"))], into: &batch,
        rejected: &rejected))
    #expect(
      Reminder.describe(batch) == ["1: participant.contacted=1 participant.due_date=unset"])
    #expect(rejected.map(\.fieldName) == ["contactd", "amount"])
    #expect(rejected.map(\.rowNumber) == [2, 2])
  }
}

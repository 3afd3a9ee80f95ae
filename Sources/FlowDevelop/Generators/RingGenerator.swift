/// Makes a campaign whose flows hand over to each other in a circle, each behind a row of checks: what is hard to lint.
enum RingGenerator {
  static let checksPerFlow = 40

  static func text(flows: Int) -> String {
    let fields = (0..<checksPerFlow).map { "  row_\($0): integer\n  own_\($0): integer = 0 internal\n" }
    var text = "campaign ring { }\n\nparticipant {\n\(fields.joined())}\n"
    text += "\nflow begin {\n  on participant created { to flow ring_0 }\n}\n"
    for flow in 0..<flows {
      text += "\nflow ring_\(flow) {\n  on from flow {\n"
      for check in 0..<checksPerFlow {
        let field = (flow * 7 + check) % checksPerFlow
        text +=
          "    check participant.row_\(field) > \(check) { update participant.own_\(field) = \(check) }\n"
      }
      text += "    to flow ring_\((flow + 1) % flows) in 1d\n  }\n}\n"
    }
    return text
  }
}

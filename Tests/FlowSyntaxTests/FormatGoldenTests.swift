import Foundation
import Testing

/// The inputs of `Tests/Spec/Format`, and the layouts that stand beside them.
///
/// `FLOW_UPDATE_GOLDENS=1` writes what is new, and fails.
@Suite struct FormatGoldenTests {
  static let inputs = Repository.files("Tests/Spec/Format", ending: ".input.flow")

  @Test func inputsAreThere() { #expect(Self.inputs.count >= 8) }

  @Test(arguments: inputs)
  func layout(_ input: URL) throws {
    let proof = FormatProof(try Repository.bytes(input))
    #expect(proof.complaints.isEmpty, "\(proof.text)")
    let name = input.lastPathComponent.replacing(".input.flow", with: ".output.flow")
    let golden = input.deletingLastPathComponent().appending(path: name)
    let expected = try? String(contentsOf: golden, encoding: .utf8)
    #expect(proof.text == expected, "\(name)")
    let isUpdate = ProcessInfo.processInfo.environment["FLOW_UPDATE_GOLDENS"] == "1"
    if isUpdate, proof.text != expected {
      try proof.text.write(to: golden, atomically: true, encoding: .utf8)
      Issue.record("\(name) was rewritten: read the difference, then run again")
    }
  }
}

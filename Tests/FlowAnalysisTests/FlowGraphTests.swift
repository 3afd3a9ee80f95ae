import FlowAnalysis
import FlowCheck
import FlowSyntax
import FlowText
import Testing

@Suite struct FlowGraphTests {
  /// The statements of a flow by the words they begin with, each with the words of what follows it.
  private static func edges(_ body: String) -> [String: [String]] {
    let analyzed = AnalyzedCampaign(
      "campaign demo { }\nparticipant { a: boolean = false  b: integer = 0 }\nflow f { \(body) }")
    #expect(analyzed.result.diagnostics.isEmpty)
    let graph = analyzed.analysis.graphs[0]
    let tree = analyzed.analysis.files[0].tree
    func words(_ node: Int) -> String {
      guard let statement = graph.nodes[node].statement else { return "end" }
      return String(tree.source.text(tree[statement].range).prefix { $0 != "{" }).trimmed
    }
    var edges: [String: [String]] = [:]
    for index in graph.nodes.indices where graph.nodes[index].statement != nil {
      let node = graph.nodes[index]
      edges[words(index)] = [node.next, node.otherwise].compactMap { $0 }.map(words)
      #expect(node.next < index && node.otherwise ?? 0 < index)
    }
    for (number, entry) in graph.entries.enumerated() { edges["entry \(number)"] = [words(entry)] }
    return edges
  }

  @Test func statementsFollowEachOther() {
    let edges = Self.edges("on participant created { update participant.b = 1 update participant.b = 2 }")
    #expect(edges["entry 0"] == ["update participant.b = 1"])
    #expect(edges["update participant.b = 1"] == ["update participant.b = 2"])
    #expect(edges["update participant.b = 2"] == ["end"])
  }

  @Test func blocksJoinBehindTheCheck() {
    let edges = Self.edges(
      """
      on participant created {
        check participant.a { update participant.b = 1 } else check participant.b == 1 { stop }
        update participant.b = 3
      }
      """)
    #expect(edges["check participant.a"] == ["update participant.b = 1", "check participant.b == 1"])
    #expect(edges["update participant.b = 1"] == ["update participant.b = 3"])
    #expect(edges["check participant.b == 1"] == ["stop", "update participant.b = 3"])
    #expect(edges["stop"] == ["end"])
  }

  @Test func goLeadsToStepsInAnyOrder() {
    let edges = Self.edges(
      """
      on participant created, participant updated { go first }
      step second { update participant.b = 2 }
      step first { update participant.b = 1 go second }
      """)
    #expect(edges["entry 0"] == ["go first"] && edges["entry 1"] == ["go first"])
    #expect(edges["go first"] == ["update participant.b = 1"])
    #expect(edges["go second"] == ["update participant.b = 2"])
  }

  @Test func whatFollowsAnEndIsNotReached() {
    let analyzed = AnalyzedCampaign(
      "campaign demo { }\nparticipant { b: integer }\nflow f { on participant created { stop update participant.b = 1 } }"
    )
    let graph = analyzed.analysis.graphs[0]
    #expect(graph.nodes.count == 3)
    #expect(graph.reachable(from: graph.entries).filter { $0 }.count == 2)
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}

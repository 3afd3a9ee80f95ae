internal import FlowCheck
internal import FlowRuntime
internal import FlowSyntax
internal import FlowTesting
internal import FlowText

/// The coverage for machines.
extension CoverageReport {
  static let schemaVersion = 1

  func json() -> [UInt8] {
    var json = JSONText(.pretty)
    json.object { json in
      json.member("schemaVersion", Self.schemaVersion)
      json.array("campaigns") { json in
        for part in parts { json.object { write(part, to: &$0) } }
      }
    }
    json.endLine()
    return json.bytes
  }

  private func write(_ part: Part, to json: inout JSONText) {
    json.member("campaign", part.campaign.name)
    json.object("figures") { write(part.coverage.figures(), to: &$0) }
    json.array("flows") { json in
      for flow in part.flows {
        json.object { json in
          json.member("flow", part.campaign.flows[flow].name)
          json.object("figures") { write(part.coverage.figures(flow: flow), to: &$0) }
          json.array("places") { json in
            for (position, place) in part.coverage.map.places.enumerated() where place.flow == flow {
              json.object { write(place, count: part.coverage.counts[position], part, to: &$0) }
            }
          }
        }
      }
    }
  }

  private func write(_ figures: CoverageFigures, to json: inout JSONText) {
    let named = [
      ("nodes", figures.nodes), ("ports", figures.ports), ("triggers", figures.triggers),
      ("timing", figures.bounds),
    ]
    for (name, figure) in named {
      json.object(name) { json in
        json.member("covered", figure.covered)
        json.member("all", figure.all)
        json.member("percent", figure.percent)
      }
    }
  }

  private func write(_ place: CoveragePlace, count: Int, _ part: Part, to json: inout JSONText) {
    switch place.kind {
    case .trigger(let kind):
      json.member("kind", "trigger")
      json.member("trigger", kind.spelling)
    case .node: json.member("kind", "node")
    case .port(let port):
      json.member("kind", "port")
      json.member("port", port.spelling)
    case .bound(let side):
      json.member("kind", "timing")
      json.member("side", side.words)
      json.member("bound", place.bound?.words ?? "")
    }
    let source = part.check.sources[place.file.index]
    let position = source.position(at: place.range.lower)
    json.member("file", source.name)
    json.member("line", position.line)
    json.member("column", position.column)
    json.member("source", source.text(place.range).split { $0.isWhitespace }.joined(separator: " "))
    json.member("count", count)
  }
}

import FlowCommand
import Foundation
import FoundationXML
import Testing

/// The coverage as a page: of itself, whatever stands in the campaign.
@Suite struct CoveragePageTests {
  private static let campaign = """
    campaign demo "<b>Demo</b> & \\"more\\"" { }
    participant { text: string }
    flow start "Start" {
      on participant created {
        // <script>alert(1)</script>
        check participant.text == "</pre>&" { stop }
      }
    }
    test "one" { upload { external_id = "c1" } }

    """

  private func page() throws -> String {
    let run = CommandRun(
      ["test", "demo.flow", "--coverage-format", "html"],
      files: MemoryFileSystem(["demo.flow": Self.campaign]))
    #expect(run.status == .fine)
    return run.output
  }

  @Test func whatStandsInTheCampaignIsText() throws {
    let page = try page()
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("<h1>&lt;b&gt;Demo&lt;/b&gt; &amp; &quot;more&quot;</h1>"))
    for sign in ["<script", "<b>Demo", "http:", "https:", "src=", "url("] {
      #expect(!page.contains(sign), "\(sign)")
    }
    #expect(page.components(separatedBy: "<pre>").count == page.components(separatedBy: "</pre>").count)
  }

  @Test func eachLineHasItsCountAndPorts() throws {
    let lines = try page().split(separator: "\n")
    let check = try #require(lines.first { $0.contains("check participant.text") })
    #expect(
      check.contains("<span class=\"line hit\"><span class=\"number\">6</span><span class=\"count\">1</span>")
    )
    #expect(check.contains("<span class=\"mark miss\">match 0</span>"))
    #expect(check.contains("<span class=\"mark hit\">else 1</span>"))
    #expect(lines.contains { $0.contains("ports") && $0.contains("timing") })
  }

  /// Every element that is opened is closed, in order: a reader of XML takes the body.
  @Test func isWellFormed() throws {
    let page = try page()
    let start = try #require(page.range(of: "<body>"))
    let end = try #require(page.range(of: "</body>"))
    let parser = XMLParser(data: Data(page[start.lowerBound..<end.upperBound].utf8))
    #expect(parser.parse())
  }
}

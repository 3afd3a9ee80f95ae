internal import FlowRuntime
internal import FlowText
struct RunText {
  var plan: RunPlan
  var cast: Cast
  var results: RunResults
  var style: TextStyle
  var trace: String?
  func render(withStories: Bool) -> String {
    var s = ""
    for story in results.stories { s += "\(story.key) \(story.name ?? "")\n"; for e in story.entries { s += "  \(e)\n" } }
    return s
  }
}

internal import FlowCheck
internal import FlowDiagnostics
internal import FlowText
internal import FlowValues

/// `[CAMPAIGN=]FILE[@T]`.
struct UploadArgument {
  var campaign: Int
  var path: String
  /// `nil`: at the start.
  var at: Instant?

  init(_ argument: String, _ cast: Cast, _ files: any FileSystem) throws(CommandFailure) {
    var path = argument
    var campaign: Int?
    if let sign = argument.firstIndex(of: "=") {
      let name = String(argument[..<sign])
      campaign = cast.index(of: name)
      if campaign != nil {
        path = String(argument[argument.index(after: sign)...])
      } else if UploadArgument.isName(name), (try? files.status(of: argument)) == nil {
        throw UploadArgument.unknownCampaign(name, cast)
      }
    }
    if campaign == nil, cast.campaigns.count > 1 {
      throw CommandFailure(
        Diagnostic(
          .usage, .error, "expected a campaign's name before `\(path)`, found none",
          notes: ["campaigns: " + cast.campaigns.map(\.name).joined(separator: ", ")],
          help: ["write `--participants \(cast.campaigns[0].name)=\(path)`"]))
    }
    self.campaign = campaign ?? 0
    if let sign = path.lastIndex(of: "@") {
      let zone = cast.zone(of: self.campaign)
      let time = String(path[path.index(after: sign)...])
      // Files of a day are often called by it, so a date counts as one only where there is no such file.
      let isFile = (try? files.status(of: path)) != nil
      at = isFile ? TimeArgument.datetime(time, zone: zone) : TimeArgument.instant(time, zone: zone)
      if at != nil { path = String(path[..<sign]) }
    }
    self.path = path
  }

  /// What stands between the campaign and the time, as far as that can be told from the argument alone.
  static func file(_ argument: String) -> String {
    let behind = argument.firstIndex(of: "=").map { argument[argument.index(after: $0)...] } ?? argument[...]
    return String(behind.hasPrefix("-@") ? "-" : behind)
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        $0 == 0x5F || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
      }
  }

  private static func unknownCampaign(_ name: String, _ cast: Cast) -> CommandFailure {
    let names = cast.campaigns.map(\.name)
    let close = closestName(to: name, among: names)
    return CommandFailure(
      Diagnostic(
        .usage, .error, "no campaign of this run is called `\(name)`",
        notes: ["campaigns: " + names.joined(separator: ", ")],
        help: close.map { ["did you mean `\($0)`?"] } ?? []))
  }
}

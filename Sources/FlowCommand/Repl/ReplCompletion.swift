internal import FlowSession
internal import FlowText

/// Completes what is typed at the prompt, with the session and the files at hand.
struct ReplCompletion {
  /// How many names of one directory are offered.
  private static let maximumEntries = 1_000

  private let scene: CompletionScene

  init(_ environment: CommandEnvironment, _ session: Session) {
    let files = environment.files
    scene = CompletionScene(
      campaign: session.campaign, participantKeys: session.participantKeys, forkNames: session.forkNames
    ) { Self.list($0, files) }
  }

  /// - Parameters:
  ///   - line: The present line as far as the cursor.
  ///   - pending: The lines of the entry before it.
  func answer(_ line: String, behind pending: String) -> LineCompletion {
    let before = pending.isEmpty ? "" : pending + "\n"
    let completion = Completion(before + line, at: before.utf8.count + line.utf8.count, scene)
    return LineCompletion(
      start: max(completion.range.lowerBound - before.utf8.count, 0), candidates: completion.candidates,
      isWord: completion.isWord)
  }

  private static func list(_ folder: String, _ files: any FileSystem) -> [FolderEntry] {
    let names = (try? files.list(folder.isEmpty ? "." : folder)) ?? []
    return names.prefix(maximumEntries).map { name in
      let kind = try? files.status(of: FilePath.join(folder, name)).kind
      return FolderEntry(name: name, isFolder: kind == .directory)
    }
  }
}

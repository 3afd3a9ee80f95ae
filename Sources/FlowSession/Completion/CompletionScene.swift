public import FlowCheck

/// What there is to be named where something is completed.
public struct CompletionScene: Sendable {
  public var campaign: CheckedCampaign?
  /// The keys of people, in order of creation.
  public var participantKeys: [String]
  /// The names of forks.
  public var forkNames: [String]
  /// What is in a directory; the empty path is where the user is.
  public var list: @Sendable (String) -> [FolderEntry]

  public init(
    campaign: CheckedCampaign? = nil, participantKeys: [String] = [], forkNames: [String] = [],
    list: @escaping @Sendable (String) -> [FolderEntry] = { _ in [] }
  ) {
    self.campaign = campaign
    self.participantKeys = participantKeys
    self.forkNames = forkNames
    self.list = list
  }

  /// Paths that begin with a text: directories with a slash behind them, and files of some kinds.
  ///
  /// - Parameter endings: How files end; all where it is empty.
  func paths(_ partial: String, endings: [String]) -> [String] {
    let slash = partial.lastIndex(of: "/")
    let folder = slash.map { String(partial[...$0]) } ?? ""
    let name = slash.map { partial[partial.index(after: $0)...] } ?? partial[...]
    return list(folder).filter { entry in
      guard entry.name.hasPrefix(name), name.hasPrefix(".") || !entry.name.hasPrefix(".") else {
        return false
      }
      return entry.isFolder || endings.isEmpty || endings.contains { entry.name.hasSuffix($0) }
    }.map { folder + $0.name + ($0.isFolder ? "/" : "") }
  }
}

/// A name in a directory.
public struct FolderEntry: Sendable, Equatable {
  public var name: String
  public var isFolder: Bool

  public init(name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}

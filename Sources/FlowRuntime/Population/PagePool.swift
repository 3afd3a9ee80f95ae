import Synchronization

/// Pages for the records of all shards, cut from large ones once there are many.
///
/// A record is looked for once a row, here and there among hundreds of megabytes: in large pages the system finds it
/// faster. A few people get small pieces, so that a small campaign does not pay for what it does not fill.
final class PagePool: Sendable {
  typealias Page = UnsafeMutablePointer<UInt8>

  /// So many pages come one by one.
  private static let firstPages = 128
  /// So many are cut from one piece then.
  private static let pagesInPiece = 8

  private struct State {
    var count = 0
    /// Cut and not handed out yet.
    var cut: [Unshared<Page>] = []
    var pieces: [Unshared<Page>] = []
  }

  private let pageBytes: Int
  private let state = Mutex(State())

  init(pageBytes: Int) { self.pageBytes = pageBytes }

  deinit {
    state.withLock { for piece in $0.pieces { piece.value.deallocate() } }
  }

  /// A page that stays with whoever has asked, as long as there is the pool.
  func page() -> Page {
    let pageBytes = pageBytes
    return state.withLock { state in
      state.count += 1
      if let page = state.cut.popLast() { return page }
      let count = state.count > Self.firstPages ? Self.pagesInPiece : 1
      let piece: Unshared<Page> = Unshared(LargeMemory.allocate(count * pageBytes))
      state.pieces.append(piece)
      for index in 1..<count { state.cut.append(Unshared(piece.value + index * pageBytes)) }
      return piece
    }.value
  }
}

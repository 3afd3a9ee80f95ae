/// Where the records of stored people lie.
///
/// Records are written one behind another into pages. One that has not grown stays where it was; one that has goes
/// elsewhere and leaves a hole. A page whose records are all gone is used again; when holes outgrow half of what is
/// alive, the owner moves all records together (`needsCompaction`).
struct RecordArena: ~Copyable {
  /// Which record: page and offset. 0 is no record.
  typealias Handle = UInt32

  private static let pageShift: UInt32 = 16
  /// Records begin at multiples of this many bytes.
  private static let unit = 4
  static let pageBytes = unit << Int(pageShift)

  private struct Page: BitwiseCopyable {
    var memory: UnsafeMutablePointer<UInt8>
    var capacity: Int
    var liveBytes: Int
  }

  private var pages = Buffer<Page>(capacity: 16)
  private var freePages = Buffer<UInt32>(capacity: 16)
  private var current = -1
  /// Where the next record goes in the current page.
  private var top = 0
  private var liveBytes = 0
  private var usedBytes = 0
  /// Where pages of the usual size come from, and stay.
  private let pool: PagePool

  init(_ pool: PagePool) { self.pool = pool }

  deinit {
    for index in 0..<pages.count where pages[index].capacity != Self.pageBytes {
      pages[index].memory.deallocate()
    }
  }

  /// Whether so much of the memory is holes that moving the records together pays.
  var needsCompaction: Bool { usedBytes - liveBytes > max(liveBytes / 2, 4 * Self.pageBytes) }

  func address(_ handle: Handle) -> UnsafePointer<UInt8> {
    let page = Int(handle >> Self.pageShift)
    // The first unit of a page is never a record, so that 0 is none.
    return UnsafePointer(pages[page].memory + Int(handle & 0xFFFF) * Self.unit)
  }

  /// The memory is told how long records are, for it does not look into them.
  mutating func add(_ record: UnsafePointer<UInt8>, count: Int) -> Handle {
    let size = Self.rounded(count)
    if current < 0 || top + size > pages[current].capacity { turnPage(size) }
    let handle = UInt32(current) << Self.pageShift | UInt32(top / Self.unit)
    (pages[current].memory + top).update(from: record, count: count)
    pages.pointer[current].liveBytes += size
    top += size
    liveBytes += size
    return handle
  }

  /// Writes a record in the place of an older one; `false` where it does not fit there.
  mutating func replace(_ handle: Handle, count: Int, by record: UnsafePointer<UInt8>, count newCount: Int)
    -> Bool
  {
    let shrinkage = Self.rounded(count) - Self.rounded(newCount)
    guard shrinkage >= 0 else { return false }
    UnsafeMutablePointer(mutating: address(handle)).update(from: record, count: newCount)
    pages.pointer[Int(handle >> Self.pageShift)].liveBytes -= shrinkage
    liveBytes -= shrinkage
    return true
  }

  mutating func remove(_ handle: Handle, count: Int) {
    let size = Self.rounded(count)
    let page = Int(handle >> Self.pageShift)
    pages.pointer[page].liveBytes -= size
    liveBytes -= size
    if pages[page].liveBytes == 0, page != current { recycle(page) }
  }

  /// Ends the current page, so that compaction writes to others.
  mutating func beginCompaction() {
    if current >= 0, pages[current].liveBytes == 0 { recycle(current) }
    current = -1
  }

  private mutating func recycle(_ page: Int) {
    usedBytes -= pages[page].capacity
    if pages[page].capacity == Self.pageBytes {
      freePages.append(UInt32(page))
    } else {
      // A page made for one large record gives its memory back.
      pages[page].memory.deallocate()
      pages[page] = Page(memory: pool.page(), capacity: Self.pageBytes, liveBytes: 0)
      freePages.append(UInt32(page))
    }
  }

  private mutating func turnPage(_ size: Int) {
    if current >= 0, pages[current].liveBytes == 0 { recycle(current) }
    top = Self.unit
    if size + top <= Self.pageBytes, freePages.count > 0 {
      current = Int(freePages.removeLast())
      usedBytes += pages[current].capacity
      return
    }
    let capacity = max(Self.pageBytes, size + top)
    let memory = capacity == Self.pageBytes ? pool.page() : .allocate(capacity: capacity)
    pages.append(Page(memory: memory, capacity: capacity, liveBytes: 0))
    current = pages.count - 1
    usedBytes += capacity
  }

  private static func rounded(_ count: Int) -> Int { (count + unit - 1) / unit * unit }
}

/// A part of the people: their records, by position in the shard. One thread works on a shard at a time.
struct Shard: ~Copyable {
  /// People are dealt out to this many shards, whatever the number of jobs.
  static let count = 16
  /// So many people who came one after another are in one shard, so that the rows that brought them, which are
  /// mostly uploaded again in the same order, are read one after another too.
  private static let runShift = 6
  private static let countShift = 4

  static func index(of person: Int) -> Int { (person >> runShift) & (count - 1) }

  /// Where a person is in their shard.
  static func position(of person: Int) -> Int {
    let run = person >> (runShift + countShift)
    return (run << runShift) | (person & ((1 << runShift) - 1))
  }

  private struct Entry: BitwiseCopyable {
    var handle: RecordArena.Handle
    /// Two bytes would do for most; four keep large texts simple.
    var length: UInt32
  }

  private var arena = RecordArena()
  private var entries = Buffer<Entry>(capacity: 64)

  init() {}

  /// Takes the records of another into a shard that is empty, without holes between them.
  mutating func fill(from other: borrowing Shard) {
    for position in 0..<other.entries.count {
      var entry = other.entries[position]
      if entry.handle != 0 {
        entry.handle = arena.add(other.arena.address(entry.handle), count: Int(entry.length))
      }
      entries.append(entry)
    }
  }

  /// How many bytes the records take.
  var byteCount: Int {
    (0..<entries.count).reduce(0) { $0 + Int(entries[$1].length) }
  }

  /// Makes room for a person at a position.
  mutating func ensure(_ position: Int) {
    while entries.count <= position { entries.append(Entry(handle: 0, length: 0)) }
  }

  /// The record of a person; `nil` where there is none.
  func record(_ position: Int) -> UnsafeBufferPointer<UInt8>? {
    let entry = entries[position]
    guard entry.handle != 0 else { return nil }
    return UnsafeBufferPointer(start: arena.address(entry.handle), count: Int(entry.length))
  }

  /// The record, to be written over in place.
  mutating func mutableRecord(_ position: Int) -> UnsafeMutableBufferPointer<UInt8>? {
    record(position).map { UnsafeMutableBufferPointer(mutating: $0) }
  }

  /// A copy of the record, whole.
  func bytes(_ position: Int) -> [UInt8] {
    let entry = entries[position]
    guard entry.handle != 0 else { return [] }
    return Array(UnsafeBufferPointer(start: arena.address(entry.handle), count: Int(entry.length)))
  }

  mutating func store(_ position: Int, _ record: borrowing Buffer<UInt8>) {
    var entry = entries[position]
    let bytes = UnsafePointer(record.base)
    if entry.handle == 0 {
      entry.handle = arena.add(bytes, count: record.count)
    } else if !arena.replace(entry.handle, count: Int(entry.length), by: bytes, count: record.count) {
      arena.remove(entry.handle, count: Int(entry.length))
      entry.handle = arena.add(bytes, count: record.count)
    }
    entry.length = UInt32(record.count)
    entries[position] = entry
    if arena.needsCompaction { compact() }
  }

  mutating func remove(_ position: Int) {
    let old = entries[position]
    if old.handle != 0 { arena.remove(old.handle, count: Int(old.length)) }
    entries[position] = Entry(handle: 0, length: 0)
  }

  private mutating func compact() {
    arena.beginCompaction()
    for position in 0..<entries.count where entries[position].handle != 0 {
      let old = entries[position]
      let handle = arena.add(arena.address(old.handle), count: Int(old.length))
      arena.remove(old.handle, count: Int(old.length))
      entries[position].handle = handle
    }
  }
}

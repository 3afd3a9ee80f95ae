import Glibc

/// Memory for what is large and read here and there: the key indices and the records of a million people.
///
/// The system is asked to map it in large pages, which are found and filled faster than five hundred small ones
/// each. That is advice and changes nothing else; a system without large pages passes it over.
enum LargeMemory {
  private static let pageBytes = 2 << 20

  /// Memory that `deallocate()` gives back. What is small comes from where all memory comes from.
  static func allocate<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
    let bytes = count * MemoryLayout<Element>.stride
    guard bytes >= pageBytes else { return .allocate(capacity: count) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: pageBytes)
    _ = madvise(memory, bytes, MADV_HUGEPAGE)
    return memory.bindMemory(to: Element.self, capacity: count)
  }
}

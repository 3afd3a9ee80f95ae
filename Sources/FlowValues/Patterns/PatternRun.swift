/// The memory in which patterns run; one for each thread that matches, kept between matches.
public final class PatternScratch {
  /// How many instructions all runs with this scratch have looked at.
  public private(set) var stepCount = 0

  fileprivate var capacity = 0
  fileprivate var current: UnsafeMutablePointer<Int32>
  fileprivate var following: UnsafeMutablePointer<Int32>
  fileprivate var pending: UnsafeMutablePointer<Int32>
  /// The last generation in which an instruction was reached; that is how a set is emptied at no cost.
  fileprivate var reached: UnsafeMutablePointer<UInt64>
  fileprivate var generation: UInt64 = 0

  public init() {
    current = .allocate(capacity: 0)
    following = .allocate(capacity: 0)
    pending = .allocate(capacity: 0)
    reached = .allocate(capacity: 0)
  }

  deinit { release() }

  fileprivate func finish(generation: UInt64, steps: Int) {
    self.generation = generation
    stepCount &+= steps
  }

  /// Makes room for a program, which allocates only where it is larger than all before.
  func prepare(for size: Int) {
    guard size > capacity else { return }
    release()
    current = .allocate(capacity: size)
    following = .allocate(capacity: size)
    pending = .allocate(capacity: size)
    reached = .allocate(capacity: size)
    reached.initialize(repeating: 0, count: size)
    generation = 0
    capacity = size
  }

  private func release() {
    current.deallocate()
    following.deallocate()
    pending.deallocate()
    reached.deallocate()
  }
}

/// One search of one text.
///
/// `current` holds the instructions that wait for the next scalar. A scalar takes each of them on or drops it; an
/// instruction enters a set at most once, which bounds the work for a scalar by the size of the program.
struct PatternRun {
  private let program: PatternProgram
  private let instructions: UnsafeBufferPointer<PatternInstruction>
  private let tables: UnsafeBufferPointer<ASCIITable>
  private let text: UnsafeBufferPointer<UInt8>
  // The memory of the scratch, taken out of the object: reading through it for every step is slow.
  private var current: UnsafeMutablePointer<Int32>
  private var following: UnsafeMutablePointer<Int32>
  private let pending: UnsafeMutablePointer<Int32>
  private let reached: UnsafeMutablePointer<UInt64>
  private var generation: UInt64
  private var currentCount = 0
  private var followingCount = 0
  private var steps = 0
  private var hasAccepted = false
  /// The place at which instructions are being added, and the scalars beside it.
  private var place = PatternPlace(isStart: true)

  /// The buffers are those of the program.
  init(
    program: PatternProgram, instructions: UnsafeBufferPointer<PatternInstruction>,
    tables: UnsafeBufferPointer<ASCIITable>, text: UnsafeBufferPointer<UInt8>, scratch: PatternScratch
  ) {
    self.program = program
    self.instructions = instructions
    self.tables = tables
    self.text = text
    current = scratch.current
    following = scratch.following
    pending = scratch.pending
    reached = scratch.reached
    generation = scratch.generation
  }

  /// - Precondition: the scratch is the one of the initializer.
  mutating func search(countingIn scratch: PatternScratch) -> Bool {
    defer { scratch.finish(generation: generation, steps: steps) }
    let startsAnywhere = !program.isAnchored
    var offset = 0
    generation &+= 1
    place.next = scalar(at: offset)
    start()
    swapSets()
    while !hasAccepted, let value = place.next {
      if currentCount == 0, !startsAnywhere { return false }
      offset += place.nextLength
      place.isStart = false
      place.previous = value
      place.next = scalar(at: offset)
      generation &+= 1
      for index in 0..<currentCount { take(value, at: current[index]) }
      if startsAnywhere, !hasAccepted { start() }
      swapSets()
    }
    return hasAccepted
  }

  /// Lets a fit begin here, unless the next scalar shows that none can.
  private mutating func start() {
    if let starts = program.starts {
      guard let next = place.next else { return }
      if next < 0x80, !starts.contains(next) { return }
    }
    reach(0)
  }

  private mutating func swapSets() {
    swap(&current, &following)
    currentCount = followingCount
    followingCount = 0
  }

  private mutating func scalar(at offset: Int) -> UInt32? {
    guard offset < text.count else { return nil }
    let (value, length) = ScalarDecoder.scalar(text, at: offset)
    place.nextLength = length
    return value
  }

  /// Lets a waiting instruction have a scalar.
  private mutating func take(_ value: UInt32, at address: Int32) {
    steps &+= 1
    let instruction = instructions[Int(address)]
    let isTaken =
      switch instruction.kind {
      case .scalar: UInt32(bitPattern: instruction.first) == value
      case .anyScalar: value != 0x0A
      case .set: isInClass(instruction.first, value)
      case .assertion, .jump, .split, .accept: false
      }
    if isTaken { reach(address + 1) }
  }

  private func isInClass(_ index: Int32, _ value: UInt32) -> Bool {
    value < 0x80 ? tables[Int(index)].contains(value) : program.classes[Int(index)].holds(value)
  }

  /// Follows all ways from an address that take no scalar, up to the instructions that wait for one.
  private mutating func reach(_ address: Int32) {
    var pendingCount = 0
    push(address, &pendingCount)
    while pendingCount > 0 {
      pendingCount -= 1
      let address = pending[pendingCount]
      let instruction = instructions[Int(address)]
      steps &+= 1
      switch instruction.kind {
      case .scalar, .anyScalar, .set:
        following[followingCount] = address
        followingCount += 1
      case .jump: push(instruction.first, &pendingCount)
      case .split:
        push(instruction.second, &pendingCount)
        push(instruction.first, &pendingCount)
      case .assertion:
        if place.fulfils(instruction.first) { push(address + 1, &pendingCount) }
      case .accept: hasAccepted = true
      }
    }
  }

  private func push(_ address: Int32, _ pendingCount: inout Int) {
    guard reached[Int(address)] != generation else { return }
    reached[Int(address)] = generation
    pending[pendingCount] = address
    pendingCount += 1
  }
}

/// A place between two scalars of the text.
private struct PatternPlace {
  var isStart: Bool
  var previous: UInt32 = 0
  /// `nil` at the end.
  var next: UInt32?
  /// In bytes.
  var nextLength = 0

  func fulfils(_ assertion: Int32) -> Bool {
    switch PatternAssertion(rawValue: assertion) {
    case .textStart: isStart
    case .textEnd: next == nil
    case .wordBoundary: isBoundary
    case .noWordBoundary: !isBoundary
    case nil: false
    }
  }

  private var isBoundary: Bool {
    let isWordBefore = !isStart && NamedClass.isWord(previous)
    let isWordBehind = next.map(NamedClass.isWord) ?? false
    return isWordBefore != isWordBehind
  }
}

import Foundation
import Testing

@testable import FlowPython

/// The filter of system calls for every machine, run by a small kernel of our own over all the calls that there are.
@Suite struct FilterTests {
  /// What the kernel shows a filter of a call.
  struct SystemCall {
    var number: UInt32
    var architecture: UInt32
    var arguments: [UInt64] = [0, 0, 0, 0, 0, 0]

    /// The word at an offset of `struct seccomp_data`, lowest byte first.
    func word(_ offset: UInt32) -> UInt32 {
      switch offset {
      case 0: number
      case 4: architecture
      case 8, 12: 0
      case let offset:
        UInt32(truncatingIfNeeded: arguments[Int(offset - 16) / 8] >> (offset % 8 == 0 ? 0 : 32))
      }
    }
  }

  enum Verdict: UInt32 {
    case allowed = 0x7FFF_0000
    case refused = 0x5_0001
    case missing = 0x5_0026
  }

  /// Runs a program as `Documentation/networking/filter.rst` of the kernel tells it, as far as filters use it.
  static func verdict(_ program: [UInt8], _ call: SystemCall) throws -> Verdict {
    var accumulator: UInt32 = 0
    var position = 0
    while position * 8 < program.count {
      let step = program[position * 8..<position * 8 + 8].map { UInt32($0) }
      let value = step[4] | step[5] << 8 | step[6] << 16 | step[7] << 24
      position += 1
      func jump(_ condition: Bool) { position += Int(condition ? step[2] : step[3]) }
      switch step[0] | step[1] << 8 {
      case 0x20: accumulator = call.word(value)
      case 0x15: jump(accumulator == value)
      case 0x35: jump(accumulator >= value)
      case 0x45: jump(accumulator & value != 0)
      case 0x06: return try #require(Verdict(rawValue: value))
      case let code: throw Unexpected(words: "no instruction \(code)")
      }
    }
    throw Unexpected(words: "the filter has no end")
  }

  static let own: UInt64 = 4711
  static let machines: [(name: String, architecture: UInt32)] = [
    ("x86_64", 0xC000_003E), ("aarch64", 0xC000_00B7),
  ]

  /// The worker's own words, asked for the program.
  static func program(_ machine: String, walled: Bool) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try PythonLab.interpreter.get().path)
    let question =
      "import sys\nsys.stdout.write(filter_program('\(machine)', \(walled ? "True" : "False"), \(own)).hex())"
    process.arguments = ["-c", WorkerFilter.text + question]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let hexadecimal = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let digits = Array(hexadecimal)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
  }

  static func calls(_ machine: String) throws -> [String: UInt32] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Spec/Python/calls-\(machine).tsv")
    var calls: [String: UInt32] = [:]
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let cells = line.split(separator: "\t")
      calls[String(cells[0])] = UInt32(cells[1])
    }
    return calls
  }

  /// What no script may do, wherever it stands.
  static let forbidden = words(
    """
    fork vfork execve execveat socket connect bind listen tkill rt_tgsigqueueinfo pidfd_open pidfd_send_signal pidfd_getfd
    ptrace process_vm_readv process_vm_writev process_madvise io_uring_setup bpf perf_event_open userfaultfd mount umount2
    pivot_root chroot unshare setns fsopen fsconfig fsmount fspick open_tree move_mount mount_setattr open_by_handle_at
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl syslog vhangup
    iopl ioperm settimeofday clock_settime adjtimex clock_adjtime sethostname setdomainname keyctl add_key request_key
    setrlimit prlimit64 setpriority sched_setaffinity sched_setscheduler sched_setparam sched_setattr ioprio_set shmget
    msgget semget mq_open
    """)
  /// What a script may do only where a file system of its own stands.
  static let writing = words(
    """
    creat unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat symlink symlinkat mknod mknodat chmod
    fchmod fchmodat fchmodat2 chown fchown lchown fchownat truncate ftruncate utime utimes futimesat utimensat setxattr
    lsetxattr fsetxattr removexattr lremovexattr fremovexattr setxattrat removexattrat file_setattr
    """)
  /// What depends on its arguments, or is answered as if it did not exist.
  static let special = words("clone clone3 openat2 open openat kill tgkill rt_sigqueueinfo ioctl")

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0.isWhitespace }.map(String.init))
  }

  @Test(arguments: machines.indices, [true, false])
  func everyCallIsJudgedByItsName(_ machine: Int, _ walled: Bool) throws {
    let (name, architecture) = Self.machines[machine]
    let program = try Self.program(name, walled: walled)
    let calls = try Self.calls(name)
    #expect(program.count > 500 && calls.count > 300)
    for (call, number) in calls where !Self.special.contains(call) {
      let isForbidden = Self.forbidden.contains(call) || !walled && Self.writing.contains(call)
      let verdict = try Self.verdict(program, SystemCall(number: number, architecture: architecture))
      #expect(verdict == (isForbidden ? .refused : .allowed), "\(name): \(call)")
    }
    // Calls of another machine, or by another way, are none of those.
    for number in calls.values {
      let other = SystemCall(number: number, architecture: 0x4000_0003)
      #expect(try Self.verdict(program, other) == .refused)
      let further = SystemCall(number: number | 0x4000_0000, architecture: architecture)
      #expect(try Self.verdict(program, further) == .refused)
    }
  }

  @Test(arguments: machines.indices, [true, false])
  func argumentsAreLookedInto(_ machine: Int, _ walled: Bool) throws {
    let (name, architecture) = Self.machines[machine]
    let program = try Self.program(name, walled: walled)
    let calls = try Self.calls(name)
    func judge(_ call: String, _ arguments: UInt64...) throws -> Verdict? {
      guard let number = calls[call] else { return nil }
      var made = SystemCall(number: number, architecture: architecture)
      for (index, argument) in arguments.enumerated() { made.arguments[index] = argument }
      return try Self.verdict(program, made)
    }
    #expect(try judge("clone3") == .missing)
    #expect(try judge("openat2") == .missing)
    #expect(try judge("clone", 0x3D_0F00) == .allowed, "a thread")
    #expect(try judge("clone", 0x120_0011) == .refused, "a process")
    for call in ["kill", "tgkill", "rt_sigqueueinfo"] {
      #expect(try judge(call, Self.own) == .allowed && judge(call, 1) == .refused)
      #expect(try judge(call, UInt64.max) == .refused, "everybody")
    }
    // To read; to write, both, to create, to empty, and without a name.
    for (flags, isReading) in [
      (0o2000000, true), (1, false), (2, false), (0o100, false), (0o1000, false), (0x40_0000, false),
    ] {
      let expected: Verdict = walled || isReading ? .allowed : .refused
      #expect(try judge("openat", 0, 0, UInt64(flags)) == expected)
      if name == "x86_64" { #expect(try judge("open", 0, UInt64(flags)) == expected) }
    }
    #expect(try judge("ioctl", 1, 0x5401) == .allowed, "is it a terminal")
    for request: UInt64 in [0x5412, 0x541C, 0x4008_6602, 0x540E] {
      #expect(try judge("ioctl", 1, request) == .refused)
    }
  }
}

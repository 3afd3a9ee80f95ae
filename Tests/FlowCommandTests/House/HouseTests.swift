import Foundation
import Testing

/// The repository checks its own shape: what must be absent, and how large things may be.
@Suite struct HouseTests {
  static let sources = House.swift("Sources")

  /// What the standard library offers and the layers below the command must not touch: console, arguments, clocks,
  /// randomness and seeds of hashes. All of it comes in as parameters (semantics T1). Files and the environment need
  /// an import, which another test sees.
  static let outsideWorld = [
    "print(", "debugPrint(", "dump(", "readLine(strippingNewline", "CommandLine", "ContinuousClock",
    "SuspendingClock", "SystemRandomNumberGenerator", ".random(", ".randomElement(", ".shuffled(", "Hasher(",
    "hashValue", "Task {", "Task.detached", "Task(",
  ]

  /// The only files below the command that import more than targets of this package, and why.
  static let systemImports: [String: Set<String>] = [
    // One place starts threads, for rows and people that share nothing.
    "Sources/FlowRuntime/Population/Workers.swift": ["Dispatch", "Synchronization"],
    // Counters and the order of output that those threads share.
    "Sources/FlowRuntime/Population/Simulation.swift": ["Synchronization"],
    "Sources/FlowRuntime/Population/Simulation+Upload.swift": ["Synchronization"],
    "Sources/FlowRuntime/Population/Simulation+Finish.swift": ["Synchronization"],
    // Interpreters that the tests of several threads lend one another.
    "Sources/FlowTesting/Scripts/RunnerPool.swift": ["Synchronization"],
    // The memory of a large population is mapped in large pages.
    "Sources/FlowRuntime/State/LargeMemory.swift": ["Glibc"],
    // Zones are read once and kept for all threads.
    "Sources/FlowValues/Zones/ZoneTable.swift": ["Synchronization"],
  ]

  static var core: Set<String> { Set(House.layers.map(\.name)).subtracting(["FlowCommand"]) }

  @Test func layersAreRead() {
    #expect(House.layers.count >= 9)
    #expect(House.layers.first?.name == "FlowText")
    #expect(House.layers.last?.name == "FlowCommand")
    #expect(HouseTests.sources.count > 200)
  }

  // MARK: Layers

  @Test func layersImportOnlyWhatStandsBelow() {
    var below: Set<String> = []
    for layer in House.layers {
      #expect(below.isSuperset(of: layer.imports), "\(layer.name)")
      below.insert(layer.name)
    }
    let allowed = Dictionary(uniqueKeysWithValues: House.layers.map { ($0.name, Set($0.imports)) })
    for file in HouseTests.sources {
      guard let imports = allowed[file.target] else { continue }
      for name in HouseTests.imports(of: file) where name.hasPrefix("Flow") {
        #expect(imports.contains(name), "\(file.path) imports \(name)")
      }
    }
  }

  @Test func systemIsImportedInNamedPlaces() {
    for file in HouseTests.sources where HouseTests.core.contains(file.target) {
      let foreign = HouseTests.imports(of: file).filter { !$0.hasPrefix("Flow") }
      #expect(Set(foreign) == HouseTests.systemImports[file.path] ?? [], "\(file.path)")
    }
    for path in HouseTests.systemImports.keys { #expect(House.read(path) != nil, "\(path)") }
  }

  /// Start-up time: Foundation alone would double it.
  @Test func nothingThatShipsImportsFoundation() {
    for file in HouseTests.sources {
      let names = HouseTests.imports(of: file)
      #expect(!names.contains { $0.hasPrefix("Foundation") }, "\(file.path)")
    }
  }

  /// It is under another licence, and can be left out: nothing else may come to need it.
  @Test func readlineIsKnownToOneFile() {
    let knowing = HouseTests.sources.filter { HouseTests.imports(of: $0).contains("CReadline") }.map(\.path)
    #expect(knowing == ["Sources/flow/ReadlineEditor.swift"])
  }

  private static func imports(of file: SourceText) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count else {
        return nil
      }
      let modifiers = ["public", "package", "internal", "private", "@preconcurrency"]
      guard words[..<place].allSatisfy({ modifiers.contains(String($0)) }) else { return nil }
      return words[place + 1].split(separator: ".").first.map(String.init)
    }
  }

  // MARK: Absences

  @Test func coreDoesNotTouchTheWorld() {
    for file in HouseTests.sources where HouseTests.core.contains(file.target) {
      #expect(SourceText.numbers(of: file.code, having: HouseTests.outsideWorld) == [], "\(file.path)")
    }
  }

  @Test func nothingStopsTheProcess() {
    let words = ["fatalError(", "preconditionFailure(", "try!", "as!", "abort("]
    // Stopping the process is how a fuzz target says that something is wrong.
    for file in HouseTests.sources where file.target != "FlowFuzz" {
      #expect(SourceText.numbers(of: file.code, having: words) == [], "\(file.path)")
    }
  }

  @Test func nothingIsLeftForLater() {
    let words = ["TO" + "DO", "FIX" + "ME"]
    for file in HouseTests.sources + House.swift("Tests") {
      #expect(SourceText.numbers(of: file.lines, having: words) == [], "\(file.path)")
    }
  }

  @Test func namesSayWhatLivesThere() {
    let empty = ["Utils", "Utilities", "Helper", "Helpers", "Manager", "Common", "Misc", "Placeholder"]
    for path in House.all("Sources") + House.all("Tests") {
      for part in path.split(separator: "/") {
        let stem = part.prefix { $0 != "." }
        #expect(!empty.contains(String(stem)), "\(path)")
        #expect(!stem.hasSuffix("Manager") && !stem.hasSuffix("Helper"), "\(path)")
      }
    }
  }

  /// Paths of somebody's machine work nowhere else.
  @Test func noFileNamesAMachine() throws {
    let folders = ["work", "root", "home"].map { "/\($0)/" }
    let paths = House.all().filter { $0 != "Package.resolved" }
    #expect(paths.contains(".gitignore") && paths.contains("grammar/README.md"))
    for path in paths {
      guard let file = House.read(path) else { continue }
      #expect(SourceText.numbers(of: file.lines, having: folders) == [], "\(path)")
    }
  }

  // MARK: Sizes

  @Test func filesAreShort() {
    let files = HouseTests.sources + House.swift("Tests")
    for file in files { #expect(file.lineCount <= 700, "\(file.path)") }
    let long = files.filter { $0.lineCount > 350 }
    #expect(long.count * 10 <= files.count, "\(long.map(\.path))")
  }

  /// What may be longer than 70 lines, and why.
  static let longFunctions = [
    // One switch over the operations, with a line for each: parting it would cost a second dispatch.
    "Sources/FlowRuntime/Engine/Engine+Execute.swift"
  ]

  @Test func functionsAreShort() {
    for file in HouseTests.sources where !HouseTests.longFunctions.contains(file.path) {
      for function in HouseTests.functions(of: file) {
        #expect(function.lineCount <= 70, "\(file.path):\(function.line)")
      }
    }
  }

  /// Functions and where they begin; `swift format` has put the brace that ends one below its first word.
  private static func functions(of file: SourceText) -> [(line: Int, lineCount: Int)] {
    let code = file.code
    return code.indices.compactMap { first in
      guard declaresFunction(code[first]), !code[first].hasSuffix("}") else { return nil }
      let end = code[first].prefix { $0 == " " } + "}"
      return code[first...].firstIndex { $0.hasPrefix(end) }.map { (first + 1, $0 - first + 1) }
    }
  }

  private static func declaresFunction(_ line: String) -> Bool {
    let modifiers: Set<Substring> = [
      "public", "package", "internal", "private", "fileprivate", "static", "mutating", "nonisolated",
      "convenience",
    ]
    let word = line.split(separator: " ").first { !modifiers.contains($0) && !$0.hasPrefix("@") } ?? ""
    return word == "func"
      || ["init(", "init?(", "init<", "subscript(", "subscript<"].contains { word.hasPrefix($0) }
  }
}

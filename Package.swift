// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled under the same rules; a warning is an error.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// The layers of the library, lowest first. A target imports only targets that stand before it.
let layers: [(name: String, imports: [Target.Dependency])] = [
  ("FlowText", []),
  ("FlowDiagnostics", ["FlowText"]),
  ("FlowValues", ["FlowText"]),
  ("FlowSyntax", ["FlowText", "FlowDiagnostics", "FlowValues"]),
  ("FlowSchema", ["FlowText", "FlowValues", "FlowSyntax"]),
  ("FlowCheck", ["FlowText", "FlowDiagnostics", "FlowValues", "FlowSyntax", "FlowSchema"]),
  (
    "FlowAnalysis",
    ["FlowText", "FlowDiagnostics", "FlowValues", "FlowSyntax", "FlowSchema", "FlowCheck"]
  ),
  (
    "FlowLint",
    [
      "FlowText", "FlowDiagnostics", "FlowValues", "FlowSyntax", "FlowSchema", "FlowCheck",
      "FlowAnalysis",
    ]
  ),
  (
    "FlowRuntime",
    ["FlowText", "FlowDiagnostics", "FlowValues", "FlowSyntax", "FlowSchema", "FlowCheck"]
  ),
  (
    "FlowData",
    ["FlowText", "FlowDiagnostics", "FlowValues", "FlowSchema", "FlowRuntime"]
  ),
  (
    "FlowStory",
    ["FlowText", "FlowValues", "FlowSyntax", "FlowSchema", "FlowCheck", "FlowRuntime"]
  ),
  (
    "FlowTesting",
    [
      "FlowText", "FlowDiagnostics", "FlowValues", "FlowSyntax", "FlowSchema", "FlowCheck", "FlowRuntime",
      "FlowData",
    ]
  ),
  (
    "FlowSession",
    [
      "FlowText", "FlowDiagnostics", "FlowValues", "FlowSyntax", "FlowSchema", "FlowCheck", "FlowRuntime",
      "FlowData", "FlowStory", "FlowTesting",
    ]
  ),
  (
    "FlowCommand",
    [
      "FlowText", "FlowDiagnostics", "FlowValues", "FlowSyntax", "FlowSchema", "FlowCheck",
      "FlowAnalysis", "FlowLint", "FlowRuntime", "FlowData", "FlowStory", "FlowTesting", "FlowSession",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]
  ),
]

/// Adapters to the outside, beside the layers: they implement what the runtime asks for, and no layer knows them.
let adapters: [(name: String, imports: [Target.Dependency])] = [
  ("FlowPython", ["FlowValues", "FlowRuntime", "LinuxSpawn"])
]

let package = Package(
  name: "flow",
  products: [
    .executable(name: "flow", targets: ["flow"]),
    .executable(name: "flow-develop", targets: ["FlowDevelop"]),
  ],
  traits: [
    .default(enabledTraits: ["Readline"]),
    // GNU readline is under the GPL-3, and so is a binary that links it: `--disable-default-traits` builds one without.
    .trait(name: "Readline", description: "Edit the lines of the REPL with GNU readline."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: (layers + adapters).map {
    .target(name: $0.name, dependencies: $0.imports, swiftSettings: settings)
  } + [
    .systemLibrary(name: "LinuxSpawn"),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    // What the tests of several layers read.
    .target(
      name: "AnnotatedCases", dependencies: ["FlowText", "FlowDiagnostics"], path: "Tests/AnnotatedCases",
      swiftSettings: settings),
    .executableTarget(
      name: "flow",
      dependencies: [
        "FlowCommand", "FlowRuntime", "FlowPython",
        .target(name: "CReadline", condition: .when(traits: ["Readline"])),
      ], swiftSettings: settings),
    .executableTarget(
      name: "FlowDevelop",
      // `flow` is not linked: `bench` starts it, so it has to be built as well.
      dependencies: (layers + adapters).map { .init(stringLiteral: $0.name) } + [
        "flow",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),
  ]
    + (layers + adapters).map {
      .testTarget(
        name: "\($0.name)Tests",
        // The command is tested with scripts that run.
        dependencies: [.init(stringLiteral: $0.name)] + $0.imports
          + ($0.name == "FlowCommand" ? ["FlowPython"] : [])
          + (["FlowCheck", "FlowLint"].contains($0.name) ? ["AnnotatedCases"] : []),
        swiftSettings: settings)
    },
  swiftLanguageModes: [.v6]
)

// libFuzzer brings its own `main`, so that its target is there only when asked for:
// `FLOW_FUZZ=1 swift build -c release --sanitize=fuzzer --product FlowFuzz`.
if Context.environment["FLOW_FUZZ"] == "1" {
  package.targets.append(
    .executableTarget(
      name: "FlowFuzz",
      dependencies: layers.filter { $0.name != "FlowCommand" }.map { .init(stringLiteral: $0.name) },
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
}

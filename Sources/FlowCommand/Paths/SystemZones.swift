internal import FlowDiagnostics
internal import FlowValues
import Synchronization

/// The time zones of the system, each read when it is asked for.
final class SystemZones: Sendable {
  /// Where the files are unless TZDIR says otherwise.
  static let directory = "/usr/share/zoneinfo"
  /// The largest file that is taken for a zone, in bytes; real ones have a few thousand.
  private static let maximumByteCount = 1 << 20

  let directory: String
  let table: ZoneTable
  private let missing = Absence()

  init(_ environment: CommandEnvironment) {
    let given = environment.variables["TZDIR"].flatMap { $0.isEmpty ? nil : $0 }
    let directory = given ?? Self.directory
    let files = environment.files
    let missing = missing
    self.directory = directory
    table = ZoneTable { name in
      if let bytes = try? files.read(FilePath.join(directory, name), limit: Self.maximumByteCount) {
        return bytes
      }
      // UTC is known to all, so a table without it is none.
      if (try? files.status(of: FilePath.join(directory, "UTC"))) == nil { missing.note() }
      return nil
    }
  }

  /// Whether the data was looked for and is not there.
  private final class Absence: Sendable {
    private let noted = Atomic<Bool>(false)
    func note() { noted.store(true, ordering: .relaxed) }
    var isNoted: Bool { noted.load(ordering: .relaxed) }
  }

  /// Said where a zone was asked for and there is no zone data at all: that it is unknown would mislead.
  func requireData() throws(CommandFailure) {
    guard missing.isNoted else { return }
    throw CommandFailure(
      Diagnostic(
        .missingZoneData, .error, "there is no time zone data in `\(directory)`",
        help: ["install the package `tzdata`, or name the directory of the zone files in TZDIR"]))
  }
}

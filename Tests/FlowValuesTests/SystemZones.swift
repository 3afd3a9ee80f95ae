import FlowValues
import Foundation

/// The zones of the machine that runs the tests.
let zones = ZoneTable { name in
  FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)").map(Array.init)
}

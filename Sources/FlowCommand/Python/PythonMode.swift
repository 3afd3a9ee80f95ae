internal import ArgumentParser

/// What `flow run` and `flow test` do with Python statements.
enum PythonMode: Equatable, ExpressibleByArgument {
  case run
  case record(String)
  case replay(String)
  case forbid

  init?(argument: String) {
    switch argument {
    case "run": self = .run
    case "forbid": self = .forbid
    default:
      if argument.hasPrefix("record="), argument.count > 7 {
        self = .record(String(argument.dropFirst(7)))
      } else if argument.hasPrefix("replay="), argument.count > 7 {
        self = .replay(String(argument.dropFirst(7)))
      } else {
        return nil
      }
    }
  }

  var defaultValueDescription: String { "run" }

  /// Whether scripts really run.
  var runsScripts: Bool {
    switch self {
    case .run, .record: true
    case .replay, .forbid: false
    }
  }
}

/// All that a command can reach outside of itself, so that a test can be the whole world.
public struct CommandEnvironment {
  /// Without the name of the program.
  public var arguments: [String]
  public var files: any FileSystem
  public var standardInput: any ByteReader
  public var output: OutputStream
  public var errors: OutputStream
  public var terminal: Terminal
  /// The environment variables.
  public var variables: [String: String]
  /// An absolute path without `.` and `..`.
  public var currentDirectory: String
  public var machine: Machine
  public var interruption: Interruption
  public var python: PythonSupport
  /// Reads what a person types; `nil` where no person sits at a terminal.
  public var lineEditor: (any LineEditor)?

  public init(
    arguments: [String], files: any FileSystem, standardInput: any ByteReader, output: OutputStream,
    errors: OutputStream, terminal: Terminal = Terminal(), variables: [String: String] = [:],
    currentDirectory: String = "/", machine: Machine = Machine(),
    interruption: Interruption = Interruption(), python: PythonSupport = .none,
    lineEditor: (any LineEditor)? = nil
  ) {
    self.arguments = arguments
    self.files = files
    self.standardInput = standardInput
    self.output = output
    self.errors = errors
    self.terminal = terminal
    self.variables = variables
    self.currentDirectory = currentDirectory
    self.machine = machine
    self.interruption = interruption
    self.python = python
    self.lineEditor = lineEditor
  }
}

/// Which of the streams are a terminal, and how wide it is.
public struct Terminal: Sendable {
  /// Whether what is read comes from a person's keys.
  public var givesInput: Bool
  public var showsOutput: Bool
  public var showsErrors: Bool
  /// In cells.
  public var width: Int

  public init(
    givesInput: Bool = false, showsOutput: Bool = false, showsErrors: Bool = false, width: Int = 80
  ) {
    self.givesInput = givesInput
    self.showsOutput = showsOutput
    self.showsErrors = showsErrors
    self.width = width
  }
}

/// What the engine figures and the progress bar are read from. Nothing that a campaign does depends on it.
public struct Machine: Sendable {
  public var cores: Int
  /// A clock that only goes forward, in nanoseconds.
  public var nanoseconds: @Sendable () -> UInt64
  /// The most memory the process has had so far, in bytes.
  public var peakMemory: @Sendable () -> Int
  /// Does something now and then on another thread, until what it returns is called.
  public var alongside: @Sendable (@escaping @Sendable () -> Void) -> () -> Void
  /// Waits so many milliseconds, or until a signal comes.
  public var pause: @Sendable (_ milliseconds: Int) -> Void

  public init(
    cores: Int = 1, nanoseconds: @escaping @Sendable () -> UInt64 = { 0 },
    peakMemory: @escaping @Sendable () -> Int = { 0 },
    alongside: @escaping @Sendable (@escaping @Sendable () -> Void) -> () -> Void = { _ in {} },
    pause: @escaping @Sendable (_ milliseconds: Int) -> Void = { _ in }
  ) {
    self.cores = cores
    self.nanoseconds = nanoseconds
    self.peakMemory = peakMemory
    self.alongside = alongside
    self.pause = pause
  }
}

/// How a command ended, as the shell sees it.
public enum CommandStatus: Int32, Sendable {
  case fine = 0
  /// The input has findings.
  case findings = 1
  /// The command could not do its work.
  case failure = 2
}

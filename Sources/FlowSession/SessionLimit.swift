/// What input could make large in a session.
public enum SessionLimit {
  /// How many keys of participants completion is offered.
  public static let completedKeys = 1_000
  /// In how long a text something is completed, in bytes.
  public static let completedByteCount = 1 << 16
  /// Of how many people everything that happens is written down when it happens; of others when it is asked for, by
  /// playing it again.
  static let stories = 1_000
  /// Of how many people a statement tells, and of how many lines each.
  static let peopleTold = 3
  static let linesTold = 24
  /// How many people a message proposes where it is not clear who is meant.
  static let peopleProposed = 3
  /// How many of the tests are named that a declaration leaves out.
  static let testsNamed = 3
  /// How many rows `:show` lists.
  static let rowsShown = 20
  /// How much memory the states of the past may take, in bytes; those beyond are played again when they are wanted.
  static let rememberedBytes = 256 << 20
  /// How many statements can be gone back.
  static let moments = 10_000
  /// How many errors of one entry are shown.
  static let errorsTold = 8
  /// How many refused rows a statement lists.
  static let refusalsTold = 5
  /// The largest file that a statement uploads, in bytes.
  static let uploadBytes = 1 << 30
  /// Of how many people a saved test expects something behind each statement.
  static let peopleExpected = 5
}

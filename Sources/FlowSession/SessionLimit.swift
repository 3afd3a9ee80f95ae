/// What input could make large in a session.
public enum SessionLimit {
  /// How many keys of participants completion is offered.
  public static let completedKeys = 1_000
  /// In how long a text something is completed, in bytes.
  public static let completedByteCount = 1 << 16
}

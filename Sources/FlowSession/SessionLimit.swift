/// What input could make large in a session.
public enum SessionLimit {
  /// How many keys of participants completion is offered.
  public static let completedKeys = 1_000
}

/// How many of a kind one campaign can declare. Generous for people, and a bound for every later phase.
///
/// A level of fields has `FieldTable.maximumCount`.
public enum CheckLimit {
  public static let flows = 50_000
  /// Steps of one flow.
  public static let steps = 10_000
  /// Named communications of all flows.
  public static let communications = 100_000
  public static let agents = 1_000
  /// Channels of one agent.
  public static let channels = 64
  /// Files of one campaign, the used ones among them.
  public static let files = 10_000
  /// Errors that get a suggestion of the nearest name: looking for one takes time in the number of names.
  static let suggestions = 300
}

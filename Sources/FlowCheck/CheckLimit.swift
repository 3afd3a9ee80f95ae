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
  /// How many names are looked at for suggestions and lists in notes, over all errors: a hundred thousand errors
  /// beside a hundred thousand names must not take for ever. Further errors are said briefly.
  static let namesForMessages = 1_000_000
}

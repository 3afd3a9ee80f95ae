import FlowValues

/// What the bits mean, for who knows the type. Values that the engine has made are in range, so that the fallbacks
/// never count.
extension Value {
  var numeric: Numeric { Numeric(millionths: bits) ?? .zero }
  var date: CivilDate { CivilDate(dayNumber: bits) ?? .minimum }
  var time: TimeOfDay { TimeOfDay(milliseconds: bits) ?? .midnight }
  var duration: CalendarDuration { CalendarDuration(days: Int64(extra), milliseconds: bits) ?? .zero }

  /// A duration in milliseconds, a day taken as 24 hours (language 5).
  var durationLength: Int64 { Int64(extra) * TimeOfDay.millisecondsPerDay + bits }
}

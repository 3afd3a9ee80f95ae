import FlowRuntime
import FlowValues
import Foundation
import Testing

@testable import FlowPython

/// Values both ways, exactly (semantics P1).
@Suite struct ValueTests {
  static let date = CivilDate(year: 2026, month: 11, day: 24) ?? .minimum

  @Test func valuesHaveTheirTypes() throws {
    let names = ["s", "e", "i", "big", "n", "b", "d", "t", "u"]
    let script = """
      import datetime, decimal
      p = participant
      assert p["s"] == "Zoë 🦊" and type(p["s"]) is str
      assert p["e"] == "paid"
      assert p["i"] == -3 and type(p["i"]) is int
      assert p["big"] == -2**63
      assert p["n"] == decimal.Decimal("0.1") and type(p["n"]) is decimal.Decimal and str(p["n"]) == "0.1"
      assert p["b"] is True
      assert p["d"] == datetime.date(2026, 11, 24) and type(p["d"]) is datetime.date
      assert p["t"] == datetime.datetime(9999, 12, 31, 23, 59, 59, 999000, tzinfo=datetime.timezone.utc)
      assert p["u"] is None
      assert now == datetime.datetime(2026, 9, 21, 14, 13, 20, 123000, tzinfo=datetime.timezone.utc), now
      assert now.tzinfo is datetime.timezone.utc
      for record in (participant, profile, communication, result):
          try: record["s"] = 1
          except TypeError: pass
          else: raise AssertionError("a record can be written")
      """
    let lab = try PythonLab([script], reads: names.map { ScriptRead(record: "participant", field: $0) })
    let values: [ScriptValue] = [
      .text("Zoë 🦊"), .text("paid"), .integer(-3), .integer(.min),
      .numeric(Numeric(millionths: 100_000) ?? .zero),
      .boolean(true), .date(Self.date), .datetime(.maximum), .unset,
    ]
    #expect(try lab.writes(values: values).isEmpty)
  }

  @Test func writesComeBack() throws {
    let script = """
      import datetime, decimal
      writes["s"] = "Zoë \\0 🦊"
      writes["i"] = -2**63
      writes["n"] = decimal.Decimal("-999999999999.9999985")
      writes["b"] = False
      writes["d"] = datetime.date(1, 1, 1)
      writes["t"] = datetime.datetime(2026, 3, 1, 1, 0, 0, 1999, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
      """
    let lab = try PythonLab([script])
    let instant = Instant(milliseconds: 1_772_319_600_001)
    #expect(
      try lab.writes() == [
        "s": .text("Zoë \0 🦊"), "i": .integer(.min),
        "n": .numeric(Numeric(millionths: -999_999_999_999_999_998) ?? .zero), "b": .boolean(false),
        "d": .date(.minimum), "t": instant.map { .datetime($0) } ?? .unset,
      ])
  }

  @Test func noneClearsAndIntegersAreNumbers() throws {
    let lab = try PythonLab(["for key in 'sinbdt': writes[key] = None", "writes['n'] = 12"])
    let none = try lab.writes()
    #expect(none.count == 6 && none.values.allSatisfy { $0 == .unset })
    #expect(try lab.writes(1) == ["n": .numeric(Numeric(12) ?? .zero)])
  }

  /// The same numbers cross both ways, whatever their size.
  @Test func numbersGoThereAndBack() throws {
    let lab = try PythonLab(
      ["writes['i'] = participant['i']\nwrites['n'] = participant['n']\nwrites['t'] = participant['t']"],
      reads: ["i", "n", "t"].map { ScriptRead(record: "participant", field: $0) })
    let seed = UInt64.random(in: 0...UInt64.max)
    var state = seed
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Int64(bitPattern: state) >> Int64(state >> 3 & 63)
      let numeric = Numeric(millionths: number % Numeric.limit) ?? .zero
      let instant = Instant(milliseconds: number % 62_135_596_800_000) ?? .epoch
      let values: [ScriptValue] = [.integer(number), .numeric(numeric), .datetime(instant)]
      #expect(
        try lab.writes(values: values) == ["i": values[0], "n": values[1], "t": values[2]], "seed \(seed)")
    }
  }

  static let refused = [
    ("writes['n'] = 0.5", "expected a Decimal or an int"),
    ("writes['n'] = True", "expected a Decimal or an int"),
    ("import decimal\nwrites['n'] = decimal.Decimal('NaN')", "10**12"), ("writes['n'] = 10**12", "10**12"),
    ("import decimal\nwrites['n'] = decimal.Decimal('1e999999')", "10**12"),
    ("writes['i'] = 1.0", "expected an int"),
    ("writes['i'] = True", "expected an int"), ("writes['i'] = 2**63", "64 bits"),
    ("writes['i'] = '1'", "expected an int"), ("writes['s'] = 1", "expected a str"),
    ("writes['s'] = b'x'", "expected a str"), ("writes['s'] = '\\ud800'", "surrogates"),
    ("writes['b'] = 1", "expected a bool"), ("writes['d'] = now", "expected a date"),
    ("writes['d'] = '2026-01-01'", "expected a date"), ("writes['t'] = now.date()", "expected a datetime"),
    ("writes['t'] = now.replace(tzinfo=None)", "time zone"),
  ]

  @Test(arguments: refused) func wrongTypesAreRefused(_ script: String, _ says: String) throws {
    let failure = try PythonLab([script]).failure()
    #expect(failure.reason == .pythonWrongType)
    #expect(failure.summary.contains(says), "\(failure.summary)")
  }

  @Test func undeclaredWritesAreRefused() throws {
    let failure = try PythonLab(["writes['i'] = 1\nwrites['nme'] = 1"]).failure()
    #expect(failure.reason == .pythonUndeclaredWrite)
    #expect(failure.summary.contains("'nme'") && failure.summary.contains("`s`"))
  }

  /// A line for each way to write; the innermost is where it was done.
  static let places: [(script: String, lines: [Int])] = [
    ("x = 1\nwrites['nme'] = 1", [2]), ("writes['i'] = 1\n\nwrites['i'] = 'x'", [3]),
    ("def put(k, v):\n    writes[k] = v\n\nput('i', 1)\nput('nme', 1)", [5, 2]),
    ("writes.update(\n    i=0.5)", [1]), ("x = 1\nwrites |= {'nme': 1}", [2]),
    ("x = 1\nwrites.setdefault('i', 0.5)", [2]), ("x = 1\nwrites = {'i': 0.5}", [2]),
    ("x = 1\nwrites = 3", [2]), ("x = 1\nwrites['s'] = 'x' * 70_000", [2]),
    ("x = 1\nwrites['m'] = 'nobody'", [2]), ("x = 1\nwrites['c'] = 'gone'", [2]),
    // Which of two it was nobody can tell.
    ("writes = {'i': 0.5}\nwrites = {'i': 0.5}", []), ("dict.__setitem__(writes, 'nme', 1)", []),
  ]

  @Test(arguments: places) func refusedWritesNameTheirLine(_ script: String, _ lines: [Int]) throws {
    let further = [
      ScriptWrite(keys: ["m"], type: .text, form: .email),
      ScriptWrite(keys: ["c"], type: .text, form: .oneOf(["new", "won"])),
    ]
    let lab = try PythonLab([script, "writes['c'] = 'won'"], writes: PythonLab.allTypes + further)
    let failure = try lab.failure()
    #expect(failure.frames.map(\.line) == lines, "\(failure)")
    #expect(failure.place?.line == lines.last)
    // Having asked for it costs nobody else anything.
    #expect(try lab.writes(1) == ["c": .text("won")])
  }

  @Test func writesAreADictionaryForScripts() throws {
    let script = """
      import copy, json
      assert isinstance(writes, dict) and writes == {} and repr(writes) == "{}"
      writes["i"] = 1
      assert type(copy.copy(writes)) is dict and type(writes).__name__ == "dict"
      writes["s"] = json.dumps(writes)
      """
    #expect(try PythonLab([script]).writes() == ["i": .integer(1), "s": .text(#"{"i": 1}"#)])
  }

  @Test func undeclaredReadsSayWhatIsDeclared() throws {
    let lab = try PythonLab(["participant['b']"], reads: [ScriptRead(record: "participant", field: "a")])
    guard case .failed(let failure) = lab.call(values: [.unset]) else { throw Unexpected(words: "it read") }
    #expect(
      failure.summary == "KeyError: `participant.b` is not among the fields that the statement `reads`: a")
  }
}

import FlowRuntime
import FlowValues

/// What is sent to a worker (`WorkerScript`).
struct CallFrame {
  private var writer = MarshalWriter()
  /// Nobody can guess it, so that an answer without it was made up by a script.
  private(set) var nonce: Int64 = 0

  var bytes: [UInt8] { writer.bytes }

  mutating func write(_ call: ScriptCall, definition: ScriptSource?) {
    begin(count: 6)
    writeParts(of: call, definition)
    writer.finish()
  }

  /// Begins a frame of so many calls, which follow by `add`.
  mutating func begin(batch count: Int) {
    begin(count: 3)
    writer.none()
    writer.tuple(count: count)
  }

  mutating func add(_ call: ScriptCall, definition: ScriptSource?) {
    writer.tuple(count: 5)
    writeParts(of: call, definition)
  }

  mutating func endBatch() { writer.finish() }

  private mutating func writeParts(of call: ScriptCall, _ definition: ScriptSource?) {
    writer.integer(Int64(call.script.campaign) << 32 | Int64(call.script.index))
    writer.integer(call.now.milliseconds)
    writer.unsigned(call.seed)
    writer.tuple(count: call.values.count)
    for value in call.values { write(value) }
    if let definition { write(definition) } else { writer.none() }
  }

  mutating func write(check text: String) {
    begin(count: 2)
    writer.text(text)
    writer.finish()
  }

  /// Asks where the latest call has written a field.
  mutating func write(where field: Int) {
    begin(count: 2)
    writer.integer(Int64(field))
    writer.finish()
  }

  private mutating func begin(count: Int) {
    nonce = Int64.random(in: 1...Int64.max)
    writer.begin()
    writer.tuple(count: count)
    writer.integer(nonce)
  }

  /// Types that `marshal` has not are told by others: a decimal is bytes, a date a tuple of one number, a datetime a
  /// tuple of two.
  private mutating func write(_ value: ScriptValue) {
    switch value {
    case .unset: writer.none()
    case .text(let text): writer.text(text)
    case .integer(let number): writer.integer(number)
    case .numeric(let number): writer.byteString(number.description)
    case .boolean(let truth): writer.boolean(truth)
    case .date(let date):
      writer.tuple(count: 1)
      writer.integer(Int64(date.dayNumber) + PythonDate.epoch)
    case .datetime(let instant):
      writer.tuple(count: 2)
      writer.integer(instant.milliseconds)
      writer.none()
    }
  }

  private mutating func write(_ source: ScriptSource) {
    writer.tuple(count: 5)
    writer.text(source.name)
    writer.integer(Int64(source.firstLine))
    writer.text(source.text)
    writer.tuple(count: source.reads.count)
    for read in source.reads {
      writer.tuple(count: 2)
      writer.text(read.record)
      writer.text(read.field)
    }
    writer.tuple(count: source.writes.count)
    for write in source.writes {
      writer.tuple(count: 2)
      writer.tuple(count: write.keys.count)
      for key in write.keys { writer.text(key) }
      writer.integer(Int64(write.type.rawValue))
    }
  }
}

enum PythonDate {
  /// Python counts days from 1 January 1, which is 1.
  static let epoch: Int64 = 719_163
}

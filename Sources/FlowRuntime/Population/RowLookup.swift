import FlowSchema

/// What was found out about the keys of a row while nobody else touched the store (semantics D4).
///
/// Finding people waits for memory, so the rows of a batch are looked up side by side, by all threads, before any
/// of them has its turn. Rows then have their turns one after another, for each may add somebody whom the next one
/// finds; what was looked up saves most of that work, and is never taken on trust: a person is taken only where
/// the index still has them at the very place, and of nobody the search goes on from the free place it ended at,
/// which a key that came in since must have taken or passed. Where anything else may have happened, the row is
/// looked up again.
struct RowLookup: BitwiseCopyable {
  enum Finding: UInt8 {
    /// The row has to be looked at in its turn.
    case open
    /// The `external_id` finds `person`.
    case known
    /// The same, and the person has just these keys, as far as the row gives them.
    case unchanged
    /// Nobody has any of the keys.
    case nobody
  }

  var finding = Finding.open
  var person: Int32 = -1
  /// How often the indices had grown: places mean nothing after another time.
  var growths: Int32 = 0
  /// Where the search for each key ended.
  var slots = InlineArray<6, UInt32>(repeating: 0)
}

extension Population {
  /// Looks up the keys of a row. Only reads, so that several threads can do it while nothing changes.
  func lookUp(_ keys: RowKeys) -> RowLookup {
    var lookup = RowLookup()
    lookup.growths = growths
    for field in 0..<SystemField.Profile.keyCount where keys.has(field) {
      let found = find(field, keys.text(field), keys.hash(field), from: nil)
      lookup.slots[field] = UInt32(truncatingIfNeeded: found.slot)
      switch found.holders {
      case .nobody: continue
      case .one(let person):
        guard field == 0, let record = record(person)?.baseAddress else { return lookup }
        let changes = RecordKeys.changes(keys, record, profileFieldCount: profileFieldCount)
        lookup.person = Int32(person)
        lookup.finding = changes == 0 ? .unchanged : .known
        return lookup
      case .several: return lookup
      }
    }
    lookup.finding = .nobody
    return lookup
  }

  /// Whom keys belong to. Where they are nobody's, `lookup` then says where they go in the indices.
  func identify(_ keys: RowKeys, _ lookup: inout RowLookup) -> Identity {
    if lookup.growths == growths {
      switch lookup.finding {
      case .open: break
      case .known, .unchanged:
        if holds(Int(lookup.person), keys.hash(0), at: Int(lookup.slots[0])) {
          return .known(Int(lookup.person))
        }
      case .nobody: if isStillNobody(keys, &lookup) { return .new }
      }
    }
    lookup.finding = .open
    return identify(keys)
  }

  private func isStillNobody(_ keys: RowKeys, _ lookup: inout RowLookup) -> Bool {
    for field in 0..<SystemField.Profile.keyCount where keys.has(field) {
      let found = find(field, keys.text(field), keys.hash(field), from: Int(lookup.slots[field]))
      guard case .nobody = found.holders else { return false }
      lookup.slots[field] = UInt32(truncatingIfNeeded: found.slot)
    }
    return true
  }
}

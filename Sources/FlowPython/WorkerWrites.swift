/// The part of the worker that takes what scripts write, and knows where they wrote it.
enum WorkerWrites {
  static let text = #"""
    class Writes(dict):
        """What a script writes. Where from, nobody asks of calls that are run ahead: those that fail are made again."""
        __slots__ = ()
        def __reduce_ex__(self, protocol):
            return dict, (dict(self),)

    class PlacedWrites(Writes):
        """Knows of every key where it was written last, as the calls that led there, innermost first."""
        __slots__ = ("places",)
        def __new__(kind):
            writes = dict.__new__(kind)
            writes.places = {}
            return writes
        def __setitem__(self, key, value):
            put(self, key, value)
            self.places[key] = calls_from(current(1))
        def setdefault(self, key, default=None):
            if key not in self:
                put(self, key, default)
                self.places[key] = calls_from(current(1))
            return self[key]
        def update(self, *others, **names):
            new = dict(*others, **names)
            dict.update(self, new)
            self.places.update(dict.fromkeys(new, calls_from(current(1))))
        def __ior__(self, other):
            new = dict(other)
            dict.update(self, new)
            self.places.update(dict.fromkeys(new, calls_from(current(1))))
            return self

    for kind in (Writes, PlacedWrites):
        kind.__name__ = kind.__qualname__ = "dict"
    put, current = dict.__setitem__, sys._getframe

    SHOWN = 8

    def calls_from(frame):
        calls = []
        while frame is not None and frame.f_code is not run.__code__ and len(calls) < 2 * SHOWN:
            calls.append((frame.f_code, frame.f_lasti))
            frame = frame.f_back
        return calls

    def line_of(code, position):
        from dis import findlinestarts
        line = 0
        for start, number in findlinestarts(code):
            if start > position:
                break
            line = number or line
        return line

    def frames_where(script, writes, key):
        """Where a key was written, as the frames of a traceback; none where that cannot be told."""
        try:
            if not isinstance(writes, PlacedWrites):
                return frames_of_binding(script.code)
            return tuple((plain(code.co_filename), line_of(code, position), plain(code.co_name))
                         for code, position in reversed(writes.places.get(key, ())) if code.co_filename != "<string>")
        except BaseException:
            return ()

    def frames_of_binding(code):
        """Where a script binds `writes` to something of its own, if that is one place."""
        from dis import findlinestarts, get_instructions
        found = set()
        def search(part):
            starts, line = dict(findlinestarts(part)), 0
            binding = ("STORE_GLOBAL", "DELETE_GLOBAL") + (("STORE_NAME", "DELETE_NAME") if part is code else ())
            for instruction in get_instructions(part):
                line = starts.get(instruction.offset) or line
                if instruction.opname in binding and instruction.argval == "writes":
                    found.add((plain(part.co_filename), line, plain(part.co_name)))
            for constant in part.co_consts:
                if hasattr(constant, "co_code"):
                    search(constant)
        search(code)
        return tuple(found) if len(found) == 1 else ()

    """#
}

/// The Python side: one script that stays, and runs the scripts of campaigns one call after another.
///
/// Frames are four bytes of length, lowest first, and a value as `marshal` writes it. A call is
/// `(nonce, script, now, seed, values, definition)`; the definition comes with a script's first call.
/// `(nonce, None, calls)` is many of them. `(nonce, text)` asks whether a text is a script, `(nonce, field)` where the
/// latest call has written a field. The answer is `(nonce, 0, writes, isSpent)` or
/// `(nonce, kind, summary, frames, omitted, isSpent)`.
enum WorkerScript {
  static let text = head + WorkerFilter.text + walls + WorkerWrites.text + calls

  private static let head = #"""
    import sys, os, marshal, builtins, gc, resource, faulthandler, _thread
    from datetime import date, datetime, timedelta, timezone
    from decimal import Decimal, Context, DefaultContext, ROUND_HALF_EVEN, InvalidOperation, setcontext
    from types import MappingProxyType

    memory, walled = int(sys.argv[1]), sys.argv[2] == "walled"
    machine = sys.argv[3] if len(sys.argv) > 3 else os.uname().machine

    # The protocol moves to other descriptors, so that whatever prints, prints to the pipe for errors.
    inward, outward, trouble = os.dup(0), os.dup(1), 3
    nothing = os.open("/dev/null", os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)

    # Names of our own, which no script can replace by changing a module.
    read, write, dumps, loads, from_bytes = os.read, os.write, marshal.dumps, marshal.loads, int.from_bytes
    leave, thread_count, modules = os._exit, _thread._count, sys.modules
    EPOCH, MILLISECOND = datetime(1970, 1, 1, tzinfo=timezone.utc), timedelta(milliseconds=1)
    EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])
    MILLIONTH, LARGEST = Decimal("0.000001"), 2**63
    FAILED, MEMORY, UNDECLARED, TYPE, SYNTAX = 1, 2, 3, 4, 5

    """#

  private static let walls = #"""
    def forbid(prctl):
        """Forbids system calls for good. Whether that worked is the answer."""
        import ctypes
        program = filter_program(machine, walled, os.getpid())
        if program is None:
            return False
        code = ctypes.create_string_buffer(program)
        class Filter(ctypes.Structure):
            _fields_ = [("count", ctypes.c_ushort), ("code", ctypes.c_void_p)]
        filter = Filter(len(program) // 8, ctypes.addressof(code))
        # No new privileges; then the filter.
        return prctl(38, 1, 0, 0, 0) == 0 and prctl(22, 2, ctypes.byref(filter), 0, 0) == 0

    def limit(what, amount):
        try:
            resource.setrlimit(what, (amount, amount))
        except (ValueError, OSError):
            pass

    def confine():
        limit(resource.RLIMIT_CORE, 0)
        limit(resource.RLIMIT_NOFILE, 64)
        limit(resource.RLIMIT_FSIZE, 16 << 20 if walled else 0)
        limit(resource.RLIMIT_AS, memory)
        try:
            import ctypes
            prctl = ctypes.CDLL(None, use_errno=True).prctl
            # Die with whoever has started this; a sandbox sees to that by itself.
            if not walled:
                prctl(1, 9, 0, 0, 0)
            forbidden = forbid(prctl)
        except Exception:
            forbidden = False
        if not forbidden:
            limit(resource.RLIMIT_NPROC, 0)
        return forbidden

    # The one folder that a script in a sandbox can write to. Its size tells how much there is in it.
    SCRATCH = "/tmp"
    FEW = 100
    status, listed, remove, remove_folder, enter = os.stat, os.scandir, os.unlink, os.rmdir, os.chdir
    pristine = status(SCRATCH).st_size if walled else 0

    def is_scratch_used():
        return walled and status(SCRATCH).st_size != pristine

    def empty_scratch():
        """Takes away what a script has left, if that is not much. Whether the scratch is empty then."""
        left = FEW
        def empty(folder):
            nonlocal left
            with listed(folder) as entries:
                for entry in entries:
                    left -= 1
                    if left < 0:
                        return
                    if entry.is_dir(follow_symlinks=False):
                        empty(entry.path)
                        remove_folder(entry.path)
                    else:
                        remove(entry.path)
        try:
            enter(SCRATCH)
            empty(SCRATCH)
            return not is_scratch_used()
        except BaseException:
            return False

    """#

  private static let calls = #"""
    class Seeding:
        """Seeds `random` when a script imports it for the first time; scripts without it pay nothing."""
        def find_spec(self, name, path=None, target=None):
            if name != "random":
                return None
            sys.meta_path.remove(self)
            from importlib.util import find_spec
            spec = find_spec(name)
            execute = spec.loader.exec_module
            def seeded(module):
                execute(module)
                state["seed"] = module.seed
                module.seed(state["number"])
            spec.loader.exec_module = seeded
            return spec

    state = {"seed": None, "number": 0}

    class Unread(KeyError):
        def __str__(self):
            return self.args[0]

    Unread.__qualname__ = "KeyError"

    class Record(dict):
        """What a script reads of one level; says so when it reads more than it has declared."""
        def __init__(self, name):
            self.name = name
        def __missing__(self, key):
            raise Unread("%s is not among the fields that the statement `reads`: %s" % (
                "`%s.%s`" % (self.name, key), ", ".join(self) or "none of this level"))

    LEVELS = ("participant", "profile", "communication", "result", "campaign")
    EMPTY = {level: MappingProxyType(Record(level)) for level in LEVELS}

    class Script:
        def __init__(self, name, line, text, reads, writes):
            self.code = compile("\n" * (line - 1) + text, name, "exec", dont_inherit=True)
            self.keys = {key: (index, kind) for index, (keys, kind) in enumerate(writes) for key in keys}
            self.records = {}
            for index, (record, field) in enumerate(reads):
                self.records.setdefault(record, []).append((field, index))

    def inward_value(value):
        kind = type(value)
        if kind is bytes:
            return Decimal(value.decode())
        if kind is tuple:
            return date.fromordinal(value[0]) if len(value) == 1 else EPOCH + value[0] * MILLISECOND
        return value

    class Refused(Exception):
        def __init__(self, kind, key, message):
            self.kind, self.key, self.message = kind, key, message

    def refuse(expected, key, value):
        kind = type(value).__name__
        text = "None" if value is None else "%s of type %s" % (ascii(value)[:80], kind)
        raise Refused(TYPE, key, "expected %s for `writes[%r]`, found %s" % (expected, key, text))

    def whole(key, value):
        if isinstance(value, bool) or not isinstance(value, int):
            refuse("an int", key, value)
        value = int(value)
        if not -LARGEST <= value < LARGEST:
            refuse("an int of 64 bits", key, value)
        return value

    def text(key, value):
        if not isinstance(value, str):
            refuse("a str", key, value)
        try:
            value = str.__str__(value)
            value.encode()
        except UnicodeEncodeError:
            refuse("a str without lone surrogates", key, value)
        return value

    def numeric(key, value):
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            refuse("a Decimal or an int", key, value)
        if isinstance(value, int):
            value = int(value)
            if abs(value) >= 10**12:
                refuse("a number within 10**12", key, value)
            return value * 10**6
        if not value.is_finite() or value and value.adjusted() >= 12:
            refuse("a number within 10**12", key, value)
        return int(EXACT.quantize(value, MILLIONTH).scaleb(6, EXACT))

    def truth(key, value):
        return value if value is True or value is False else refuse("a bool", key, value)

    def day(key, value):
        if not isinstance(value, date) or isinstance(value, datetime):
            refuse("a date", key, value)
        return int(value.toordinal())

    def moment(key, value):
        if not isinstance(value, datetime) or value.utcoffset() is None:
            refuse("a datetime with a time zone", key, value)
        return int((value - EPOCH) // MILLISECOND)

    OUTWARD = (text, whole, numeric, truth, day, moment)

    def refuse_key(script, key):
        names = ", ".join("`%s`" % name for name in script.keys if "." not in name) or "nothing"
        raise Refused(UNDECLARED, key, "`writes[%s]` is not declared; the statement writes %s" % (
            ascii(key)[:80], names))

    USUAL = DefaultContext.copy()

    # The script that was called last, and what it wrote.
    latest = (None, None)

    def run(script, now, values, writes):
        # What a script does to the precision of decimals ends with it.
        setcontext(USUAL.copy())
        scope = {"__builtins__": builtins, "__name__": "__main__", "writes": writes}
        scope["now"] = EPOCH + now * MILLISECOND
        scope.update(EMPTY)
        for name, fields in script.records.items():
            record = Record(name)
            for field, index in fields:
                value = values[index]
                record[field] = inward_value(value) if value.__class__ in (bytes, tuple) else value
            scope[name] = MappingProxyType(record)
        exec(script.code, scope)
        writes = scope.get("writes")
        if not isinstance(writes, dict):
            raise Refused(FAILED, "", "TypeError: `writes` is no dict any more")
        return writes

    def outward_writes(script, writes):
        written = []
        for key, value in writes.items():
            known = script.keys.get(key) if isinstance(key, str) else None
            if known is None:
                refuse_key(script, key)
            index, kind = known
            written.append((index, None if value is None else OUTWARD[kind](key, value)))
        return tuple(written)

    OUTPUT, ERRORS = sys.stdout, sys.stderr

    def is_spent():
        """Whether something is left that would disturb the next call: a thread, an alarm, a closed stream."""
        sys.stdout, sys.stderr = OUTPUT, ERRORS
        try:
            OUTPUT.flush()
            ERRORS.flush()
        except BaseException:
            return True
        if thread_count():
            return True
        signal = modules.get("signal")
        return signal is not None and signal.getitimer(signal.ITIMER_REAL)[0] > 0

    # MARK: Saying what went wrong

    def plain(value, length=500):
        line = " ".join(value[:4 * length].split())[:length]
        return line.encode("utf-8", "backslashreplace").decode("utf-8")

    def summary_of(error):
        name = plain(str(type(error).__qualname__))
        try:
            message = plain(str(error))
        except BaseException:
            message = "(its message cannot be read)"
        return name + ": " + message if message else name

    def frames_of(error):
        first, last, count = [], [], 0
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename != "<string>":
                frame = (plain(code.co_filename), trace.tb_lineno or 0, plain(code.co_name))
                (first if count < SHOWN else last).append(frame)
                count += 1
                if len(last) > SHOWN:
                    del last[0]
            trace = trace.tb_next
        return tuple(first + last), max(0, count - 2 * SHOWN)

    def failure(nonce, error):
        if isinstance(error, Refused):
            return nonce, error.kind, plain(error.message), frames_where(*latest, error.key), 0
        frames, omitted = frames_of(error)
        if isinstance(error, SyntaxError) and error.lineno and error.filename != "<string>":
            frames += ((plain(error.filename or ""), error.lineno, ""),)
        kind = MEMORY if isinstance(error, MemoryError) else FAILED
        return nonce, kind, summary_of(error), frames, omitted

    # MARK: Serving

    scripts = {}

    def define(number, definition):
        try:
            scripts[number] = Script(*definition)
        except Exception as error:
            scripts[number] = error

    def answer(nonce, writes, number, now, seed, values, definition):
        global latest
        if definition is not None:
            define(number, definition)
        script = scripts[number]
        if isinstance(script, Exception):
            raise script.with_traceback(None)
        state["number"] = seed
        if state["seed"] is not None:
            state["seed"](seed)
        latest = script, None
        latest = script, run(script, now, values, writes)
        return nonce, 0, outward_writes(*latest)

    def answer_all(nonce, _, calls):
        """The writes of each call. What fails is left to a call of its own, whose output is its alone."""
        answers, spent = [], False
        for call in calls:
            try:
                answers.append(answer(nonce, Writes(), *call)[2])
            except MemoryError:
                spent = True
            except BaseException:
                answers.append(None)
            if is_spent() or spent:
                spent = True
                break
        if is_scratch_used():
            # What one has left there another may have seen.
            answers = [None] * len(answers)
            spent = not empty_scratch() or spent
        return nonce, 0, tuple(answers), spent

    def where(nonce, field):
        script, writes = latest
        keys = [key for key, (index, _) in script.keys.items() if index == field and key in writes]
        return nonce, TYPE, "", frames_where(script, writes, keys[0]) if keys else (), 0

    def check(nonce, text):
        try:
            compile(text, "script", "exec", dont_inherit=True)
            return nonce, 0, ()
        except SyntaxError as error:
            return nonce, SYNTAX, plain(error.msg or ""), (("", error.lineno or 1, ""),), error.offset or 1

    def receive():
        data = read(inward, 65536)
        while len(data) < 4 or len(data) < 4 + from_bytes(data[:4], "little"):
            more = read(inward, 1 << 20)
            if not more:
                leave(0)
            data += more
        return loads(data[4:])

    def send(frame):
        body = dumps(frame, 2)
        body = len(body).to_bytes(4, "little") + body
        while body:
            body = body[write(outward, body):]

    def reply(nonce, *rest):
        if len(rest) > 1:
            return answer(nonce, PlacedWrites(), *rest)
        return check(nonce, *rest) if isinstance(rest[0], str) else where(nonce, *rest)

    def serve():
        while True:
            frame = receive()
            if len(frame) == 3:
                send(answer_all(*frame))
                continue
            try:
                answered = reply(*frame)
            except BaseException as error:
                answered = failure(frame[0], error)
            spent = is_spent()
            if is_scratch_used():
                spent = not empty_scratch() or spent
            send(answered + (spent,))

    faulthandler.enable(trouble, all_threads=False)
    faulthandler.register(10, trouble, all_threads=False)
    forbidden = confine()
    os.environ.clear()
    os.environ["TZ"] = "UTC"
    sys.argv[:] = [""]
    sys.path[:] = [path for path in sys.path if path]
    if "random" in sys.modules:
        state["seed"] = sys.modules["random"].seed
    else:
        sys.meta_path.insert(0, Seeding())
    gc.collect()
    gc.freeze()
    send((0, sys.implementation.name, tuple(sys.version_info[:3]), forbidden))
    serve()
    """#
}

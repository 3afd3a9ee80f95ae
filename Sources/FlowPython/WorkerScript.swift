/// The Python side: one script that stays, and runs the scripts of campaigns one call after another.
///
/// Frames are four bytes of length, lowest first, and a value as `marshal` writes it. A call is
/// `(nonce, script, now, seed, values, definition)`; the definition comes with a script's first call. `(nonce, text)`
/// asks whether a text is a script. The answer is `(nonce, 0, writes, isSpent)` or
/// `(nonce, kind, summary, frames, omitted, isSpent)`.
enum WorkerScript {
  static let text = #"""
    import sys, os, marshal, builtins, gc, resource, faulthandler, _thread
    from datetime import date, datetime, timedelta, timezone
    from decimal import Decimal, Context, DefaultContext, ROUND_HALF_EVEN, InvalidOperation, setcontext
    from types import MappingProxyType

    memory, walled = int(sys.argv[1]), sys.argv[2] == "walled"

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

    # What a process may not do in these walls, by the names of system calls: no new processes and programs, no
    # network, no signals to others, no way around; and, where no file system of its own stands, no writing of files.
    CALLS = {
        "x86_64": (0xC000003E, dict(
            fork=57, vfork=58, clone=56, clone3=435, execve=59, execveat=322, socket=41, connect=42,
            bind=49, listen=50, kill=62, tkill=200, tgkill=234, rt_sigqueueinfo=129, rt_tgsigqueueinfo=297,
            pidfd_open=434, pidfd_send_signal=424, pidfd_getfd=438, ptrace=101, process_vm_readv=310,
            process_vm_writev=311, io_uring_setup=425, bpf=321, perf_event_open=298, userfaultfd=323, mount=165,
            umount2=166, pivot_root=155, chroot=161, unshare=272, setns=308, init_module=175, finit_module=313,
            kexec_load=246, reboot=169, swapon=167, keyctl=250, add_key=248, request_key=249, prlimit64=302,
            setpriority=141, sched_setaffinity=203, open=2, openat=257, openat2=437, creat=85, unlink=87,
            unlinkat=263, rename=82, renameat=264, renameat2=316, mkdir=83, mkdirat=258, rmdir=84, link=86,
            linkat=265, symlink=88, symlinkat=266, mknod=133, mknodat=259, chmod=90, fchmod=91, fchmodat=268,
            chown=92, fchown=93, lchown=94, fchownat=260, truncate=76, ftruncate=77, utime=132, utimes=235,
            utimensat=280, setxattr=188, lsetxattr=189, fsetxattr=190, removexattr=197, shmget=29, msgget=68,
            mq_open=240)),
        "aarch64": (0xC00000B7, dict(
            clone=220, clone3=435, execve=221, execveat=281, socket=198, connect=203, bind=200,
            listen=201, kill=129, tkill=130, tgkill=131, rt_sigqueueinfo=138, rt_tgsigqueueinfo=240, pidfd_open=434,
            pidfd_send_signal=424, pidfd_getfd=438, ptrace=117, process_vm_readv=270, process_vm_writev=271,
            io_uring_setup=425, bpf=280, perf_event_open=241, userfaultfd=282, mount=40, umount2=39, pivot_root=41,
            chroot=51, unshare=97, setns=268, init_module=105, finit_module=273, kexec_load=104, reboot=142,
            swapon=224, keyctl=219, add_key=217, request_key=218, prlimit64=261, setpriority=140,
            sched_setaffinity=122, openat=56, openat2=437, unlinkat=35, renameat=38, renameat2=276, mkdirat=34,
            linkat=37, symlinkat=36, mknodat=33, fchmod=52, fchmodat=53, fchown=55, fchownat=54, truncate=45,
            ftruncate=46, utimensat=88, setxattr=5, lsetxattr=6, fsetxattr=7, removexattr=14, shmget=194, msgget=186,
            mq_open=180)),
    }
    WRITING = ("open openat creat unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat symlink "
               "symlinkat mknod mknodat chmod fchmod fchmodat chown fchown lchown fchownat truncate ftruncate utime "
               "utimes utimensat setxattr lsetxattr fsetxattr removexattr").split()
    OWN = {"kill": 0, "tgkill": 0, "rt_sigqueueinfo": 0}

    def forbid():
        """Forbids system calls for good. Whether that worked is the answer."""
        import ctypes, struct
        machine = os.uname().machine
        if machine not in CALLS:
            return False
        architecture, numbers = CALLS[machine]
        program = []
        def add(code, value=0, true=0, false=0):
            program.append(struct.pack("<HBBI", code, true, false, value))
        LOAD, EQUAL, ABOVE, ANY, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
        ALLOW, REFUSE, MISSING = 0x7FFF0000, 0x50000 | 1, 0x50000 | 38
        add(LOAD, 4)
        add(EQUAL, architecture, 1, 0)
        add(RETURN, REFUSE)
        add(LOAD, 0)
        # The numbers of another way to call, on the same machine.
        add(ABOVE, 0x40000000, 0, 1)
        add(RETURN, REFUSE)
        def argument(index):
            add(LOAD, 16 + 8 * index)
        for name, number in numbers.items():
            if name in WRITING and walled:
                continue
            if name in ("clone3", "openat2"):
                # The C library falls back to the older call, which can be looked into.
                add(EQUAL, number, 0, 1)
                add(RETURN, MISSING)
            elif name == "clone":
                add(EQUAL, number, 0, 4)
                argument(0)
                add(ANY, 0x10000, 0, 1)
                add(RETURN, ALLOW)
                add(RETURN, REFUSE)
            elif name in OWN:
                add(EQUAL, number, 0, 4)
                argument(0)
                add(EQUAL, os.getpid(), 0, 1)
                add(RETURN, ALLOW)
                add(RETURN, REFUSE)
            elif name in ("open", "openat"):
                # Reading is allowed; writing, creating and emptying are not.
                add(EQUAL, number, 0, 4)
                argument(1 if name == "open" else 2)
                add(ANY, 0x1 | 0x2 | 0x40 | 0x200 | 0x400000, 0, 1)
                add(RETURN, REFUSE)
                add(RETURN, ALLOW)
            else:
                add(EQUAL, number, 0, 1)
                add(RETURN, REFUSE)
        add(RETURN, ALLOW)
        code = ctypes.create_string_buffer(b"".join(program))
        class Filter(ctypes.Structure):
            _fields_ = [("count", ctypes.c_ushort), ("code", ctypes.c_void_p)]
        filter = Filter(len(program), ctypes.addressof(code))
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        # Die with whoever has started this; no new privileges; the filter.
        if not walled:
            prctl(1, 9, 0, 0, 0)
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
            forbidden = forbid()
        except Exception:
            forbidden = False
        if not forbidden:
            limit(resource.RLIMIT_NPROC, 0)
        return forbidden

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
        pass

    def refuse(expected, key, value):
        kind = type(value).__name__
        text = "None" if value is None else "%s of type %s" % (ascii(value)[:80], kind)
        raise Refused("expected %s for `writes[%r]`, found %s" % (expected, key, text))

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

    def undeclared(script, key):
        names = ", ".join("`%s`" % name for name in script.keys if "." not in name) or "nothing"
        return "`writes[%s]` is not declared; the statement writes %s" % (ascii(key)[:80], names)

    USUAL = DefaultContext.copy()

    def run(script, now, values):
        # What a script does to the precision of decimals ends with it.
        setcontext(USUAL.copy())
        scope = {"__builtins__": builtins, "__name__": "__main__", "writes": {}}
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
            raise TypeError("`writes` is no dict any more")
        return writes

    def outward_writes(script, writes):
        written = []
        for key, value in writes.items():
            known = script.keys.get(key) if isinstance(key, str) else None
            if known is None:
                return UNDECLARED, undeclared(script, key)
            index, kind = known
            written.append((index, None if value is None else OUTWARD[kind](key, value)))
        return 0, tuple(written)

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

    SHOWN = 8

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
            return nonce, TYPE, plain(str(error)), (), 0
        frames, omitted = frames_of(error)
        if isinstance(error, SyntaxError) and error.lineno:
            frames += ((plain(error.filename or ""), error.lineno, ""),)
        kind = MEMORY if isinstance(error, MemoryError) else FAILED
        return nonce, kind, summary_of(error), frames, omitted

    # MARK: Serving

    scripts = {}

    def define(number, definition):
        try:
            scripts[number] = Script(*definition)
        except SyntaxError as error:
            scripts[number] = error

    def answer(nonce, number, now, seed, values, definition):
        if definition is not None:
            define(number, definition)
        script = scripts[number]
        if isinstance(script, SyntaxError):
            raise script.with_traceback(None)
        state["number"] = seed
        if state["seed"] is not None:
            state["seed"](seed)
        kind, result = outward_writes(script, run(script, now, values))
        return (nonce, 0, result) if kind == 0 else (nonce, kind, result, (), 0)

    def answer_all(nonce, _, calls):
        """The writes of each call. What fails is left to a call of its own, whose output is its alone."""
        answers, spent = [], False
        for call in calls:
            try:
                reply = answer(nonce, *call)
                answers.append(reply[2] if reply[1] == 0 else None)
            except MemoryError:
                spent = True
            except BaseException:
                answers.append(None)
            if is_spent() or spent:
                return nonce, 0, tuple(answers), True
        return nonce, 0, tuple(answers), False

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

    def serve():
        while True:
            frame = receive()
            try:
                if len(frame) == 3:
                    send(answer_all(*frame))
                    continue
                reply = check(*frame) if len(frame) == 2 else answer(*frame)
            except BaseException as error:
                reply = failure(frame[0], error)
            send(reply + (is_spent(),))

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

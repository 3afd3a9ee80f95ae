# Writes zone-offsets.tsv and zone-locals.tsv beside itself: what Python says about the time zones of the system.
# Oracle: Python's zoneinfo with datetime arithmetic; years limited to 1..9998 by zoneinfo/datetime.
import datetime as D
import pathlib
import random
import zoneinfo

folder = pathlib.Path(__file__).parent
zones = """Europe/Madrid America/New_York Australia/Lord_Howe Asia/Kathmandu Africa/Casablanca America/Sao_Paulo Pacific/Apia
Asia/Kolkata Europe/Dublin Europe/London America/St_Johns Asia/Tehran Pacific/Chatham America/Santiago Asia/Gaza Africa/Cairo
America/Nuuk Antarctica/Troll Europe/Lisbon Australia/Sydney Pacific/Kiritimati Asia/Jerusalem America/Asuncion Etc/GMT+5 UTC
America/Scoresbysund Pacific/Easter Europe/Moscow America/Havana""".split()
rng = random.Random(7)
E = D.datetime(1970, 1, 1, tzinfo=D.timezone.utc)
N = D.datetime(1970, 1, 1)
S = D.timedelta(seconds=1)


def off(z, t):  # t seconds
    return int((E + t * S).astimezone(z).utcoffset() / S)


def transitions(z, y):
    a = int((D.datetime(y, 1, 1) - N) / S)
    b = a + 366 * 86400
    step = 3 * 86400 + 3600
    out = []
    t = a
    while t < b:
        u = min(t + step, b)
        if off(z, t) != off(z, u):
            lo, hi = t, u
            while hi - lo > 1:
                m = (lo + hi) // 2
                if off(z, m) == off(z, t):
                    lo = m
                else:
                    hi = m
            out.append(hi)
        t = u
    return out


def first(z, l):  # local seconds -> instant by T3: earliest instant showing l, else as far after the gap
    cands = sorted(
        {
            l - o
            for o in {
                off(z, l - 2 * 86400),
                off(z, l + 2 * 86400),
                off(z, l - 90000),
                off(z, l + 90000),
                off(z, l),
            }
        }
    )
    hits = [c for c in cands if off(z, c) + c == l]
    if hits:
        return min(hits), ("doubled" if len(hits) > 1 else "unique")
    # PEP 495: fold=0 in a gap uses the offset before it
    n = (N + l * S).replace(tzinfo=z, fold=0)
    return int((n - E) / S), "skipped"


offs = []
locs = []
for name in zones:
    z = zoneinfo.ZoneInfo(name)
    ts = [rng.randrange(-2 * 10**9, 5 * 10**9) for _ in range(25)] + [
        rng.randrange(5 * 10**9, 253370764800 - 86400 * 800) for _ in range(15)
    ]
    ls = list(ts)
    for y in (1918, 1945, 1974, 1996, 2006, 2011, 2023, 2026, 2037, 2038, 2087, 2100, 2399, 2440, 2838, 9998):
        tr = transitions(z, y)[:6]
        for t in tr:
            ts += [t - 1, t, t + 1]
            a, b = off(z, t - 1), off(z, t)
            for o in (min(a, b), max(a, b)):
                ls += [t + o - 1, t + o, t + o + 1]
            ls += [t + (a + b) // 2, t + a + 1800, t + b - 1800, t + a + rng.randrange(-7200, 7200)]
        if not tr:
            ts.append(int((D.datetime(y, 7, 1) - N) / S))
            ls.append(ts[-1])
    for t in ts:
        offs.append((name, t, off(z, t)))
    for l in ls:
        i, k = first(z, l)
        locs.append((name, l, i, k))
with open(folder / "zone-offsets.tsv", "w") as f:
    f.write("# zone, instant, offset; all in seconds. From Python's zoneinfo over the same system files.\n")
    for r in offs:
        f.write("\t".join(map(str, r)) + "\n")
with open(folder / "zone-locals.tsv", "w") as f:
    f.write(
        "# zone, local time, its instant by semantics T3, kind; times in seconds since 1970. From Python's zoneinfo.\n"
    )
    for r in locs:
        f.write("\t".join(map(str, r)) + "\n")
print(len(offs), len(locs), {k: sum(r[3] == k for r in locs) for k in ("unique", "skipped", "doubled")})

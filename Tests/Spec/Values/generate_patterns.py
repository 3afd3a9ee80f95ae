# Writes patterns.tsv beside itself: random patterns and texts, and whether Python finds the one in the other.
import pathlib
import random
import re

folder = pathlib.Path(__file__).parent
rng = random.Random(11)
alpha = list("abcAB1_ -é")


def cls():
    items = rng.sample(["a", "b-c", "A-B", "0-9", "_", "\\d", "\\w", "\\s", "é", "\\-"], rng.randint(1, 3))
    return "[" + rng.choice(["", "^"]) + "".join(items) + "]"


def atom(d):
    r = rng.random()
    if r < 0.5:
        return rng.choice(["a", "b", "c", "A", "1", "_", " ", "é", "ab"])
    if r < 0.6:
        return "."
    if r < 0.72:
        return cls()
    if r < 0.82:
        return rng.choice(["\\d", "\\w", "\\s", "\\D", "\\W", "\\S"])
    if d > 0:
        return rng.choice(["(", "(?:"]) + alt(d - 1) + ")"
    return "b"


def rep(d):
    if rng.random() < 0.08:
        return rng.choice(["^", "$", "\\b", "\\B"])
    a = atom(d)
    if len(a) == 2 and a == "ab":
        return a
    return a + rng.choice(
        ["", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "{1,3}", "*?", "+?", "??", "{1,2}?"]
    )


def seq(d):
    return "".join(rep(d) for _ in range(rng.randint(1, 4)))


def alt(d):
    return "|".join(seq(d) for _ in range(rng.choice([1, 1, 1, 2, 3])))


def py(p):  # Python's $ also fits before a last line feed; ours is the end of the text only
    out = ""
    i = 0
    c = False
    while i < len(p):
        if p[i] == "\\":
            out += p[i : i + 2]
            i += 2
            continue
        if p[i] == "[":
            c = True
        if p[i] == "]":
            c = False
        out += "\\Z" if p[i] == "$" and not c else p[i]
        i += 1
    return out


rows = []
seen = set()
fixed = [
    "(?i)abc",
    "(?i)é",
    "(?i)[a-b]+1",
    "(?i)[^a]",
    "^$",
    "^a|b$",
    "a|",
    "()",
    "(|a)b",
    "(a*)*b",
    "(a|a)*b",
    "[]a]",
    "[^]a]",
    "[a-]",
    "a{,2}",
    "a{",
    "{",
    "x{2,1",
    "\\.",
    "\\u00e9",
    "a.b",
    "^\\+?\\d{2,3}$",
    "\\bab\\b",
    "(a+)+$",
    "(^|a)+b",
    "(?:a?){3}a{3}",
]


def add(p):
    for _ in range(3):
        t = "".join(rng.choice(alpha) for _ in range(rng.randint(0, 9)))
        if rng.random() < 0.15:
            t += "\n" + rng.choice(alpha)
        try:
            m = re.search(py(p), t) is not None
        except re.error:
            return
        # Before 3.14 Python finds no \B in an empty text.
        if t == "" and "\\B" in p:
            continue
        if (p, t) not in seen:
            seen.add((p, t))
            rows.append((p, t, m))


for p in fixed:
    q = p.replace("\\u00e9", "\\u{e9}")
    if p == "a{,2}":
        continue
    for _ in range(4):
        t = "".join(rng.choice("abAB1é.+-{2 ") for _ in range(rng.randint(0, 6)))
        rows.append((q, t, re.search(py(p), t) is not None))
while len(rows) < 1200:
    add(alt(2))
with open(folder / "patterns.tsv", "w") as f:
    f.write(
        "# pattern, text (\\n for a line feed), whether it is found. From Python's re; its $ taken as \\Z.\n"
    )
    for p, t, m in rows:
        f.write(p + "\t" + t.replace("\n", "\\n") + "\t" + ("yes" if m else "no") + "\n")
print(len(rows), sum(r[2] for r in rows))

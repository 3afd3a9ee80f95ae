"""Writes random_tables.jsonl: random tables as Python's csv module writes and reads them.

An outside opinion on what a CSV text means. Run it only to make other tables: python3 random_tables.py
"""

import csv
import io
import json
import pathlib
import random

ALPHABET = ["a", "b", " ", '"', ",", ";", "\t", "\n", "\r", "\r\n", "é", "日", "1", "'", "x y", '""']


def table(seed):
    rng = random.Random(seed)
    columns = rng.randint(2, 6)
    header = [f"column_{i}" for i in range(columns)]
    rows = [
        ["".join(rng.choice(ALPHABET) for _ in range(rng.choice([0, 1, 2, 3, 8]))) for _ in header]
        for _ in range(rng.randint(0, 8))
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=rng.choice(",;\t"),
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        lineterminator=rng.choice(["\n", "\r\n", "\r"]),
    )
    writer.writerow(header)
    writer.writerows(rows)
    read = list(csv.reader(io.StringIO(text.getvalue(), newline=""), dialect=writer.dialect))
    # Python leaves a lone carriage return without quotes, and then reads two rows.
    if read != [header] + rows:
        return None
    return {"seed": seed, "csv": text.getvalue(), "rows": read}


tables = [read for seed in range(200) if (read := table(seed))][:120]
lines = [json.dumps(read, ensure_ascii=False) for read in tables]
path = pathlib.Path(__file__).with_suffix(".jsonl")
path.write_text("\n".join(lines) + "\n", encoding="utf-8")

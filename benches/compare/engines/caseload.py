"""The cases and the duties as every engine gets them."""

import json
import os
import sys
import time

import numpy

FOLDER = sys.argv[1]
THREADS = 2

with open(os.path.join(FOLDER, "duties.json"), encoding="utf-8") as told:
    _TOLD = json.load(told)
TODAY, NOW, DUTIES = _TOLD["today"], _TOLD["now"], _TOLD["duties"]
DAY_SECONDS = 86_400
WIDTHS = {"u8": numpy.uint8, "u16": numpy.uint16, "i64": numpy.int64}


def columns():
    """Name and values of every column; unknown is 0, in times -1."""
    folder = os.path.join(FOLDER, "columns")
    for file in sorted(os.listdir(folder)):
        name, width = file.split(".")
        yield name, numpy.fromfile(os.path.join(folder, file), dtype=WIDTHS[width])


def unknown(name):
    return -1 if name in ("opened", "answered") else 0


def may_be_unknown(name):
    return name not in ("type", "open", "opened")


def last_days(duty):
    """The last day of a duty, by the code of its start."""
    return numpy.fromfile(os.path.join(FOLDER, "due", f"{duty}.u16"), dtype=numpy.uint16)


def who(duty):
    """Whom a duty binds, as SQL."""
    parts = ["open = 1"]
    if len(duty["kinds"]) < 4:
        parts.append(f"type IN ({', '.join(map(str, duty['kinds']))})")
    if duty["flag"] is not None:
        parts.append(f"f{duty['flag']} = 2")
    return " AND ".join(parts)


def selects(due_of):
    """A select for each duty: duty, cs, level, due. `due_of` gives source and expression of a limit's last day."""
    for number, duty in enumerate(DUTIES):
        if duty["shape"] == "hours":
            yield (
                f"SELECT {number} AS duty, cs, CASE WHEN opened < {NOW - duty['overdue']} THEN 1 ELSE 0 END AS level, "
                f"opened / {DAY_SECONDS} + 1 AS due FROM cases "
                f"WHERE {who(duty)} AND answered IS NULL AND opened <= {NOW - duty['found']}"
            )
            continue
        start, done = f"d{duty['start']:02}", f"d{duty['done']:02}"
        source, due = due_of(number, start) if duty["shape"] == "limit" else ("cases", start)
        yield (
            f"SELECT {number} AS duty, cs, CASE WHEN {start} <= {duty['overdue']} THEN 1 ELSE 0 END AS level, "
            f"{due} AS due FROM {source} WHERE {who(duty)} AND {start} <= {duty['found']} AND {done} IS NULL"
        )


def measured(engine, times, scan, sums):
    """Runs a scan so often, and prints what it found and how long it took."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        found = scan()
        taken.append((time.perf_counter() - begun) * 1e3)
    line = {"engine": engine, "sums": [int(value) for value in sums(found)], "times": taken}
    print(json.dumps(line), flush=True)


def sums_of(duty, case, level, due):
    """The sums of findings that are arrays."""
    duty, case, level, due = (numpy.asarray(of).astype(numpy.int64) for of in (duty, case, level, due))
    return len(case), case.sum(), level.sum(), due.sum(), (duty * case).sum(), (duty * due).sum()

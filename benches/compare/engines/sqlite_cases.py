"""The cases in SQLite: one wide table, and the last days by start."""

import sqlite3

from caseload import DUTIES, columns, last_days, may_be_unknown, sums_of, unknown

CHUNK = 100_000


def load():
    db = sqlite3.connect(":memory:")
    held = list(columns())
    names = ", ".join(name for name, _ in held)
    db.execute(f"CREATE TABLE cases (cs INTEGER PRIMARY KEY, {names})")
    places = ", ".join("?" * (len(held) + 1))
    for begun in range(0, len(held[0][1]), CHUNK):
        parts = []
        for name, values in held:
            part = values[begun : begun + CHUNK].tolist()
            none = unknown(name)
            parts.append([None if value == none else value for value in part] if may_be_unknown(name) else part)
        numbers = range(begun, begun + len(parts[0]))
        db.executemany(f"INSERT INTO cases VALUES ({places})", zip(numbers, *parts))
    db.execute("CREATE TABLE dues (of INTEGER, start INTEGER, last INTEGER, PRIMARY KEY (of, start)) WITHOUT ROWID")
    for number, duty in enumerate(DUTIES):
        if duty["shape"] == "limit":
            rows = ((number, start, last) for start, last in enumerate(last_days(number).tolist()))
            db.executemany("INSERT INTO dues VALUES (?, ?, ?)", rows)
    return db


def due_of(number, start):
    return f"cases JOIN dues ON dues.of = {number} AND dues.start = {start}", "dues.last"


def sums(found):
    return sums_of(*zip(*found))

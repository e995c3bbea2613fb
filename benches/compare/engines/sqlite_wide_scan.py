"""SQLite: forty selects over the wide table."""

import sqlite3

from caseload import measured, selects
from sqlite_cases import due_of, load, sums

db = load()
query = list(selects(due_of))


def scan():
    return [row for select in query for row in db.execute(select)]


measured(f"SQLite {sqlite3.sqlite_version}, wide table, in memory", 2, scan, sums)

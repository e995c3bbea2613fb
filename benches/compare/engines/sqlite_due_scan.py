"""SQLite: a table of what is open, its last day reckoned beforehand, in order of duty and last day.

The work of keeping that table right at every change is not counted; the scan only reads it.
"""

import sqlite3

from caseload import DAY_SECONDS, DUTIES, NOW, TODAY, measured, who
from sqlite_cases import due_of, load, sums

db = load()
db.execute("CREATE TABLE pending (duty INTEGER, due INTEGER, cs INTEGER, PRIMARY KEY (duty, due, cs)) WITHOUT ROWID")
for number, duty in enumerate(DUTIES):
    if duty["shape"] == "hours":
        select = f"SELECT {number}, opened + {duty['overdue']}, cs FROM cases WHERE {who(duty)} AND answered IS NULL"
    else:
        start, done = f"d{duty['start']:02}", f"d{duty['done']:02}"
        source, due = due_of(number, start) if duty["shape"] == "limit" else ("cases", start)
        select = f"SELECT {number}, {due}, cs FROM {source} WHERE {who(duty)} AND {done} IS NULL AND {start} IS NOT NULL"
    db.execute(f"INSERT INTO pending {select} ORDER BY 2, 3")

query = []
for number, duty in enumerate(DUTIES):
    level, due, upto = f"due < {TODAY}", "due", duty.get("found_due", duty["found"])
    if duty["shape"] == "hours":
        level, due = f"due < {NOW}", f"due / {DAY_SECONDS}"
        upto = NOW + duty["overdue"] - duty["found"]
    query.append(f"SELECT duty, cs, {level}, {due} FROM pending WHERE duty = {number} AND due <= {upto}")


def scan():
    return [row for select in query for row in db.execute(select)]


scan()
measured(f"SQLite {sqlite3.sqlite_version}, due table computed beforehand", 5, scan, sums)

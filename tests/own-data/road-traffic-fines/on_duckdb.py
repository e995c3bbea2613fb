"""Runs the printed duties in DuckDB over the export, and compares what they find with duban's own scan."""

import datetime
import json
import duckdb

DUTIES = ["sent", "penalty-day", "collection", "appeal-passed-on"]
DAY_0 = datetime.date(1949, 12, 31)

there = duckdb.connect()
for table in ["fine", "calendar"]:
    there.execute(f"CREATE TABLE {table} AS FROM read_csv('export/{table}.csv', sample_size = -1)")

theirs = set()
for duty in DUTIES:
    for name, key, level, due, _ in there.execute(open(f"{duty}.sql").read()).fetchall():
        theirs.add((name, key, level, due and str(DAY_0 + datetime.timedelta(due))))

findings = map(json.loads, open("scan.jsonl"))
ours = {(f["duty"], f["key"], f["level"], f["due"]) for f in findings if f["duty"].startswith("fines.")}
print(len(ours), "findings here,", len(theirs), "there,", "the same" if ours == theirs else "NOT the same")

"""DuckDB: forty filtered selects, the last day by a join with a small table for what is found."""

import importlib.metadata
import os

import duckdb
import polars
from caseload import DUTIES, FOLDER, THREADS, columns, last_days, may_be_unknown, measured, selects, sums_of, unknown

frame = polars.DataFrame(dict(columns())).with_row_index("cs")
frame = frame.with_columns(
    polars.when(polars.col(name) != unknown(name)).then(polars.col(name)).alias(name)
    for name in frame.columns
    if name != "cs" and may_be_unknown(name)
)
parquet = os.path.join(FOLDER, "cases.parquet")
frame.write_parquet(parquet)
dues = os.path.join(FOLDER, "due.parquet")
limits = [number for number, duty in enumerate(DUTIES) if duty["shape"] == "limit"]
polars.concat(
    polars.DataFrame({"of": number, "start": range(len(last_days(number))), "last": last_days(number)})
    for number in limits
).write_parquet(dues)
del frame

file = os.path.join(FOLDER, "cases.duckdb")
db = duckdb.connect(file, config={"threads": THREADS})
db.execute(f"CREATE TABLE cases AS SELECT * FROM '{parquet}'")
db.execute(f"CREATE TABLE dues AS SELECT * FROM '{dues}'")
db.execute("CHECKPOINT")
os.remove(parquet)


def due_of(number, start):
    return f"cases JOIN dues ON dues.of = {number} AND dues.start = {start}", "dues.last"


query = " UNION ALL ".join(selects(due_of))


def scan():
    return db.execute(query).fetchnumpy()


def sums(found):
    return sums_of(found["duty"], found["cs"], found["level"], found["due"])


scan()
measured(f"DuckDB {importlib.metadata.version('duckdb')}, file", 5, scan, sums)
db.close()
os.remove(file)

"""Polars: forty filters of a frame in memory, the last day gathered for what is found."""

import importlib.metadata
import os

os.environ["POLARS_MAX_THREADS"] = "2"
import polars

from caseload import DAY_SECONDS, DUTIES, NOW, columns, last_days, may_be_unknown, measured, sums_of, unknown

frame = polars.DataFrame(dict(columns())).with_row_index("cs")
frame = frame.with_columns(
    polars.when(polars.col(name) != unknown(name)).then(polars.col(name)).alias(name)
    for name in frame.columns
    if name != "cs" and may_be_unknown(name)
).rechunk()
col = polars.col


def who(duty):
    bound = col("open") == 1
    if len(duty["kinds"]) < 4:
        kinds = [col("type") == kind for kind in duty["kinds"]]
        bound = bound & polars.any_horizontal(kinds)
    if duty["flag"] is not None:
        bound = bound & (col(f"f{duty['flag']}") == 2)
    return bound


def select(number, duty):
    if duty["shape"] == "hours":
        found = (col("opened") <= NOW - duty["found"]) & col("answered").is_null() & who(duty)
        level = col("opened") < NOW - duty["overdue"]
        due = (col("opened") // DAY_SECONDS + 1).cast(polars.UInt16)
    else:
        start, done = col(f"d{duty['start']:02}"), col(f"d{duty['done']:02}")
        found = done.is_null() & (start <= duty["found"]) & who(duty)
        level = start <= duty["overdue"]
        due = start
        if duty["shape"] == "limit":
            due = polars.lit(polars.Series(last_days(number))).gather(start)
    return frame.lazy().filter(found).select(
        polars.lit(number, polars.UInt16).alias("duty"), col("cs"), level.alias("level"), due.alias("due")
    )


query = polars.concat([select(number, duty) for number, duty in enumerate(DUTIES)])


def sums(found):
    return sums_of(*(found[name].to_numpy() for name in ("duty", "cs", "level", "due")))


query.collect()
version = importlib.metadata.version("polars")
measured(f"Polars {version}, in memory", 5, query.collect, sums)
query.collect(engine="streaming")
measured(f"Polars {version}, in memory, streaming", 5, lambda: query.collect(engine="streaming"), sums)

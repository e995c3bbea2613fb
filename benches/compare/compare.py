"""Runs every engine over the same cases, each with its best query, checks that all agree, prints the table.

Each engine runs in a process of its own, two threads, times with everything in memory. The queries were chosen among
several: forty filtered selects with the thresholds as literals beat one pass with an array of hits, and the last day is
looked up for findings only.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile

ENGINES = ["polars", "duckdb", "sqlite_due", "sqlite_wide"]
MOST_CASES = 10_000_000
# A wide table takes SQLite fifteen seconds a million cases.
MOST_CASES_WIDE = 1_000_000


def told(*command):
    print("…", " ".join(os.path.basename(part) for part in command), file=sys.stderr, flush=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "?")
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{os.cpu_count()} × {name}, {platform.system()} {platform.release()}, load {load}"


def table(lines):
    def middle(line):
        return sorted(line["times"])[len(line["times"]) // 2]

    duban = next(middle(line) for line in lines if line["engine"] == "Duban, mapped, warm")
    read = next(middle(line) for line in lines if line["engine"] == "reading the same bytes")
    print(f"| {'engine':50} | {'min':>9} | {'median':>9} | {'max':>9} | to Duban | to reading |")
    print("| --- | --- | --- | --- | --- | --- |")
    for line in lines:
        times = sorted(line["times"])
        print(
            f"| {line['engine']:50} | {times[0]:9.1f} | {middle(line):9.1f} | {times[-1]:9.1f} "
            f"| {middle(line) / duban:8.2f} | {middle(line) / read:10.2f} |"
        )


def main():
    parser = argparse.ArgumentParser(description="Duban and other engines on the same duties over the same cases")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--engines", default=",".join(ENGINES), help="which of " + ", ".join(ENGINES))
    parser.add_argument("--folder", help="where the cases are put; kept if named")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not 1_000 <= options.cases <= MOST_CASES:
        sys.exit(f"--cases: from 1000 to {MOST_CASES}")
    folder = options.folder or tempfile.mkdtemp(prefix="duban-compare-")
    cases, here = str(options.cases), os.path.dirname(os.path.abspath(__file__))
    try:
        if not os.path.exists(os.path.join(folder, "duties.json")):
            told(options.program, "make", folder, cases)
        lines = told(options.program, "duban", folder, cases)
        for _ in range(3):
            fresh = told(options.program, "fresh", folder, cases)
        lines += fresh
        lines += told(options.program, "structs", folder, cases)
        for engine in options.engines.split(","):
            if engine == "sqlite_wide" and options.cases > MOST_CASES_WIDE:
                continue
            lines += told(sys.executable, os.path.join(here, "engines", engine + "_scan.py"), folder)
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{machine()}\n{cases} cases, 40 duties, {lines[0]['sums'][0]} findings; milliseconds\n")
    table(lines)
    wrong = [line["engine"] for line in lines if line["sums"] != lines[0]["sums"]]
    if wrong:
        sys.exit(f"these found something else: {', '.join(wrong)}")
    print("\nAll found the same: count, and sums over case, level, last day, duty × case, duty × last day.")


if __name__ == "__main__":
    main()

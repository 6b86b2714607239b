#!/usr/bin/env python3
"""Measures the journal against C and whole syncs against plain Python, all in one run; tools/bench builds and calls it.

Numbers of one machine say little; ratios to a reference that ran in the same minutes do. Exit code 0 says that
everything was measured, whether or not the aims were met: the table says which.
"""

import argparse
import json
import os
import pathlib
import platform
import signal
import sys
import tempfile

import processes
from journal import JournalBench
from syncing import SyncBench
from table import lines

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RELEASE = ROOT / ".build-release" / "release"


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("not a positive number")
    return value


def parsed():
    parser = argparse.ArgumentParser(prog="tools/bench", description="Measures Foxtrail against references in one run.")
    parser.add_argument("--users", type=positive, help="users of the simulated tenant (50,000)")
    parser.add_argument("--events", type=positive, help="events of the journal (300,000)")
    parser.add_argument("--rounds", type=positive, help="how often each is measured; the median counts"
                                                        " (3, syncs of more than 200,000 users once)")
    parser.add_argument("--quick", action="store_true", help="5,000 users and 20,000 events: does everything run?")
    parser.add_argument("--only", choices=["journal", "sync"], help="leave the other half out")
    parser.add_argument("--json", action="store_true", help="print one object with all numbers")
    parser.add_argument("--directory", help="where temporary files go; a disk without memory for a file system")
    parser.add_argument("--binary", type=pathlib.Path, default=RELEASE / "foxtrail", help="another foxtrail")
    parser.add_argument("--journal-bench", type=pathlib.Path, default=RELEASE / "journal-bench",
                        help="another journal-bench")
    options = parser.parse_args()
    options.users = options.users or (5_000 if options.quick else 50_000)
    options.events = options.events or (20_000 if options.quick else 300_000)
    return options


def say(text):
    """Progress is for whoever waits at a terminal."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def measure(options, directory):
    rows = []
    if options.only != "sync":
        bench = JournalBench(options.journal_bench.resolve(), directory, options.events, options.rounds or 3, say)
        rows += bench.rows()
    if options.only != "journal":
        rounds = options.rounds or (1 if options.users > 200_000 else 3)
        rows += SyncBench(options.binary.resolve(), directory, options.users, rounds, say).rows()
    return rows


def show(options, rows):
    if options.json:
        machine = {"system": platform.platform(), "cores": os.cpu_count()}
        result = {"machine": machine, "users": options.users, "events": options.events,
                  "rows": [row.json() for row in rows]}
        return print(json.dumps(result))
    print(f"{platform.platform()}, {os.cpu_count()} cores")
    print("\n".join(lines(rows)))
    missed = [row for row in rows if row.met is False]
    print(f"{len(missed)} of {sum(row.met is not None for row in rows)} aims missed")


def main():
    # A signal ends it as an error does: servers are stopped, files removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = parsed()
    for program in (options.binary, options.journal_bench):
        if not program.exists():
            sys.exit(f"error: {program} is not built\nhint: tools/bench builds it")
    try:
        with tempfile.TemporaryDirectory(prefix="foxtrail-bench-", dir=options.directory) as directory:
            rows = measure(options, pathlib.Path(directory))
    except (processes.BenchError, OSError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    show(options, rows)


if __name__ == "__main__":
    main()

"""Append, fold and verify, against C programs that do the same work over the same SQLite."""

import pathlib
import shutil
import subprocess

import processes
from table import Row

HERE = pathlib.Path(__file__).parent
BATCH = 1000
LIBRARIES = {"append": ["-lsqlite3"], "fold": ["-lsqlite3"], "verify": ["-lsqlite3", "-lcrypto"]}


def build_references(directory):
    """The compiled C programs by name, and the reason for each that is missing."""
    built, missing = {}, {}
    for name, libraries in LIBRARIES.items():
        if name == "verify" and not has_header("openssl/sha.h"):
            missing[name] = "skipped: no openssl/sha.h (libssl-dev)"
            continue
        program = directory / f"{name}-c"
        processes.run(["gcc", "-O2", "-o", program, HERE / f"{name}.c", *libraries])
        built[name] = program
    return built, missing


def has_header(name):
    command = ["gcc", "-E", "-x", "c", "-"]
    result = subprocess.run(command, input=f"#include <{name}>\n", text=True, capture_output=True, check=False)
    return result.returncode == 0


class JournalBench:
    """Ours and theirs take turns, so that whatever else the machine does strikes both."""

    def __init__(self, program, directory, events, rounds, say):
        self.program = program
        self.directory = directory
        self.events = events
        self.rounds = rounds
        self.say = say
        self.references, self.missing = build_references(directory)
        self.home = directory / "append-ours"

    def rows(self):
        return [self.append(), self.fold(), self.verify()]

    def append(self):
        ours, theirs = [], []
        for number in range(self.rounds):
            self.say(f"append, round {number + 1} of {self.rounds}")
            ours.append(self.append_ours())
            theirs.append(self.append_reference())
        row = self.row("append", f"append {self.events:,} events of 600 bytes, durable", ours, theirs)
        return self.judge(row, 0.4, 100_000)

    def append_ours(self):
        # The last round's journal stays, for fold and verify.
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir()
        return processes.run([self.program, "append", self.home, self.events, BATCH]).json()

    def append_reference(self):
        home = self.directory / "append-c-files"
        home.mkdir()
        try:
            return processes.run([self.references["append"], home / "c.sqlite", self.events, BATCH]).json()
        finally:
            shutil.rmtree(home)

    def fold(self):
        ours, theirs = self.alternate("fold")
        keys = ["events", "dataBytes", "withSubject", "withPrevious", "types"]
        self.same("fold", keys, ours, theirs)
        return self.judge(self.row("fold", f"fold {self.events:,} events, no JSON decoded", ours, theirs), 0.25)

    def verify(self):
        ours, theirs = self.alternate("verify")
        self.same("verify", ["events", "root"], ours, theirs)
        return self.judge(self.row("verify", f"verify {self.events:,} events", ours, theirs), 0.5)

    def alternate(self, name):
        ours, theirs = [], []
        reference = self.references.get(name)
        for number in range(self.rounds):
            self.say(f"{name}, round {number + 1} of {self.rounds}")
            ours.append(processes.run([self.program, name, self.home]).json())
            if reference:
                theirs.append(processes.run([reference, self.home / "journal.sqlite"]).json())
        return ours, theirs

    def same(self, name, keys, ours, theirs):
        """A side that does other work is not a reference."""
        for key in keys:
            found = [run[key] for run in ours + theirs]
            if any(value != found[0] for value in found):
                raise processes.BenchError(f"{name}: {key} differs between the two sides: {found}")

    def row(self, name, work, ours, theirs):
        rates = [[run["eventsPerSecond"] for run in side] for side in (ours, theirs)]
        row = Row(work, processes.median(rates[0], float), "events/s", note=self.missing.get(name, ""))
        row.details = {"name": name, "oursRounds": rates[0], "referenceRounds": rates[1], "events": self.events}
        if theirs:
            row.reference, row.by = processes.median(rates[1], float), "C"
        return row

    def judge(self, row, ratio, rate=0):
        row.aim = f"ratio >= {ratio}" + (f", >= {rate:,} events/s" if rate else "")
        if row.ratio is not None:
            row.met = row.ratio >= ratio and row.ours >= rate
        return row

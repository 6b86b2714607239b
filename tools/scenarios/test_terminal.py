"""What only a terminal sees: progress, and tables that go on below themselves where it is too narrow."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import time
import unicodedata

from support import BINARY, HELP_DESK_SETTINGS, HelpDeskScenario, Scenario


def columns(text):
    letters = re.sub("\u200d.", "", text)  # emoji that join into one
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 0 if unicodedata.category(letter) in ("Mn", "Me", "Cf") else 1
               for letter in letters)


def letters(text):
    """Letters with what joins them."""
    found = []
    for letter in text:
        if found and (letter == "\u200d" or found[-1][-1] == "\u200d" or unicodedata.category(letter) in ("Mn", "Me", "Cf")):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def table(lines):
    """The rows of a table, each cell without spaces: joined of its lines, which begin below the head of the column."""
    starts = [match.start() for match in re.finditer(r"\S+( \S+)*", lines[0])]
    rows = []
    for line in lines[1:]:
        cells, at = [""] * len(starts), 0
        for letter in letters(line):
            cells[sum(start <= at for start in starts) - 1] += letter
            at += columns(letter)
        if cells[0].strip():
            rows.append([""] * len(starts))
        rows[-1] = [before + cell.replace(" ", "") for before, cell in zip(rows[-1], cells)]
    return rows


CLOCK = r"waiting until \d\d:\d\d:\d\d\+0[12]:00"


class Terminals:
    def on_terminal(self, *arguments, width=80, until=None):
        """What a command writes to a terminal of that width, both streams together; `until` ends it."""
        master, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        process = subprocess.Popen([BINARY, *arguments], env={**self.environment(), "TERM": "xterm"}, stdout=terminal,
                                   stderr=terminal, cwd=self.directory)
        os.close(terminal)
        written = b""
        try:
            while data := os.read(master, 65536):
                written += data
                if until and re.search(until, written.decode(errors="ignore")):
                    process.kill()
        except OSError:  # how Linux tells that the other side was closed
            pass
        os.close(master)
        process.wait()
        return written.decode().replace("\r\n", "\n")


class ATerminal(Terminals, Scenario):
    def test_sees_tables_of_its_width_and_a_pipe_sees_all(self):
        self.simulate(250)
        self.install()
        self.apply()
        whole = self.foxtrail("contact", "list").splitlines()
        self.assertGreater(max(map(len, whole)), 250)
        origin = whole[0].index("ORIGIN")
        for line in whole[1:]:
            self.assertEqual(columns(line[:line.rindex("Entra ID")]), origin, line)
        contacts = [[str(row["id"]), row["email"].replace(" ", "")] for row in self.contacts()]
        self.assertEqual([row[:2] for row in table(whole)], contacts)
        for width in [80, 120]:
            lines = self.on_terminal("contact", "list", width=width).splitlines()
            self.assertLessEqual(max(map(columns, lines)), width)
            self.assertEqual(table(lines), table(whole))
        self.assertEqual(self.on_terminal("contact", "list", width=2000).splitlines(), whole)

    def test_sees_the_last_column_give_way_first(self):
        self.init()
        choices = [f"number {number}" for number in range(40)]
        self.foxtrail("field", "add", "Site", "--type", "dropdown", *[word for name in choices for word in ("--choice", name)])
        lines = self.on_terminal("field", "list", width=60).splitlines()
        self.assertTrue(lines[1].startswith("Site  dropdown  no        number 0, number 1, "), lines[1])
        self.assertEqual(" ".join(line[lines[0].index("CHOICES"):] for line in lines[1:]), ", ".join(choices))
        self.assertEqual({line[:lines[0].index("CHOICES")].strip() for line in lines[2:]}, {""})

    def test_sees_progress_that_is_gone_in_the_end(self):
        self.simulate(2000, page_size=100, clean=True, faults=["slow:every=1,seconds=0.05"])
        self.install()
        seen = self.on_terminal("settings", "set", "contactSync", "true")
        self.assertRegex(seen, r"\r\x1b\[Kcontoso\.example: \d+ users, \d+ users/s, 0:0\d")
        self.assertRegex(seen, r"\r\x1b\[KSYNC ")
        folding = r"\r\x1b\[Kfolding: \[[#.]{20}\] \d+000 of \d+ events"
        for arguments in [("contact", "list", "--at", "3000"), ("projections", "check"), ("projections", "rebuild")]:
            self.assertRegex(self.on_terminal(*arguments), folding)
        self.assertEqual(self.run_foxtrail("projections", "check").stderr, "")
        for arguments in [("sync", "run", "--quiet"), ("journal", "verify", "--quiet")]:
            self.assertNotIn("\x1b", self.on_terminal(*arguments))
        self.assertEqual(self.run_foxtrail("sync", "run").stderr, "")
        self.simulator.stop()
        failed = self.on_terminal("sync", "run")
        self.assertIn("waiting", failed)
        self.assertRegex(failed, r"\r\x1b\[KSYNC ")


class AWait(Terminals, HelpDeskScenario):
    def prepare(self):
        self.simulate(20, clean=True)
        self.desk = self.account()
        self.install_with(self.desk)
        self.foxtrail("settings", "apply", self.file("settings.yaml", HELP_DESK_SETTINGS.replace("true", "false")))

    def begin_to_wait(self):
        """Until the help desk has refused the first request."""
        process = subprocess.Popen([BINARY, "settings", "set", "contactSync", "true"], env=self.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(self.finish, process)
        while "helpDeskThrottled" not in self.types():
            time.sleep(0.05)
        return process

    def test_is_told_by_the_clock_of_the_account(self):
        self.prepare()
        self.desk.misbehave({"kind": "throttle", "from": 1, "retryAfter": "90"})
        self.assertIn("the first sync reads the contacts of HappyFox", self.run_foxtrail("contact", "list").stderr)
        process = self.begin_to_wait()
        self.assertRegex(process.stderr.readline(), r"^the help desk refuses requests for now \(429\), " + CLOCK + "$")
        waiting = self.run_foxtrail("sync", "status")
        self.assertEqual(waiting.returncode, 78)
        self.assertIn("hint: a sync is at work and has not begun to read", waiting.stderr)
        process.kill()
        self.assertEqual(process.stderr.read(), "", "once")
        self.assertRegex(self.on_terminal("sync", "run", until=CLOCK), r"\r\x1b\[K[^\n]*" + CLOCK)

    def test_before_another_sync_leaves_the_log_of_the_one_before(self):
        self.prepare()
        self.foxtrail("settings", "set", "contactSync", "true")
        before = self.log()
        self.desk.misbehave({"kind": "throttle", "from": 1, "retryAfter": "90"})
        process = self.start("sync", "run")
        while "helpDeskThrottled" not in self.types():
            time.sleep(0.05)
        for command in [("sync", "status"), ("log", "show")]:
            shown = self.run_foxtrail(*command, "--json")
            self.assertEqual(json.loads(shown.stdout), before)
            self.assertEqual(shown.stderr, "hint: a sync is at work and has not begun to read\n")
            self.assertEqual(self.run_foxtrail(*command, "--quiet").stderr, "")
        self.finish(process)
        self.assertEqual(self.run_foxtrail("sync", "status").stderr, "")
        self.assertEqual(self.foxtrail("log", "report", "-o", "report.csv"), "20 rows in report.csv\n")
        self.assertEqual(self.foxtrail("log", "report", "-o", "report.csv", "--quiet"), "")
        self.assertEqual(len(self.foxtrail("log", "report", "-o", "/dev/stdout").splitlines()), 21)

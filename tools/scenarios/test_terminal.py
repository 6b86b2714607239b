"""What only a terminal sees: progress, and tables cut to its width."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata

from support import BINARY, Scenario


def columns(text):
    letters = re.sub("\u200d.", "", text)  # emoji that join into one
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 0 if unicodedata.category(letter) in ("Mn", "Me", "Cf") else 1
               for letter in letters)


class ATerminal(Scenario):
    def on_terminal(self, *arguments, width=80):
        """What a command writes to a terminal of that width, both streams together."""
        master, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        process = subprocess.Popen([BINARY, *arguments], env={**self.environment(), "TERM": "xterm"}, stdout=terminal,
                                   stderr=terminal, cwd=self.directory)
        os.close(terminal)
        written = b""
        try:
            while data := os.read(master, 65536):
                written += data
        except OSError:  # how Linux tells that the other side was closed
            pass
        os.close(master)
        process.wait()
        return written.decode().replace("\r\n", "\n")

    def test_sees_tables_of_its_width_and_a_pipe_sees_all(self):
        self.simulate(250)
        self.install()
        self.apply()
        whole = self.foxtrail("contact", "list").splitlines()
        self.assertGreater(max(map(len, whole)), 250)
        self.assertFalse(any("…" in line for line in whole))
        for width in [80, 120]:
            lines = self.on_terminal("contact", "list", width=width).splitlines()
            self.assertEqual(len(lines), len(whole))
            self.assertLessEqual(max(map(columns, lines)), width)
            origin = lines[0].index("ORIGIN")
            for line in lines[1:]:
                self.assertEqual(columns(line[:line.rindex("Entra ID")]), origin, line)
        wide = self.on_terminal("contact", "list", width=2000).splitlines()
        # A pipe does not pad every row to the longest name; what stands there is the same.
        self.assertEqual(list(map(str.split, wide)), list(map(str.split, whole)))

    def test_sees_progress_that_is_gone_in_the_end(self):
        self.simulate(2000, page_size=100, clean=True, faults=["slow:every=1,seconds=0.05"])
        self.install()
        seen = self.on_terminal("settings", "set", "contactSync", "true")
        self.assertRegex(seen, r"\r\x1b\[Kcontoso\.example: \d+ users, \d+ users/s, 0:0\d")
        self.assertRegex(seen, r"\r\x1b\[KSYNC ")
        for arguments in [("sync", "run", "--quiet"), ("journal", "verify", "--quiet")]:
            self.assertNotIn("\x1b", self.on_terminal(*arguments))
        self.assertEqual(self.run_foxtrail("sync", "run").stderr, "")
        self.simulator.stop()
        failed = self.on_terminal("sync", "run")
        self.assertIn("waiting", failed)
        self.assertRegex(failed, r"\r\x1b\[KSYNC ")

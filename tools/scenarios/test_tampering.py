"""A journal with one changed byte does not verify."""

import concurrent.futures
import os
import random
import subprocess

from support import BINARY, Scenario

PAGE = 8192
LIBRARY_VERSION = range(96, 100)  # written by SQLite, checked by nobody


class AChangedByte(Scenario):
    def offsets(self, journal):
        """Every nonzero byte of the events and heads, and samples of the schema and of unused space."""
        chance = random.Random(7)
        every, sampled = list(range(100)), []
        for start in range(0, len(journal), PAGE):
            page = range(start, start + PAGE)
            used = [at for at in page if journal[at]]
            if start == 0:
                sampled += chance.sample(used, 120)
            else:
                every += used
            sampled += chance.sample([at for at in page if not journal[at]], 60)
        return sorted(set(every + sampled) - set(LIBRARY_VERSION))

    def verdict(self, at, path, journal):
        changed = bytearray(journal)
        changed[at] ^= 1 << (at % 8)
        path.write_bytes(changed)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return subprocess.run([BINARY, "journal", "verify", "--file", path], env=self.environment(),
                              capture_output=True).returncode

    def test_is_found_wherever_it_is(self):
        self.init()
        self.foxtrail("app", "install")
        for number in range(7):
            self.foxtrail("field", "add", f"Field {number}", "--type", "text")
        journal = (self.home / "journal.sqlite").read_bytes()
        offsets, lanes = self.offsets(journal), os.cpu_count() or 1

        def lane(number):
            path = self.directory / f"copy-{number}.sqlite"
            return [(at, code) for at in offsets[number::lanes] if (code := self.verdict(at, path, journal)) != 76]

        with concurrent.futures.ThreadPoolExecutor(lanes) as pool:
            missed = sorted(sum(pool.map(lane, range(lanes)), []))
        self.assertEqual(missed, [], "(offset, exit code) of changes that were not found")

"""A journal in which a byte of any event was changed does not verify."""

import random
import sqlite3

from support import Scenario


class AChangedByte(Scenario):
    """Every byte of a journal is tried in process by JournalTests; here the command line is what is proven."""

    def test_is_found_in_every_event(self):
        self.init()
        self.foxtrail("app", "install")
        for number in range(7):
            self.foxtrail("field", "add", f"Field {number}", "--type", "text")
        journal = (self.home / "journal.sqlite").read_bytes()
        with sqlite3.connect(self.home / "journal.sqlite") as database:
            events = database.execute("SELECT position, salt, data FROM events").fetchall()
        chance = random.Random(7)
        for position, salt, data in events:
            for what in (salt, data.encode()):
                with self.subTest(position=position):
                    self.assertEqual(self.verdict(self.changed(journal, what, chance)), 76)
        self.assertEqual(self.verdict(journal), 0)

    def changed(self, journal, what, chance):
        """One bit of `what` is turned wherever it stands: SQLite leaves old copies in the unused space of pages."""
        self.assertIn(what, journal)
        at, bit = chance.randrange(len(what)), 1 << chance.randrange(8)
        return journal.replace(what, what[:at] + bytes([what[at] ^ bit]) + what[at + 1:])

    def verdict(self, journal):
        path = self.directory / "copy.sqlite"
        path.write_bytes(journal)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return self.run_foxtrail("journal", "verify", "--file", path).returncode

"""Makes the journal of a format that is kept for ever: whoever raises the format records the one before with its last binary.

    FOXTRAIL_BINARY=.../foxtrail .venv/bin/python journal_fixture.py DIRECTORY

DIRECTORY then holds journal.sqlite, checkpoint and, to verify it with, public-key.
"""

import pathlib
import shutil
import sys

from support import ADMIN, Scenario


class Fixture(Scenario):
    """Two syncs of twenty users: new ones, failed ones, a change, an edited mapping, and, where there is such a
    thing, an erased person. Not a test."""

    def record(self, directory):
        simulator = self.simulate(20)
        self.install()
        self.apply()
        person = next(row for row in self.contacts() if row["source"] == "entra")
        simulator.change(person["objectID"], department="Moved", mobilePhone="+49 30 1")
        self.foxtrail("contact", "add", "--email", "desk@acme.example", "--name", "Desk")
        self.foxtrail("settings", "set", "overwriteCustomFields", "true")
        self.sync()
        if "erase" in self.foxtrail("journal", "--help"):
            other = next(row for row in reversed(self.contacts()) if row["source"] == "entra")
            self.foxtrail("journal", "erase", other["email"], "--yes")
            self.foxtrail("journal", "checkpoint")
        self.foxtrail("journal", "verify")
        self.foxtrail("journal", "backup", directory / "journal.sqlite")
        shutil.copy(self.home / "checkpoint", directory / "checkpoint")
        (directory / "public-key").write_text(self.foxtrail("journal", "checkpoint", "--public-key"))


def main():
    directory = pathlib.Path(sys.argv[1]).resolve()
    directory.mkdir(parents=True)
    fixture = Fixture()
    fixture.setUp()
    try:
        fixture.record(directory)
    finally:
        fixture.doCleanups()
    size = (directory / "journal.sqlite").stat().st_size
    print(f"{directory}: {size} bytes, as {ADMIN}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()

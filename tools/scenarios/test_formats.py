"""An older foxtrail before a newer journal, and this one before the oldest."""

import pathlib
import shutil
import sqlite3
import unittest

from support import Scenario

JOURNALS = pathlib.Path(__file__).parents[2] / "Tests" / "Fixtures" / "journals"


class FormatTest(Scenario):
    COMMANDS = [
        ["agent", "list"], ["agent", "add", "bo@acme.example", "--name", "Bo", "--role", "agent"], ["app", "status"],
        ["field", "list"], ["help-desk", "show"], ["tenant", "list"], ["settings", "export"], ["sync", "run"],
        ["sync", "status"], ["log", "show"], ["log", "report"], ["mail", "show"], ["contact", "list"],
        ["explain", "ann@acme.example"], ["journal", "list"], ["journal", "stat"], ["journal", "checkpoint"],
        ["journal", "backup", "copy.sqlite"], ["journal", "erase", "ann@acme.example", "--yes"], ["replay"],
        ["projections", "check"], ["projections", "rebuild"], ["doctor"],
    ]

    def test_a_newer_format_is_refused_by_name_and_left_alone(self):
        self.init()
        journal = self.home / "journal.sqlite"
        with sqlite3.connect(journal) as database:
            (ours,) = database.execute("PRAGMA user_version").fetchone()
            database.execute(f"PRAGMA user_version = {ours + 1}")
        database.close()
        before = journal.read_bytes()
        for command in self.COMMANDS:
            result = self.run_foxtrail(*command)
            self.assertEqual(result.returncode, 78, f"{command}: {result.stdout}{result.stderr}")
            self.assertIn(f"format {ours + 1}", result.stdout + result.stderr, command)
            self.assertIn("newer", result.stdout + result.stderr, command)
        self.assertEqual(self.run_foxtrail("journal", "verify").returncode, 76)
        self.assertEqual(journal.read_bytes(), before)
        self.assertFalse((self.directory / "copy.sqlite").exists())

    def test_a_journal_of_every_format_is_worked_with(self):
        formats = sorted(JOURNALS.iterdir())
        self.assertGreaterEqual(len(formats), 2)
        for number, kept in enumerate(formats, 1):
            self.home = self.directory / kept.name
            shutil.copytree(kept, self.home)
            self.home.chmod(0o700)
            key = (kept / "public-key").read_text().strip()
            signed = ("--checkpoint", kept / "checkpoint", "--public-key", key)
            self.foxtrail("journal", "verify", *signed)
            self.foxtrail("replay")
            self.assertEqual(self.log()["status"], "completed")
            self.assertEqual(sqlite3.connect(self.home / "journal.sqlite").execute("PRAGMA user_version").fetchone(),
                             (number,))
            self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "agent")
            self.foxtrail("contact", "add", "--email", "cy@acme.example", "--name", "Cy")
            self.foxtrail("journal", "verify", *signed)
            self.foxtrail("replay")
            self.foxtrail("projections", "check")
            self.foxtrail("journal", "erase", "cy@acme.example", "--yes")
            self.foxtrail("journal", "verify", *signed)


if __name__ == "__main__":
    unittest.main()

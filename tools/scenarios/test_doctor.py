"""What doctor says of an installation in whatever state, without touching it."""

import json
import shutil
import sqlite3
import unittest

from support import Scenario


class ADoctor(Scenario):
    def setUp(self):
        super().setUp()
        self.simulate(5, clean=True)
        self.install()
        self.apply("contactSync: true\ncustomFields: {Department: department}\n", codes=(0,))

    def expect(self, code=0, **results):
        """What it says of some checks, in the installation's part; the files hold the same before and behind it."""
        before = self.contents()
        result = self.run_foxtrail("doctor", "--json")
        self.assertEqual(self.contents(), before)
        rows = {row["check"]: row for row in map(json.loads, result.stdout.splitlines()) if row["tenant"] is None}
        self.assertEqual(({name: rows[name.replace("_", " ")]["result"] for name in results}, result.returncode), (results, code), rows)
        for row in rows.values():
            self.assertEqual(bool(row["advice"]), row["result"] in ("warn", "fail"), row)
        return rows

    def contents(self):
        """SQLite makes its two files beside a database that is read; they hold nothing."""
        return {path: path.read_bytes() for path in self.home.rglob("*") 
                if path.is_file() and not path.name.endswith("-shm") and path.stat().st_size}

    def test_of_one_that_is_well_says_so_on_a_page(self):
        rows = self.expect(version="ok", files="ok", disk_space="ok", journal="ok", read_models="ok", last_event="ok")
        self.assertRegex(rows["version"]["found"], r"foxtrail \d.*engine \d+, journal format \d+, SQLite 3")
        page = self.foxtrail("doctor").splitlines()
        self.assertEqual([line for line in page if line and line[0] != " "][:2], ["installation", "contoso.example"])
        self.assertLessEqual(len(page), 40)

    def test_tells_what_is_wrong_and_leaves_it(self):
        live, away = self.home / "projections.sqlite", self.directory / "away"
        shutil.copy(live, away)
        old = self.foxtrail("contact", "list")
        self.foxtrail("field", "add", "Floor", "--type", "number")
        shutil.copy(away, live)
        self.assertIn("1 event behind", self.expect(read_models="ok")["read models"]["found"])
        live.unlink()
        self.expect(read_models="warn", app="ok")
        self.assertFalse(live.exists())
        live.write_text("no database")
        self.expect(read_models="warn", app="ok")
        self.assertEqual(self.foxtrail("contact", "list"), old)
        (self.home / "checkpoint").chmod(0o620)
        self.expect(78, files="fail")
        (self.home / "checkpoint").chmod(0o600)
        journal = self.home / "journal.sqlite"
        with sqlite3.connect(journal) as db:
            db.execute("PRAGMA user_version = 99")
        self.assertIn("newer", self.expect(78, journal="fail")["journal"]["advice"])
        for name in ("journal.sqlite-wal", "journal.sqlite-shm"):
            (self.home / name).unlink(missing_ok=True)
        journal.write_text("nonsense " * 100)
        self.assertIn("backup", self.expect(76, journal="fail", version="ok")["journal"]["advice"])
        shutil.rmtree(self.home)
        self.expect(78, home="fail", version="ok")
        self.assertFalse(self.home.exists())


if __name__ == "__main__":
    unittest.main()

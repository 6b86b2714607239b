"""What is signed when, what a journal that lost events is told by, and what may be done about it."""

import json
import stat

from proofs import ProofScenario
from support import ADMIN


class ACheckpoint(ProofScenario):
    def setUp(self):
        super().setUp()
        self.init()

    def test_is_signed_after_each_sync_and_kept(self):
        kept = self.home / "checkpoint"
        self.simulate(20)
        self.foxtrail("app", "install")
        self.foxtrail("field", "add", "Department", "--type", "text", "--required")
        self.foxtrail("field", "add", "Employee number", "--type", "number")
        self.authorize()
        self.assertFalse(kept.exists())
        self.apply()
        for _ in range(2):
            size = int(kept.read_text().split("\n")[1])
            self.assertEqual(size, self.events() - 1)
            last = self.rows("journal", "show", size + 1)[0]
            self.assertEqual((last["type"], last["data"]["head"]["size"]), ("checkpointSigned", size))
            self.assertEqual(self.foxtrail("journal", "checkpoint"), kept.read_text(), "nothing has happened since")
            self.assertEqual(self.events(), size + 1)
            self.sync()
        self.foxtrail("replay")
        self.foxtrail("projections", "check")

    def test_that_cannot_be_signed_changes_nothing_about_the_sync(self):
        self.simulate(20, clean=True)
        self.foxtrail("app", "install")
        self.authorize()
        self.apply("contactSync: true\n", codes=(0,))
        (self.home / "secrets" / "journal.key").write_text("nonsense")
        result = self.run_foxtrail("sync", "run")
        self.assertEqual(result.returncode, 0)
        self.assertIn("no checkpoint was signed: the key that signs checkpoints is damaged", result.stderr)

    def test_lost_between_event_and_file_is_made_again(self):
        signed = self.checkpoint().read_text()
        (self.home / "checkpoint").unlink()
        events = self.events()
        verified = self.run_foxtrail("journal", "verify")
        self.assertEqual(verified.returncode, 0)
        self.assertRegex(verified.stderr, "^hint: .*checkpoint is missing")
        self.assertEqual(self.missing(), [True])
        self.assertEqual((self.foxtrail("journal", "checkpoint"), self.events()), (signed, events))
        self.assertEqual((self.run_foxtrail("journal", "verify").stderr, self.missing()), ("", [False]))
        self.assertEqual((self.home / "checkpoint").read_text(), signed)

    def missing(self):
        return [row["checkpointMissing"] for row in self.rows("journal", "verify")]

    def expect_doctor(self, key, checkpoint, code=78):
        """What it says of both; 78 because the app is not installed, if nothing worse is found."""
        result = self.run_foxtrail("doctor", "--json")
        found = {row["check"]: row for row in map(json.loads, result.stdout.splitlines())}
        self.assertEqual((found["signing key"]["result"], found["checkpoint"]["result"]), (key, checkpoint))
        self.assertEqual(result.returncode, code)
        for name in ("signing key", "checkpoint"):
            self.assertEqual(found[name]["advice"] is None, found[name]["result"] == "ok", found[name])

    def test_and_its_key_are_looked_after_by_doctor(self):
        kept, key = self.home / "checkpoint", self.home / "secrets" / "journal.key"
        self.assertEqual(self.missing(), [False])
        self.expect_doctor("ok", "ok")
        backup = self.back_up()
        self.foxtrail("field", "add", "Site", "--type", "text")
        signed, secret = self.checkpoint().read_text(), key.read_text()
        self.expect_doctor("ok", "ok")
        kept.unlink()
        self.expect_doctor("ok", "warn")
        kept.write_text("nonsense\n")
        self.expect_doctor("ok", "fail", code=76)
        kept.write_text(signed)
        for text in (None, "", "nonsense", self.another_key()):
            key.unlink(missing_ok=True)
            if text is not None:
                key.write_text(text)
                key.chmod(0o600)
            is_other = bool(text and text != "nonsense")
            self.expect_doctor("fail", "fail" if is_other else "ok", code=76 if is_other else 78)
        # A key of this journal's name, and yet another one.
        key.unlink()
        kept.unlink()
        present = self.back_up("present.sqlite")
        self.restore(backup)
        self.checkpoint()
        self.restore(present)
        kept.write_text(signed)
        self.expect_doctor("warn", "fail", code=76)
        key.write_text(secret)
        self.expect_doctor("ok", "ok")
        self.restore(backup)
        self.expect_doctor("ok", "fail", code=76)

    def another_key(self):
        """The key of another installation."""
        other = self.directory / "other"
        self.foxtrail("init", "--home", other, "--account", "B", "--time-zone", "UTC", "--portal-url", "https://b.example")
        return (other / "secrets" / "journal.key").read_text()

    def test_needs_its_key(self):
        path = self.home / "secrets" / "journal.key"
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        key = self.public_key()
        path.unlink()
        # As in a journal of before there were checkpoints.
        self.foxtrail("journal", "checkpoint", "--public-key", codes=(78,))
        self.checkpoint()
        self.assertNotEqual(self.public_key(), key)
        # Once used, it is not quietly replaced.
        path.unlink()
        self.foxtrail("field", "add", "Site", "--type", "text")
        self.foxtrail("journal", "checkpoint", codes=(78,))
        self.assertFalse(path.exists())
        self.foxtrail("journal", "verify")
        self.foxtrail("journal", "verify", "--checkpoint", self.home / "checkpoint", codes=(78,))

    def test_that_is_damaged_is_told(self):
        self.checkpoint()
        (self.home / "checkpoint").write_text("nonsense\n")
        self.foxtrail("journal", "verify", codes=(76,))
        self.foxtrail("field", "add", "Site", "--type", "text", codes=(76,))
        (self.home / "checkpoint").unlink()
        self.checkpoint()
        self.foxtrail("field", "add", "Site", "--type", "text")

    def test_asks_who_may(self):
        self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "agent")
        self.foxtrail("journal", "checkpoint", codes=(77,), agent="bo@acme.example")
        self.foxtrail("journal", "checkpoint", codes=(77,), agent=None)
        self.foxtrail("journal", "checkpoint", "--public-key", agent=None)
        self.foxtrail("journal", "checkpoint", agent=ADMIN)
        self.foxtrail("journal", "verify", agent=None)
        self.foxtrail("journal", "prove", 1, agent=None)

    def test_refuses_what_it_cannot_do(self):
        self.foxtrail("journal", "prove", 1, codes=(78,))
        self.foxtrail("journal", "export", "--format", "jsonl", codes=(78,))
        taken = self.checkpoint()
        size = int(taken.read_text().split("\n")[1])
        for position in (0, -1, size + 1, 99):
            self.foxtrail("journal", "prove", "--", position, codes=(65,))
        self.foxtrail("journal", "export", "--format", "tiles", codes=(64,))
        self.foxtrail("journal", "export", "--format", "tiles", "--output", self.home, codes=(73,))
        self.foxtrail("journal", "export", "--format", "tiles", "--output", self.home / "no" / "such", codes=(73,))
        self.foxtrail("journal", "export", "--format", "jsonl", "--output", self.home / "no" / "such", codes=(73,))
        self.foxtrail("journal", "verify", "--checkpoint", self.file("none", "a\n"), codes=(65,))
        self.foxtrail("journal", "verify", "--checkpoint", self.directory / "nowhere", codes=(65,))
        self.foxtrail("journal", "verify", "--checkpoint", taken, "--public-key", "a+b+c", codes=(65,))


class AJournalThatLostEvents(ProofScenario):
    def setUp(self):
        super().setUp()
        self.init()
        self.add(1, 3)
        self.old = self.back_up()
        self.add(4, 9)
        self.taken = self.checkpoint()
        self.key = self.public_key()

    def add(self, first, last):
        for number in range(first, last + 1):
            self.foxtrail("field", "add", f"Field {number}", "--type", "text")

    def verdict(self, verdict, code=76):
        told = json.loads(self.foxtrail("journal", "verify", "--json", "--checkpoint", self.taken, codes=(code,)))
        self.assertEqual(told["checkpoints"][0]["verdict"], verdict)
        self.assertEqual(told["verified"], code == 0)
        return told["faults"]

    def test_is_seen_and_appends_nothing(self):
        self.verdict("consistent", code=0)
        self.restore(self.old)
        self.assertIn("truncated, or an older copy", self.verdict("truncated")[0])
        events = self.events()
        result = self.run_foxtrail("field", "add", "Later", "--type", "text")
        self.assertEqual((result.returncode, self.events()), (76, events))
        self.assertIn("hint: or go on from here", result.stderr)
        self.foxtrail("journal", "checkpoint", codes=(76,))
        # Reading goes on.
        self.foxtrail("field", "list")
        self.second_opinion(self.home / "journal.sqlite")
        self.second_opinion(self.home / "journal.sqlite", "--public-key", self.key, "--checkpoint", self.taken, code=76)

    def test_may_go_on_when_somebody_says_so_and_that_is_recorded(self):
        self.restore(self.old)
        size = self.events()
        self.foxtrail("journal", "checkpoint", "--after-restore")
        event = self.rows("journal", "show", size + 1)[0]
        self.assertEqual(event["data"]["abandoned"]["size"], int(self.taken.read_text().split("\n")[1]))
        self.assertIn("rolled back", self.verdict("rolledBack")[0])
        self.add(20, 40)
        self.verdict("rolledBack")
        self.foxtrail("journal", "verify")
        self.foxtrail("projections", "check")

    def test_and_grew_again_is_a_fork(self):
        self.restore(self.old)
        (self.home / "checkpoint").unlink()
        self.add(4, 30)
        self.assertIn("forked", self.verdict("forked")[0])
        told = self.second_opinion(self.back_up("fork.sqlite"), "--public-key", self.key, "--checkpoint", self.taken, code=76)
        self.assertIn("forked", told)

    def test_is_told_from_another_journal_and_a_forged_checkpoint(self):
        sound = self.taken.read_text()
        size = int(sound.split("\n")[1])
        self.taken.write_text(sound.replace(f"\n{size}\n", f"\n{size - 1}\n"))
        self.foxtrail("journal", "verify", "--checkpoint", self.taken, codes=(76,))
        self.taken.write_text(sound)
        self.home = self.directory / "other"
        self.init()
        told = self.run_foxtrail("journal", "verify", "--checkpoint", self.taken, "--public-key", self.key)
        self.assertEqual(told.returncode, 76)
        self.assertIn("is of another journal", told.stderr)

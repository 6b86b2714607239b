"""Events as they are appended, for who watches; and what the lists say of those whose data was erased."""

import json
import os
import signal
import subprocess

from proofs import ProofScenario
from support import BINARY


class AFollower(ProofScenario):
    def follow(self, *arguments):
        process = subprocess.Popen([BINARY, "journal", "follow", *arguments], env=self.environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(self.finish, process)
        return process

    def begun(self, *arguments):
        process = self.follow(*arguments)
        self.assertRegex(process.stdout.readline(), "^POSITION  RECORDED AT +TYPE +ACTOR +SUBJECT$")
        return process

    def test_sees_each_event_at_once_from_now_on(self):
        self.init()
        process = self.begun("--count", "3")
        self.foxtrail("field", "add", "Site", "--type", "text")
        self.assertRegex(process.stdout.readline(), r"^3 .* fieldDefined +ann@acme.example +field:Site$")
        self.foxtrail("agent", "add", "bo.of.a.long.name@acme.example", "--name", "Bo", "--role", "admin")
        self.assertRegex(process.stdout.readline(), r"^4 .* agentAdded +ann@acme.example +agent:2$")
        self.foxtrail("field", "add", "Floor", "--type", "text", agent="bo.of.a.long.name@acme.example")
        self.assertRegex(process.stdout.read(), r"^5 .* fieldDefined +bo.of.a.long.name@acme.example +field:Floor\n$")
        self.assertEqual(process.wait(30), 0)

    def test_sees_what_the_list_shows(self):
        self.init()
        for name in ("A", "B"):
            self.foxtrail("field", "add", name, "--type", "text")
        listed = self.foxtrail("journal", "list", "--json").splitlines()
        self.assertEqual(self.foxtrail("journal", "follow", "--from=-5", "--count", "4", "--json").splitlines(), listed)
        arguments = ("journal", "follow", "--from", "1", "--type", "fieldDefined", "--count", "1", "--json")
        self.assertEqual(self.foxtrail(*arguments).splitlines(), listed[2:3])
        self.foxtrail("journal", "follow", "--count", "0")
        for arguments in [("--type", "fieldDefind"), ("--count", "-1"), ("--from", "x")]:
            self.foxtrail("journal", "follow", *arguments, codes=(64,))

    def test_ends_with_its_reader_and_by_ctrl_c(self):
        self.init()
        for json_too in [(), ("--from", "1", "--json")]:
            process = self.follow(*json_too)
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual((process.wait(30), process.stderr.read()), (-signal.SIGPIPE, ""))
        process = self.begun()
        process.send_signal(signal.SIGINT)
        self.assertEqual((process.wait(30), process.stderr.read()), (-signal.SIGINT, ""))

    def test_goes_through_a_sync_and_an_erasure_and_keeps_neither(self):
        self.simulate(120, clean=True)
        self.install()
        process = self.follow("--from", "1", "--json")
        self.apply(codes=(0,))
        # Nobody reads, so the follower stands still with most of the events before it.
        somebody = self.contacts()[-1]
        erased = json.loads(self.foxtrail("journal", "erase", somebody["email"], "--yes", "--json"))
        self.assertNotIn(somebody["email"].encode(), (self.home / "journal.sqlite").read_bytes())
        rows = []
        while len(rows) < self.events():
            rows.append(json.loads(process.stdout.readline()))
        self.assertEqual([row["position"] for row in rows], list(range(1, len(rows) + 1)))
        self.assertIn("personErased", [row["type"] for row in rows[-3:]])
        self.assertEqual(sum(row["erased"] for row in self.rows("journal", "list")), erased["erased"][0]["events"])
        self.foxtrail("field", "add", "Later", "--type", "text")
        self.assertEqual(json.loads(process.stdout.readline())["subject"], "field:Later")
        self.foxtrail("journal", "verify")

    def test_tells_that_an_older_copy_was_put_in_the_place(self):
        self.init()
        backup = self.back_up()
        self.foxtrail("field", "add", "Site", "--type", "text")
        process = self.begun()
        (self.home / "journal.sqlite-wal").unlink(missing_ok=True)
        os.replace(backup, self.home / "journal.sqlite")
        self.assertEqual(process.wait(30), 76)
        self.assertIn("the journal ends at event 2, and event 3 was there", process.stderr.read())


class AnErasedEvent(ProofScenario):
    def test_is_marked_wherever_it_is_told(self):
        self.simulate(20, clean=True)
        self.install()
        self.apply(codes=(0,))
        user = self.contacts()[0]
        whole = self.foxtrail("explain", user["objectID"], "--history", "--json").splitlines()[0]
        self.assertEqual((whole.count('"erased":'), json.loads(whole)["erased"]), (1, False))
        self.assertNotIn("(erased)", self.foxtrail("journal", "list"))
        self.foxtrail("journal", "erase", user["objectID"], "--yes")
        rows = [row for row in self.rows("journal", "list") if row["erased"]]
        self.assertEqual({row["data"] for row in rows}, {None})
        lines = [line for line in self.foxtrail("journal", "list").splitlines() if line.endswith(" (erased)")]
        self.assertEqual([int(line.split()[0]) for line in lines], [row["position"] for row in rows])
        position = rows[0]["position"]
        self.assertRegex(self.foxtrail("journal", "show", position), r"\ndata +\(erased\)\n$")
        self.assertEqual(self.rows("journal", "show", position), rows[:1])

"""What a sync would do, before it does it: what-if on recorded data, previews, and plans that hold or are refused."""

import hashlib
import json
import os
import sqlite3
import stat
import subprocess

from support import ADMIN, BINARY, SETTINGS, HelpDeskScenario, Scenario

KINDS = ("create", "update", "fail", "heal", "failOtherwise", "retry")


def digests(home):
    """Every file that holds something; the index of a log is SQLite's own, and so is a log without a byte."""
    files = sorted(path for path in home.rglob("*")
                   if path.is_file() and path.stat().st_size and not path.name.endswith("-shm"))
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Trial(Scenario):
    def begin(self, users=30, settings=SETTINGS):
        self.simulate(users, clean=True)
        self.install()
        self.apply(settings)

    def tried(self, *arguments, codes=(0,)):
        """The records that would change, and the totals."""
        lines = [json.loads(line) for line in self.foxtrail(*arguments, "--json", codes=codes).split("\n") if line]
        self.assertEqual(sum(lines[-1][kind] for kind in KINDS), len(lines) - 1)
        return lines[:-1], lines[-1]

    def refused(self, *arguments, code=65):
        result = self.run_foxtrail(*arguments)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stderr


class WhatIf(Trial):
    def test_shows_exactly_the_rows_that_the_next_sync_then_changes(self):
        self.begin()
        first = self.contacts()
        for contact in first[:3]:
            self.simulator.change(contact["objectID"], mobilePhone=None)
        self.assertEqual(self.sync()["failed"], 3)
        edited = self.file("edited.yaml", 'phones: {}\ncustomFields: {Department: employeeId}\n')
        before = digests(self.home)
        records, totals = self.tried("replay", "--settings", edited)
        self.assertEqual(digests(self.home), before, "nothing is appended")
        self.assertEqual((totals["heal"], totals["update"], totals["fail"], totals["unchanged"]), (3, 27, 0, 0))
        old = {contact["objectID"]: contact for contact in self.contacts()}
        self.foxtrail("settings", "apply", edited)
        self.sync()
        new = {contact["objectID"]: contact for contact in self.contacts()}
        changed = {}
        for who, contact in new.items():
            fields = {name: (old[who]["customFields"].get(name), value)
                      for name, value in contact["customFields"].items() if old[who]["customFields"].get(name) != value}
            if fields:
                changed[who] = fields
        shown = {record["objectID"]: {change["field"].removeprefix("customFields."): (change["old"], change["new"])
                                      for change in record["changes"]} for record in records}
        self.assertEqual(shown, changed)
        self.assertEqual(self.tried("replay", "--settings", edited)[1]["unchanged"], 30, "it is so by now")

    def test_tries_a_sync_of_long_ago_on_what_it_was_told(self):
        self.begin()
        contact = self.contacts()[4]
        self.simulator.change(contact["objectID"], displayName="Later")
        self.sync()
        edited = self.file("edited.yaml", "phones: {}\n")
        records, totals = self.tried("replay", "1", "--settings", edited)
        self.assertEqual(totals["create"], 30)
        self.assertEqual(records[4]["changes"][1], {"field": "name", "old": None, "new": contact["name"]})
        self.assertNotIn("phones.mobile", [change["field"] for change in records[4]["changes"]])
        records, totals = self.tried("replay", "2", "--settings", edited)
        self.assertEqual([record["email"] for record in records], [contact["email"]])
        self.refused("replay", "7", "--settings", edited)

    def test_refuses_what_recorded_data_cannot_tell(self):
        self.begin()
        for text, why in (("customFields: {Department: jobTitle}\n", "jobTitle was not read"),
                          ("users: {groups: [Support]}\n", "another selection"),
                          ("customFields: {Nothing: department}\n", "Nothing"), ("phone: {}\n", "unknown setting phone")):
            error = self.refused("replay", "--settings", self.file("edited.yaml", text))
            self.assertIn(why, error)
        narrow = self.file("narrow.yaml", "include: {guests: false}\n")
        self.assertGreater(self.tried("replay", "--settings", narrow)[1]["leaving"], 0)
        self.foxtrail("settings", "apply", narrow)
        self.sync()
        error = self.refused("replay", "--settings", self.file("wide.yaml", "include: {guests: true}\n"))
        self.assertIn("left out are not recorded", error)
        self.assertIn("sync preview --settings", error)

    def test_needs_no_permission_no_network_and_no_right_to_write(self):
        self.begin()
        self.simulator.stop()
        edited = self.file("edited.yaml", "phones: {}\ncustomFields: {Department: employeeId}\n")
        self.foxtrail("replay", "--settings", edited, agent=None)
        for path in [*self.home.rglob("*"), self.home]:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o222)
        before = digests(self.home)
        output = self.foxtrail("replay", "--settings", edited, agent="nobody@acme.example")
        self.assertIn("30 to update", output)
        self.assertEqual(digests(self.home), before)
        for path in [self.home, *self.home.rglob("*")]:
            path.chmod(path.stat().st_mode | 0o200)


class Preview(Trial):
    def test_says_what_the_sync_then_does_and_changes_nothing(self):
        self.begin()
        contacts = self.contacts()
        self.simulator.change(contacts[0]["objectID"], displayName="Renamed")
        self.simulator.change(contacts[1]["objectID"], mobilePhone=None)
        self.simulator.add(displayName="New", userPrincipalName="new@contoso.example", mobilePhone="+1 5",
                           department="Sales")
        before = digests(self.home)
        records, totals = self.tried("sync", "preview")
        self.assertEqual(digests(self.home), before)
        self.assertEqual({record["what"]: record["email"] for record in records},
                         {"update": contacts[0]["email"], "fail": contacts[1]["email"], "create": "new@contoso.example"})
        self.assertEqual((totals["unchanged"], totals["status"]), (28, "completed"))
        output = self.foxtrail("sync", "preview", agent=None)
        self.assertIn(f"name: {contacts[0]['name']} -> Renamed", output)
        self.assertIn("Phone number field is empty", output)
        self.assertIn("records: 1 to create, 1 to update, 1 to fail, 28 unchanged", output)
        self.assertEqual(self.sync()["failed"], 1)
        records, totals = self.tried("sync", "preview")
        self.assertEqual((records, totals["unchanged"], totals["stillFailing"]), ([], 31, 1))
        self.assertIn("records: 31 unchanged (1 of them failed)", self.foxtrail("sync", "preview"))

    def test_tries_settings_that_need_what_was_never_read(self):
        self.begin()
        edited = self.file("edited.yaml", "customFields: {Department: jobTitle}\nusers: {groups: [Support]}\n")
        records, totals = self.tried("sync", "preview", "--settings", edited)
        self.assertGreater(totals["update"], 0)
        self.assertGreater(totals["leaving"], 0)
        self.assertEqual(totals["update"] + totals["leaving"], 30)
        self.refused("sync", "preview", "--settings", edited, "--save", "x.plan", code=64)

    def test_of_a_tenant_that_cannot_be_read_is_no_plan(self):
        self.begin()
        self.simulator.misbehave({"kind": "forbidden", "from": 1})
        before = digests(self.home)
        error = self.refused("sync", "preview", "--save", "x.plan", code=69)
        self.assertIn("not everything could be read", error)
        self.assertFalse((self.directory / "x.plan").exists())
        self.assertEqual(digests(self.home), before)

    def test_says_what_is_missing(self):
        self.init()
        self.refused("sync", "preview", code=78)
        self.foxtrail("app", "install")
        self.assertIn("no tenant is authorized", self.refused("sync", "preview", code=78))


class Plans(Trial):
    def plan(self):
        self.foxtrail("sync", "preview", "--save", "tonight.plan")
        return self.directory / "tonight.plan"

    def refuse(self, plan, *words):
        before = digests(self.home)
        error = self.refused("sync", "run", "--plan", plan)
        self.assertEqual(digests(self.home), before, "nothing is appended")
        for word in words:
            self.assertIn(word, error)

    def test_are_applied_as_they_were_shown(self):
        self.begin()
        contacts = self.contacts()
        self.simulator.change(contacts[0]["objectID"], displayName="Renamed")
        self.simulator.change(contacts[1]["objectID"], mobilePhone=None)
        plan = self.plan()
        self.assertEqual(stat.S_IMODE(plan.stat().st_mode), 0o600)
        head, *decisions = [json.loads(line) for line in plan.read_text().splitlines()]
        self.assertEqual((head["format"], head["decisions"], head["size"]), ("foxtrail-plan-v1", 2, self.events()))
        self.assertEqual([decision["what"] for decision in decisions], ["update", "fail"])
        self.assertEqual(decisions[0]["data"]["changes"], [{"field": "name", "new": "Renamed", "old": contacts[0]["name"]}])
        log = json.loads(self.foxtrail("sync", "run", "--plan", plan, "--json", codes=(2,)))
        self.assertEqual((log["failed"], log["existing"]), (1, 29))
        self.refuse(plan, "records were changed in sync 2", ADMIN)
        self.foxtrail("replay")
        self.foxtrail("journal", "verify")

    def test_are_refused_when_anything_has_moved(self):
        self.begin()
        contacts = self.contacts()
        self.simulator.change(contacts[0]["objectID"], displayName="Renamed")
        plan = self.plan()
        self.simulator.change(contacts[5]["objectID"], displayName="Moved")
        self.refuse(plan, "Entra or the help desk has moved", contacts[5]["objectID"])
        plan = self.plan()
        self.foxtrail("settings", "set", "overwriteCustomFields", "false")
        self.refuse(plan, "the settings of contoso.example were changed", f"by {ADMIN} in event {self.events()}")
        plan = self.plan()
        self.foxtrail("contact", "add", "--email", "hand@acme.example", "--name", "Hand")
        self.refuse(plan, "contact 31 was changed")
        plan = self.plan()
        self.foxtrail("agent", "add", "bob@acme.example", "--name", "Bob", "--role", "agent")
        self.foxtrail("journal", "checkpoint")
        self.assertEqual(self.run_foxtrail("sync", "run", "--plan", plan, agent="bob@acme.example").returncode, 77)
        self.foxtrail("sync", "run", "--plan", plan)

    def test_are_their_owners_alone_and_follow_no_link(self):
        self.begin(3)
        victim = self.file("victim", "untouched\n" * 200)
        link = self.directory / "tonight.plan"
        link.symlink_to(victim)
        self.assertIn("it is a link", self.refused("sync", "preview", "--save", link, code=73))
        self.assertIn("it is a link", self.refused("log", "report", "-o", link, code=73))
        self.assertEqual(victim.read_text(), "untouched\n" * 200)
        link.unlink()
        link.symlink_to(self.directory / "nothing")
        self.refused("sync", "preview", "--save", link, code=73)
        self.assertFalse((self.directory / "nothing").exists())
        plan = self.file("open.plan", "what was here before\n" * 200)
        plan.chmod(0o644)
        self.foxtrail("sync", "preview", "--save", plan)
        self.assertEqual((stat.S_IMODE(plan.stat().st_mode), len(plan.read_text().splitlines())), (0o600, 1))

    def test_go_through_pipes_and_devices_too(self):
        self.begin(3)
        self.simulator.change(self.contacts()[0]["objectID"], displayName="Renamed")
        lines = self.foxtrail("sync", "preview", "--quiet", "--save", "/dev/stdout").splitlines()
        self.assertEqual([json.loads(line)["what"] for line in lines[-1:]], ["update"])
        (self.directory / "null").symlink_to("/dev/null")
        for place in ("/dev/null", "null"):
            self.foxtrail("sync", "preview", "--save", place)
        os.mkfifo(self.directory / "pipe")
        reader = subprocess.Popen(["cat", self.directory / "pipe"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.finish, reader)
        self.foxtrail("sync", "preview", "--save", "pipe")
        self.assertEqual(reader.communicate(timeout=30)[0].splitlines()[-1:], lines[-1:])
        with open(self.directory / "all.txt", "w") as everything:
            everything.write("before\n")
            everything.flush()
            subprocess.run([BINARY, "log", "report", "-o", "/dev/stdout"], env=self.environment(), stdout=everything,
                           check=True, timeout=60)
        self.assertEqual([line.split(",")[0] for line in (self.directory / "all.txt").read_text().splitlines()][:2],
                         ["before", "Email"])

    def test_that_come_through_a_pipe_are_read_too(self):
        self.begin(3)
        contact = self.contacts()[0]
        self.simulator.change(contact["objectID"], displayName="Renamed")
        plan = self.plan()
        self.simulator.change(contact["objectID"], displayName=contact["name"])
        shell = f"cat {plan} | {BINARY} sync run --plan /dev/stdin"
        result = subprocess.run(shell, shell=True, env=self.environment(), capture_output=True, text=True, timeout=60)
        self.assertEqual((result.returncode, result.stderr.splitlines()[1]), (65, "hint: 1 planned decision is not needed any more"))
        self.refuse(plan, f"user {contact['objectID']} needs no more what was planned")
        self.simulator.change(contact["objectID"], displayName="Renamed")
        result = subprocess.run(shell, shell=True, env=self.environment(), capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_that_are_none_are_refused(self):
        self.begin()
        plan = self.plan()
        self.refuse(self.file("a.plan", "{}\n"), "is no plan of this version")
        self.refuse(self.file("b.plan", plan.read_text() + "{}\n"), "damaged at line 2")
        self.refuse(self.directory / "nowhere.plan", "cannot be read")
        head = json.loads(plan.read_text())
        self.refuse(self.file("c.plan", json.dumps({**head, "journal": "foxtrail/x"})), "of another journal")
        self.refuse(self.file("d.plan", json.dumps({**head, "root": "00" * 32})), "does not hold")
        self.refuse(self.file("e.plan", json.dumps({**head, "engine": 1})), "engine 1")


class HelpDeskPreview(HelpDeskScenario):
    def test_asks_the_help_desk_and_tells_it_nothing(self):
        self.begin(20)
        contacts = self.contacts()
        self.simulator.change(contacts[0]["objectID"], displayName="Renamed")
        self.desk.edit(contacts[1]["id"], name="Typed by an agent")
        self.desk.forget()
        self.foxtrail("sync", "preview", "--save", "tonight.plan")
        self.assertEqual(self.desk.requests("POST users", "POST user"), 0)
        self.assertGreater(self.desk.requests(), 0)
        self.assertEqual(self.run_foxtrail("sync", "run", "--plan", "tonight.plan").returncode, 0, self.printed[-1])
        self.assertEqual(self.desk.contacts()[contacts[0]["email"].lower()]["name"], "Renamed")
        self.simulator.change(contacts[2]["objectID"], displayName="Renamed too")
        self.foxtrail("sync", "preview", "--save", "next.plan")
        self.desk.edit(contacts[2]["id"], name="Typed by an agent")
        self.desk.forget()
        result = self.run_foxtrail("sync", "run", "--plan", "next.plan")
        self.assertEqual(result.returncode, 65, result.stdout + result.stderr)
        self.assertIn(contacts[2]["objectID"], result.stderr)
        self.assertEqual(self.desk.requests("POST users", "POST user"), 0)
        self.expect_clean()


    def test_that_asked_a_lot_says_when_a_sync_may_begin(self):
        self.begin(3)
        self.assertNotIn("begin a sync after", self.run_foxtrail("sync", "preview").stderr)
        big = self.account(13_000)
        self.assertEqual(self.use(big, "--relink", "--limit-share", "100").returncode, 0, self.printed[-1])
        result = self.run_foxtrail("sync", "preview")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("hint: begin a sync after ", result.stderr)


class Replay(Trial):
    def test_refuses_what_it_would_pass_over(self):
        self.begin(3)
        edited = self.file("edited.yaml", "phones: {}\n")
        for arguments in (["--bundle", "b.json", "--settings", edited], ["--bundle", "b.json", "--all"],
                          ["--bundle", "b.json", "--report", "r.csv"], ["1", "--bundle", "b.json"], ["--all"],
                          ["1", "--settings", edited, "--report", "r.csv"]):
            self.refused("replay", *arguments, code=64)

    def test_shows_the_first_record_that_is_decided_otherwise(self):
        self.begin(5)
        # What no program of ours can do, and replay is there to find: another decision than the rules give.
        with sqlite3.connect(self.home / "journal.sqlite") as journal:
            for (name,) in journal.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                journal.execute(f"DROP TRIGGER {name}")
            position, subject, data = journal.execute(
                "SELECT position, subject, data FROM events WHERE type = 'contactCreated' ORDER BY position LIMIT 1"
            ).fetchone()
            forged = json.dumps({**json.loads(data), "name": "Eve"}, sort_keys=True, separators=(",", ":"))
            journal.execute("UPDATE events SET data = ? WHERE position = ?", (forged, position))
        result = self.run_foxtrail("replay", "1")
        self.assertEqual(result.returncode, 70)
        self.assertIn(f"sync 1 {subject}\n", result.stdout)
        self.assertIn("Eve", result.stdout)
        self.assertIn("error: sync 1 is decided otherwise", result.stderr)
        first = json.loads(self.run_foxtrail("replay", "1", "--json").stdout)["differences"][0]
        self.assertEqual(first["subject"], subject)
        self.assertIn("Eve", first["recorded"])
        self.assertNotIn("Eve", first["decided"])

"""Time travel: what was shown then is shown again, the home stays as it is, and changes name who made them."""

import hashlib
import json
import os
import subprocess
import time
import unittest
import zoneinfo
from datetime import datetime, timedelta

from support import ADMIN, BINARY, HelpDeskScenario, SETTINGS, Scenario

SHOWN = [
    ("contact", "list"), ("settings", "show"), ("settings", "export"), ("tenant", "list"), ("tenant", "show"),
    ("field", "list"), ("agent", "list"), ("app", "status"), ("log", "show"), ("log", "report"), ("sync", "status"),
    ("help-desk", "show"), ("mail", "list", "--all"), ("mail", "show"), ("mail", "preview"), ("settings", "history"),
]


class Travel(Scenario):
    def told(self, *arguments):
        """Everything a command says, but for hints about what to do now."""
        result = self.run_foxtrail(*arguments)
        return result.returncode, result.stdout

    def shown(self, *options):
        return {(*command, *form): self.told(*command, *form, *options) for command in SHOWN for form in ((), ("--json",))}

    def fails(self, *arguments, code=65):
        result = self.run_foxtrail(*arguments)
        self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
        self.assertRegex(result.stderr, r"(?m)\Aerror: .*[^.]\nhint: ")
        return result.stderr

    def projections(self):
        """The files beside the journal that hold what was made of it."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.home.glob("projections*")}


class TheAuditorLooksBack(Travel):
    def setUp(self):
        super().setUp()
        self.simulate(40, clean=True)
        self.install()

    def story(self):
        """What every command showed, by the position at which it did."""
        then = {}

        def look():
            then[self.events()] = self.shown()

        look()
        self.apply()
        look()
        ids = [row["objectID"] for row in self.contacts()]
        self.simulator.change(ids[3], displayName="Renamed", department=None)
        self.simulator.change(ids[4], mobilePhone=None)
        self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "admin")
        self.foxtrail("settings", "set", "overwriteCustomFields", "false", agent="bo@acme.example")
        self.sync()
        look()
        self.foxtrail("contact", "add", "--email", "hand@acme.example", "--name", "By Hand")
        self.foxtrail("tenant", "disable")
        self.foxtrail("agent", "remove", "bo@acme.example")
        look()
        return then

    def test_and_sees_what_was_shown_then_while_nothing_is_touched(self):
        then = self.story()
        files, last = self.projections(), self.events()
        for position, shown in then.items():
            past = self.shown("--at", position)
            for command, said in shown.items():
                # That no sync was yet is told of the position.
                self.assertEqual(past[command], said, f"{command} at {position}")
        self.assertEqual(self.projections(), files)
        self.foxtrail("projections", "check")
        for path in self.home.glob("projections*"):
            path.unlink()
        self.assertEqual(self.told("contact", "list", "--at", last), then[last][("contact", "list")])
        self.assertEqual(self.projections(), {})
        self.foxtrail("journal", "verify")

    def test_names_the_moment_by_position_or_time(self):
        self.story()
        events = self.rows("journal", "list")
        berlin = zoneinfo.ZoneInfo("Europe/Berlin")
        for event in (events[0], events[len(events) // 2], events[-1]):
            at = datetime.fromisoformat(event["recordedAt"].replace("Z", "+00:00"))
            last = max(row["position"] for row in events if row["recordedAt"] <= event["recordedAt"])
            expected = self.foxtrail("contact", "list", "--json", "--at", last)
            local = at.astimezone(berlin)
            for text in (event["recordedAt"], f"{local:%Y-%m-%dT%H:%M:%S}", local.isoformat()):
                self.assertEqual(self.foxtrail("contact", "list", "--json", "--at", text), expected, text)
                said = self.run_foxtrail("contact", "list", "--at", text).stderr
                self.assertIn(f"as of event {last}, recorded at {local.isoformat()}\n", said)
                self.assertEqual(self.run_foxtrail("contact", "list", "--at", text, "--quiet").stderr, "")
        self.assertEqual(self.foxtrail("contact", "list", "--at", f"{local + timedelta(days=1):%Y-%m-%d}", "--quiet"),
                         self.foxtrail("contact", "list"))

    def test_is_told_what_is_no_moment(self):
        count = self.events()
        self.assertIn("beyond the last event, which is", self.fails("agent", "list", "--at", count + 1))
        self.assertIn("before the first event", self.fails("agent", "list", "--at", 0))
        self.assertIn("before the first event, recorded at", self.fails("tenant", "list", "--at", "2020-02-29"))
        for nonsense in ("yesterday", "2026-02-30", "1.5", "2026-11-24T10", "", " 5"):
            self.assertIn("neither a position nor a time", self.fails("log", "show", "--at", nonsense))
        self.assertIn("no sync yet at event 3", self.told_error("log", "show", "--at", 3))
        self.assertIn("no tenant", self.told_error("settings", "show", "--at", 2))
        # What changes something does so now.
        for command in (("settings", "set", "contactSync", "true"), ("app", "uninstall"), ("sync", "run")):
            self.assertEqual(self.run_foxtrail(*command, "--at", 3).returncode, 64)
        self.home = self.directory / "nothing"
        self.fails("contact", "list", "--at", 1, code=78)

    def told_error(self, *arguments):
        result = self.run_foxtrail(*arguments)
        self.assertEqual((result.returncode, result.stdout), (78, ""))
        return result.stderr

    def test_leaves_nothing_behind_when_the_reader_goes(self):
        self.apply()
        scratch = self.directory / "tmp"
        scratch.mkdir()
        environment = {**self.environment(), "TMPDIR": str(scratch)}
        command = f"'{BINARY}' contact list --at {self.events()} --json | true"
        subprocess.run(["bash", "-c", command], env=environment, check=True, timeout=60)
        subprocess.run([BINARY, "settings", "history"], env=environment, check=True, timeout=60, capture_output=True)
        self.assertEqual(list(scratch.iterdir()), [])

    @unittest.skipUnless(os.geteuid() == 0, "only root can become another")
    def test_may_have_no_right_to_write(self):
        self.apply()
        expected, last = self.foxtrail("contact", "list", "--json"), self.events()
        for path in self.home.glob("projections*"):
            path.unlink()
        self.directory.chmod(0o755)
        self.home.chmod(0o755)
        (self.home / "journal.sqlite").chmod(0o644)
        before = sorted(self.home.iterdir())
        result = subprocess.run([BINARY, "contact", "list", "--json", "--at", str(last)], env=self.environment(),
                                user=65534, group=65534, cwd="/", capture_output=True, text=True, timeout=60)
        self.assertEqual((result.returncode, result.stdout), (0, expected), result.stderr)
        self.assertEqual(sorted(self.home.iterdir()), before)


class ASyncThatWasKilled(Travel):
    def test_was_running_then_and_is_interrupted_only_since_the_journal_says_so(self):
        self.simulate(400, page_size=20, clean=True, faults=["slow:every=1,seconds=0.1"])
        self.install()
        process = self.start("settings", "apply", self.file("settings.yaml", SETTINGS))
        while not self.types().get("contactCreated"):
            time.sleep(0.05)
        during = self.rows("log", "show", "--at", self.events())[0]
        self.finish(process)
        killed = self.events()
        self.assertEqual(self.log()["status"], "interrupted")
        self.assertEqual(during["status"], "running")
        past = self.rows("log", "show", "--at", killed)[0]
        self.assertEqual((past["status"], past["completedAt"], past["new"]), ("running", None, len(self.contacts())))
        self.simulator.misbehave()
        self.sync()
        told = self.rows("journal", "list", "--type", "syncInterrupted")[0]["position"]
        self.assertEqual(self.rows("log", "show", "--at", told - 1)[0]["status"], "running")
        self.assertEqual(self.rows("log", "show", "--at", told)[0]["status"], "interrupted")
        self.assertEqual(self.rows("sync", "status", "--at", killed)[0], past)


class WhoDidIt(Travel):
    def setUp(self):
        super().setUp()
        self.simulate(12, clean=True)
        self.install()
        self.apply()

    def test_each_change_of_settings_names_who_and_what_and_can_be_gone_back_to(self):
        self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "admin")
        before = self.foxtrail("settings", "export")
        self.foxtrail("settings", "set", "phones.mobile", "none", agent="bo@acme.example")
        self.foxtrail("tenant", "disable")
        rows = self.rows("settings", "history")
        self.assertEqual({tuple(row) for row in rows},
                         {("position", "at", "actor", "sync", "type", "text", "changes")})
        self.assertEqual([row["position"] for row in rows], sorted((row["position"] for row in rows), reverse=True))
        disabled, changed = rows[:2]
        self.assertEqual((disabled["type"], disabled["actor"], disabled["changes"]), ("tenantDisabled", ADMIN, []))
        self.assertEqual((changed["type"], changed["actor"]), ("mappingChanged", "bo@acme.example"))
        self.assertEqual(changed["changes"], [{"key": "phones.mobile", "old": "mobilePhone", "new": None}])
        self.assertEqual(rows[-1]["type"], "tenantAuthorized")
        told = self.foxtrail("settings", "history", "contoso.example")
        self.assertRegex(told, rf"(?m)^event {changed['position']}  \S+\+\d\d:00  bo@acme.example\n  phones.mobile: mobilePhone -> none$")
        self.assertEqual(self.rows("settings", "history", "--at", changed["position"]), rows[1:])
        old = self.file("old.yaml", self.foxtrail("settings", "export", "--at", changed["position"] - 1))
        self.assertEqual(old.read_text(), before)
        self.foxtrail("tenant", "enable")
        self.foxtrail("settings", "apply", old)
        self.assertEqual(self.foxtrail("settings", "export"), before)
        # Bo is known by name also when Bo has gone.
        self.foxtrail("agent", "remove", "bo@acme.example")
        self.assertIn("bo@acme.example", self.foxtrail("settings", "history"))

    def blame(self, email, *options):
        rows = self.rows("contact", "blame", email, *options)[0]["fields"]
        return {row["field"]: row for row in rows}

    def test_each_field_of_a_contact_names_its_event(self):
        contact = self.contacts()[2]
        first = self.blame(contact["email"])
        self.assertEqual(set(first), {"email", "name", "phones.mobile", "customFields.Department", "customFields.Employee number"})
        self.assertEqual({(row["type"], row["sync"], row["objectID"], row["tenant"]) for row in first.values()},
                         {("contactCreated", 1, contact["objectID"], contact["tenant"])})
        position = self.events()
        self.simulator.change(contact["objectID"], displayName="Renamed", department="Elsewhere")
        self.sync()
        fields = self.blame(contact["email"].upper())
        for name in ("name", "customFields.Department"):
            event = self.rows("journal", "show", fields[name]["position"])[0]
            self.assertEqual((event["type"], event["sync"], fields[name]["since"]), ("contactUpdated", 2, event["recordedAt"]))
            self.assertIn(fields[name]["value"], [change["new"] for change in event["data"]["changes"]])
        self.assertEqual(fields["email"], first["email"])
        self.assertEqual(self.blame(contact["email"], "--at", position), first)
        self.assertRegex(self.foxtrail("contact", "blame", contact["email"]),
                         rf"(?m)^name +Renamed +\S+ +\d+ +sync 2, from user {contact['objectID']} of contoso.example$")

    def test_who_added_a_contact_by_hand_and_the_sync_that_took_it_over(self):
        self.foxtrail("contact", "add", "--email", "new@contoso.example", "--name", "By Hand")
        row = self.blame("new@contoso.example")["name"]
        self.assertEqual((row["type"], row["actor"], row["sync"], row["objectID"]), ("contactAdded", ADMIN, None, None))
        self.simulator.add(userPrincipalName="new@contoso.example", displayName="From Entra", mobilePhone="+1 1",
                           department="Sales", employeeId="1")
        self.sync()
        fields = self.blame("new@contoso.example")
        self.assertEqual((fields["email"]["type"], fields["name"]["type"]), ("contactAdded", "contactUpdated"))
        self.assertIn("there is no contact", self.fails("contact", "blame", "nobody@contoso.example"))


class WhatAnAgentEntered(HelpDeskScenario):
    def test_in_happyfox_was_read_there(self):
        contacts = self.begin(6, contacts=3)
        email, contact = next((email, row) for email, row in contacts.items() if email not in self.before)
        self.desk.edit(contact["id"], phones=[])
        user = next(row["objectID"] for row in self.rows("contact", "list") if row["email"] == email)
        self.simulator.change(user, displayName="Renamed")
        self.sync()
        fields = {row["field"]: row for row in self.rows("contact", "blame", email)[0]["fields"]}
        self.assertEqual(fields["name"]["type"], "contactUpdated")
        # The phone was taken away there, seen, and put back.
        self.assertEqual((fields["phones.mobile"]["type"], fields["phones.mobile"]["sync"]), ("contactUpdated", 2))
        stranger = next(email for email in self.before if self.run_foxtrail("contact", "show", email).returncode == 0)
        row = json.loads(self.foxtrail("contact", "blame", stranger, "--json"))["fields"][0]
        self.assertEqual((row["type"], row["sync"], row["objectID"]), ("contactRead", 1, None))
        self.assertIn("sync 1, which read it from HappyFox", self.foxtrail("contact", "blame", stranger))

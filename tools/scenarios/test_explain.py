"""Why a record is as it is: five steps, the history of a person, and a bundle for somebody who may not see whose it is."""

import json
import os
import stat
import subprocess
import time

from support import ADMIN, BINARY, Scenario

SETTINGS = """contactSync: true
phones: {mobile: mobilePhone}
customFields: {Department: department, "Employee number": employeeId, Office: officeLocation}
"""
STEPS = ["fetched", "selected", "matched", "mapped", "done"]


class Explaining(Scenario):
    def begin(self, users=20):
        self.simulate(users, clean=True)
        self.install()
        self.foxtrail("field", "add", "Office", "--type", "dropdown", "--choice", "Berlin", "--choice", "Paris")
        self.apply(SETTINGS.replace("contactSync: true", "contactSync: false"), codes=(0,))

    def first_sync(self, **changes):
        """The first sync, with something else about the fifth user; returns the user's contact or row of the report."""
        self.graph_ids = self.ids()
        for index in range(len(self.graph_ids)):
            self.simulator.change(self.graph_ids[index], officeLocation="Berlin")
        self.simulator.change(self.graph_ids[5], **changes) if changes else None
        self.foxtrail("settings", "set", "contactSync", "true", codes=(0, 2))
        return self.graph_ids[5]

    def ids(self):
        self.simulator.write("PATCH", "/v1.0/users/" + self.somebody(), {"jobTitle": "x"})
        answer = self.simulator.call("GET", "/v1.0/users?$select=id&$top=999",
                                     headers={"Authorization": f"Bearer {self.simulator.token}"})
        return [user["id"] for user in answer["value"]]

    def somebody(self):
        self.simulator.write("POST", "/v1.0/users", {
            "displayName": "Extra", "userPrincipalName": "extra@contoso.example", "mailNickname": "extra",
            "accountEnabled": True, "mobilePhone": "+1 2", "department": "Sales",
            "passwordProfile": {"password": "not-a-secret"}})
        answer = self.simulator.call("GET", "/v1.0/users?$select=id&$top=1",
                                     headers={"Authorization": f"Bearer {self.simulator.token}"})
        return answer["value"][0]["id"]

    def explain(self, who, *options):
        return self.rows("explain", who, *options)

    def one(self, who):
        row, = self.explain(who)
        self.assertEqual([step["name"] for step in row["steps"]], STEPS)
        self.assertEqual([step["step"] for step in row["steps"]], [1, 2, 3, 4, 5])
        return row, {step["name"]: step for step in row["steps"]}

    def fields(self, steps):
        return {field["field"]: field for field in steps["mapped"]["fields"]}


class FiveSteps(Explaining):
    def test_a_synced_record(self):
        self.begin()
        user = self.first_sync()
        row, steps = self.one(user)
        contact = next(contact for contact in self.contacts() if contact["objectID"] == user)
        self.assertEqual((row["outcome"], row["contact"]), ("synced", contact["id"]))
        self.assertEqual((steps["fetched"]["sync"], steps["fetched"]["extent"], steps["fetched"]["reason"]), (1, "full", "first"))
        self.assertEqual((steps["matched"]["by"], steps["matched"]["linkedIn"]), ("created", 1))
        fields = self.fields(steps)
        self.assertEqual(list(fields), ["email", "name", "mobile phone", "Department", "Employee number", "Office"])
        self.assertEqual({field["result"] for field in fields.values()}, {"written"})
        self.assertEqual((fields["Office"]["value"], fields["Office"]["old"], fields["Office"]["rule"]),
                         ("Berlin", None, "dropdown, overwrites"))
        # A person reads the same, by the e-mail in whatever case.
        told = self.foxtrail("explain", contact["email"].upper())
        for number, name in enumerate(STEPS, 1):
            self.assertRegex(told, rf"(?m)^{number} {name} +\S")
        self.assertIn("made for this user in sync 1", told)

        # What changes is told with what was there before; what does not, as it was.
        self.simulator.change(user, displayName="Bo")
        self.sync(codes=(0,))
        row, steps = self.one(user)
        fields = self.fields(steps)
        self.assertEqual([fields["name"][key] for key in ("result", "value", "old", "new")],
                         ["written", "Bo", contact["name"], "Bo"])
        self.assertEqual((fields["email"]["result"], steps["fetched"]["extent"]), ("unchanged", "changes"))
        self.sync(codes=(0,))
        self.assertIn("nothing new since; sync 3 read the tenant last", self.foxtrail("explain", user))

    def test_a_failed_record_names_each_rule_and_its_remedy(self):
        self.begin()
        user = self.first_sync(mobilePhone=None, employeeId="EXT-1", officeLocation="Rome")
        row, steps = self.one(user)
        fields = self.fields(steps)
        failed = {name: field["reasons"] for name, field in fields.items() if field["result"] == "failed"}
        self.assertEqual(failed, {"mobile phone": ["phoneEmpty"], "Employee number": ["datatypeMismatch"], "Office": ["notAChoice"]})
        self.assertEqual((fields["name"]["result"], steps["matched"]["by"]), ("fits", "none"))
        self.assertEqual([reason["code"] for reason in steps["done"]["reasons"]], ["phoneEmpty", "datatypeMismatch", "notAChoice"])
        self.assertTrue(all(reason["advice"] for reason in steps["done"]["reasons"]))
        self.sync(codes=(2,))
        self.assertIn("it failed for the same reasons in sync 2", self.foxtrail("explain", user))

    def test_two_who_want_one_address_are_both_named(self):
        self.begin()
        user = self.first_sync()
        self.foxtrail("settings", "set", "fields.email", "mail")
        for index in (5, 6):
            self.simulator.change(self.graph_ids[index], mail="shared@contoso.example")
        self.sync(codes=(2,))
        rows = self.explain("Shared@contoso.example")
        self.assertEqual({row["objectID"] for row in rows}, set(self.graph_ids[5:7]))
        loser = next(row for row in rows if row["outcome"] == "failed")
        rivals = loser["steps"][2]["rivals"]
        self.assertEqual([rival["objectID"] for rival in rivals], list(set(self.graph_ids[5:7]) - {loser["objectID"]}))
        told = self.foxtrail("explain", "shared@contoso.example")
        self.assertIn("2 users want shared@contoso.example, or have it", told)
        self.assertIn("who comes first", told)
        result = self.run_foxtrail("explain", "shared@contoso.example", "--bundle", "both.json")
        self.assertEqual((result.returncode, result.stderr.count("hint: foxtrail explain ")), (65, 2))

    def test_changed_settings_are_told_until_a_sync_has_seen_them(self):
        self.begin()
        user = self.first_sync()
        self.foxtrail("settings", "set", "overwriteCustomFields", "false")
        row, steps = self.one(user)
        self.assertEqual(len(steps["done"]["changedSince"]), 1)
        self.assertEqual(self.fields(steps)["Office"]["rule"], "dropdown, overwrites")
        self.assertIn("the next sync decides again", self.foxtrail("explain", user))
        self.sync(codes=(0,))
        row, steps = self.one(user)
        self.assertEqual((steps["done"]["changedSince"], self.fields(steps)["Office"]["rule"]), ([], "dropdown, fills empty"))

    def test_a_contact_without_a_user_tells_who_made_it(self):
        self.begin()
        self.foxtrail("contact", "add", "--email", "zed@acme.example", "--name", "Zed")
        row, = self.explain("ZED@acme.example")
        self.assertEqual((row["madeBy"], row["outcome"], row["objectID"]), (ADMIN, "unlinked", None))
        self.assertIn(f"by hand, by {ADMIN}", self.foxtrail("explain", "zed@acme.example"))
        self.foxtrail("explain", "nobody@acme.example", codes=(65,))


class History(Explaining):
    def test_is_every_event_newest_first(self):
        self.begin()
        user = self.first_sync()
        self.simulator.change(user, department="Elsewhere")
        self.sync(codes=(0,))
        self.simulator.call("DELETE", f"/v1.0/users/{user}", headers={"Authorization": f"Bearer {self.simulator.token}"})
        self.sync(codes=(0,))
        rows = self.explain(user, "--history")
        self.assertEqual([row["type"] for row in rows],
                         ["userRemoved", "contactUpdated", "userFetched", "contactCreated", "userFetched"])
        self.assertEqual([row["position"] for row in rows], sorted((row["position"] for row in rows), reverse=True))
        self.assertEqual([row["previous"] for row in rows[:-1]], [row["position"] for row in rows[1:]])
        self.assertIn("customFields.Department: ", rows[1]["summary"])
        self.assertIn("-> Elsewhere", rows[2]["summary"])
        told = self.foxtrail("explain", user, "--history").splitlines()
        self.assertEqual((len(told), told[0].split()), (6, ["POSITION", "TIME", "SYNC", "TYPE", "ACTOR", "WHAT"]))
        self.foxtrail("explain", "00000000-0000-4000-8000-000000000000", "--history", codes=(65,))
        self.foxtrail("explain", user, "--history", "--bundle", "x", codes=(64,))

    def test_tells_of_a_contact_that_was_there_before(self):
        self.begin()
        self.graph_ids = self.ids()
        self.foxtrail("contact", "add", "--email", "extra@contoso.example", "--name", "By Hand")
        self.first_sync_all()
        types = [row["type"] for row in self.explain("extra@contoso.example", "--history")]
        self.assertEqual(types, ["contactUpdated", "userFetched", "contactAdded"])
        row, steps = self.one("extra@contoso.example")
        self.assertEqual((steps["matched"]["by"], self.fields(steps)["name"]["old"]), ("adopted", "By Hand"))

    def first_sync_all(self):
        self.foxtrail("settings", "set", "contactSync", "true", codes=(0, 2))


class ThePast(Explaining):
    def test_is_explained_as_it_was(self):
        self.begin()
        user = self.first_sync(mobilePhone=None)
        failed, = self.explain(user)
        moment = self.events()
        self.simulator.change(user, mobilePhone="+49 1")
        self.sync(codes=(0,))
        self.assertEqual(self.one(user)[0]["outcome"], "synced")
        self.assertEqual(self.explain(user, "--at", moment), [failed])
        types = [row["type"] for row in self.explain(user, "--history", "--at", moment)]
        self.assertEqual(types, ["contactFailed", "userFetched"])
        self.assertEqual(len(self.explain(user, "--history")), 4)
        self.assertEqual(self.run_foxtrail("explain", user, "--at", 2).returncode, 65)
        self.foxtrail("explain", user, "--at", moment, "--bundle", "x", codes=(64,))

    def test_names_nobody_who_was_erased_and_blames_nobody_for_it(self):
        self.begin()
        user = self.first_sync(displayName="Quentin Quux")
        email = next(contact["email"] for contact in self.contacts() if contact["objectID"] == user)
        self.simulator.write("DELETE", f"/v1.0/users/{user}", None)
        self.sync(codes=(0,))
        heir = self.simulator.add(displayName="Rosa Next", userPrincipalName=email, mail=email, mobilePhone="+3 1",
                                  department="Sales", officeLocation="Berlin")["id"]
        self.sync(codes=(0, 2))
        moment = self.events()
        self.foxtrail("journal", "erase", user, "--yes")
        blamed = json.loads(self.foxtrail("contact", "blame", email, "--json"))["fields"]
        self.assertEqual({field["actor"] for field in blamed}, {None})
        row, steps = self.one(heir)
        self.assertEqual((steps["matched"]["by"], steps["matched"]["linkedIn"]), ("adopted", 3))
        self.assertLessEqual({field["result"] for field in self.fields(steps).values()}, {"fits", "leftEmpty"})
        self.assertIn("what was written is erased", self.foxtrail("explain", heir))
        self.assertIn("somebody else was erased, and this is kept", self.foxtrail("explain", heir, "--history"))
        self.foxtrail("explain", heir, "--bundle", "x.json", codes=(65,))
        rows = self.explain(user, "--history")
        self.assertEqual((rows[0]["type"], {row["summary"] for row in rows[1:]}), ("personErased", {"erased"}))
        # Of the past nobody is told who it was, and that is said.
        for command in [("explain", heir), ("contact", "list"), ("log", "report"), ("settings", "history")]:
            result = self.run_foxtrail(*command, "--at", moment)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertNotIn("Quux", result.stdout)
            self.assertIn("who was erased since then is shown without name", result.stderr)
        self.assertIn("was erased since", self.run_foxtrail("explain", user, "--at", moment).stderr)


class Bundle(Explaining):
    def test_fails_the_same_way_elsewhere_and_tells_nobody(self):
        self.begin()
        user = self.first_sync(mobilePhone=None, employeeId="EXT-4711", department="Geheimdienst")
        row, steps = self.one(user)
        path = self.directory / "bundle.json"
        self.foxtrail("explain", user, "--bundle", path)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        text = path.read_text()
        values = [field["value"] for field in steps["mapped"]["fields"]] + [user, row["tenant"], "contoso", "Acme", ADMIN]
        for value in values:
            if len(value) >= 4 and value != "Berlin":
                self.assertNotIn(value.lower(), text.lower())
        self.assertIn("Berlin", text)
        # It needs no home: not even one that is there.
        bare = {key: value for key, value in os.environ.items() if not key.startswith("FOXTRAIL_")}
        result = subprocess.run([BINARY, "replay", "--bundle", path, "--json"], capture_output=True, text=True,
                                env={**bare, "HOME": str(self.directory / "nowhere")})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(json.loads(result.stdout)["decided"], "fail: phoneEmpty, datatypeMismatch")
        # Other letters each time.
        self.foxtrail("explain", user, "--bundle", self.directory / "again.json")
        self.assertNotEqual((self.directory / "again.json").read_text(), text)
        self.foxtrail("explain", self.graph_ids[3], "--bundle", self.directory / "good.json")
        self.assertIn("create a contact", self.foxtrail("replay", "--bundle", self.directory / "good.json"))

    def test_another_decision_is_a_bug_and_garbage_is_told(self):
        self.begin()
        user = self.first_sync(mobilePhone=None)
        path = self.directory / "bundle.json"
        self.foxtrail("explain", user, "--bundle", path)
        bundle = json.loads(path.read_text())

        def replay(code, **changes):
            result = self.run_foxtrail("replay", "--bundle", self.file("changed.json", json.dumps({**bundle, **changes})))
            self.assertEqual(result.returncode, code, result.stderr)
            return result.stdout + result.stderr
        other = {**bundle["user"], "mobilePhone": "+1 2"}
        self.assertIn("recorded is fail: phoneEmpty, and decided is create a contact", replay(70, user=other))
        self.assertIn("engine version 1 decided it", replay(0, user=other, engineVersion=1))
        self.assertIn("a newer foxtrail wrote", replay(65, version=99))
        self.assertIn("is no bundle", replay(65, recorded={"type": "contactFailed", "data": {}}))
        for name, text in [("text", "hello"), ("huge", " " * 2_000_000), ("empty", "")]:
            self.foxtrail("replay", "--bundle", self.file(name, text), codes=(65,))
        self.foxtrail("replay", "--bundle", self.directory / "missing", codes=(65,))
        self.foxtrail("replay", "1", "--bundle", path, codes=(64,))

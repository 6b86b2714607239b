"""The product's story, and what later syncs do with people who changed."""

import json
import sqlite3

from support import CLIENT, SECRET, SETTINGS, Scenario


class TheStory(Scenario):
    def test_counts_agree_and_everything_verifies(self):
        self.simulate(250)
        self.install()
        self.apply()
        log, report = self.log(), self.report()
        self.assertEqual(log["synced"] + log["failed"], 250)
        self.assertEqual(len(report), 250)
        failed = [row for row in report if row["Sync Status"] == "Failed"]
        self.assertEqual(len(failed), log["failed"])
        self.assertGreater(len(failed), 0)
        self.foxtrail("journal", "verify")
        self.foxtrail("projections", "check")
        fields = {"mobilePhone": "mobile", "department": "Department", "employeeId": "Employee number",
                  "userPrincipalName": "mail", "displayName": "name"}
        for row in failed:
            with self.subTest(row["Email"]):
                named = [name for name, field in fields.items() if name in row["Result"] and field in row["Result"]]
                self.assertTrue(named, row["Result"])

    def test_the_projections_can_be_deleted_at_any_time(self):
        self.simulate(250)
        self.install()
        self.apply()
        commands = [("contact", "list"), ("log", "show"), ("log", "report"), ("settings", "show"), ("tenant", "list")]
        before = [self.foxtrail(*command) for command in commands]
        for command, text in zip(commands, before):
            for path in self.home.glob("projections.sqlite*"):
                path.unlink()
            self.assertEqual(self.foxtrail(*command), text, command)

    def test_the_client_secret_stays_in_its_directory(self):
        self.simulate(20)
        self.install()
        self.apply()
        self.authorize(SECRET + "-but-wrong")
        self.foxtrail("journal", "list", "--json")
        self.foxtrail("tenant", "list")
        for path in self.home.rglob("*"):
            if path.is_file() and "secrets" not in path.parts:
                self.assertNotIn(SECRET.encode(), path.read_bytes(), path)
        self.assertNotIn(SECRET, "".join(self.printed))


class WhatAChangeSays(Scenario):
    def changed(self, *arguments, agent="ann@acme.example", codes=(0,)):
        """The names of the events, and the rest of the one object that a command printed."""
        before = self.events() if self.home.exists() else 0
        told = json.loads(self.foxtrail(*arguments, "--json", agent=agent, codes=codes))
        if told.get("sync") is None:
            self.assertEqual(len(told["changed"]), self.events() - before, arguments)
        return told.pop("changed"), told

    def test_is_one_object_that_begins_with_its_events(self):
        self.simulate(20, clean=True)
        events, told = self.changed("init", "--account", "Acme", "--time-zone", "UTC", "--portal-url", "https://acme.example",
                                    agent="ann@acme.example")
        self.assertEqual((events, told["account"]), (["accountOpened", "agentAdded"], "Acme"))
        for command, event, installed in [("install", "appInstalled", True), ("uninstall", "appUninstalled", False)]:
            self.assertEqual(self.changed("app", command), ([event], {"installed": installed}))
            self.assertEqual(self.changed("app", command), ([], {"installed": installed}))
        self.changed("app", "install")
        bo = {"email": "bo@acme.example", "name": "Bo", "role": "agent", "manageApps": False}
        self.assertEqual(self.changed("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "agent"), (["agentAdded"], bo))
        self.assertEqual(self.changed("agent", "remove", "BO@acme.example"), (["agentRemoved"], bo))
        field = {"name": "Size", "type": "dropdown", "required": True, "choices": ["S", "L"], "mappable": True, "id": None}
        self.assertEqual(self.changed("field", "add", "Size", "--type", "dropdown", "--choice", "S", "--choice", "L",
                                      "--required"), (["fieldDefined"], field))
        self.assertEqual(self.changed("field", "remove", "Size"), (["fieldRemoved"], field))
        events, contact = self.changed("contact", "add", "--email", "zoe@x.example", "--name", "Zoe")
        self.assertEqual((events, [contact]), (["contactAdded"], self.contacts()))
        secret = self.file("secret", SECRET + "\n")
        for event in ["tenantAuthorized", "tenantReauthorized"]:
            events, tenant = self.changed(
                "tenant", "authorize", "--tenant", "contoso.example", "--client-id", CLIENT, "--client-secret-file", secret,
                "--authority", self.simulator.url, "--graph", self.simulator.url)
            self.assertEqual((events, [tenant]), ([event], self.rows("tenant", "list")))
        file = self.file("settings.yaml", "contactSync: true\nphones: {mobile: mobilePhone}\n")
        events, told = self.changed("settings", "apply", file)
        self.assertEqual(events, ["mappingChanged", "contactSyncEnabled"])
        changes = [{"tenant": "contoso.example", "key": key, "old": old, "new": new}
                   for key, old, new in [("contactSync", "false", "true"), ("phones.mobile", None, "mobilePhone")]]
        self.assertEqual(told, {"tenant": "contoso.example", "sync": self.log(), "changes": changes, "dryRun": False})
        nothing = {"tenant": "contoso.example", "sync": None}
        self.assertEqual(self.changed("settings", "apply", file), ([], {**nothing, "changes": [], "dryRun": False}))
        self.assertEqual(self.changed("settings", "set", "phones.mobile", "none"), (["mappingChanged"], nothing))
        backup = json.loads(self.foxtrail("journal", "backup", "copy.sqlite", "--json"))
        present = self.rows("journal", "stat")[0]
        self.assertEqual([backup[key] for key in ("events", "root")], [present[key] for key in ("events", "root")])
        self.assertEqual(json.loads(self.foxtrail("projections", "rebuild", "--json")), {"position": self.events()})


class Settings(Scenario):
    def test_that_were_exported_change_nothing(self):
        self.simulate(20, clean=True)
        self.install()
        names = ["on", "null", "0123", "R&D: *all*", "Größe \"x\"", "é, {b}"]
        for name in names:
            self.foxtrail("field", "add", name, "--type", "text")
            self.foxtrail("settings", "set", f"customFields.{name}", "city")
        self.foxtrail("settings", "set", "fields.email", "otherMails[0]")
        shown = self.rows("settings", "show")[0]
        self.assertEqual((sorted(shown["customFields"]), shown["fields"]["email"]), (sorted(names), "otherMails[0]"))
        before = self.events()
        for format in [(), ("--json",)]:
            self.foxtrail("settings", "apply", self.file("exported", self.foxtrail("settings", "export", *format)))
        self.assertEqual(self.events(), before)

    def test_that_a_file_leaves_out_stay_and_some_maps_are_replaced_whole(self):
        self.simulate(20, clean=True)
        self.install()
        self.apply("""contactSync: false
phones: {mobile: mobilePhone, work: "businessPhones[0]"}
customFields: {Department: department, "Employee number": employeeId}
include: {guests: false, disabled: false}
fields: {email: mail, name: surname}
guard: {updates: 20%, creates: 50%}
""", codes=(0,))
        before = self.rows("settings", "show")[0]
        for text, changed in [
            ("phones: {mobile: mobilePhone}", {"phones": {"mobile": "mobilePhone"}}), ("phones: {}", {"phones": {}}),
            ("customFields: {Department: city}", {"customFields": {"Department": "city"}}),
            ("guard: {updates: 10%}", {"guard": {"updates": "10%"}}), ("include: {guests: true}", {"include": {"guests": True, "disabled": False}}),
            ("fields: {name: displayName}", {"fields": {"email": "mail", "name": "displayName"}}), ("fields: {}", {}),
        ]:
            self.apply(text + "\n", codes=(0,))
            before.update(changed)
            self.assertEqual(self.rows("settings", "show")[0], before, text)

    def test_tell_of_a_mapped_field_that_has_gone(self):
        self.simulate(20, clean=True)
        self.install()
        self.foxtrail("settings", "set", "customFields.Department", "city")
        self.assertEqual(self.rows("settings", "show")[0]["problems"], [])
        # No command removes a mapped field yet; a help desk of its own could.
        with sqlite3.connect(self.home / "projections.sqlite") as projections:
            projections.execute("DELETE FROM fields WHERE name = 'Department'")
        projections.close()
        self.assertIn("there is no custom field Department", self.foxtrail("settings", "show"))
        self.assertIn("none", self.rows("settings", "show")[0]["problems"][0]["advice"])
        self.foxtrail("settings", "set", "accountEmail", "true")
        self.foxtrail("settings", "set", "customFields.Department", "none")
        self.assertEqual(self.rows("settings", "show")[0]["problems"], [])


class ASecondSync(Scenario):
    def test_costs_next_to_nothing_for_two_changes_in_three_thousand(self):
        self.simulate(3000, page_size=999, clean=True)
        self.install()
        self.apply()
        for contact in self.contacts()[:2]:
            self.simulator.change(contact["objectID"], department="Harbour")
        events, requests = self.events(), self.simulator.requests()
        self.sync()
        self.assertLessEqual(self.simulator.requests() - requests, 4)
        self.assertLessEqual(self.events() - events, 10)
        self.assertEqual(len(self.report()), 3000)
        self.assertEqual([row["customFields"]["Department"] for row in self.contacts()].count("Harbour"), 2)

    def test_a_renamed_user_keeps_the_contact(self):
        self.simulate(20, clean=True)
        self.install()
        self.apply()
        old = self.contacts()[3]
        self.simulator.change(old["objectID"], userPrincipalName="renamed@contoso.example")
        self.sync()
        now = [row for row in self.contacts() if row["objectID"] == old["objectID"]]
        self.assertEqual([(row["id"], row["email"]) for row in now], [(old["id"], "renamed@contoso.example")])

    def test_overwrite_off_keeps_and_fills_and_on_follows(self):
        self.simulate(20, clean=True)
        self.install()
        self.apply(SETTINGS.replace(', "Employee number": employeeId', "") + "overwriteCustomFields: false\n")
        old = self.contacts()[0]
        self.apply(SETTINGS + "overwriteCustomFields: false\n")
        self.simulator.change(old["objectID"], department="Harbour", employeeId="77")
        self.sync()
        kept = self.contacts()[0]["customFields"]
        self.assertEqual(kept, {"Department": old["customFields"]["Department"], "Employee number": 77})
        self.foxtrail("settings", "set", "overwriteCustomFields", "true")
        self.sync()
        self.assertEqual(self.contacts()[0]["customFields"], {"Department": "Harbour", "Employee number": 77})

    def test_two_users_with_one_mail_name_each_other(self):
        self.simulate(20, clean=True)
        self.install()
        self.apply(SETTINGS + "fields: {email: mail, name: displayName}\n")
        first, second = self.contacts()[:2]
        self.simulator.change(second["objectID"], mail=first["email"])
        self.sync()
        rows = [row for row in self.report() if row["Email"] == first["email"]]
        self.assertEqual(len(rows), 2)
        self.assertIn(second["objectID"], rows[0]["Result"])
        self.assertIn(first["objectID"], rows[1]["Result"])
        keeper = [row for row in self.contacts() if row["email"] == first["email"]]
        self.assertEqual([(row["id"], row["objectID"]) for row in keeper], [(first["id"], first["objectID"])])

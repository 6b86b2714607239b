"""Contacts that live in a HappyFox account: what a sync makes of them."""

import base64
import json
import time
import urllib.request

from support import ADMIN, HELP_DESK_SETTINGS, HappyFox, HelpDeskScenario

KEPT = ("id", "isLoginEnabled", "groups")


def phones(contact):
    return [(phone["id"], phone["type"], phone["number"]) for phone in contact["phones"]]


class AFirstSync(HelpDeskScenario):
    def test_makes_250_contacts_with_few_requests_and_a_second_one_writes_nothing(self):
        self.begin(250)
        self.expect_one_each(self.desk, 250)
        self.assertLessEqual(self.desk.requests("POST users", "POST user"), 6)
        log = self.log()
        self.assertEqual([log[key] for key in ("synced", "new", "existing", "failed")], [250, 250, 0, 0])
        for contact in self.contacts():
            self.assertEqual((contact["source"], contact["tenant"] is None), ("entra", False))
        listed = self.foxtrail("contact", "list").splitlines()
        self.assertEqual([row.endswith("Entra ID (contoso.example)") for row in listed].count(True), 250)
        email = self.contacts()[0]["email"]
        self.assertRegex(self.foxtrail("contact", "show", email), r"origin +Entra ID \(contoso.example\)")
        self.desk.forget()
        for _ in range(2):
            self.assertEqual(self.sync(codes=(0,))["existing"], 250)
        self.assertEqual(self.desk.requests("POST users", "POST user"), 0)
        self.assertEqual(self.desk.requests(), 2, "one reading of the fields each")
        self.expect_clean()

    def test_adopts_the_contacts_that_are_there(self):
        settings = "contactSync: true\nphones: {work: 'businessPhones[0]'}\ncustomFields: {Department: department}\n"
        after = self.begin(60, contacts=70, settings=settings)
        users = {row["email"].lower(): row for row in self.contacts() if row["objectID"]}
        report = {row["Email"].lower(): row["Type"] for row in self.report()}
        self.assertEqual((len(users), len(report)), (60, 60))
        adopted = 0
        for email, contact in self.before.items():
            now = after[email]
            if email not in users:
                self.assertEqual(now, contact, "nobody's business")
                continue
            adopted += 1
            self.assertEqual([report[email], users[email]["source"]], ["Existing", "manual"])
            self.assertEqual([now[key] for key in KEPT], [contact[key] for key in KEPT])
            self.assertEqual({**now["fields"], "Department": None}, {**contact["fields"], "Department": None})
            self.assertTrue(now["fields"]["Department"])
            self.assertLessEqual(len(contact["phones"]), len(now["phones"]))
            self.assertEqual(len([phone for phone in now["phones"] if phone["type"] == "w"]),
                             max(1, len([phone for phone in contact["phones"] if phone["type"] == "w"])))
            self.assertEqual(phones(now)[1:len(contact["phones"])], phones(contact)[1:], "only the first one follows")
        self.assertEqual(adopted, 30)
        listed = self.foxtrail("contact", "list").splitlines()
        self.assertEqual([sum(row.endswith(origin) for row in listed) for origin in
                          ("  help desk", "  Entra ID (contoso.example)")], [70, 30])
        self.assertEqual(list(report.values()).count("Existing"), 30)
        self.assertEqual(len(after), 70 + 30)
        self.expect_clean()

    def test_expects_that_a_domain_puts_contacts_into_groups(self):
        self.simulate(20, clean=True)
        self.desk = self.account()
        key = base64.b64encode(HappyFox.KEY.encode()).decode()
        request = urllib.request.Request(
            self.desk.url + "/api/1.1/json/contact_groups/", method="POST",
            data=json.dumps({"name": "Contoso", "tagged_domains": "contoso.example"}).encode(),
            headers={"Authorization": "Basic " + key, "Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=30).close()
        self.install_with(self.desk)
        self.apply(HELP_DESK_SETTINGS, codes=(0,))
        groups = {email.split("@")[1]: len(row["groups"]) for email, row in self.desk.contacts().items()}
        self.assertEqual(groups.pop("contoso.example"), 1)
        self.assertEqual(set(groups.values()), {0}, "other domains are nobody's")
        self.desk.forget()
        self.sync(codes=(0,))
        self.assertEqual(self.desk.requests("POST users", "POST user"), 0)


class AChange(HelpDeskScenario):
    SETTINGS = """contactSync: true
phones: {mobile: mobilePhone}
customFields: {Department: department, "Employee number": employeeId, Region: faxNumber}
"""

    def user(self, index=0):
        contacts = [row for row in self.contacts() if row["objectID"]]
        return sorted(contacts, key=lambda row: row["objectID"])[index]

    def test_leaves_alone_what_agents_filled_in(self):
        self.begin(20)
        user = self.user()
        agent = {"Badge": "B-77", "Languages": ["German", "French"], "Birthday": "1990-02-03", "Region": "APAC",
                 "Favourite colour": "#aabbcc", "Employee number": 5.5}
        known = self.desk.contacts()[user["email"].lower()]
        second = {"type": "h", "number": "+49 30 777"}
        self.desk.edit(user["id"], fields=agent, phones=known["phones"] + [second])
        known = self.desk.contacts()[user["email"].lower()]
        self.simulator.change(user["objectID"], department="Harbour", mobilePhone="+49 151 1234567")
        self.sync(codes=(0,))
        now = self.desk.contacts()[user["email"].lower()]
        self.assertEqual(now["fields"], {**agent, "Department": "Harbour"})
        self.assertEqual([now[key] for key in (*KEPT, "primaryPhone")], [known[key] for key in (*KEPT, "primaryPhone")])
        expected = phones(known)
        expected[0] = (*expected[0][:2], "+49 151 1234567")
        self.assertEqual(phones(now), expected, "the number was replaced, and the other one kept")
        self.expect_clean()

    def test_writes_numbers_and_choices_as_happyfox_takes_them(self):
        self.begin(20, settings=self.SETTINGS)
        first, second = self.user(0), self.user(1)
        self.simulator.change(first["objectID"], employeeId="5.5", faxNumber="APAC")
        self.simulator.change(second["objectID"], employeeId="12", faxNumber="Antarctica")
        self.sync(codes=(2,))
        fields = self.desk.contacts()[first["email"].lower()]["fields"]
        self.assertEqual([fields["Employee number"], fields["Region"]], [5.5, "APAC"])
        failed = [row for row in self.report() if row["Sync Status"] == "Failed"]
        self.assertEqual([row["Email"] for row in failed], [second["email"]])
        self.assertIn("Antarctica", failed[0]["Result"])
        # A choice that is added over there counts at the next sync, under whatever number it has.
        region = next(field for field in self.desk.call("GET", "/fields") if field["name"] == "Region")
        self.desk.fields(Region={"choices": [{"id": 99, "text": "Antarctica"}, *region["choices"]]})
        self.sync(codes=(0,))
        fields = self.desk.contacts()[second["email"].lower()]["fields"]
        self.assertEqual([fields["Employee number"], fields["Region"]], [12, "Antarctica"])
        self.assertEqual(self.desk.contacts()[first["email"].lower()]["fields"]["Region"], "APAC")
        self.simulator.change(first["objectID"], faxNumber=None, employeeId=None)
        self.sync(codes=(0,))
        fields = self.desk.contacts()[first["email"].lower()]["fields"]
        self.assertEqual([fields.get("Employee number"), fields.get("Region")], [None, None])
        self.expect_clean()

    def test_of_the_address_keeps_the_contact(self):
        self.begin(20, contacts=20)
        user = self.user()
        known = self.desk.contacts()[user["email"].lower()]
        self.desk.forget()
        self.simulator.change(user["objectID"], userPrincipalName="newly.named@contoso.example", department="Harbour")
        self.sync(codes=(0,))
        self.assertEqual([self.desk.requests("POST user"), self.desk.requests("POST users")], [1, 1])
        now = self.desk.contacts()
        self.assertNotIn(user["email"].lower(), now)
        now = now["newly.named@contoso.example"]
        self.assertEqual([now[key] for key in KEPT] + phones(now), [known[key] for key in KEPT] + phones(known))
        self.assertEqual(now["fields"], {**known["fields"], "Department": "Harbour"})
        self.assertEqual(self.user()["email"], "newly.named@contoso.example")
        self.desk.forget()
        self.sync(codes=(0,))
        self.assertEqual(self.desk.requests("POST users", "POST user"), 0)
        self.expect_clean()

    def test_that_was_made_over_there_is_overwritten_only_when_the_user_is_written(self):
        """Entra is not asked for those that did not change; what a write touches is looked at a moment before."""
        self.begin(20)
        user = self.user()
        self.desk.edit(user["id"], name="Renamed by an agent")
        self.simulator.change(user["objectID"], department="Harbour")
        self.sync(codes=(0,))
        now = self.desk.contacts()[user["email"].lower()]
        self.assertEqual([now["name"], now["fields"]["Department"]], [user["name"], "Harbour"])

    def test_comes_to_a_contact_that_was_deleted_over_there(self):
        self.begin(20)
        user = self.user()
        self.desk.call("DELETE", f"/contacts/{user['id']}")
        self.simulator.change(user["objectID"], department="Harbour")
        self.sync(codes=(0,))
        self.expect_one_each(self.desk, 20)
        now = self.desk.contacts()[user["email"].lower()]
        self.assertNotEqual(now["id"], user["id"])
        self.assertEqual(now["fields"], {"Department": "Harbour"})
        self.expect_clean()


class ARefusal(HelpDeskScenario):
    def test_is_told_in_happyfox_own_words_and_heals_with_its_cause(self):
        self.simulate(20, clean=True)
        self.desk = self.account()
        self.install_with(self.desk)
        # The rule changes between the reading of the fields and the write.
        self.desk.misbehave({"kind": "slow", "at": [2], "when": "before", "seconds": 1.5})
        process = self.start("settings", "apply", self.file("settings.yaml", HELP_DESK_SETTINGS))
        while self.desk.requests("GET user_custom_fields") < 2:
            time.sleep(0.05)
        self.desk.fields(Badge={"required": True})
        self.assertEqual(process.wait(60), 2)
        report = self.report()
        self.assertEqual({row["Result"] for row in report}, {"HappyFox: Badge: This field is required"})
        self.assertEqual({row["Type"] for row in report}, {"New"})
        explained = self.foxtrail("explain", report[0]["Email"])
        self.assertIn("HappyFox: Badge: This field is required", explained)
        self.assertIn("what is mapped fits, and HappyFox refused it", explained)
        self.assertIn("the field's rules in HappyFox", explained)
        # By now the rule is known here too.
        self.sync(codes=(2,))
        self.assertIn("Required field is empty: Badge is not mapped", self.report()[0]["Result"])
        self.assertEqual(self.desk.contacts(), {})
        self.desk.fields(Badge={"required": False})
        self.assertEqual(self.sync(codes=(0,))["new"], 20)
        self.expect_one_each(self.desk, 20)
        self.expect_clean()

    def test_of_one_keeps_nobody_else(self):
        settings = HELP_DESK_SETTINGS.replace("department}", "department, Badge: faxNumber}")
        self.begin(20, options=["--required-field", "Badge"], settings=settings, codes=(2,))
        self.assertEqual({row["Result"] for row in self.report()},
                         {"Required field is empty: Badge is mapped to faxNumber, which is empty in Entra ID"})
        self.assertEqual(self.desk.contacts(), {})
        for row in self.report()[:7]:
            self.simulator.change(json.loads(self.foxtrail("explain", row["Email"], "--json"))["objectID"], faxNumber="B-1")
        log = self.sync(codes=(2,))
        self.assertEqual([log["new"], log["failed"]], [7, 13])
        self.assertEqual([row["fields"]["Badge"] for row in self.desk.contacts().values()], ["B-1"] * 7)


class TheHelpDesk(HelpDeskScenario):
    def fails(self, result, code, *words):
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def test_has_its_own_fields_and_contacts(self):
        self.begin(20)
        self.fails(self.run_foxtrail("field", "add", "Team", "--type", "text"), 65, "HappyFox", self.desk.url)
        self.fails(self.run_foxtrail("field", "remove", "Badge"), 65, "HappyFox")
        self.fails(self.run_foxtrail("contact", "add", "--email", "a@b.example", "--name", "A"), 65, "HappyFox")
        unknown = self.run_foxtrail("settings", "set", "customFields.Bagde", "city")
        self.fails(unknown, 65, "the fields are ", "foxtrail field pull reads HappyFox's fields")
        self.assertNotIn("field add", unknown.stderr)
        listed = self.foxtrail("field", "list")
        self.assertRegex(listed, r"Favourite colour +colour-picker")
        kinds = {row["name"]: row["type"] for row in self.rows("field", "list")}
        self.assertEqual([kinds["Favourite colour"], kinds["Region"], kinds["Languages"]],
                         ["colour-picker", "dropdown", "multiple-choice"])
        for field, kind in [("Favourite colour", "colour-picker"), ("Languages", "multiple choice"), ("Birthday", "date")]:
            self.fails(self.run_foxtrail("settings", "set", f"customFields.{field}", "city"), 65,
                       f"the field {field} is a {kind} field, which cannot be mapped", "text, number and dropdown")
        before = self.events()
        self.foxtrail("field", "pull")
        self.assertEqual(self.events(), before)
        self.desk.fields(Badge={"name": "Badge number"}, Region={"required": True})
        pulled = self.foxtrail("field", "pull")
        for line in ["gone: Badge", "new: Badge number (text)", "changed: Region (dropdown, required)"]:
            self.assertIn(line, pulled)

    def test_is_not_taken_unless_the_key_opens_it(self):
        self.simulate(20, clean=True)
        desk = self.account()
        self.init()
        before = self.events()
        for key in ["wrong-key:simulated-code", "simulated-key:wrong-code"]:
            self.fails(self.use(desk, key=key), 77, "does not accept the API key (401)", "Apps > Goodies > API")
        for key in ["", "no colon", "a:b:c", ":b", "a:"]:
            self.fails(self.use(desk, key=key), 65)
        use = ("help-desk", "use", "happyfox", "--url")
        key = ("--api-key-file", self.file("key", HappyFox.KEY))
        self.fails(self.run_foxtrail(*use, desk.url, "--api-key-file", self.directory / "nowhere"), 65, "nowhere")
        self.fails(self.run_foxtrail(*use, "http://help.acme.example", *key), 65, "must begin with https://")
        for url in ["acme", "ftp://acme.example", "https://acme.example/desk"]:
            self.fails(self.run_foxtrail(*use, url, *key), 65, "is not the address of a HappyFox account")
        self.fails(self.run_foxtrail(*use, self.simulator.url, *key), 65, "does not answer as a HappyFox account does")
        self.fails(self.run_foxtrail("help-desk", "use", "zendesk"), 64, "one of embedded, happyfox")
        self.fails(self.run_foxtrail("help-desk", "use", "happyfox"), 64, "--url")
        self.fails(self.run_foxtrail("field", "pull"), 78, "embedded")
        self.assertEqual(self.events(), before)
        self.assertFalse((self.home / "secrets" / "happyfox.key").exists())
        self.assertEqual(self.use(desk).returncode, 0)
        self.assertEqual((self.home / "secrets" / "happyfox.key").stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.types()["helpDeskChanged"], 1)
        self.assertEqual(self.use(desk).returncode, 0)
        self.assertEqual(self.types()["helpDeskChanged"], 1)
        shown = self.rows("help-desk", "show")[0]
        self.assertEqual([shown["kind"], shown["url"]], ["happyfox", desk.url])

    def test_is_for_those_who_may_manage_apps(self):
        self.begin(20)
        self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "agent")
        before = self.events()
        for command in [("help-desk", "use", "embedded"), ("field", "pull"), ("sync", "run"),
                        ("help-desk", "use", "happyfox", "--url", self.desk.url, "--api-key-file", "key")]:
            self.fails(self.run_foxtrail(*command, agent="bo@acme.example"), 77)
        self.assertEqual(self.events(), before)

    def test_is_changed_with_relink_only_once_users_are_linked(self):
        first = self.begin(20)
        other = self.account(20)
        self.fails(self.use(other), 65, "20 users are linked to contacts of HappyFox", "--relink")
        self.fails(self.run_foxtrail("help-desk", "use", "embedded"), 65, "--relink")
        self.assertEqual(self.use(self.desk, "--limit-share", "50").returncode, 0, "the same account")
        there = other.contacts()
        self.assertEqual(self.use(other, "--relink").returncode, 0, self.printed[-1])
        self.foxtrail("field", "pull")
        self.assertEqual(self.contacts(), [])
        log = self.sync(codes=(0,))
        self.assertEqual([log["new"], log["existing"]], [10, 10])
        self.assertEqual(len(other.contacts()), 30)
        self.assertTrue(set(there) <= set(other.contacts()))
        self.assertEqual(self.desk.contacts(), first, "the contacts of the former one stay as they were")
        self.foxtrail("help-desk", "use", "embedded", "--relink")
        self.assertFalse((self.home / "secrets" / "happyfox.key").exists())
        self.foxtrail("sync", "run", codes=(0, 2))
        self.assertEqual(len(self.contacts()), 20)
        self.assertEqual(self.use(other, "--relink").returncode, 0, self.printed[-1])
        self.assertEqual(self.sync(codes=(0,))["existing"], 20)
        self.assertEqual(len(other.contacts()), 30)
        self.expect_clean()



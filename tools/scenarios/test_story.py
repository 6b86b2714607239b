"""The product's story, and what later syncs do with people who changed."""

from support import SECRET, SETTINGS, Scenario


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

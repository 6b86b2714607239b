"""The guard: a sync that would change too much is held, and an agent lets it through."""

import json

from support import SECRET, Scenario

SETTINGS = """contactSync: true
guard: {updates: 20%, creates: 50%}
"""
ADVICE = "foxtrail sync approve lets it through"


class GuardScenario(Scenario):
    def begin(self, users=120, **options):
        self.simulate(users, clean=True, **options)
        self.install()
        self.foxtrail("field", "remove", "Department")
        self.apply(SETTINGS, codes=(0,))

    def hold(self):
        """An edit of the mapping that concerns everybody."""
        self.foxtrail("settings", "set", "phones.mobile", "mobilePhone")
        return self.run_foxtrail("sync", "run", "--json")

    def phones(self):
        return sum(1 for contact in self.contacts() if contact["phones"])

    def expect_clean(self):
        self.foxtrail("journal", "verify")
        self.foxtrail("projections", "check")
        self.foxtrail("replay")


class HeldSync(GuardScenario):
    def test_an_edit_that_concerns_everybody_is_held_and_let_through(self):
        self.begin()
        result = self.hold()
        self.assertEqual(result.returncode, 2)
        self.assertIn(ADVICE, result.stderr)
        self.assertIn("ann@acme.example changed the mapping of contoso.example", result.stderr)
        log = self.log()
        self.assertEqual((log["status"], log["held"], log["failed"], log["synced"]), ("failed", 120, 120, 0))
        self.assertIn("held: 120 of 120 contacts would be updated (100 %; the guard allows 20 %)", log["reason"])
        self.assertNotIn("ann@acme.example", log["reason"])
        self.assertEqual(self.phones(), 0)
        self.assertTrue(all("held by the guard" in row["Result"] for row in self.report()))
        self.assertIn(ADVICE, self.run_foxtrail("sync", "status").stdout + self.run_foxtrail("sync", "status").stderr)
        self.assertIn("sync 2 is held", self.foxtrail("doctor"))

        requests = self.simulator.requests()
        log = self.rows("sync", "approve")[0]
        self.assertEqual((log["trigger"], log["status"], log["synced"], log["held"]), ("approved", "completed", 120, 0))
        self.assertEqual(self.simulator.requests(), requests)
        self.assertEqual(self.phones(), 120)
        self.assertEqual(self.sync(codes=(0,))["synced"], 120)
        self.expect_clean()

    def test_some_are_let_through_by_address_and_the_rest_stays_held(self):
        self.begin()
        self.hold()
        emails = [contact["email"] for contact in self.contacts()][:3]
        events = self.events()
        result = self.run_foxtrail("sync", "approve", "--only", emails[0], "nobody@contoso.example")
        self.assertEqual(result.returncode, 65)
        self.assertIn("nobody@contoso.example", result.stderr)
        self.assertEqual(self.events(), events)
        log = self.rows_with_code(2, "sync", "approve", "--only", emails[0].upper(), *emails[1:])[0]
        self.assertEqual((log["synced"], log["held"], log["failed"]), (3, 117, 117))
        self.assertEqual({contact["email"] for contact in self.contacts() if contact["phones"]}, set(emails))
        self.assertFalse(self.rows("explain", emails[0])[0]["held"])
        self.assertTrue(self.rows("explain", self.contacts()[9]["email"])[0]["held"])
        self.assertEqual(self.sync(codes=(2,))["held"], 117)
        self.expect_clean()

    def test_what_is_held_is_explained_as_held_and_not_as_done(self):
        self.begin()
        self.hold()
        self.sync(codes=(2,))
        email = self.contacts()[3]["email"]
        told = self.foxtrail("explain", email)
        self.assertIn(f"is held by the guard in sync 3: foxtrail sync approve --only {email}", told)
        self.assertNotIn("nothing to change", told)
        self.assertNotIn("the next sync decides again", told)
        self.foxtrail("settings", "set", "overwriteCustomFields", "false")
        self.assertIn("the next sync measures anew", self.foxtrail("explain", email))
        # Before the edit it was done with.
        edit = self.rows("explain", email)[0]["steps"][4]["changedSince"][0]
        before, = self.rows("explain", email, "--at", edit - 1)
        self.assertEqual((before["held"], before["outcome"], before["steps"][4]["changedSince"]), (False, "synced", []))

    def test_what_was_read_and_is_held_is_not_told_as_written(self):
        self.begin(users=60)
        for contact in self.contacts():
            self.simulator.change(contact["objectID"], displayName="Zora Quux")
        self.sync(codes=(2,))
        contact = self.contacts()[3]
        told = self.foxtrail("explain", contact["email"])
        self.assertRegex(told, r"name +displayName +Zora Quux .*not written yet")
        self.assertIn("not decided yet: the contact is as the old values say", told)
        field, = [field for field in self.rows("explain", contact["email"])[0]["steps"][3]["fields"]
                  if field["field"] == "name"]
        self.assertEqual((field["result"], field["value"], field["old"], field["new"]),
                         ("awaited", "Zora Quux", contact["name"], contact["name"]))
        self.foxtrail("sync", "approve")
        self.assertRegex(self.foxtrail("explain", contact["email"]), r"name +displayName +Zora Quux .*written")

    def test_who_may_not_change_anything_lets_nothing_through(self):
        self.begin()
        self.foxtrail("agent", "add", "bob@acme.example", "--name", "Bob", "--role", "agent")
        self.hold()
        self.assertEqual(self.run_foxtrail("sync", "approve", agent="bob@acme.example").returncode, 77)
        self.assertEqual(self.phones(), 0)

    def test_nothing_is_held_where_the_edit_is_undone_or_the_guard_is_off(self):
        self.begin()
        self.assertEqual(self.run_foxtrail("sync", "approve").returncode, 65)
        self.hold()
        self.foxtrail("settings", "set", "phones.mobile", "none")
        result = self.run_foxtrail("sync", "approve")
        self.assertEqual(result.returncode, 65)
        self.assertIn("changed since", result.stderr)
        self.assertEqual(self.sync(codes=(0,))["held"], 0)
        self.hold()
        self.foxtrail("settings", "set", "guard", "off")
        self.assertEqual(self.sync(codes=(0,))["synced"], 120)
        self.assertEqual(self.phones(), 120)
        self.expect_clean()

    def rows_with_code(self, code, *arguments):
        return [json.loads(line) for line in self.foxtrail(*arguments, "--json", codes=(code,)).splitlines() if line]


class BeforeAGuardedSync(GuardScenario):
    def test_what_if_and_preview_tell_what_it_would_hold_and_a_plan_passes_it(self):
        self.begin()
        edited = self.file("edited.yaml", "phones: {mobile: mobilePhone}\n")
        held = "contoso.example: 120 of 120 contacts would be updated (100 %; the guard allows 20 %)"
        totals = self.rows("sync", "preview", "--settings", edited)[-1]
        self.assertEqual((totals["update"], len(totals["heldBack"])), (120, 1))
        self.assertIn(held, totals["heldBack"][0])
        self.foxtrail("settings", "set", "phones.mobile", "mobilePhone")
        totals = self.rows("sync", "preview", "--save", "tonight.plan")[-1]
        self.assertIn(held, totals["heldBack"][0])
        log = self.rows("sync", "run", "--plan", "tonight.plan")[0]
        self.assertEqual((log["status"], log["synced"], log["held"]), ("completed", 120, 0))
        self.assertEqual(self.phones(), 120)
        other = self.file("other.yaml", "fields: {name: userPrincipalName}\n")
        self.assertIn("the guard would hold it: " + held, self.foxtrail("replay", "--settings", other))
        self.expect_clean()

    def test_what_is_held_is_shown_by_a_preview_and_the_approval_refers_to_it(self):
        self.begin()
        result = self.hold()
        self.assertIn("foxtrail sync preview shows it record by record", result.stderr)
        totals = self.rows("sync", "preview")[-1]
        self.assertEqual((totals["update"], len(totals["heldBack"])), (120, 1))
        self.foxtrail("sync", "approve")
        edited = self.file("edited.yaml", "phones: {}\n")
        result = self.run_foxtrail("replay", "3", "--settings", edited)
        self.assertEqual(result.returncode, 65)
        self.assertIn("sync 3 only let through what sync 2 held", result.stderr)
        self.assertEqual(self.rows("replay", "2", "--settings", edited)[-1]["unchanged"], 120)

    def test_whoever_is_erased_while_held_is_let_through_by_nobody(self):
        self.begin()
        self.hold()
        contact = self.contacts()[5]
        self.foxtrail("journal", "erase", contact["email"], "--yes")
        log = self.log()
        self.assertEqual((log["held"], log["failed"], len(self.report())), (119, 119, 119))
        result = self.run_foxtrail("sync", "approve", "--only", contact["email"])
        self.assertEqual(result.returncode, 65)
        self.assertIn("119 held records", self.foxtrail("sync", "approve"))
        self.assertEqual((self.log()["synced"], self.phones()), (119, 119))
        self.expect_clean()

    def test_of_two_tenants_each_is_measured_by_itself(self):
        self.begin(60, options=("--tenants", 2))
        self.assertEqual(self.tenant("authorize", "--tenant", "fabrikam.example", "--client-secret-file",
                                     self.file("secret", SECRET + "\n")).returncode, 0, self.printed[-1])
        self.apply("tenant: fabrikam.example\n" + SETTINGS, codes=(0,))
        for tenant in ("contoso.example", "fabrikam.example"):
            self.foxtrail("settings", "set", "phones.mobile", "mobilePhone", "--tenant", tenant)
        log = json.loads(self.foxtrail("sync", "run", "--json", codes=(2,)))
        self.assertEqual((log["held"], log["synced"]), (120, 0))
        self.assertEqual(len(self.rows("sync", "preview")[-1]["heldBack"]), 2)
        log = self.rows("sync", "approve", "--tenant", "fabrikam.example")[0]
        self.assertEqual((log["status"], log["synced"], self.phones()), ("completed", 60, 60))
        log = json.loads(self.foxtrail("sync", "run", "--json", codes=(2,)))
        self.assertEqual((log["held"], log["synced"]), (60, 60))
        self.foxtrail("sync", "approve")
        self.assertEqual((self.sync(codes=(0,))["synced"], self.phones()), (120, 120))
        self.expect_clean()


class GuardInSettings(GuardScenario):
    def test_it_goes_out_and_comes_in_as_it_is(self):
        self.begin(users=3)
        text = self.foxtrail("settings", "export")
        self.assertIn("guard: {updates: 20%, creates: 50%}", text)
        self.assertEqual(self.apply(text, codes=(0,)).strip(), "nothing to change")
        self.assertEqual(self.rows("settings", "show")[0]["guard"], {"updates": "20%", "creates": "50%"})
        self.assertIn("guard.creates: 50% -> off", self.apply("guard: {updates: 20}\n", codes=(0,)))
        self.assertIn("guard.updates: 20% -> 30%", self.foxtrail("settings", "set", "guard.updates", "30"))
        self.foxtrail("settings", "set", "guard", "off")
        self.assertIn('guard: "off"', self.foxtrail("settings", "export"))
        self.assertEqual(self.apply(self.foxtrail("settings", "export"), codes=(0,)).strip(), "nothing to change")

    def test_what_is_no_share_is_refused_by_name(self):
        self.begin(users=3)
        for text in ["guard: 20%", "guard: {updates: 0%}", "guard: {updates: 101}", "guard: {update: 20%}",
                     "guard: {updates: x}", "guard: on"]:
            self.apply(text + "\n", codes=(65,))
            self.assertIn("guard", self.printed[-1])
        for key, value in [("guard", "on"), ("guard.updates", "0"), ("guard.creates", "120%"), ("guard.update", "20%")]:
            self.foxtrail("settings", "set", key, value, codes=(65,))

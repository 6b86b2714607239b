"""Whose users are synced: groups, guests, disabled accounts, and how they are read."""

import json
import urllib.parse
import urllib.request

from support import CLIENT, SECRET, Scenario

READ = ["User.Read.All", "Organization.Read.All"]


class Selecting(Scenario):
    def start_with(self, users=250, **options):
        self.simulate(users, clean=True, **options)
        self.install()
        self.foxtrail("field", "add", "More", "--type", "text")
        self.foxtrail("settings", "set", "customFields.Department", "department")
        form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET,
                "scope": "https://graph.microsoft.com/.default"}
        url = self.simulator.url + "/contoso.example/oauth2/v2.0/token"
        with urllib.request.urlopen(url, data=urllib.parse.urlencode(form).encode(), timeout=30) as response:
            self.token = json.load(response)["access_token"]

    def graph(self, method, path, body=None):
        return self.simulator.call(method, "/v1.0/" + path, body, {"Authorization": f"Bearer {self.token}"})

    def group(self, name):
        """The id of the first group of that name."""
        return next(group["id"] for group in self.simulator.call("GET", "/simulator/groups") if group["displayName"] == name)

    def members(self, *names):
        """Object ids of the users in any of the groups, straight from the simulator."""
        found = set()
        for name in names:
            path = f"groups/{self.group(name)}/transitiveMembers/microsoft.graph.user?$select=id&$top=999&$count=true"
            page = self.simulator.call("GET", "/v1.0/" + path, None,
                                       {"Authorization": f"Bearer {self.token}", "ConsistencyLevel": "eventual"})
            found |= {user["id"] for user in page["value"]}
        return found

    def users(self, kind):
        everybody = self.graph("GET", "users?$select=id,userType,accountEnabled,userPrincipalName&$top=999")["value"]
        return {user["id"]: user["userPrincipalName"] for user in everybody
                if (user["userType"] == "Guest" if kind == "guests" else not user["accountEnabled"])}

    def objects(self):
        return sorted(contact["objectID"] for contact in self.contacts())

    def choose(self, *names, codes=(0,)):
        return self.foxtrail("settings", "set", "groups", *names, codes=codes)

    def first_sync(self):
        self.foxtrail("settings", "set", "contactSync", "true", codes=(0, 2))
        return self.log()

    def reads(self):
        """Extent and reason of every complete read, in order."""
        read = [event["data"] for event in self.rows("journal", "list", "--type", "selectionRead")]
        return [(data["extent"], data.get("reason")) for data in read]

    def removals(self):
        return [event["data"]["cause"] for event in self.rows("journal", "list", "--type", "userRemoved")]

    def refused(self, code, *arguments, says=()):
        before = self.events()
        result = self.run_foxtrail(*arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertRegex(result.stderr, r"^error: [^A-Z]")
        for text in says:
            self.assertIn(text, result.stderr)
        self.assertEqual(self.events(), before)


class ChoosingGroups(Selecting):
    def test_by_name_and_id_with_nested_members_and_nobody_twice(self):
        self.start_with()
        told = self.choose("sales", self.group("Support").upper(), "SUPPORT", "Sales EMEA")
        self.assertIn("users: all -> Sales (", told)
        self.assertIn("keeps the contact", told)
        data = self.rows("journal", "list", "--type", "selectionChanged")[0]["data"]
        ids = [self.group(name) for name in ("Sales", "Support", "Sales EMEA")]
        self.assertEqual((data["users"], data["names"]), (
            {"groups": {"ids": ids}}, dict(zip(ids, ("Sales", "Support", "Sales EMEA")))))
        log = self.first_sync()
        expected = self.members("Sales", "Support")
        self.assertEqual((self.objects(), log["new"], len(self.report())), (sorted(expected), len(expected), len(expected)))
        self.assertEqual(self.reads(), [("full", "noDelta")])
        self.assertIn("nothing to change", self.choose("Support", "Sales EMEA", "Sales"))
        # One page for each group, and the token.
        requests = self.simulator.requests()
        self.sync(codes=(0,))
        self.assertEqual(self.simulator.requests() - requests, 3)

    def test_refuses_what_is_not_one_group_and_saves_nothing(self):
        self.start_with()
        both = [group["id"] for group in self.simulator.call("GET", "/simulator/groups") if group["displayName"] == "Projects"]
        self.refused(65, "settings", "set", "groups", "Support", "Projects", says=["2 groups are called Projects", "The older one", *both])
        self.refused(65, "settings", "set", "groups", "Suport", says=["no group called Suport", "did you mean Support?"])
        self.refused(65, "settings", "set", "groups", "Meeting", says=["there are Meeting Rooms", "settings groups --search"])
        absent = "11111111-1111-4111-8111-111111111111"
        self.refused(65, "settings", "set", "groups", absent, "Projects", says=[absent, "also: 2 groups"])
        self.refused(65, "settings", "set", "groups", "", says=["no group is named"])
        self.refused(65, "settings", "set", "users", "Support", says=["settings set groups"])
        self.choose(both[1])
        for text, says in [
            ("users: {groups: []}", "line 1: no group is named"), ("users: {groups: Support}", "must be a list"),
            ("users: {group: [Support]}", "did you mean users.groups?"), ("users: Support", "{groups: [Support]}"),
            ('users: {groups: [Support, ""]}', "has no value"), ("users: {groups: [Projects]}", "2 groups"),
            ("include: {guest: true}", "did you mean include.guests?"), ("include: false", "guests or disabled"),
            ("include: {guests: ~}", "true or false"), ("fullReadDays: 0", "1 to 30"), ("fullReadDays: 31", "1 to 30"),
            ("fullReadDays: 1.5", "1 to 30"),
        ]:
            self.refused(65, "settings", "apply", self.file("odd.yaml", text), says=[says])
        # What is wrong anyway is refused without asking anybody.
        requests = self.simulator.requests()
        self.refused(65, "settings", "apply", self.file("odd.yaml", "users: {groups: [Sales]}\nphones: {work: mial}\n"), says=["mial"])
        self.assertEqual(self.simulator.requests(), requests)

    def test_lists_groups_to_choose_from(self):
        self.start_with(users=20)
        rows = self.rows("settings", "groups")
        self.assertEqual({row["name"] for row in rows if row["ambiguous"]}, {"Projects"})
        self.choose("Sales EMEA")
        found = self.rows("settings", "groups", "contoso.example", "--search", "sales")
        self.assertEqual([(row["name"], row["selected"]) for row in found],
                         [("Sales", False), ("Sales APAC", False), ("Sales EMEA", True)])
        few = self.run_foxtrail("settings", "groups", "--limit", "2")
        self.assertEqual(len(few.stdout.splitlines()), 3)
        self.assertIn("not all groups", few.stderr)
        self.assertEqual(self.run_foxtrail("settings", "groups").stderr, "")
        self.assertIn("choose by id", self.foxtrail("settings", "groups"))
        self.refused(64, "settings", "groups", "--limit", "0", says=["--limit"])

    def test_needs_a_permission(self):
        self.start_with(users=20)
        self.simulator.call("PUT", "/simulator/consent", {"permissions": READ})
        for arguments in [("groups",), ("set", "groups", "Sales")]:
            self.refused(77, "settings", *arguments, says=["GroupMember.Read.All is missing", "admin consent"])

    def test_round_trips_without_asking_anybody(self):
        self.start_with(users=20)
        odd = self.graph("POST", "groups", {"displayName": "A # b\nusers: all\u2028\ufeff: {", "mailEnabled": False,
                                            "securityEnabled": True, "mailNickname": "odd"})["id"]
        self.choose("Support", odd)
        self.foxtrail("settings", "set", "include.guests", "false")
        self.foxtrail("settings", "set", "fullReadDays", "30")
        shown = json.loads(self.foxtrail("settings", "show", "--json"))
        self.assertEqual((shown["users"], shown["include"], shown["fullReadDays"]), (
            {"groups": [self.group("Support"), odd]}, {"guests": False, "disabled": True}, 30))
        self.assertEqual(shown["groupNames"][self.group("Support")], "Support")
        exported = [self.foxtrail("settings", "export", *format) for format in [(), ("--json",)]]
        self.assertIn("# Support", exported[0])
        before = self.events()
        self.simulator.stop()
        for text in exported:
            self.assertIn("nothing to change", self.apply(text))
        self.assertEqual(self.events(), before)


class Leaving(Selecting):
    def test_keeps_the_contact_and_is_recorded(self):
        self.start_with()
        self.choose("Support")
        self.first_sync()
        contacts = self.contacts()
        gone = contacts[3]
        self.graph("DELETE", f"groups/{self.group('Support')}/members/{gone['objectID']}/$ref")
        log = self.sync(codes=(0,))
        self.assertEqual((log["existing"], self.contacts(), self.removals()), (len(contacts) - 1, contacts, ["unselected"]))
        self.assertNotIn(gone["email"], [row["Email"] for row in self.report()])
        told = self.foxtrail("explain", gone["email"])
        self.assertIn("2 selected  members of Support (", told)
        self.assertIn("left the selection (sync 2 at ", told)
        self.assertIn("the contact is kept", told)
        self.assertEqual(self.rows("explain", gone["email"])[0]["removedBecause"], "unselected")
        self.graph("POST", f"groups/{self.group('Support')}/members/$ref",
                   {"@odata.id": f"https://graph.microsoft.com/v1.0/directoryObjects/{gone['objectID']}"})
        self.assertEqual(self.sync(codes=(0,))["existing"], len(contacts))
        self.assertEqual(self.contacts(), contacts)

    def test_when_the_group_is_deleted_the_sync_fails_and_nobody_is_lost(self):
        self.start_with()
        self.choose("Support", "Sales EMEA")
        self.first_sync()
        contacts = self.contacts()
        self.graph("DELETE", f"groups/{self.group('Support')}")
        result = self.run_foxtrail("sync", "run")
        self.assertEqual(result.returncode, 69, result.stderr)
        self.assertIn("contoso.example: the selected group Support (", result.stderr)
        self.assertIn("no longer exists", self.log()["reason"])
        self.assertEqual((self.contacts(), self.removals(), len(self.report())), (contacts, [], len(contacts)))
        self.choose("Sales EMEA")
        self.assertEqual(self.sync(codes=(0,))["existing"], len(self.members("Sales EMEA")))
        self.assertEqual(self.contacts(), contacts)

    def test_everybody_and_groups_take_turns(self):
        self.start_with()
        self.first_sync()
        self.choose("Support")
        self.assertEqual(self.sync(codes=(0,))["existing"], 50)
        self.assertEqual((len(self.contacts()), len(self.removals())), (250, 200))
        self.foxtrail("settings", "set", "users", "all")
        self.assertEqual(self.sync(codes=(0,))["existing"], 250)
        self.sync(codes=(0,))
        self.assertEqual(self.reads(), [("full", "first"), ("full", "noDelta"), ("full", "newSelection"), ("changes", None)])


class GuestsAndDisabledAccounts(Selecting):
    def test_are_left_out_and_come_back(self):
        self.start_with()
        self.first_sync()
        contacts = self.contacts()
        out = {**self.users("guests"), **self.users("disabled")}
        self.assertGreater(len(self.users("guests")), 0)
        self.assertGreater(len(self.users("disabled")), 0)
        told = self.apply("include: {guests: false, disabled: false}\n")
        self.assertIn("include.guests: true -> false\ninclude.disabled: true -> false\n", told)
        self.assertEqual(self.sync(codes=(0,))["existing"], 250 - len(out))
        self.assertEqual((self.contacts(), self.removals()), (contacts, ["unselected"] * len(out)))
        self.assertFalse(set(out.values()) & {row["Email"] for row in self.report()})
        guest, *_ = self.users("guests").values()
        told = self.foxtrail("explain", guest)
        for text in ["without guests and disabled accounts", "left the selection: it is a guest", "set fields.email mail"]:
            self.assertIn(text, told)
        self.refused(65, "explain", "nobody@contoso.example", says=["without guests and disabled accounts"])
        # One of them is switched on again, and somebody else off: a round of changes tells both.
        off, *_ = set(self.users("disabled")) - set(self.users("guests"))
        on, *_ = [contact["objectID"] for contact in contacts if contact["objectID"] not in out]
        self.simulator.change(off, accountEnabled=True)
        self.simulator.change(on, accountEnabled=False)
        self.assertEqual(self.sync(codes=(0,))["existing"], 250 - len(out))
        self.assertEqual(self.reads()[-1], ("changes", None))
        self.apply("include: {guests: true, disabled: true}\n")
        self.assertEqual(self.sync(codes=(0,))["existing"], 250)
        self.assertEqual(self.contacts(), contacts)

    def test_a_guest_without_a_usable_name_is_told_the_remedy(self):
        self.start_with(users=60)
        guest, *_ = self.users("guests")
        odd = "x" * 70 + "_partner.example#EXT#@contoso.onmicrosoft.example"
        self.simulator.change(guest, userPrincipalName=odd)
        self.foxtrail("settings", "set", "contactSync", "true", codes=(2,))
        self.assertIn("set fields.email mail", self.foxtrail("explain", guest))
        self.foxtrail("settings", "set", "fields.email", "mail")
        self.assertEqual(self.sync(codes=(0,))["failed"], 0)
        self.assertEqual(self.rows("explain", guest)[0]["notes"], [])


class Reading(Selecting):
    def test_a_property_that_delta_refuses_is_read_by_list(self):
        self.start_with()
        self.first_sync()
        told = self.foxtrail("settings", "set", "customFields.More", "signInActivity/lastSignInDateTime")
        self.assertIn("note: delta rounds do not give signInActivity", told)
        self.assertNotIn("note:", self.foxtrail("settings", "set", "fullReadDays", "5"))
        self.sync(codes=(0,))
        requests, events = self.simulator.requests(), self.events()
        self.sync(codes=(0,))
        self.assertEqual(self.reads(), [("full", "first"), ("full", "noDelta"), ("full", "noDelta")])
        # Delta refuses; with this property Graph lists at most 120 users a page. Start, pages, end of read, end,
        # checkpoint.
        self.assertEqual((self.simulator.requests() - requests, self.events() - events), (1 + 3, 7))
        self.foxtrail("settings", "set", "customFields.More", "none")
        self.sync(codes=(0,))
        self.sync(codes=(0,))
        self.assertEqual(self.reads()[-1], ("changes", None))
        self.assertIn("not in delta rounds", self.foxtrail("settings", "attributes"))
        self.refused(65, "settings", "set", "customFields.More", "aboutMe", says=["cannot be read for many users"])

    def test_a_newly_mapped_property_makes_a_full_read(self):
        self.start_with()
        self.first_sync()
        self.foxtrail("settings", "set", "customFields.More", "city")
        self.sync(codes=(0,))
        self.sync(codes=(0,))
        self.assertEqual(self.reads(), [("full", "first"), ("full", "newProperty"), ("changes", None)])
        self.assertTrue(all("More" in contact["customFields"] for contact in self.contacts()))

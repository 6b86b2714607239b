"""Erasing a person: nothing of them is left in the home directory, and everything else still verifies."""

import json
import random
import signal
import time

from proofs import ProofScenario, read_proof
from support import ADMIN, HappyFox, HelpDeskScenario


class ErasureScenario(ProofScenario):
    def words(self, user):
        """What tells who somebody is, and nobody else has."""
        return [user["displayName"], user["userPrincipalName"], user["mobilePhone"]]

    def make_somebody(self):
        """A user whose name, address and phone nobody else has."""
        values = dict(displayName="Zora Quux-Élodie", userPrincipalName="zora.quux@contoso.example",
                      mail="zora.quux@contoso.example", mobilePhone="+49 99999 12345", department="Ferrets")
        return {**values, "id": self.simulator.add(**values)["id"]}

    def files_holding(self, word):
        forms = {word.encode(), json.dumps(word)[1:-1].encode(), word.lower().encode()}
        return sorted(str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file()
                      and any(form in path.read_bytes() for form in forms))

    def expect_nothing_left(self, user):
        for word in self.words(user) + ["Quux", "99999 12345"]:
            self.assertEqual(self.files_holding(word), [], word)

    def expect_all_clean(self, erased):
        """The engine's own verifier, the other one, the projections, and every sync decided again."""
        verdict = json.loads(self.foxtrail("journal", "verify", "--json"))
        self.assertEqual((verdict["verified"], verdict["erased"]), (True, erased))
        self.foxtrail("projections", "check")
        replayed = self.rows("replay", "--json")
        self.assertEqual([row["different"] for row in replayed], [0] * len(replayed))
        return replayed


class AnErasedPerson(ErasureScenario):
    def setUp(self):
        super().setUp()
        self.simulate(300)
        self.user = self.make_somebody()
        self.install()
        self.apply()
        self.simulator.change(self.user["id"], mobilePhone="+49 99999 67890")
        self.sync()

    def erase(self, *options, codes=(0,)):
        return json.loads(self.foxtrail("journal", "erase", self.user["userPrincipalName"], "--yes", "--json", *options,
                                        codes=codes))

    def test_leaves_no_byte_and_what_was_signed_before_holds(self):
        key, checkpoint, backup = self.public_key(), self.checkpoint(), self.back_up()
        position = next(row["position"] for row in self.rows("journal", "list", "--type", "contactCreated")
                        if row["data"]["email"] == self.user["userPrincipalName"])
        for word in self.words(self.user) + ["99999 67890"]:
            self.assertNotEqual(self.files_holding(word), [], word)
        result = self.erase()
        self.assertEqual([row["events"] for row in result["erased"]], [4])
        self.assertEqual(result["mentionedIn"], [])
        self.expect_nothing_left({**self.user})
        self.assertEqual(self.files_holding("99999 67890"), [])
        replayed = self.expect_all_clean(erased=4)
        self.assertEqual(sum(row["erased"] for row in replayed), 2)
        self.assertIn("4 of them erased", self.foxtrail("journal", "verify", "--checkpoint", checkpoint))
        said = self.second_opinion(self.home / "journal.sqlite", "--public-key", key, "--checkpoint", checkpoint)
        self.assertIn("4 of them erased", said)
        for form in ("jsonl", "tiles"):
            self.second_opinion(self.export(form), "--public-key", key, "--checkpoint", checkpoint)
        proof = self.prove(position)
        self.assertIn("data: erased", self.second_opinion(proof, "--public-key", key))
        self.assertIsNone(read_proof(proof)[2]["data"])
        # The backup of before is somebody else's to erase, and is still the beginning of this journal.
        self.second_opinion(backup, "--public-key", key, "--checkpoint", checkpoint)

    def test_is_new_when_read_again(self):
        rows = len(self.contacts())
        self.erase()
        self.assertEqual(len(self.contacts()), rows - 1)
        self.foxtrail("explain", self.user["id"], codes=(65,))
        self.assertEqual(json.loads(self.foxtrail("log", "show", "--json"))["new"], 0)
        self.sync()
        self.assertEqual(json.loads(self.foxtrail("log", "show", "--json"))["new"], 1)
        self.assertEqual(len(self.contacts()), rows)
        self.expect_all_clean(erased=4)

    def test_is_gone_for_good_when_gone_from_entra(self):
        self.simulator.write("DELETE", f"/v1.0/users/{self.user['id']}", None)
        self.sync()
        said = self.foxtrail("journal", "erase", self.user["id"], "--yes")
        self.assertIn("erased 5 events", said)
        self.sync()
        self.expect_nothing_left(self.user)
        self.expect_all_clean(erased=5)

    def test_is_asked_for_by_who_may(self):
        for arguments, code, words in [
            (["zora.quux@contoso.example"], 64, "--yes"), (["nobody@contoso.example", "--yes"], 65, "nobody here is known"),
            ([ADMIN, "--yes"], 65, "is an agent"),
        ]:
            result = self.run_foxtrail("journal", "erase", *arguments)
            self.assertEqual(result.returncode, code, result.stderr)
            self.assertIn(words, result.stderr)
        self.foxtrail("agent", "add", "ben@acme.example", "--name", "Ben", "--role", "agent")
        self.assertEqual(
            self.run_foxtrail("journal", "erase", self.user["id"], "--yes", agent="ben@acme.example").returncode, 77)
        self.assertNotEqual(self.files_holding("Quux"), [])
        self.foxtrail("agent", "remove", "ben@acme.example")
        self.assertIn("erased 2 events of agent:2", self.foxtrail("journal", "erase", "ben@acme.example", "--yes"))
        self.assertEqual(self.files_holding("ben@acme.example"), [])

    def test_reaches_who_got_notices(self):
        self.foxtrail("notice", "set", "--email", "admins", "ops@acme.example", "night@acme.example")
        result = self.run_foxtrail("journal", "erase", "ops@acme.example", "--yes")
        self.assertEqual(result.returncode, 65, result.stderr)
        self.assertIn("hint: foxtrail notice set --email admins night@acme.example, and erase then", result.stderr)
        self.foxtrail("notice", "set", "--email", "admins", "night@acme.example")
        self.assertIn("erased 1 event of address:1", self.foxtrail("journal", "erase", "ops@acme.example", "--yes"))
        self.assertEqual(self.files_holding("ops@acme.example"), [])
        self.assertEqual(self.rows("notice", "show")[0]["addresses"], ["night@acme.example"])
        self.expect_all_clean(erased=1)

    def test_waits_for_no_sync(self):
        self.simulator.misbehave({"kind": "slow", "from": 1, "seconds": 5})
        sync = self.start("sync", "run", "--quiet")
        deadline = time.monotonic() + 30
        while self.log()["status"] != "running":
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.foxtrail("journal", "erase", self.user["id"], "--yes", codes=(75,))
        sync.kill()
        sync.communicate()

    def test_stays_erased_wherever_the_process_is_killed(self):
        chance = random.Random(5)
        for _ in range(8):
            process = self.start("journal", "erase", self.user["id"], "--yes", "--quiet")
            time.sleep(chance.uniform(0.01, 0.5))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            known = self.run_foxtrail("explain", self.user["id"]).returncode == 0
            self.foxtrail("journal", "checkpoint")
            self.assertFalse((self.home / "erasure.unfinished").exists())
            if known:
                self.assertNotEqual(self.files_holding("Quux"), [])
                continue
            self.expect_nothing_left(self.user)
            break
        else:
            self.foxtrail("journal", "erase", self.user["id"], "--yes")
        self.expect_nothing_left(self.user)
        self.expect_all_clean(erased=4)


class InAnotherHelpDesk(HelpDeskScenario, ErasureScenario):
    def test_the_contact_is_not_touched_and_the_command_says_so(self):
        account = self.account()
        self.simulate(60)
        user = self.make_somebody()
        self.install_with(account)
        self.apply("""
            contactSync: true
            phones: {mobile: mobilePhone}
            """, codes=(0, 2))
        self.simulator.write("DELETE", f"/v1.0/users/{user['id']}", None)
        self.sync()
        result = self.run_foxtrail("journal", "erase", user["id"], "--yes")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("is not touched: delete it there", result.stderr)
        self.expect_nothing_left(user)
        self.assertIn(user["userPrincipalName"], json.dumps(account.contacts()))
        self.sync()
        self.expect_nothing_left(user)
        self.expect_clean()

    def test_who_was_left_behind_in_a_former_help_desk_is_erased_by_number(self):
        account = self.account()
        self.simulate(20, clean=True)
        self.install()
        self.apply("contactSync: true\n")
        self.foxtrail("contact", "add", "--email", "hand@x.example", "--name", "Handy Quux")
        number = self.contacts()[-1]["id"]
        result = self.run_foxtrail("help-desk", "use", "happyfox", "--url", account.url, "--api-key-file",
                                   self.file("key", HappyFox.KEY + "\n"), "--relink")
        self.assertEqual(result.returncode, 0, result.stderr)
        result = self.run_foxtrail("journal", "erase", "hand@x.example", "--yes")
        self.assertEqual(result.returncode, 65)
        self.assertIn(f"foxtrail journal erase contact:{number}", result.stderr)
        self.foxtrail("journal", "erase", f"contact:{number}", "--yes")
        self.assertEqual(self.files_holding("hand@x.example"), [])
        self.expect_clean()

"""HappyFox misbehaves, or the sync is killed: nobody is made twice, and nothing is lost."""

import signal
import time

from mail_server import MailServer
from support import HELP_DESK_SETTINGS, HelpDeskScenario

# After each of these the 100 contacts of the request are there, and nobody was told.
LOST = {
    "drop": {"kind": "drop"},
    "drop after the head": {"kind": "drop", "after": "head"},
    "truncate": {"kind": "truncate"},
    "not JSON": {"kind": "notJSON"},
    "503": {"kind": "unavailable", "when": "after"},
    "504": {"kind": "gatewayTimeout", "when": "after"},
    "HTML": {"kind": "html", "when": "after"},
}
# And after each of these they are not.
UNHEARD = {
    "unheard": {"kind": "unheard"},
    "503": {"kind": "unavailable"},
    "504": {"kind": "gatewayTimeout"},
    "HTML": {"kind": "html", "status": 500},
}
REFUSING = {"503": {"kind": "unavailable", "when": "before"}, "HTML of 502": {"kind": "html", "when": "before"},
            "HTML of 200": {"kind": "notJSON"}, "cut": {"kind": "truncate"}}
READS = {"drop": {"kind": "drop"}, "truncate": {"kind": "truncate"}, "not JSON": {"kind": "notJSON"},
         "503": {"kind": "unavailable"}, "504": {"kind": "gatewayTimeout"}, "HTML": {"kind": "html"},
         "429": {"kind": "throttle", "retryAfter": "1"}}


class ALostAnswer(HelpDeskScenario):
    def first_sync(self, name, fault, users=250):
        case = self.apart(name.replace(" ", "-"))
        desk = case.account()
        case.install_with(desk)
        desk.forget()
        desk.misbehave({**fault, "scope": "write", "at": [2]})
        case.apply(HELP_DESK_SETTINGS, codes=(0,))
        return case, desk

    def test_is_settled_by_reading_and_nothing_is_sent_again(self):
        self.simulate(250, clean=True)

        def play(name):
            case, desk = self.first_sync(name, LOST[name])
            case.expect_one_each(desk, 250)
            case.assertEqual(desk.requests("POST users", "POST user"), 3)
            case.assertEqual(case.log()["new"], 250)
            case.expect_clean()
        self.at_once(play, LOST, threads=7)

    def test_of_a_request_that_never_arrived_is_followed_by_another(self):
        self.simulate(250, clean=True)

        def play(name):
            case, desk = self.first_sync("unheard " + name, UNHEARD[name])
            case.expect_one_each(desk, 250)
            case.assertEqual(case.log()["new"], 250)
            case.expect_clean()
        self.at_once(play, UNHEARD)

    def test_to_a_question_is_asked_for_again(self):
        self.simulate(60, clean=True)

        def play(name):
            case = self.apart("read-" + name.replace(" ", "-"))
            desk = case.account(70)
            case.install_with(desk)
            desk.misbehave({**READS[name], "scope": "read", "at": [1, 3]})
            case.apply(HELP_DESK_SETTINGS, codes=(0,))
            case.assertEqual(len(desk.contacts()), 100)
            case.assertEqual(case.log()["existing"], 30)
        self.at_once(play, READS, threads=7)

    def test_to_a_change_doubles_no_phone_and_resets_no_field(self):
        self.begin(40, contacts=40)
        users = [row for row in self.contacts() if row["objectID"]]
        for user in users[:10]:
            self.desk.edit(user["id"], fields={"Badge": "B-77", "Languages": ["German"]})
        for number, fault in enumerate([LOST["drop"], LOST["HTML"], UNHEARD["unheard"]]):
            before = self.desk.contacts()
            for user in users[:10]:
                self.simulator.change(user["objectID"], mobilePhone=f"+49 151 {number}000")
            renamed = f"renamed-{number}@contoso.example"
            self.simulator.change(users[10]["objectID"], userPrincipalName=renamed, department="Harbour")
            self.desk.misbehave({**fault, "scope": "write", "at": [1, 2]})
            self.sync(codes=(0,))
            self.desk.misbehave()
            now = self.desk.contacts()
            self.assertEqual((len(now), now[renamed]["id"]), (len(before), users[10]["id"]))
            for user in users[:10]:
                contact, was = now[user["email"].lower()], before[user["email"].lower()]
                numbers = [phone["number"] for phone in contact["phones"] if phone["type"] == "mo"]
                self.assertEqual(numbers, [f"+49 151 {number}000"])
                self.assertEqual(len(contact["phones"]), len(was["phones"]))
                self.assertEqual(contact["fields"], was["fields"])
        self.expect_clean()


class AnOutage(HelpDeskScenario):
    def test_in_the_middle_ends_the_sync_and_the_next_one_goes_on(self):
        self.simulate(250, clean=True)

        def play(name):
            case = self.apart(name.replace(" ", "-"))
            desk = case.account()
            case.install_with(desk)
            # The fields, the list, one bulk of three; then nothing more.
            desk.misbehave({**REFUSING[name], "from": 4})
            case.apply(HELP_DESK_SETTINGS, codes=(69,))
            case.assertEqual(case.log()["status"], "failed")
            case.assertIn("happyfox" if name != "cut" else desk.url, case.log()["reason"])
            case.assertGreaterEqual(case.log()["new"], 100)
            rows = case.report()
            case.assertEqual(len(rows), 250)
            case.assertIn("the help desk could not be reached", rows[-1]["Result"])
            case.expect_clean()
            desk.misbehave()
            case.assertEqual(case.sync(codes=(0,))["synced"], 250)
            case.expect_one_each(desk, 250)
            case.expect_clean()
        self.at_once(play, REFUSING)

    def test_from_the_start_leaves_everything_as_it_was(self):
        self.simulate(20, clean=True)

        def play(name):
            case = self.apart(name.replace(" ", "-"))
            if name == "nobody there":
                case.init()
                desk = case.account()
                desk.stop()
                result = case.use(desk)
                case.assertEqual(result.returncode, 69)
                case.assertIn("refused the connection", result.stderr)
                return
            desk = case.account(20)
            case.install_with(desk)
            before = desk.contacts()
            desk.misbehave(REFUSING[name])
            case.apply(HELP_DESK_SETTINGS, codes=(69,))
            case.assertEqual(desk.contacts(), before)
            desk.misbehave()
            case.sync(codes=(0,))
            case.assertEqual(len(desk.contacts()), 30)
        self.at_once(play, [*REFUSING, "nobody there"])


class ARevokedKey(HelpDeskScenario):
    def test_ends_a_sync_in_the_middle_and_storing_it_again_heals(self):
        self.simulate(250, clean=True)
        desk = self.account()
        self.install_with(desk)
        desk.forget()
        desk.misbehave({"kind": "slow", "scope": "write", "at": [2], "when": "before", "seconds": 1.5})
        process = self.start("settings", "apply", self.file("settings.yaml", HELP_DESK_SETTINGS))
        while desk.requests("POST users") < 1:
            time.sleep(0.02)
        desk.call("PUT", "/key", {"state": "revoked"})
        self.assertEqual(process.wait(60), 77)
        self.assertEqual([self.log()["status"], self.log()["new"]], ["failed", 100])
        for state in ("revoked", "disabled"):
            desk.call("PUT", "/key", {"state": state})
            result = self.run_foxtrail("sync", "run")
            self.assertEqual(result.returncode, 77, result.stderr)
            self.assertIn("does not accept the API key", result.stderr)
            self.assertIn("foxtrail help-desk use happyfox", result.stderr)
            self.assertEqual(self.use(desk).returncode, 77)
        self.assertEqual(self.log()["status"], "failed")
        desk.call("PUT", "/key", {"state": "valid"})
        self.assertEqual(self.use(desk).returncode, 0)
        self.assertEqual(self.sync(codes=(0,))["synced"], 250)
        self.expect_one_each(desk, 250)
        self.expect_clean()


class AKilledSync(HelpDeskScenario):
    """Killed at every one of its requests, before and after HappyFox has carried it out."""

    def begin_in(self, name, contacts, mails=False):
        """Everything is set up, and the first sync is still to come."""
        case = self.apart(name)
        desk = case.account(contacts)
        case.install_with(desk)
        case.mail = MailServer() if mails else None
        if mails:
            self.addCleanup(case.mail.stop)
            case.foxtrail("mail", "set", "--host", "localhost", "--port", case.mail.port, "--security", "none",
                          "--from", "desk@acme.example")
        desk.call("PUT", "/key", {"state": "disabled"})
        case.apply(HELP_DESK_SETTINGS + ("accountEmail: true\n" if mails else ""), codes=(77,))
        desk.call("PUT", "/key", {"state": "valid"})
        return case, desk

    def kill(self, desk, number, when, sign=signal.SIGKILL):
        """Ends a sync while it waits for an answer: before HappyFox has looked at the request, or after. Returns its code,
        or nothing where it was over before it had asked that often."""
        desk.forget()
        # Longer than the scenario: a request that was not looked at never will be.
        desk.misbehave({"kind": "slow", "at": [number], "when": when, "seconds": 600})
        reserved = self.types().get("requestsReserved", 0)
        process = self.start("sync", "run")
        until = time.monotonic() + 60
        expected = number - 1 if when == "before" else number
        while desk.requests() < expected or self.types().get("requestsReserved", 0) == reserved:
            self.assertLess(time.monotonic(), until, "the request did not come")
            if process.poll() is not None:
                break
        time.sleep(0.1)
        if process.poll() is not None:
            desk.misbehave()
            return None
        process.send_signal(sign)
        code = process.wait(30)
        desk.misbehave()
        return code

    def essence(self, desk):
        """All that must not depend on the disturbance."""
        return {email: [row[key] for key in ("name", "fields", "isLoginEnabled", "groups")]
                + sorted((phone["type"], phone["number"]) for phone in row["phones"])
                for email, row in desk.contacts().items()}

    def every_kill(self, prepare, tag):
        case, desk = prepare("undisturbed")
        desk.forget()
        case.sync(codes=(0,))
        expected, requests, writes = self.essence(desk), desk.requests(), desk.requests("POST users", "POST user")

        def play(moment):
            number, when = moment
            case, desk = prepare(f"killed-{number}-{when}")
            ids = {email: row["id"] for email, row in desk.contacts().items()}
            case.kill(desk, number, when)
            case.foxtrail("journal", "verify")
            desk.forget()
            case.sync(codes=(0,))
            case.assertEqual(self.essence(desk), expected)
            case.assertLessEqual(desk.requests("POST users", "POST user"), writes)
            now = {email: row["id"] for email, row in desk.contacts().items()}
            case.assertEqual(ids, {email: now.get(email, None) for email in ids} if tag == "first" else ids)
            case.assertEqual(case.types().get("syncInterrupted", 0), 1 if number > 1 else 0)
            case.expect_clean()
            desk.forget()
            case.sync(codes=(0,))
            case.assertEqual(desk.requests("POST users", "POST user"), 0)
            if case.mail:
                case.assertEqual(sorted(map(str.lower, case.mail.recipients())), sorted(expected))
        self.at_once(play, [(number, when) for number in range(1, requests + 1) for when in ("before", "after")])
        return expected, requests

    def test_of_a_first_time_converges(self):
        self.simulate(60, clean=True)
        expected, requests = self.every_kill(lambda name: self.begin_in(name, 0, mails=True), "first")
        self.assertEqual((len(expected), {len(contact) - 4 for contact in expected.values()}), (60, {1}))
        self.assertEqual(requests, 3, "the fields, the list, the contacts")

    def test_that_adopts_converges(self):
        self.simulate(60, clean=True)
        expected, requests = self.every_kill(lambda name: self.begin_in(name, 70), "first")
        self.assertEqual((len(expected), requests), (100, 4))

    def day(self, number, much):
        """One user is renamed; on a day of much, another one too, three are changed, and one is new."""
        users = sorted((row for row in self.contacts() if row["objectID"]), key=lambda row: row["objectID"])
        for index, user in enumerate(users[:2 if much else 1]):
            self.simulator.change(user["objectID"], department="Quay", mobilePhone=f"+49 151 {number}",
                                  userPrincipalName=f"newly-{number}-{index}@contoso.example")
        for user in users[2:5] if much else []:
            self.simulator.change(user["objectID"], mobilePhone=f"+49 151 {number}")
        if much:
            self.simulator.add(userPrincipalName=f"added-{number}@contoso.example", displayName="New", department="Quay",
                               mobilePhone="+49 151 1")
        return users

    def killed_day_by_day(self, much, when):
        self.simulate(60, clean=True)
        desk = self.account(60)
        self.install_with(desk)
        self.apply(HELP_DESK_SETTINGS, codes=(0,))
        count = len(desk.contacts())
        for number in range(1, 20):
            before = {row["id"]: row for row in desk.contacts().values()}
            users = self.day(number, much)
            code = self.kill(desk, number, when)
            self.sync(codes=(0,))
            count += 1 if much else 0
            now = {row["id"]: row for row in desk.contacts().values()}
            self.assertEqual((len(now), now.keys() >= before.keys()), (count, True))
            renamed = {now[user["id"]]["email"] for user in users[:2 if much else 1]}
            self.assertEqual(renamed, {f"newly-{number}-{index}@contoso.example" for index in range(len(renamed))})
            for contact, was in before.items():
                fields = [{**row["fields"], "Department": None} for row in (was, now[contact])]
                self.assertEqual(fields[0], fields[1])
                self.assertEqual(len(now[contact]["phones"]), len(was["phones"]))
            if code is None:
                desk.forget()
                self.sync(codes=(0,))
                self.assertEqual(desk.requests("POST users", "POST user"), 0)
                self.expect_clean()
                return number - 1
        return self.fail("a sync without an end")

    def test_of_another_day_converges(self):
        kills = {}

        def play(case):
            much, when = case
            kills[case] = self.apart(f"{much}-{when}").killed_day_by_day(much, when)
        self.at_once(play, [(much, when) for much in (True, False) for when in ("before", "after")])
        self.assertGreaterEqual(min(kills.values()), 4, kills)

    def test_that_is_asked_to_stop_is_gone_on_with(self):
        self.simulate(250, clean=True)
        case, desk = self.begin_in("stopped", 0)
        self.assertEqual(case.kill(desk, 4, "after", signal.SIGTERM), 128 + signal.SIGTERM)
        case.expect_clean()
        self.assertEqual(case.sync(codes=(0,))["synced"], 250)
        self.expect_one_each(desk, 250)
        case.expect_clean()

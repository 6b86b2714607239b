"""Notices to admins, over a real SMTP server and to a receiver that verifies them with other people's code."""

import datetime
import json

from hook_server import HookServer
from mail_server import MailServer
from support import ADMIN, CLIENT, SETTINGS, Scenario


class NoticeScenario(Scenario):
    def setUp(self):
        super().setUp()
        self.hook = HookServer()
        self.addCleanup(self.hook.stop)
        self.addCleanup(self.expect_the_secret_nowhere)

    def expect_the_secret_nowhere(self):
        if not self.hook.secret:
            return
        for form in (self.hook.secret.encode(), self.hook.secret.removeprefix("whsec_").encode()):
            files = [path for path in self.home.rglob("*") if path.is_file() and "secrets" not in path.parts]
            for text in [path.read_bytes() for path in files] + ["".join(self.printed).encode()]:
                self.assertNotIn(form, text)

    def set_hook(self):
        self.foxtrail("notice", "set", "--webhook", self.hook.url, "--new-secret")
        path = self.home / "secrets" / "webhook.secret"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.hook.secret = path.read_text()

    def set_mail(self, *who):
        self.mail = MailServer()
        self.addCleanup(self.mail.stop)
        self.foxtrail("mail", "set", "--host", "localhost", "--port", self.mail.port, "--security", "none",
                      "--from", "desk@acme.example")
        self.foxtrail("notice", "set", "--email", *who)

    def subjects(self):
        return [message["Subject"] for message in self.mail.messages()]

    def notices(self, *options):
        return {row["kind"]: row for row in self.rows("notice", "list", *options)}


class WhatIsTold(NoticeScenario):
    def test_a_failed_sync_and_newly_failing_records_over_many_days(self):
        self.simulate(12, clean=True)
        self.install()
        self.set_hook()
        self.set_mail("admins", "ops@acme.example", ADMIN)
        said = self.foxtrail("notice", "test")
        self.assertEqual([line.split()[:2] for line in said.splitlines()[1:]],
                         [["ok", ADMIN], ["ok", "ops@acme.example"], ["ok", self.hook.url]])
        self.assertEqual(self.mail.recipients(), [ADMIN, "ops@acme.example"])
        self.mail.envelopes.clear()
        self.apply()
        self.assertEqual(self.hook.told(), [])

        # A tenant that cannot be read: one notice over three runs, and its end.
        # It asks for more patience than a sync has, which so fails at once.
        self.simulator.misbehave({"kind": "throttle", "from": 1, "retryAfter": "3600"})
        for _ in range(3):
            self.sync(codes=(69,))
        self.assertEqual(self.hook.told(), ["raised tenantNotRead"])
        self.assertEqual(self.subjects(), ["Foxtrail (Acme): contoso.example could not be synced"] * 2)
        self.simulator.misbehave()
        self.sync()
        self.sync()
        self.assertEqual(self.hook.told(), ["raised tenantNotRead", "cleared tenantNotRead"])
        first, _, third, _ = self.mail.messages()
        self.assertEqual(third["In-Reply-To"], first["Message-ID"])
        text = first.get_content()
        self.assertIn("reason: ", text)
        self.assertIn("foxtrail doctor contoso.example", text)

        # Records that newly fail.
        ann = self.simulator.add(displayName="Ann", userPrincipalName="ann.new@contoso.example", department="X")
        for _ in range(2):
            self.sync(codes=(2,))
        self.assertEqual(self.hook.told()[2:], ["raised recordsFailing"])
        event = list(self.hook.events.values())[-1]
        self.assertEqual(event.data["records"], {"new": 1, "failing": 1, "reasons": {"phoneEmpty": 1}})
        self.assertNotIn("ann.new", "".join(message.as_string() for message in self.mail.messages()))
        self.simulator.change(ann["id"], mobilePhone="+1 555 0100")
        self.sync()
        self.assertEqual(self.hook.told()[3:], ["cleared recordsFailing"])
        self.assertEqual(len(self.subjects()), 8)

        # Nothing of it disturbs the rest.
        exported = self.directory / "events.json"
        self.foxtrail("journal", "export", "--format", "cloudevents", "--output", exported)
        self.assertEqual(event["source"], json.loads(exported.read_text().splitlines()[0])["source"])
        for command in (("journal", "verify"), ("projections", "check"), ("replay",)):
            self.foxtrail(*command)
        raised = self.rows("journal", "list", "--type", "noticeRaised")
        self.assertEqual([row["subject"] for row in raised], ["notice:1", "notice:2"])
        past = self.rows("notice", "list", "--at", raised[0]["position"])
        self.assertEqual([(row["state"], row["deliveries"]) for row in past], [("open", [])])

    def test_a_disabled_tenant_while_the_webhook_is_down(self):
        self.simulate(3, clean=True)
        self.install()
        self.set_hook()
        self.apply()
        self.hook.status = 500
        self.simulator.call("PUT", "/simulator/secret", {"state": "revoked"})
        self.sync(codes=(69,))
        self.assertEqual(self.hook.posts, 3)
        row = self.notices()["tenantDisabled"]
        self.assertEqual([(to["target"], to["state"]) for to in row["deliveries"]], [("webhook", "waiting")])
        self.assertIn("AADSTS7000215", self.foxtrail("notice", "list", "--json"))
        # No sync can run, and the notice comes all the same.
        self.hook.status = 204
        self.foxtrail("sync", "run", codes=(78,))
        self.assertEqual(self.hook.told(), ["raised tenantDisabled"])
        self.simulator.call("PUT", "/simulator/secret", {"state": "valid"})
        self.assertEqual(self.tenant("reauthorize").returncode, 0, self.printed[-1])
        self.foxtrail("notice", "send")
        self.assertEqual(self.hook.told(), ["raised tenantDisabled", "cleared tenantDisabled"])
        self.assertEqual(self.notices("--open"), {})

    def test_an_expiry_is_told_without_a_sync(self):
        self.simulate(1, clean=True)
        self.init()
        self.foxtrail("app", "install")
        soon = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=20)
        where = ("--authority", self.simulator.url, "--graph", self.simulator.url)
        secret = ("--client-secret-file", self.file("secret", "simulated-secret\n"))
        self.foxtrail("tenant", "authorize", "--tenant", "contoso.example", "--client-id", CLIENT, *secret,
                      "--secret-expires", soon.isoformat(), *where)
        self.set_hook()
        self.apply("contactSync: true\n")
        self.foxtrail("notice", "send")
        self.assertEqual(self.hook.told(), ["raised credentialExpiring"])
        self.assertEqual(self.rows("tenant", "list")[0]["expiresAt"], f"{soon}T00:00:00Z")
        # What was said of a secret holds as long as it is the same one.
        self.foxtrail("tenant", "reauthorize")
        self.foxtrail("notice", "send")
        self.assertEqual(len(self.hook.told()), 1)
        self.foxtrail("tenant", "reauthorize", "--secret-expires", "2020-01-01", codes=(65,))
        self.foxtrail("tenant", "reauthorize", "--secret-expires", soon.replace(year=soon.year + 1).isoformat())
        self.foxtrail("notice", "send")
        self.assertEqual(self.hook.told(), ["raised credentialExpiring", "cleared credentialExpiring"])


class TheChannels(NoticeScenario):
    def refused(self, code, *arguments):
        result = self.run_foxtrail("notice", *arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stderr

    def test_what_cannot_work_is_refused(self):
        self.init()
        self.refused(64, "set")
        self.refused(64, "set", "--webhook", self.hook.url)
        self.refused(65, "set", "--webhook", "http://hooks.acme.example/", "--new-secret")
        self.refused(65, "set", "--webhook", "hooks.acme.example", "--new-secret")
        self.refused(65, "set", "--email", "nobody")
        self.refused(65, "set", "--webhook", self.hook.url, "--secret-file", self.file("short", "whsec_AAAA\n"))
        self.refused(78, "test")
        self.assertIn("warn", self.doctor()["notices"])
        self.foxtrail("agent", "add", "bob@acme.example", "--name", "Bob", "--role", "agent")
        result = self.run_foxtrail("notice", "set", "--email", "admins", agent="bob@acme.example")
        self.assertEqual(result.returncode, 77)
        self.assertEqual(self.types().get("noticeRecipientsChanged"), None)

    def doctor(self):
        rows = [json.loads(line) for line in self.run_foxtrail("doctor", "--json").stdout.splitlines()]
        return {row["check"]: row["result"] for row in rows if row["check"].startswith("notices")}

    def test_a_channel_is_set_once_and_its_secret_is_kept(self):
        self.init()
        self.set_hook()
        self.foxtrail("notice", "set", "--webhook", self.hook.url)
        self.assertEqual(self.types()["noticeWebhookChanged"], 1)
        self.foxtrail("notice", "test")
        self.foxtrail("notice", "set", "--new-secret")
        self.assertEqual(self.types()["noticeWebhookChanged"], 2)
        self.foxtrail("notice", "test", codes=(69,))
        (self.home / "secrets" / "webhook.secret").unlink()
        self.assertIn("--secret-file FILE stores it again", self.refused(69, "test"))
        self.assertIn("secret of the webhook is missing", self.printed[-2])
        self.assertEqual(self.doctor()["notices by webhook"], "fail")
        self.foxtrail("notice", "set", "--webhook", self.hook.url, "--secret-file", self.file("s", self.hook.secret))
        self.foxtrail("notice", "test")
        self.foxtrail("notice", "set", "--webhook", "none")
        self.assertFalse((self.home / "secrets" / "webhook.secret").exists())
        shown = self.rows("notice", "show")[0]
        self.assertEqual((shown["webhook"], shown["admins"]), (None, False))

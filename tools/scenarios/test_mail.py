"""Account e-mails, over a real SMTP server."""

import base64
import json
import socket

from mail_server import PASSWORD, USER, Certificates, MailServer
from support import SETTINGS, Scenario

MAILING = SETTINGS + "accountEmail: true\n"


class MailScenario(Scenario):
    def serve(self, **options):
        server = MailServer(**options)
        self.addCleanup(server.stop)
        return server

    def mail_set(self, server, *options, host="localhost", security="none"):
        return self.foxtrail("mail", "set", "--host", host, "--port", server.port, "--security", security,
                             "--from", "desk@acme.example", *options)

    def login(self, password=PASSWORD):
        return ("--user", USER, "--password-file", self.file("password", password + "\n"))

    def refused(self, code, *arguments):
        result = self.run_foxtrail("mail", "test", "bo@contoso.example", *arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stderr

    def mails(self, *options):
        return self.rows("mail", "list", *options)

    def states(self):
        counts = self.rows("mail", "show")[0]["mails"]
        return {state: count for state, count in counts.items() if count}

    def assert_secret(self, secret=PASSWORD):
        """The password is in no output and in no file but its own."""
        forms = [secret, base64.b64encode(secret.encode()).decode(),
                 base64.b64encode(f"\0{USER}\0{secret}".encode()).decode(), json.dumps(secret)[1:-1]]
        texts = [text.encode() for text in self.printed]
        texts += [path.read_bytes() for path in self.home.rglob("*") if path.is_file() and path.name != "mail.password"]
        for form in forms:
            self.assertFalse(any(form.encode() in text for text in texts), form)


class TheWayToTheServer(MailScenario):
    def setUp(self):
        super().setUp()
        self.init()
        self.certificates = Certificates(self.directory / "certificates")

    def own(self):
        return ("--ca-file", self.certificates.authority)

    def test_starttls_with_an_own_authority_and_a_login(self):
        for exclude, mechanism in (("LOGIN", "PLAIN"), ("PLAIN", "LOGIN")):
            with self.subTest(mechanism):
                server = self.serve(certificates=self.certificates, tls="starttls", auth=True, exclude=[exclude])
                self.mail_set(server, *self.own(), *self.login(), "--from-name", "Größe & Söhne", security="starttls")
                said = self.foxtrail("mail", "test", "bo@contoso.example")
                self.assertIn("250 2.0.0 OK queued", said)
                self.assertEqual(server.logins, [(mechanism, USER, PASSWORD)])
                self.assertEqual(server.recipients(), ["bo@contoso.example"])
                self.assertTrue(server.envelopes[0].encrypted)
                self.assertRegex(server.envelopes[0].helo, r"^(\[127\.0\.0\.1\]|[\w.-]+\.[\w-]+)$")
        self.assert_secret()

    def test_tls_from_the_first_byte(self):
        server = self.serve(certificates=self.certificates, tls="tls", auth=True)
        self.mail_set(server, *self.own(), *self.login(), security="tls")
        self.foxtrail("mail", "test", "bo@contoso.example")
        self.assertTrue(server.envelopes[0].encrypted)
        self.assert_secret()

    def test_a_wrong_password_is_refused_in_the_servers_words(self):
        server = self.serve(certificates=self.certificates, tls="starttls", auth=True)
        self.mail_set(server, *self.own(), *self.login("wr0ng&secret"), security="starttls")
        self.assertIn("refuses the user or password: 535", self.refused(77))
        self.assertEqual(server.envelopes, [])
        self.assert_secret("wr0ng&secret")

    def test_a_server_that_lets_nobody_log_in_gets_nothing(self):
        server = self.serve(certificates=self.certificates, tls="starttls")
        self.mail_set(server, *self.own(), *self.login(), security="starttls")
        self.assertIn("offers neither AUTH PLAIN nor AUTH LOGIN", self.refused(77))
        self.assertEqual(server.envelopes, [])

    def test_nobody_is_trusted_without_a_reason(self):
        for security in ("starttls", "tls"):
            with self.subTest(security):
                server = self.serve(certificates=self.certificates, tls=security, auth=True)
                self.mail_set(server, *self.login(), security=security)
                self.assertIn("cannot be trusted", self.refused(69))
                # The right authority, and another name than the certificate's.
                self.mail_set(server, *self.own(), *self.login(), security=security, host="127.0.0.1")
                self.assertIn("cannot be trusted", self.refused(69))
                self.assertEqual((server.logins, server.envelopes), ([], []))
        self.assert_secret()

    def test_nothing_goes_without_the_tls_that_is_set(self):
        server = self.serve(auth=True)
        self.mail_set(server, *self.own(), *self.login(), security="starttls")
        self.assertIn("does not offer STARTTLS", self.refused(69))
        self.mail_set(server, *self.own(), *self.login(), security="tls")
        self.refused(69)
        self.assertEqual((server.logins, server.envelopes), ([], []))
        elsewhere = ("mail", "set", "--host", "mail.example", "--from", "desk@acme.example", "--security", "none")
        self.foxtrail(*elsewhere, codes=(65,))

    def test_refusals_have_their_exit_codes(self):
        server = self.serve()
        self.mail_set(server)
        server.replies["bo@contoso.example"] = "550 5.1.1 No such user here"
        self.assertIn("550 5.1.1 No such user here", self.refused(65))
        server.replies["bo@contoso.example"] = "451 4.7.1 Greylisted"
        self.assertIn("451 4.7.1 Greylisted", self.refused(65))
        server.replies, server.sender_reply = {}, "550 5.7.1 Sender unknown"
        self.assertIn("takes no mail from desk@acme.example: 550", self.refused(78))
        server.sender_reply, server.data_reply = None, "554 5.6.0 Looks like spam"
        self.assertIn("554 5.6.0 Looks like spam", self.refused(65))
        self.foxtrail("mail", "off")
        self.refused(78)
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            server.port = nobody.getsockname()[1]
            self.mail_set(server)
            self.assertIn(f"localhost:{server.port}", self.refused(69))

    def test_only_who_manages_apps_may(self):
        self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "agent")
        server = self.serve()
        self.mail_set(server)
        for words in (("set", "--host", "localhost", "--from", "x@acme.example"), ("off",), ("test", "bo@acme.example"),
                      ("template", "reset"), ("template", "set", "--subject", "S")):
            self.foxtrail("mail", *words, codes=(77,), agent="bo@acme.example")
        self.assertEqual(self.types().get("mailServerChanged"), 1)

    def test_what_was_set_is_shown_and_can_be_unset(self):
        server = self.serve()
        self.mail_set(server, *self.own(), *self.login(), "--from-name", "Desk")
        secret = self.home / "secrets" / "mail.password"
        self.assertEqual((secret.read_text(), secret.stat().st_mode & 0o777), (PASSWORD, 0o600))
        shown = self.rows("mail", "show")[0]
        self.assertEqual([shown[key] for key in ("host", "user", "fromName", "ownAuthority", "texts")],
                         ["localhost", USER, "Desk", True, "usual"])
        self.foxtrail("mail", "off")
        self.assertFalse(secret.exists())
        self.assertIsNone(self.rows("mail", "show")[0]["host"])
        self.assert_secret()


class TheTexts(MailScenario):
    def setUp(self):
        super().setUp()
        self.init()

    def test_a_real_parser_reads_the_usual_ones(self):
        server = self.serve()
        self.mail_set(server, "--from-name", "Größe & \"Söhne\"")
        self.foxtrail("mail", "test", "bo@contoso.example")
        message = server.messages()[0]
        self.assertEqual(message["To"].addresses[0].addr_spec, "bo@contoso.example")
        sender = message["From"].addresses[0]
        self.assertEqual((sender.display_name, sender.addr_spec), ("Größe & \"Söhne\"", "desk@acme.example"))
        self.assertEqual(message["Subject"], "Your account at the Acme help desk")
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertTrue(message["Message-ID"].endswith("@acme.example>") and message["Date"].datetime)
        self.assertEqual(message.get_content_type(), "multipart/alternative")
        text, html = (part.get_content() for part in message.iter_parts())
        for part in (text, html):
            for value in ("bo@contoso.example", "https://acme.example", "set"):
                self.assertIn(value, part)
        self.assertEqual(message.defects, [])
        self.assertTrue(all(line <= 78 for line in map(len, server.envelopes[0].content.split(b"\r\n"))))

    def test_own_ones_are_previewed_sent_and_put_back(self):
        server = self.serve()
        self.mail_set(server)
        text = self.file("body.txt", ".leading dot\n{{name}}|{{email}}|{{account}}|{{portalURL}} €\n.\nend\n")
        html = self.file("body.html", "<b>{{name}}</b> {{email}} <i>{{account}}</i>")
        self.foxtrail("mail", "template", "set", "--subject", "Zugang für {{account}}", "--text-file", text,
                      "--html-file", html)
        self.foxtrail("contact", "add", "--email", "bo@contoso.example", "--name", "Bo <& Co>")
        shown = self.rows("mail", "preview", "--email", "bo@contoso.example")[0]
        self.assertEqual(shown["subject"], "Zugang für Acme")
        self.assertIn("Bo <& Co>|bo@contoso.example|Acme|https://acme.example €", shown["text"])
        self.assertEqual(shown["html"], "<b>Bo &lt;&amp; Co&gt;</b> bo@contoso.example <i>Acme</i>")
        self.foxtrail("mail", "test", "eve@contoso.example")
        part = next(server.messages()[0].iter_parts())
        self.assertEqual(part.get_content().replace("\r\n", "\n"),
                         ".leading dot\n|eve@contoso.example|Acme|https://acme.example €\n.\nend\n")
        self.foxtrail("mail", "template", "reset")
        self.assertEqual(self.rows("mail", "preview")[0]["subject"], "Your account at the Acme help desk")

    def test_what_there_is_not_is_refused_by_name(self):
        result = self.run_foxtrail("mail", "template", "set", "--subject", "Dear {{firstName}}")
        self.assertEqual(result.returncode, 65)
        self.assertIn("{{firstName}}", result.stderr)
        self.assertNotIn("mailTemplateChanged", self.types())

    def test_they_can_be_exported_and_set_again(self):
        self.foxtrail("mail", "template", "export", "texts")
        before = self.rows("mail", "template", "export")[0]
        (self.directory / "texts" / "subject.txt").unlink()
        again = self.run_foxtrail("mail", "template", "export", "texts")
        self.assertEqual((again.returncode, again.stderr.splitlines()[0]), (73, "error: texts/body.txt exists already"))
        self.assertFalse((self.directory / "texts" / "subject.txt").exists())
        said = self.foxtrail("mail", "template", "set", "--text-file", "texts/body.txt", "--html-file", "texts/body.html")
        self.assertEqual(said, "nothing to change\n")
        self.assertEqual(self.rows("mail", "template", "export")[0], before)


class TheMailsOfASync(MailScenario):
    def begin(self, users=6, settings=MAILING):
        self.simulate(users, clean=True)
        self.install()
        self.server = self.serve()
        self.mail_set(self.server)
        self.apply(settings)

    def everybody(self):
        return sorted(row["email"] for row in self.contacts())

    def test_everybody_gets_one_ever(self):
        self.begin()
        self.assertEqual(self.server.recipients(), self.everybody())
        self.assertEqual(self.states(), {"sent": 6})
        self.sync()
        self.foxtrail("settings", "set", "accountEmail", "false")
        self.foxtrail("settings", "set", "accountEmail", "true")
        self.sync()
        self.assertEqual(len(self.server.envelopes), 6)
        self.assertEqual(self.mails(), [])
        self.assertEqual(len(self.mails("--all")), 6)
        self.assertEqual(self.types()["accountEmailSent"], 6)
        self.foxtrail("replay")
        self.foxtrail("journal", "verify")
        self.foxtrail("projections", "check")

    def test_what_is_switched_on_later_is_for_later_ones(self):
        self.begin(settings=SETTINGS)
        self.foxtrail("settings", "set", "accountEmail", "true")
        self.sync()
        self.assertEqual(self.server.envelopes, [])

    def test_refusals_are_told_apart_and_never_the_syncs(self):
        self.begin(settings=MAILING.replace("contactSync: true", "contactSync: false"))
        self.server.queued = ["451 4.7.1 Greylisted", "550 5.1.1 No such user"]
        result = self.run_foxtrail("settings", "set", "contactSync", "true")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("account e-mails: 4 sent, 1 refused, 1 to be tried again", result.stderr)
        self.assertEqual((self.log()["failed"], self.log()["status"]), (0, "completed"))
        rows = [(row["email"], row["state"], row["code"], row["reason"]) for row in self.mails()]
        later, never = self.server.replies
        self.assertEqual(rows, [(never, "permanent", 550, "5.1.1 No such user"), (later, "temporary", 451, "4.7.1 Greylisted")])
        self.server.replies = {}
        self.sync(codes=(0,))
        self.assertEqual(self.states(), {"sent": 5, "permanent": 1})
        self.assertEqual(self.server.recipients(), sorted(set(self.everybody()) - {never}))

    def test_it_is_explained_also_of_who_is_gone(self):
        self.begin(settings=MAILING.replace("contactSync: true", "contactSync: false"))
        self.server.queued = ["451 4.7.1 Greylisted"]
        self.foxtrail("settings", "set", "contactSync", "true")
        later, = self.server.replies
        contact = next(row for row in self.contacts() if row["email"] == later)
        self.assertIn("refused for now", self.foxtrail("explain", later))
        self.simulator.change(contact["objectID"], displayName="Bo")
        self.simulator.call("DELETE", "/v1.0/users/" + contact["objectID"],
                            headers={"Authorization": f"Bearer {self.simulator.token}"})
        self.server.replies = {}
        self.sync()
        row = self.rows("explain", contact["objectID"])[0]
        # The contact is kept, and so is what it was promised.
        self.assertEqual((row["removedBecause"], row["removedIn"], row["accountEmail"]), ("softDeleted", 2, "sent"))

    def test_doctor_looks_at_it(self):
        self.init()
        check = lambda: {row["check"]: row["result"] for row in self.rows_of_doctor() if "mail" in row["check"]}
        self.assertEqual(check(), {"mail": "ok"})
        server = self.serve()
        self.mail_set(server, *self.login())
        self.assertEqual(check(), {"mail": "ok", "account e-mails": "ok"})
        (self.home / "secrets" / "mail.password").unlink()
        self.assertEqual(check()["mail"], "fail")

    def rows_of_doctor(self):
        return [json.loads(line) for line in self.run_foxtrail("doctor", "--json").stdout.splitlines()]

    def test_without_a_server_they_wait_and_are_told(self):
        self.simulate(4, clean=True)
        self.install()
        result = self.run_foxtrail("settings", "apply", self.file("settings.yaml", MAILING))
        self.assertEqual(result.returncode, 0)
        told = "account e-mails: 4 waiting for a mail server\nhint: foxtrail mail set names a server\n"
        self.assertEqual(result.stderr, told, "once, though the setting and the sync have it to say")
        self.assertEqual(self.states(), {"due": 4})
        server = self.serve()
        self.mail_set(server)
        self.assertIn("account e-mails: 4 sent", self.foxtrail("sync", "run"))
        self.assertEqual(server.recipients(), self.everybody())
        self.foxtrail("mail", "off")
        told = self.run_foxtrail("sync", "run").stderr
        self.assertEqual(told, "hint: account e-mails wait for a mail server: foxtrail mail set\n")
        self.assertEqual(self.run_foxtrail("sync", "run", "--quiet").stderr, "")

    def test_doctor_counts_those_that_need_somebody(self):
        self.begin(settings=MAILING.replace("contactSync: true", "contactSync: false"))
        self.server.queued = ["550 5.1.1 No such user", "451 4.7.1 Greylisted"]
        self.foxtrail("settings", "set", "contactSync", "true")
        told = lambda: [(row["domain"], row["result"], row["found"]) for row in self.rows_of_doctor()
                        if row["check"] == "account e-mails"]
        self.assertEqual(told(), [(None, "warn", "1 refused for ever, 1 waiting")])
        self.foxtrail("settings", "set", "accountEmail", "false")
        self.assertEqual(told(), [(None, "warn", "1 refused for ever"),
                                  ("contoso.example", "warn", "1 waiting, because accountEmail is off")])
        self.foxtrail("mail", "off")
        self.assertEqual(len(told()), 2, "also without a server")
        self.assertIn("settings set accountEmail true --tenant contoso.example", self.run_foxtrail("doctor").stdout)
        self.foxtrail("sync", "run")
        self.assertEqual(told(), [("contoso.example", "warn", "1 waiting, because accountEmail is off")])

    def test_a_server_that_is_gone_keeps_no_contact_away(self):
        self.begin(settings=MAILING.replace("contactSync: true", "contactSync: false"))
        self.server.stop()
        result = self.run_foxtrail("settings", "set", "contactSync", "true")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("1 to be tried again, 5 waiting: localhost:", result.stderr)
        self.assertEqual((len(self.contacts()), self.states()), (6, {"temporary": 1, "due": 5}))
        server = self.serve()
        self.mail_set(server)
        self.sync(codes=(0,))
        self.assertEqual(server.recipients(), self.everybody())

    def test_a_kill_between_sending_and_recording_sends_nothing_twice(self):
        self.begin(settings=MAILING.replace("contactSync: true", "contactSync: false"))
        self.server.holds = True
        process = self.start("settings", "set", "contactSync", "true")
        self.assertTrue(self.server.received.wait(60))
        self.assertEqual(self.states(), {"requested": 1, "due": 5})
        self.finish(process)
        self.server.holds = False
        self.server.released.set()
        result = self.run_foxtrail("sync", "run")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("account e-mails: 5 sent, 1 perhaps sent, not sent again", result.stderr)
        self.assertEqual(self.server.recipients(), self.everybody())
        row = self.mails()[0]
        self.assertEqual((row["state"], row["reason"]),
                         ("unknown", "interrupted between sending and recording; not sent again"))
        # The sync itself had ended: nothing of it was interrupted.
        self.assertNotIn("syncInterrupted", self.types())
        self.sync()
        self.assertEqual(len(self.server.envelopes), 6)
        self.foxtrail("replay")
        self.foxtrail("journal", "verify")

    def test_ctrl_c_waits_for_the_one_that_has_left(self):
        self.begin(settings=MAILING.replace("contactSync: true", "contactSync: false"))
        self.server.holds = True
        process = self.start("settings", "set", "contactSync", "true")
        self.assertTrue(self.server.received.wait(60))
        process.terminate()
        self.server.holds = False
        self.assertEqual(process.wait(30), 128 + 15)
        self.assertEqual(self.states(), {"sent": 1, "due": 5})

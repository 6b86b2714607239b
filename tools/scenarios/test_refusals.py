"""Bad input is refused with its code, in words, and leaves nothing behind."""

import os
import signal
import socket
import subprocess

from support import BINARY, SECRET, SETTINGS, Scenario


class ARefusal(Scenario):
    def refused(self, code, *arguments, agent="ann@acme.example", says=""):
        codes = code if isinstance(code, tuple) else (code,)
        with self.subTest(" ".join(map(str, arguments))):
            before = self.events()
            result = self.run_foxtrail(*arguments, agent=agent)
            self.assertIn(result.returncode, codes, result.stderr)
            self.assertRegex(result.stderr, r"^error: [^A-Z]")
            self.assertFalse(result.stderr.splitlines()[0].endswith("."), result.stderr)
            self.assertIn(says, result.stderr)
            self.assertEqual(self.events(), before)

    def test_leaves_the_journal_as_it_was(self):
        self.simulate(20, clean=True)
        self.install()
        self.apply()
        self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "agent")
        opening = ("init", "--account", "A", "--portal-url", "https://a.example", "--time-zone")
        self.refused(65, "settings", "set", "nonsense", "1", says="nonsense")
        self.refused(65, "settings", "set", "fields.email", "maill", says="did you mean mail?")
        self.refused(65, *opening, "Europe/Berlinn", "--home", self.directory / "other", says="Europe/Berlinn")
        self.refused(65, "settings", "apply", self.file("broken.yaml", "phones: {mobile: [\n"))
        self.refused(65, "tenant", "authorize", "--tenant", "contoso.example", "--client-id", "x", "--client-secret-file",
                     self.directory / "absent", "--authority", self.simulator.url, "--graph", self.simulator.url)
        self.refused(77, "settings", "set", "overwriteCustomFields", "false", agent=None)
        self.refused(77, "settings", "set", "overwriteCustomFields", "false", agent="bo@acme.example", says="Manage Apps")
        self.refused(73, *opening, "Europe/Berlin")
        self.refused(64, "nonsense")
        self.refused((65, 76), "journal", "verify", "--file", self.file("text", "no journal at all\n"))

    def test_of_a_mapping_that_can_never_work(self):
        self.simulate(20, clean=True)
        self.install()
        self.foxtrail("field", "add", "Colour", "--type", "dropdown", "--choice", "Red")
        number = ("settings", "set", "customFields.Employee number")
        self.refused(65, *number, "accountEnabled", says="accountEnabled is a boolean, which never fits Employee number")
        self.refused(65, *number, "createdDateTime", says="a date and time")
        self.refused(65, *number, "otherMails", says="otherMails[0]")
        self.refused(65, *number, "on", says="attributes lists")
        self.refused(65, "settings", "set", "customFields.Colour", "accountEnabled", says="true and false")
        self.refused(65, "settings", "set", "phones.work", "businessPhones", says="businessPhones[0]")
        self.refused(65, "settings", "set", "customFields.Department", "employeeOrgData", says="employeeOrgData/costCenter")

    def test_of_odd_settings(self):
        self.simulate(20, clean=True)
        self.install()
        for value in ["", "null", "~", "0123", "maybe", "a: b", "&a true"]:
            self.refused(65, "settings", "set", "accountEmail", value, says="accountEmail must be true or false")
        for value in ["", "a: b", "[mail]"]:
            self.refused(65, "settings", "set", "fields.email", value, says="is not a property")
        self.refused(65, "settings", "set", "fields", "{email: mail}", says="fields.email")
        self.refused(65, "settings", "set", "customFields.Departmnt", "none", says="not mapped")
        self.refused(65, "settings", "set", "tenant", "x", says="--tenant")
        bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
        for text, says in [
            ("contactSync: true\nphones: {}\nphones: {}\n", "line 2: phones"), ("phones:\n", "{}"), ("phones: []\n", "{}"),
            ("customFields:\n  A: mail\n  'A': city\n", "line 2: A"), ("contactSync:\n", "line 1: contactSync"),
            ("fields: {email: &a mail}\nphones: {work: *a}\n", "line 1: anchors"), (bomb, "anchors"),
            (bomb + "? *a11\n: x\n", "anchors"), ("phnes: {}\n", "did you mean phones?"), ("phones: {mobil: mail}\n", "phones.mobile"),
            ("customFields: {Department: none}\n", "leave it out"),
            ("phones: {mobile: null}\n", "leave it out"), ("phones:\n  mobile:\n", "leave it out"),
            ("users: all\n---\nusers: all\n", "line 3"), ("[" * 50000, "YAML"), ("#" * 1100000, "1 MiB"), ("", "no settings"),
        ]:
            self.refused(65, "settings", "apply", self.file("odd.yaml", text), says=says)

    def test_of_a_misspelt_command_line(self):
        self.init()
        self.refused(64, "journal", "verfy", says="did you mean foxtrail journal verify?")
        self.refused(64, "agent", "add", says="foxtrail agent add --help")
        self.refused(64, "journal", "list", "--type", "contactfailed", says="did you mean contactFailed?")
        mail_set = ("mail", "set", "--host", "mail.example", "--from", "a@b.example", "--security")
        for arguments, known in [
            (("mail", "list", "--state", "x"), "permanent, unknown, requested, temporary, due, sent"),
            (("help-desk", "use", "zendesk"), "embedded, happyfox"), ((*mail_set, "ssl"), "starttls, tls, none"),
            (("agent", "add", "x@acme.example", "--name", "X", "--role", "boss"), "admin, agent"),
            (("field", "add", "X", "--type", "colour"), "text, number, dropdown, multiple-choice, date"),
        ]:
            self.refused(64, *arguments, says="one of " + known)
        self.refused(65, "journal", "verify", "--file", "absent", says="absent")
        self.refused(73, "journal", "backup", "absent/file", says="absent/file")
        self.refused(65, "field", "add", "X", "--type", "dropdown", "--choice", "a", "--choice", "a", says="twice")
        self.refused(78, "app", "install", "--home", self.directory / "absent", says="foxtrail init")
        self.refused(77, "app", "install", "--as", "", says="--as")
        self.refused(78, "log", "report", says="no sync yet")
        listed = self.rows("journal", "list")
        self.assertEqual(self.rows("journal", "list", "--from", "2", "--limit", 2**63 - 1), listed[1:])
        self.assertEqual(self.rows("journal", "list", "--from=-5", "--limit", "1"), listed[:1])

    def test_of_nothing_that_asks_for_help_in_80_columns(self):
        for command in [(), ("init",), ("journal",), ("journal", "follow"), ("journal", "verify"), ("settings", "apply"),
                        ("sync", "preview"), ("field", "add"), ("replay",), ("doctor",)]:
            lines = self.run_foxtrail(*command, "--help", agent=None).stdout.splitlines()
            self.assertTrue(any(line.startswith("USAGE: foxtrail") for line in lines))
            self.assertLessEqual(max(map(len, lines)), 80, command)
        text = self.foxtrail("init", "--help")
        self.assertIn("\n       --account <name> --time-zone <zone> --portal-url <url> [--plan <plan>]\n", text)

    def test_a_full_disk_and_a_reader_that_left(self):
        self.init()
        with open("/dev/full", "w") as full:
            result = subprocess.run([BINARY, "journal", "list"], env=self.environment(), stdout=full, stderr=subprocess.PIPE)
        self.assertEqual((result.returncode, result.stderr.splitlines()), (74, [
            b"error: the output cannot be written: No space left on device"]))
        reader, writer = os.pipe()
        os.close(reader)
        result = subprocess.run([BINARY, "journal", "list"], env=self.environment(), stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        self.assertEqual((result.returncode, result.stderr), (-signal.SIGPIPE, b""))

    def test_of_a_port_that_is_taken_is_no_bug(self):
        self.init()
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            for kind in ("entra", "happyfox"):
                result = self.run_foxtrail("simulate", kind, "--port", port)
                self.assertEqual((result.returncode, result.stderr.splitlines()),
                                 (73, [f"error: the port {port} is in use", "hint: --port 0 takes a free one"]))

    def test_of_a_record_names_the_contact_that_it_would_have(self):
        self.simulate(20, clean=True)
        self.install()
        self.foxtrail("field", "add", "Region", "--type", "text", "--required")
        email = self.some_address()
        self.foxtrail("contact", "add", "--email", email, "--name", "Bo")
        self.apply(codes=(2,))
        explained = self.foxtrail("explain", email)
        self.assertIn(f"3 matched   contact 1 ({email}), not linked\n", explained)
        self.assertRegex(explained, r"1 fetched   in sync \d at \S+\+0[12]:00, event ")

    def some_address(self):
        self.foxtrail("settings", "set", "contactSync", "true", codes=(2,))
        email = self.report()[0]["Email"]
        self.foxtrail("settings", "set", "contactSync", "false")
        return email

    def test_a_wrong_secret_is_an_event(self):
        self.simulate(20, clean=True)
        self.init()
        self.foxtrail("app", "install")
        before = self.events()
        result = self.authorize(SECRET + "-but-wrong")
        self.assertEqual(result.returncode, 77, result.stderr)
        self.assertRegex(result.stderr, r"^error: [^A-Z]")
        self.assertEqual(self.events(), before + 1)
        self.assertEqual(self.types().get("tenantAuthorizationFailed"), 1)

    def test_the_team_plan_has_no_app(self):
        self.foxtrail("init", "--account", "Acme", "--time-zone", "Europe/Berlin", "--portal-url", "https://acme.example",
                      "--admin", "ann@acme.example", "--plan", "team", agent=None)
        self.refused(77, "app", "install", says="plan")

    def test_a_second_sync_waits_for_its_turn(self):
        self.simulate(60, page_size=20, clean=True)
        self.install()
        self.apply()
        self.simulator.misbehave({"kind": "slow", "seconds": 2})
        events = self.events()
        process = self.start("sync", "run")
        while self.events() == events and process.poll() is None:
            pass
        self.refused(75, "sync", "run")
        self.assertIsNone(process.poll())

"""Secrets and the events that they go with: both change, or neither; and none goes to whom it was not given for."""

import resource
import sqlite3
import subprocess
import unittest

from support import ADMIN, BINARY, SECRET, HappyFox, HelpDeskScenario

MAIL = ("mail", "set", "--host", "localhost", "--security", "none", "--from", "desk@acme.example", "--user", "desk",
        "--password-file")
MAIL_SECTION = "mail: {host: %s, port: %s, security: %s, from: desk@acme.example, user: desk, passwordFile: %s}"


class SecretsTest(HelpDeskScenario):
    def secret(self, text):
        path = self.file(f"secret-{text}".replace(":", "-"), text + "\n")
        path.chmod(0o600)
        return path

    def kept(self, home=None):
        return {path.name: path.read_text().strip() for path in ((home or self.home) / "secrets").iterdir()}


class WhereTheJournalTakesNothing(SecretsTest):
    def no_room(self, *arguments):
        """Runs a command that can make no file longer than the journal's log is."""
        log = self.home / "journal.sqlite-wal"

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size,) * 2)
        self.assertGreater(log.stat().st_size, 32768)
        return subprocess.run([BINARY, *map(str, arguments)], env=self.environment(), cwd=self.directory, text=True,
                              capture_output=True, preexec_fn=limit, restore_signals=False, timeout=60)

    def test_the_old_secrets_stay(self):
        self.simulate(3, clean=True)
        desk, other = self.account(0), self.account(0)
        self.install_with(desk)
        self.foxtrail("notice", "set", "--webhook", "https://hooks.acme.example", "--new-secret")
        # Somebody who reads keeps SQLite from beginning its logs anew.
        for name in ("journal", "projections"):
            reader = sqlite3.connect(f"file:{self.home}/{name}.sqlite?mode=ro", uri=True, isolation_level=None)
            self.addCleanup(reader.close)
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        self.foxtrail(*MAIL, self.secret("old"))
        self.foxtrail("settings", "set", "account.name", "Acme Ltd")
        key = self.secret(HappyFox.KEY)
        before, events = self.kept(), self.events()
        section = MAIL_SECTION % ("localhost", 25, "none", self.secret("new"))
        for command in [
            [*MAIL, self.secret("new")],
            ["settings", "apply", self.file("mail.yaml", section)],
            ["help-desk", "use", "happyfox", "--url", other.url, "--api-key-file", key],
            ["settings", "apply", self.file("desk.yaml", f"helpDesk: {{happyfox: '{other.url}', apiKeyFile: {key}}}")],
            ["notice", "set", "--webhook", "https://hooks.acme.example", "--new-secret"],
            ["tenant", "reauthorize", "contoso.example", "--client-secret-file", self.secret(SECRET)],
            ["mail", "off"], ["tenant", "delete", "contoso.example", "--yes"],
        ]:
            with self.subTest(command):
                result = self.no_room(*command)
                self.assertEqual((result.returncode, result.stdout), (74, ""), result.stderr)
                self.assertEqual((self.kept(), self.events()), (before, events))


class BetweenTheEventAndItsSecret(SecretsTest):
    def head(self):
        stat = self.rows("journal", "stat")[0]
        return f"{stat['events']}-{stat['root']}"

    def test_who_was_killed_there_has_the_new_secret_and_who_was_killed_before_the_old(self):
        self.simulate(3, clean=True)
        desk = self.account(0)
        self.install_with(desk)
        secrets = self.home / "secrets"
        key = secrets / "happyfox.key"
        # As the processes leave it that are killed at the two moments.
        pending = secrets / f"happyfox.key.pending-{self.head()}"
        key.rename(pending)
        key.write_text("old:key")
        lost = secrets / f"happyfox.key.pending-{self.events() + 1}-{'0' * 64}"
        lost.write_text("never:was")
        for path in (pending, key, lost):
            path.chmod(0o600)
        self.foxtrail("field", "pull")
        self.assertEqual(key.read_text(), "old:key")
        self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo", "--role", "agent")
        self.foxtrail("field", "pull")
        self.assertEqual(self.use(desk, "--limit-share", "50").returncode, 0)
        self.assertEqual({name: text for name, text in self.kept().items() if "happyfox" in name},
                         {"happyfox.key": HappyFox.KEY})
        self.foxtrail("field", "pull")

        # The same of a tenant, whose secret is read at each sync.
        name, = [path for path in secrets.iterdir() if path.name.endswith(".secret")]
        self.assertEqual(self.authorize().returncode, 0)
        name.rename(f"{name}.pending-{self.head()}")
        name.write_text("wrong")
        self.apply("contactSync: true\n", codes=(0,))
        self.foxtrail("tenant", "delete", "contoso.example", "--yes")
        self.assertEqual([kept for kept in self.kept() if kept.startswith("tenant-")], [])


class WhomASecretIsFor(SecretsTest):
    def apply_refused(self, text, *says):
        before, kept = self.events(), self.kept()
        for options in [[], ["--dry-run"]]:
            result = self.run_foxtrail("settings", "apply", self.file("refused.yaml", text), *options)
            self.assertEqual(result.returncode, 65, result.stdout + result.stderr)
            for said in says:
                self.assertIn(said, result.stderr)
        self.assertEqual((self.events(), self.kept()), (before, kept))

    def test_the_key_in_use_is_not_sent_to_another_host(self):
        self.simulate(3, clean=True)
        desk, other = self.account(0), self.account(0)
        self.install_with(desk)
        other.forget()
        for file in ["", ", apiKeyFile: secrets/happyfox.key", f", apiKeyFile: {self.home}/secrets/../secrets/happyfox.key"]:
            self.apply_refused(f"helpDesk: {{happyfox: '{other.url}'{file}}}", desk.url, "helpDesk.apiKeyFile")
        self.assertEqual(other.requests(), 0)
        # Another share of the same account's limits needs no new key, and a copy is an explicit word.
        self.foxtrail("settings", "apply", self.file("share.yaml", f"helpDesk: {{happyfox: '{desk.url}', limitShare: 50}}"))
        copied = f"helpDesk: {{happyfox: '{other.url}', apiKeyFile: {self.secret(HappyFox.KEY)}}}"
        self.foxtrail("settings", "apply", self.file("copied.yaml", copied))
        self.assertGreater(other.requests(), 0)

        self.foxtrail(*MAIL, self.secret("old"))
        kept = "secrets/mail.password"
        for host, port, security in [("127.0.0.1", 25, "none"), ("localhost", 26, "none"), ("localhost", 25, "starttls")]:
            self.apply_refused(MAIL_SECTION % (host, port, security, kept), "localhost", "mail.passwordFile")
        self.foxtrail("settings", "apply", self.file("mail.yaml", (MAIL_SECTION % ("localhost", 25, "none", kept)).replace("desk@", "bo@")))

        # A home that never had a desk: whose secret was put there is whoever's the file says.
        self.home = self.directory / "second"
        self.homes.append(self.home)
        self.init()
        key = self.home / "secrets" / "happyfox.key"
        key.write_text(HappyFox.KEY)
        key.chmod(0o600)
        self.foxtrail("settings", "apply", self.file("first.yaml", f"helpDesk: {{happyfox: '{desk.url}'}}"))

    def test_what_was_handed_over_is_in_use(self):
        desk = self.account(0)
        self.init()
        handed = self.directory / "credentials"
        handed.mkdir()
        (handed / "happyfox.key").write_text(HappyFox.KEY)
        (handed / "mail.password").write_text("old")
        environment = self.environment
        self.environment = lambda agent=ADMIN: {**environment(agent), "CREDENTIALS_DIRECTORY": str(handed)}
        text = (f"helpDesk: {{happyfox: '{desk.url}', apiKeyFile: secrets/happyfox.key}}\n"
                + MAIL_SECTION % ("localhost", 25, "none", "secrets/mail.password"))
        self.foxtrail("settings", "apply", self.file("handed.yaml", text))
        self.assertEqual(self.kept().keys() & {"happyfox.key", "mail.password"}, set())
        exported = self.file("all.yaml", self.foxtrail("settings", "export"))
        self.assertEqual(self.foxtrail("settings", "apply", exported), "nothing to change\n")
        # Where nothing changes no secret is needed, as on a machine to which none was handed.
        self.environment = environment
        self.assertEqual(self.foxtrail("settings", "apply", exported), "nothing to change\n")
        self.foxtrail("settings", "apply", self.file("share.yaml", f"helpDesk: {{happyfox: '{desk.url}', limitShare: 9}}"), codes=(65,))
        self.assertIn("API key of HappyFox is missing", self.printed[-1])


if __name__ == "__main__":
    unittest.main()

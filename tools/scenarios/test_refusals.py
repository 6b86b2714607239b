"""Bad input is refused with its code, in words, and leaves nothing behind."""

from support import SECRET, SETTINGS, Scenario


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

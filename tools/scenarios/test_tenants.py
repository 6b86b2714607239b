"""Every way to sign in, and the life of a tenant."""

import json
import pathlib
import re
import subprocess
import urllib.parse
import urllib.request

from support import ADMIN, BINARY, CLIENT, SECRET, Person, Scenario

CONTOSO = "aaaabbbb-0000-4ccc-9ddd-111122223333"
QUICK = ("--device-interval", 1)


class TenantScenario(Scenario):
    def begin(self, users=30, **options):
        self.simulate(users, clean=True, **{"options": QUICK, **options})
        self.init()
        self.foxtrail("app", "install")

    def secret_file(self, text=SECRET):
        path = self.file("secret", text + "\n")
        path.chmod(0o600)
        return path

    def with_secret(self, verb="authorize", tenant="contoso.example", text=SECRET):
        named = ("--tenant", tenant) if verb == "authorize" else (tenant,)
        return self.tenant(verb, *named, "--client-secret-file", self.secret_file(text))

    def works(self, result):
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def fails(self, result, code, *words):
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertRegex(result.stderr, r"(?m)^error: [^A-Z]")
        for word in words:
            self.assertIn(word, result.stderr)
        return result

    def secrets(self):
        """Those of tenants: the journal's key is there from the start."""
        return sorted(path for path in (self.home / "secrets").iterdir() if path.name != "journal.key")

    def kinds(self):
        return [path.name.split(".", 1)[1] for path in self.secrets()]

    def kept(self, kind, tenant=CONTOSO):
        return (self.home / "secrets" / f"tenant-{tenant}.{kind}").read_text()

    def certificate(self, days=400, name="app"):
        key, certificate = self.directory / f"{name}.key", self.directory / f"{name}.crt"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                        "-days", str(days), "-subj", "/CN=Foxtrail"], check=True, capture_output=True)
        self.simulator.send("POST", "/simulator/certificates", certificate.read_bytes())
        pem = self.file(f"{name}.pem", key.read_text() + certificate.read_text())
        pem.chmod(0o600)
        return pem

    def consent(self, *permissions, tenant="contoso.example"):
        self.simulator.call("PUT", "/simulator/consent", {"permissions": permissions, "tenant": tenant})

    def person(self):
        return Person(self.simulator.url, self.simulator.ca)

    def sign_in(self, *arguments, act, verb="authorize"):
        """Runs a command that waits for a person, who acts on its words; returns its code, stdout and stderr."""
        where = ("--authority", self.simulator.url, "--graph", self.simulator.url, "--client-id", CLIENT)
        command = [BINARY, "tenant", verb, *map(str, (*arguments, *where))]
        process = subprocess.Popen(command, env=self.environment(), text=True, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(self.finish, process)
        seen = []
        for line in process.stderr:
            seen.append(line)
            address = re.search(r"https?://\S+", line)
            if address and not line.startswith("hint:"):
                act(address.group(), line)
        process.wait(30)
        result = subprocess.CompletedProcess(command, process.returncode, process.stdout.read(), "".join(seen))
        process.stdout.close()
        process.stderr.close()
        self.printed += [result.stdout, result.stderr]
        return result

    def enter(self, address, line, **choice):
        person = self.person()
        person.open(address)
        person.press(code=line.split()[-1])
        person.press(**(choice or {"user": person.form.buttons[0][1]}))

    def with_code(self, *arguments, verb="authorize"):
        return self.sign_in("--device-code", *arguments, act=self.enter, verb=verb)

    def browse(self, address, line, **choice):
        """Picks the first account, and carries the answer to whoever listens."""
        person = self.person()
        form = person.open(address)
        answer = person.press(**(choice or dict(form.buttons[:1])))
        back = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["redirect_uri"][0]
        with urllib.request.urlopen(back + "?" + urllib.parse.urlencode(answer), timeout=10) as page:
            self.assertIn("go back to the terminal", page.read().decode())


class SigningIn(TenantScenario):
    def test_with_a_secret(self):
        self.begin()
        self.works(self.with_secret())
        row = self.tenants()["contoso.example"]
        self.assertEqual([row["id"], row["status"], row["signIn"]], [CONTOSO, "active", "clientSecret"])
        self.assertEqual(self.kept("secret"), SECRET)
        self.foxtrail("settings", "set", "contactSync", "true")
        self.assertEqual(len(self.contacts()), 30)

    def test_with_a_certificate_whose_end_is_announced(self):
        self.begin()
        self.works(self.tenant("authorize", "--tenant", CONTOSO.upper(), "--certificate", self.certificate()))
        self.assertEqual(self.kinds(), ["pem"])
        self.assertEqual(self.run_foxtrail("tenant", "list").stderr, "")
        self.foxtrail("settings", "set", "contactSync", "true")
        self.assertEqual(len(self.contacts()), 30)
        soon = self.certificate(days=20, name="soon")
        result = self.works(self.tenant("reauthorize", "--certificate", soon))
        for result in [result, *(self.run_foxtrail(*words) for words in (["tenant", "list"], ["sync", "run"]))]:
            self.assertRegex(result.stderr, r"hint: the certificate of contoso.example expires in (19|20) days, on 20")
        self.assertIn("warn", self.foxtrail("doctor"))
        self.assertEqual(self.kept("pem"), soon.read_text())

    def test_with_a_device_code_of_whatever_tenant(self):
        self.begin()
        result = self.works(self.with_code("--json"))
        self.assertEqual(json.loads(result.stdout)["id"], CONTOSO)
        self.assertNotRegex(result.stdout, "devicelogin")
        self.foxtrail("settings", "set", "contactSync", "true")
        self.assertEqual(len(self.contacts()), 30)

    def test_in_a_browser_with_a_tenant_named(self):
        self.begin()
        self.works(self.sign_in("--browser", "--tenant", "contoso.example", act=self.browse))
        self.assertEqual(self.tenants()["contoso.example"]["signIn"], "delegated")
        self.assertEqual(self.kinds(), ["refresh"])

    def test_that_is_declined_changes_nothing(self):
        self.begin()

        def decline(address, line):
            (self.enter if "devicelogin" in address else self.browse)(address, line, decline="1")

        self.fails(self.sign_in("--device-code", act=decline), 77, "declined")
        self.fails(self.sign_in("--browser", act=decline), 77, "AADSTS65004")
        self.assertEqual(self.tenants(), {})
        self.assertEqual(self.secrets(), [])
        self.assertEqual(self.types()["tenantAuthorizationFailed"], 2)

    def test_to_a_tenant_that_is_none_is_refused(self):
        self.begin()
        self.fails(self.with_secret(tenant="nowhere.example"), 77, "AADSTS90002")
        self.fails(self.with_secret(tenant="organizations"), 65, "name the tenant by its id")
        self.fails(self.tenant("authorize", "--device-code", "--tenant", "nowhere.example"), 77, "AADSTS90002")

    def test_that_is_forged_is_refused(self):
        self.begin()
        for what in ("iss", "aud", "exp", "kid", "signature"):
            self.simulator.misbehave({"kind": "badIDToken", "what": what})
            self.fails(self.with_code(), 65, "id token")
        for fault in ({"kind": "wrongState"}, {"kind": "badIDToken", "what": "nonce"}):
            self.simulator.misbehave(fault)
            self.fails(self.sign_in("--browser", act=self.browse), 65, "another sign-in")
        self.assertEqual([self.tenants(), self.secrets()], [{}, []])

    def test_with_a_personal_account_is_refused(self):
        self.begin(faults=["personalAccount"])
        self.fails(self.with_code(), 77, "personal Microsoft account")
        self.fails(self.sign_in("--browser", act=self.browse), 77, "personal Microsoft account")
        for name in ("common", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"):
            self.fails(self.tenant("authorize", "--device-code", "--tenant", name), 77, "personal Microsoft account")
        self.assertEqual(self.tenants(), {})

    def test_needs_exactly_one_way(self):
        self.begin()
        ways = ["--device-code", "--browser", "--client-secret-file", "--certificate"]
        self.fails(self.tenant("authorize"), 64, *ways)
        self.fails(self.tenant("authorize", "--device-code", "--browser"), 64, *ways)
        self.fails(self.tenant("authorize", "--client-secret-file", self.secret_file()), 64, "--tenant")
        self.fails(self.run_foxtrail("tenant", "authorize", "--device-code"), 64, "--client-id")
        self.fails(self.tenant("authorize", "--device-code", "--cloud", "global"), 64, "--cloud")

    def test_with_a_bad_certificate_says_why(self):
        self.begin()
        pem = self.certificate()
        key = self.file("key.pem", (self.directory / "app.key").read_text())
        self.fails(self.tenant("authorize", "--tenant", CONTOSO, "--certificate", key), 65, "no certificate")
        self.fails(self.tenant("authorize", "--tenant", CONTOSO, "--certificate", self.file("x", "x")), 65, "private key")
        self.simulator.call("DELETE", "/simulator/certificates")
        self.fails(self.tenant("authorize", "--tenant", CONTOSO, "--certificate", pem), 77, "AADSTS700027")

    def test_from_a_file_that_others_can_read_is_warned_of(self):
        self.begin()
        path = self.secret_file()
        path.chmod(0o644)
        authorize = ("authorize", "--tenant", "contoso.example", "--client-secret-file", path)
        self.assertNotIn("chmod", self.works(self.tenant(*authorize)).stderr)
        self.directory.chmod(0o755)
        self.assertIn("chmod 600", self.works(self.tenant(*authorize)).stderr)
        self.assertNotIn("chmod", self.works(self.tenant(*authorize, "--quiet")).stderr)


class Consenting(TenantScenario):
    def test_is_asked_for_with_an_address(self):
        self.begin(options=(*QUICK, "--unconsented"))
        result = self.fails(self.with_secret(), 77, "User.Read.All", "/v2.0/adminconsent?", "--consent")
        address = re.search(r"http\S+adminconsent\S+", result.stderr).group()
        self.fails(self.with_code(), 77, "AADSTS65001", "/v2.0/adminconsent?")
        person = self.person()
        person.open(address)
        self.assertEqual(person.press(**dict(person.form.buttons[:1]))["admin_consent"], "True")
        self.works(self.with_secret())

    def test_of_an_administrator_that_the_browser_brings_word_of(self):
        self.begin(faults=["aadsts:code=90094,scope=authorize"])
        self.fails(self.sign_in("--browser", act=self.browse), 77, "AADSTS90094", "/organizations/v2.0/adminconsent?")

    def test_is_waited_for(self):
        self.begin(options=(*QUICK, "--unconsented"))
        secret = ("--tenant", "contoso.example", "--client-secret-file", self.secret_file(), "--consent")
        declined = self.sign_in(*secret, act=lambda *page: self.browse(*page, decline="1"))
        self.fails(declined, 77, "declined")
        self.works(self.sign_in(*secret, act=self.browse))
        self.assertEqual(self.tenants()["contoso.example"]["status"], "active")

    def test_is_waited_for_by_a_person_who_signs_in(self):
        self.begin(options=(*QUICK, "--unconsented"))

        def act(address, line):
            (self.enter if "devicelogin" in address else self.browse)(address, line)

        self.works(self.sign_in("--device-code", "--consent", act=act))

    def test_to_less_than_groups_is_told(self):
        self.begin()
        self.consent("User.Read.All", "Organization.Read.All")
        self.assertIn("GroupMember.Read.All is missing", self.works(self.with_secret()).stderr)
        self.assertRegex(self.foxtrail("doctor"), r"warn +permissions +GroupMember.Read.All is missing")
        self.consent("Organization.Read.All")
        self.assertRegex(self.foxtrail("doctor", codes=(77,)), r"FAIL +permissions")


class Secrets(TenantScenario):
    def test_are_rotated_with_every_sync(self):
        self.begin()
        self.works(self.with_code())
        seen = [self.kept("refresh")]
        self.foxtrail("settings", "set", "contactSync", "true")
        seen.append(self.kept("refresh"))
        self.sync(codes=(0,))
        seen.append(self.kept("refresh"))
        self.foxtrail("doctor")
        seen.append(self.kept("refresh"))
        self.assertEqual(len(set(seen)), 4)
        for text in seen:
            self.assertNotIn(text.encode(), self.everything_else())

    def test_stand_nowhere_else(self):
        self.begin()
        self.works(self.with_secret())
        pem = self.certificate()
        self.works(self.tenant("reauthorize", "--certificate", pem))
        self.foxtrail("settings", "set", "contactSync", "true")
        self.fails(self.with_secret("reauthorize", text="a-wrong-one"), 77, "AADSTS7000215")
        key = next(line for line in pem.read_text().splitlines()[1:])
        for text in (SECRET, "a-wrong-one", key):
            self.assertNotIn(text.encode(), self.everything_else())
            self.assertNotIn(text, "".join(filter(None, self.printed)))

    def everything_else(self):
        files = [path for path in self.home.rglob("*") if path.is_file() and path.parent.name != "secrets"]
        return b"".join(path.read_bytes() for path in files)

    def test_are_their_owners_and_links_are_not_followed(self):
        self.begin()
        self.works(self.with_secret())
        (path,) = self.secrets()
        self.assertEqual([path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777], [0o600, 0o700])
        victim = self.file("victim", "untouched")
        path.unlink()
        path.symlink_to(victim)
        self.works(self.with_secret())
        self.assertFalse(path.is_symlink())
        self.assertEqual([victim.read_text(), path.read_text()], ["untouched", SECRET])
        path.chmod(0o644)
        self.assertRegex(self.foxtrail("doctor", codes=(78,)), "FAIL +secrets")
        path.unlink()
        self.assertRegex(self.foxtrail("doctor", codes=(78,)), "FAIL +token +the client secret of tenant")


class ATenantsLife(TenantScenario):
    def linked(self):
        return {row["objectID"]: row["id"] for row in self.contacts()}

    def test_a_revoked_secret_disables_and_reauthorizing_heals(self):
        self.begin()
        self.works(self.with_secret())
        self.foxtrail("settings", "set", "contactSync", "true")
        before, settings = self.linked(), self.foxtrail("settings", "export")
        self.simulator.call("PUT", "/simulator/secret", {"state": "revoked"})
        self.foxtrail("sync", "run", codes=(69,))
        row = self.tenants()["contoso.example"]
        self.assertEqual([row["status"], row["aadsts"]], ["disabled", 7000215])
        listed = self.foxtrail("tenant", "list")
        self.assertRegex(listed, r"— +contoso\.example")
        self.assertRegex(listed, r"contoso\.example is disabled: the client secret is wrong \(AADSTS7000215.*\n"
                                 r"to do: authorize the tenant again")
        only = self.fails(self.run_foxtrail("sync", "run"), 78, "disabled", "AADSTS7000215", "authorize the tenant again")
        self.assertNotIn("settings set", only.stderr)
        self.assertRegex(self.foxtrail("doctor", codes=(77,)), r"FAIL +token")
        self.fails(self.run_foxtrail("tenant", "reauthorize"), 77, "AADSTS7000215")
        self.simulator.call("PUT", "/simulator/secret", {"state": "valid"})
        self.works(self.run_foxtrail("tenant", "reauthorize"))
        self.assertEqual(self.tenants()["contoso.example"]["reason"], None)
        self.simulator.change(min(before), department="Harbour")
        self.sync(codes=(0,))
        self.assertEqual([self.linked(), self.foxtrail("settings", "export")], [before, settings])
        self.assertEqual([self.types()[name] for name in ("tenantReauthorized", "tenantDisabled")], [1, 1])

    def test_a_revoked_sign_in_disables_and_a_device_code_heals(self):
        self.begin()
        self.works(self.with_code())
        self.foxtrail("settings", "set", "contactSync", "true")
        before = self.linked()
        self.simulator.call("POST", "/simulator/revoke-sessions")
        self.assertRegex(self.foxtrail("doctor", codes=(77,)), r"FAIL +token .*AADSTS50173")
        self.assertEqual(self.tenants()["contoso.example"]["status"], "active")
        self.foxtrail("sync", "run", codes=(69,))
        self.assertEqual(self.tenants()["contoso.example"]["aadsts"], 50173)
        self.works(self.sign_in("contoso.example", act=self.enter, verb="reauthorize"))
        self.sync(codes=(0,))
        self.assertEqual(self.linked(), before)

    def test_reauthorizing_switches_the_way(self):
        self.begin()
        self.works(self.with_secret())
        self.works(self.with_code("contoso.example", verb="reauthorize"))
        self.assertEqual(self.kinds(), ["refresh"])
        self.works(self.tenant("reauthorize", "--certificate", self.certificate()))
        self.assertEqual(self.kinds(), ["pem"])
        self.simulator.call("POST", "/simulator/revoke-sessions")
        self.foxtrail("settings", "set", "contactSync", "true")

    def test_disabled_by_an_agent_and_enabled(self):
        self.begin()
        self.works(self.with_secret())
        self.foxtrail("settings", "set", "contactSync", "true")
        for expected in (["tenantDisabled"], []):
            self.assertEqual(self.rows("tenant", "disable")[0]["changed"], expected)
        self.assertIn("switched off by an agent", self.foxtrail("tenant", "list"))
        self.assertNotIn(ADMIN, self.tenants()["contoso.example"]["reason"])
        self.fails(self.run_foxtrail("sync", "run"), 78, "switched off by an agent", "foxtrail tenant enable")
        self.assertRegex(self.foxtrail("doctor"), r"warn +status")
        for expected in (["tenantEnabled"], []):
            self.assertEqual(self.rows("tenant", "enable")[0]["changed"], expected)
        self.sync(codes=(0,))

    def test_deleted_leaves_contacts_and_no_secrets(self):
        self.begin()
        self.works(self.with_secret())
        self.foxtrail("settings", "set", "contactSync", "true")
        self.fails(self.run_foxtrail("tenant", "delete"), 64, "--yes")
        (self.home / "secrets" / f"tenant-{CONTOSO}.secret.new-1").write_text("left by a crash")
        self.foxtrail("tenant", "delete", "--yes")
        self.assertEqual([len(self.contacts()), self.secrets()], [30, []])
        self.assertEqual(self.tenants()["contoso.example"]["status"], "deleted")
        self.assertNotIn("contoso", self.foxtrail("tenant", "list"))
        self.assertIn("deleted", self.foxtrail("tenant", "list", "--all"))
        self.fails(self.run_foxtrail("sync", "run"), 78, "no tenant is authorized")
        self.fails(self.run_foxtrail("tenant", "enable", "contoso.example"), 65, "deleted")
        self.foxtrail("tenant", "delete", "contoso.example", "--yes")
        self.works(self.with_secret())
        self.assertFalse(self.tenants()["contoso.example"]["syncEnabled"])

    def test_one_of_two_that_cannot_be_read_fails_alone(self):
        self.begin(options=(*QUICK, "--tenants", 2))
        self.works(self.with_secret())
        self.works(self.with_secret(tenant="fabrikam.example"))
        self.foxtrail("settings", "set", "contactSync", "true", "--tenant", "contoso.example")
        self.consent(tenant="contoso.example")
        self.foxtrail("settings", "set", "contactSync", "true", "--tenant", "fabrikam.example", codes=(69,))
        self.assertEqual(len(self.contacts()), 60)
        self.assertRegex(self.log()["reason"], r"contoso\.example: .*User\.Read\.All is missing")
        self.assertNotIn("fabrikam", self.log()["reason"])
        # No later sync passes over it in silence.
        self.assertIn("tenant reauthorize contoso.example", self.run_foxtrail("sync", "run").stderr)
        self.assertRegex(self.log()["reason"], r"contoso\.example: disabled: .*User\.Read\.All is missing")
        found = [json.loads(line) for line in self.foxtrail("doctor", "--json", codes=(77,)).splitlines()]
        self.assertEqual([(row["domain"], row["check"]) for row in found if row["result"] == "fail"],
                         [("contoso.example", "status"), ("contoso.example", "permissions")])
        self.fails(self.run_foxtrail("tenant", "show"), 64, "contoso.example, fabrikam.example")


class AnAuthorityOfOnesOwn(TenantScenario):
    def make_ca(self):
        run = lambda *words: subprocess.run(["openssl", *map(str, words)], cwd=self.directory, check=True, capture_output=True)
        run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj",
            "/CN=Test CA", "-addext", "keyUsage=critical,keyCertSign")
        run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tls.key", "-out", "tls.csr", "-subj", "/CN=localhost")
        extensions = self.file("ext", "subjectAltName=DNS:localhost\n")
        run("x509", "-req", "-in", "tls.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tls.pem",
            "-days", "30", "-extfile", extensions)
        return self.directory / "ca.pem"

    def test_is_trusted_by_every_later_command(self):
        ca = self.make_ca()
        tls = ("--tls-certificate", self.directory / "tls.pem", "--tls-key", self.directory / "tls.key")
        self.begin(options=(*QUICK, *tls), ca=ca)
        self.assertTrue(self.simulator.url.startswith("https"))
        self.fails(self.with_secret(), 69, "no trusted TLS connection", "--ca-file")
        trusting = ("--tenant", "contoso.example", "--client-secret-file", self.secret_file(), "--ca-file", ca)
        self.works(self.tenant("authorize", *trusting))
        pathlib.Path(ca).rename(self.directory / "moved.pem")
        kept = self.home / "secrets" / f"tenant-{CONTOSO}.ca.pem"
        kept.rename(self.directory / "away.pem")
        self.assertRegex(self.foxtrail("doctor", codes=(78,)), "FAIL +network")
        (self.directory / "away.pem").rename(kept)
        self.foxtrail("settings", "set", "contactSync", "true")
        self.assertEqual(len(self.contacts()), 30)
        self.assertIn("over TLS", self.foxtrail("doctor"))
        self.simulator.ca = self.directory / "moved.pem"
        self.works(self.with_code("contoso.example", verb="reauthorize"))
        self.assertEqual(self.kinds(), ["ca.pem", "refresh"])
        self.sync(codes=(0,))
        self.foxtrail("tenant", "delete", "--yes")
        self.assertEqual(self.secrets(), [])


class ADoctor(TenantScenario):
    def check(self, name, codes=(0,)):
        rows = [json.loads(line) for line in self.foxtrail("doctor", "--json", codes=codes).splitlines()]
        return next(row["result"] for row in rows if row["check"] == name)

    def test_tells_what_is_wrong(self):
        self.assertIn("foxtrail init", self.foxtrail("doctor", codes=(78,)))
        self.begin()
        self.works(self.with_secret())
        self.foxtrail("settings", "set", "contactSync", "true")
        before = self.events()
        self.assertNotIn("FAIL", self.foxtrail("doctor"))
        for seconds, result, codes in ((0, "ok", (0,)), (120, "warn", (0,)), (-400, "fail", (78,))):
            self.simulator.misbehave({"kind": "clockSkew", "seconds": seconds, "scope": "metadata"})
            self.assertEqual(self.check("clock", codes), result)
        self.simulator.misbehave()
        self.home.chmod(0o755)
        self.assertEqual(self.check("home"), "warn")
        self.home.chmod(0o700)
        self.simulator.call("PUT", "/simulator/secret", {"state": "expired"})
        self.assertIn("AADSTS7000222", self.foxtrail("doctor", codes=(77,)))
        self.simulator.stop()
        self.assertEqual(self.check("network", (69,)), "fail")
        self.assertEqual(self.check("permissions", (69,)), "skipped")
        self.assertEqual(self.events(), before)

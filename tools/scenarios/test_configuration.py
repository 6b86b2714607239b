"""Configuration as code: what is exported is applied elsewhere and comes out again, once, whole or not at all."""

import json
import unittest

import yaml
from support import ADMIN, HELP_DESK_SETTINGS, HappyFox, HelpDeskScenario, Scenario

TEXT = "Hello {{name}}, & welcome\n\n  * to {{account}}: #1\n"
SECRET = "whsec_" + 8 * "c2Vj"


class Configured(Scenario):
    def setUp(self):
        super().setUp()
        self.simulate(12, clean=True)

    def begin(self):
        """An installation with something in every section."""
        self.install()
        self.foxtrail("field", "add", "Region", "--type", "dropdown", "--choice", "EMEA", "--choice", "on")
        self.foxtrail("agent", "add", "bo@acme.example", "--name", "Bo: #1", "--role", "agent")
        self.foxtrail("mail", "set", "--host", "localhost", "--security", "none", "--from", "desk@acme.example", "--user", "desk",
                      "--password-file", self.secret("pw"))
        self.foxtrail("mail", "template", "set", "--text-file", self.file("text", TEXT))
        self.foxtrail("notice", "set", "--email", "admins", "ops@acme.example", "--webhook", "https://hooks.acme.example/foxtrail",
                      "--secret-file", self.secret(SECRET))
        self.foxtrail("settings", "set", "customFields.Department", "department")
        return self.foxtrail("settings", "export")

    def secret(self, text):
        path = self.file("mail-secret", text + "\n")
        path.chmod(0o600)
        return path

    def other(self, name="second"):
        """Goes on with another home, which is open and lets the same tenant in."""
        self.home = self.directory / name
        self.init()
        self.foxtrail("app", "install")
        self.assertEqual(self.authorize().returncode, 0)

    def refused(self, code, text, *says):
        before = self.events()
        result = self.run_foxtrail("settings", "apply", self.file("refused.yaml", text))
        self.assertEqual(result.returncode, code, result.stderr)
        for said in says:
            self.assertIn(said, result.stderr)
        self.assertEqual(self.events(), before)


class RoundTrip(Configured):
    def test_goes_to_another_home_and_comes_out_the_same(self):
        exported = self.begin()
        documents = list(yaml.safe_load_all(exported))
        rows = self.rows("settings", "export")
        self.assertEqual(documents, rows)
        installation, tenant = rows
        self.assertEqual(list(installation), ["account", "app", "helpDesk", "agents", "contactFields", "mail", "mailTexts", "notices"])
        self.assertEqual(installation["agents"][1], {"email": "bo@acme.example", "name": "Bo: #1", "role": "agent"})
        self.assertEqual(installation["mailTexts"]["text"], TEXT)
        self.assertEqual(tenant["customFields"], {"Department": "department"})
        self.assertEqual(self.foxtrail("settings", "export", "contoso.example"), exported.split("---\n")[1])
        for text in (exported, self.foxtrail("settings", "export", "--json")):
            before = self.events()
            self.assertEqual(self.apply(text, codes=(0,)), "nothing to change\n")
            self.assertEqual(self.events(), before)
        self.assertNotIn("pw", exported)
        self.assertNotIn(SECRET, exported)

        self.other()
        self.refused(65, exported, "the password of the mail server is missing", "secrets/mail.password", "line ")
        kept = self.home / "secrets" / "mail.password"
        kept.write_text("pw")
        kept.chmod(0o600)
        self.refused(65, exported, "the secret of the webhook is missing", "secrets/webhook.secret", "line ")
        self.foxtrail("settings", "apply", self.file("hook.yaml", "notices: {webhook: {url: https://other.example, secretFile: %s}}"
                                                     % self.secret(SECRET)))
        self.assertEqual((self.home / "secrets" / "webhook.secret").read_text(), SECRET)
        size = self.events()
        dry = self.foxtrail("settings", "apply", self.file("all.yaml", exported), "--dry-run")
        self.assertIn("agents: + bo@acme.example (Bo: #1, agent)\n", dry)
        self.assertIn("contoso.example customFields.Department: none -> department\n", dry)
        self.assertEqual(self.events(), size)
        done = json.loads(self.foxtrail("settings", "apply", "all.yaml", "--json"))
        self.assertEqual(sorted(done["changed"]), sorted(
            ["agentAdded", "mailServerChanged", "mailTemplateChanged", "mappingChanged", "noticeRecipientsChanged",
             "noticeWebhookChanged"] + 3 * ["fieldDefined"]))
        self.assertEqual((self.events(), done["dryRun"], done["sync"]), (size + 9, False, None))
        self.assertEqual(self.foxtrail("settings", "export"), exported)
        self.assertEqual(self.foxtrail("settings", "apply", "all.yaml"), "nothing to change\n")
        self.foxtrail("projections", "check")

    def test_of_a_change_is_an_event_for_each_thing_and_is_told(self):
        self.begin()
        text = """account: {timeZone: America/New_York, plan: unlimited-agents}
agents: [{email: Ann@acme.example, name: Ann, role: admin}, {email: cy@acme.example, role: admin}]
contactFields: [{name: Department, type: text}, {name: Floor, type: number}]
mail: none
notices: {webhook: none}
---
tenant: contoso.example
contactSync: true
customFields: {Department: city}
"""
        dry = json.loads(self.foxtrail("settings", "apply", self.file("s", text), "--dry-run", "--json"))
        done = json.loads(self.foxtrail("settings", "apply", "s", "--json"))
        self.assertEqual(dry["changes"], done["changes"])
        self.assertEqual(dry["changed"], done["changed"])
        self.assertEqual(done["changed"], [
            "accountChanged", "agentChanged", "agentAdded", "agentRemoved", "fieldChanged", "fieldDefined", "mailServerChanged", "noticeWebhookChanged",
            "mappingChanged", "contactSyncEnabled", "fieldRemoved", "fieldRemoved"])
        self.assertEqual((dry["sync"], done["sync"]["new"]), (None, 12))
        self.assertIn({"tenant": None, "key": "account.timeZone", "old": "Europe/Berlin", "new": "America/New_York"}, done["changes"])
        for gone in ("mail.password", "webhook.secret"):
            self.assertFalse((self.home / "secrets" / gone).exists())
        self.assertEqual(self.rows("settings", "export")[0]["notices"], {"email": ["admins", "ops@acme.example"], "webhook": "none"})
        self.assertEqual([row["role"] for row in self.rows("agent", "list")], ["admin", "admin"])
        history = self.rows("settings", "history", "--installation")
        self.assertEqual({row["actor"] for row in history}, {ADMIN, "foxtrail"})
        self.assertIn([{"key": "agents", "old": "bo@acme.example (Bo: #1, agent)", "new": None}], [row["changes"] for row in history])
        self.assertIn([{"key": "notices.webhook", "old": "https://hooks.acme.example/foxtrail", "new": None}], [row["changes"] for row in history])
        self.assertIn([{"key": "notices.email", "old": None, "new": "admins, ops@acme.example"}], [row["changes"] for row in history])
        self.foxtrail("settings", "set", "account.timeZone", "Asia/Tokyo")
        self.assertEqual(self.rows("log", "show")[0]["timeZone"], "Asia/Tokyo")
        # Back to how it was before, mail and all but what is gone with its secret.
        past = self.foxtrail("settings", "export", "--at", history[-1]["position"] + 1)
        self.assertIn("timeZone: Europe/Berlin", past)
        self.foxtrail("projections", "check")
        self.foxtrail("replay")


    def test_who_takes_the_permission_from_themselves_still_starts_the_first_sync(self):
        self.begin()
        self.apply("agents: [{email: Ann@acme.example, role: agent}, {email: cy@acme.example, role: admin}]\n"
                   "---\ntenant: contoso.example\ncontactSync: true\n", codes=(0,))
        self.assertEqual(self.log()["new"], 12)
        self.foxtrail("sync", "run", codes=(77,))


class Refused(Configured):
    def test_what_cannot_be_is_refused_whole(self):
        self.begin()
        # What could be done alone is not, where the other document is refused.
        good, also = "account: {name: Other}\n---\n", "---\ntenant: contoso.example\nfullReadDays: 9\n"
        for code, text, *says in [
            (65, "acount: {name: X}\n", "unknown setting acount", "did you mean account?"),
            (65, "account: {timezone: Europe/Paris}\n", "did you mean account.timeZone?", "line 1"),
            (65, "app: true\naccount:\n  name: X\n  timeZone: Europe/Pariss\n", "line 4", "did you mean Europe/Paris?"),
            (65, "account: {plan: gold}\n", "unknown plan gold"), (65, "app: perhaps\n", "true or false"),
            (77, "account: {plan: team}\n", "app: false"),
            (65, "agents: [{email: bo@acme.example, role: agent}]\n", "Manage Apps"), (65, "agents: []\n", "Manage Apps"),
            (65, "agents: [{email: bo, role: admin}]\n", "bo is not an e-mail"), (65, "agents: {ann: admin}\n", "must be a list"),
            (65, 2 * "agents: [{email: a@b.example, role: admin}]\n---\n", "twice"),
            (65, "agents: [{email: a@b.example, role: admin}, {email: A@b.example, role: agent}]\n", "twice"),
            (65, "contactFields: [{name: A, type: dropdown}]\n", "choices"),
            (65, "contactFields: [{name: A, typ: text}]\n", "did you mean contactFields.type?"),
            (65, "contactFields: []\n", "the field Department is mapped", "customFields.Department"),
            (65, "mail: {host: mail.acme.example}\n", "a from"),
            (65, "mail: {host: h, from: a@b.example, user: x}\n", "passwordFile"),
            (65, "mail: {host: h, from: a@b.example, user: x, passwordFile: absent}\n", "absent cannot be read"),
            (65, "mailTexts: {subject: \"{{nam}}\"}\n", "nam"), (65, "helpDesk: zendesk\n", "embedded"),
            (65, "helpDesk: {happyfox: \"https://acme.happyfox.com\"}\n", "API key of HappyFox is missing"),
            (65, "app: true\ncontactSync: true\n", "---"),
            (78, "tenant: absent.example\naccountEmail: true\n", "foxtrail tenant authorize --tenant absent.example"),
            (65, "tenant: contoso.example\n---\ntenant: Contoso.Example\n", "twice"),
            (65, "contactSync: yess\n", "contactSync must be true or false"),
            (65, "customFields: {Flor: city}\n", "no custom field Flor"), (65, "---\n", "no settings"),
        ]:
            with self.subTest(text):
                is_alone = text.startswith("---") or "---" in text or "---" in says
                is_tenants = text.split(":")[0] in ("tenant", "contactSync", "customFields")
                self.refused(code, text if is_alone else good + text if is_tenants else text + also, *says)
        self.foxtrail("settings", "apply", self.file("good.yaml", good), agent="bo@acme.example", codes=(77,))

    def test_a_file_of_everything_is_no_what_if_of_the_installation(self):
        exported = self.begin()
        self.apply("contactSync: true\n", codes=(0,))
        edited = exported.replace("contactSync: false", "contactSync: true").replace("Department: department", "Department: displayName")
        tried = self.foxtrail("replay", "--settings", self.file("edited.yaml", edited))
        self.assertIn("12", tried)
        self.file("edited.yaml", edited.replace("Europe/Berlin", "Europe/Paris"))
        result = self.run_foxtrail("replay", "--settings", "edited.yaml")
        self.assertEqual(result.returncode, 65)
        self.assertIn("account.timeZone", result.stderr)


class SecretsByReference(HelpDeskScenario):
    def test_a_help_desk_moves_with_its_key_and_its_fields(self):
        self.simulate(6, clean=True)
        self.desk = self.account(0)
        self.install_with(self.desk)
        self.apply(HELP_DESK_SETTINGS.replace("contactSync: true", "contactSync: false"), codes=(0,))
        exported = self.foxtrail("settings", "export")
        self.assertIn("apiKeyFile: secrets/happyfox.key", exported)
        self.assertNotIn("contactFields", exported)
        self.home = self.directory / "second"
        self.homes.append(self.home)
        self.init()
        self.foxtrail("settings", "apply", self.file("all.yaml", exported.replace("secrets/", "../home/secrets/")), codes=(78,))
        self.assertIn("foxtrail app install", self.printed[-1])
        self.foxtrail("app", "install")
        self.assertEqual(self.authorize().returncode, 0)
        wrong, key = self.file("wrong", "a:b\n"), self.file("right", HappyFox.KEY + "\n")
        before = self.events()
        elsewhere = exported.replace("secrets/happyfox.key", str(wrong))
        self.foxtrail("settings", "apply", self.file("all.yaml", elsewhere), codes=(77,))
        elsewhere = exported.replace("secrets/happyfox.key", str(key))
        self.foxtrail("settings", "apply", self.file("all.yaml", elsewhere), "--dry-run")
        self.assertEqual(self.events(), before)
        self.assertFalse((self.home / "secrets" / "happyfox.key").exists())
        told = self.foxtrail("settings", "apply", "all.yaml")
        self.assertIn(f"helpDesk.happyfox: none -> {self.desk.url}\nhelpDesk.apiKeyFile: the one in use -> another\n", told)
        self.assertEqual(self.foxtrail("settings", "export"), exported)
        self.assertEqual(self.foxtrail("settings", "apply", "all.yaml"), "nothing to change\n")
        self.foxtrail("settings", "apply", self.file("fields", "contactFields: []\n"), codes=(65,))
        self.assertIn("belong to HappyFox", self.printed[-1])
        self.apply("contactSync: true\n", codes=(0,))
        self.foxtrail("settings", "apply", self.file("desk", "helpDesk: embedded\n"), codes=(65,))
        self.assertIn("--relink", self.printed[-1])


if __name__ == "__main__":
    unittest.main()

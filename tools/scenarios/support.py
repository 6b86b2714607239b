"""What scenarios share: an installation in its own home, a simulated tenant, and the command line."""

import base64
import concurrent.futures
import copy
import csv
import io
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

sys.path.append(str(pathlib.Path(__file__).parent.parent / "real-clients"))
from person import Person  # noqa: E402, F401

BINARY = os.environ["FOXTRAIL_BINARY"]
CLIENT = "00001111-aaaa-4222-8333-bbbbccccdddd"
SECRET = "simulated-secret"
ADMIN = "ann@acme.example"
SETTINGS = """contactSync: true
phones: {mobile: mobilePhone}
customFields: {Department: department, "Employee number": employeeId}
"""


class Simulator:
    """A simulated Entra ID tenant in a process of its own."""

    def __init__(self, users, page_size=200, clean=False, faults=(), options=(), ca=None):
        command = [BINARY, "simulate", "entra", "--users", str(users), "--port", "0", "--page-size", str(page_size)]
        command += ["--clean"] if clean else []
        for fault in faults:
            command += ["--fault", fault]
        command += map(str, options)
        self.ca, self.context = ca, ssl.create_default_context(cafile=ca) if ca else None
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().strip()
        self.token = None

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def call(self, method, path, body=None, headers=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **(headers or {})}
        return self.send(method, path, data, headers)

    def send(self, method, path, data=None, headers=None):
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers or {})
        with urllib.request.urlopen(request, timeout=30, context=self.context) as response:
            text = response.read()
        return json.loads(text) if text else None

    def change(self, object_id, **values):
        self.write("PATCH", f"/v1.0/users/{object_id}", values)

    def add(self, **values):
        return self.write("POST", "/v1.0/users", values)

    def write(self, method, path, values):
        if self.token is None:
            form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET,
                    "scope": "https://graph.microsoft.com/.default"}
            url = self.url + "/contoso.example/oauth2/v2.0/token"
            with urllib.request.urlopen(url, data=urllib.parse.urlencode(form).encode(), timeout=30) as response:
                self.token = json.load(response)["access_token"]
        return self.call(method, path, values, {"Authorization": f"Bearer {self.token}"})

    def misbehave(self, *faults):
        self.call("PUT", "/simulator/faults", list(faults))

    def requests(self):
        """How many requests have come to Graph's data."""
        counts = self.call("GET", "/simulator/requests")
        return sum(sum(statuses.values()) for name, statuses in counts.items() if name.startswith("GET /v1.0/"))


class HappyFox:
    """A simulated HappyFox account in a process of its own; takes the options of the command."""

    KEY = "simulated-key:simulated-code"

    def __init__(self, contacts=0, faults=(), options=()):
        command = [BINARY, "simulate", "happyfox", "--contacts", str(contacts), "--port", "0"]
        for fault in faults:
            command += ["--fault", fault]
        command += map(str, options)
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().strip()

    stop = Simulator.stop

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + "/simulator" + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            text = response.read()
        return json.loads(text) if text else None

    def misbehave(self, *faults):
        self.call("PUT", "/faults", list(faults))

    def contacts(self):
        """By address in lower case; those without one by number."""
        return {(row["email"] or str(row["id"])).lower(): row for row in self.call("GET", "/contacts")}

    def edit(self, contact, **changes):
        return self.call("PUT", f"/contacts/{contact}", changes)

    def fields(self, **changes):
        """The definitions of the custom fields, each changed by what is given for its name."""
        fields = self.call("GET", "/fields")
        for field in fields:
            field.update(changes.get(field["name"].replace(" ", "_"), {}))
        self.call("PUT", "/fields", fields)

    def requests(self, *routes):
        """How many requests have come, of all routes or of some, such as `POST users`."""
        counts = self.call("GET", "/requests")
        return sum(sum(statuses.values()) for name, statuses in counts.items()
                   if name != "simulator" and (not routes or name in routes))

    def forget(self):
        self.call("DELETE", "/requests")


class Scenario(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="foxtrail-scenario-"))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.home = self.directory / "home"
        self.printed = []

    def simulate(self, *arguments, **options):
        self.simulator = Simulator(*arguments, **options)
        self.addCleanup(self.simulator.stop)
        return self.simulator

    def environment(self, agent=ADMIN):
        values = {name: value for name, value in os.environ.items() if not name.startswith("FOXTRAIL_")}
        values["FOXTRAIL_HOME"] = str(self.home)
        return {**values, "FOXTRAIL_AGENT": agent} if agent else values

    def start(self, *arguments):
        process = subprocess.Popen([BINARY, *map(str, arguments)], env=self.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.finish, process)
        return process

    def finish(self, process):
        process.kill()
        process.wait()

    def run_foxtrail(self, *arguments, agent=ADMIN):
        result = subprocess.run([BINARY, *map(str, arguments)], env=self.environment(agent), cwd=self.directory,
                                capture_output=True, text=True, timeout=120)
        self.printed += [result.stdout, result.stderr]
        return result

    def foxtrail(self, *arguments, codes=(0,), agent=ADMIN):
        result = self.run_foxtrail(*arguments, agent=agent)
        self.assertIn(result.returncode, codes, f"foxtrail {arguments}: {result.stdout[-800:]}{result.stderr[-800:]}")
        return result.stdout

    def rows(self, *arguments):
        return [json.loads(line) for line in self.foxtrail(*arguments, "--json").split("\n") if line]

    def file(self, name, text):
        path = self.directory / name
        path.write_text(text)
        return path

    def init(self):
        self.foxtrail("init", "--account", "Acme", "--time-zone", "Europe/Berlin", "--portal-url", "https://acme.example",
                      "--admin", ADMIN, agent=None)

    def tenant(self, verb, *arguments, **options):
        """Runs a command of `tenant` that asks the simulator."""
        where = ("--authority", self.simulator.url, "--graph", self.simulator.url)
        return self.run_foxtrail("tenant", verb, *arguments, "--client-id", CLIENT, *where, **options)

    def tenants(self):
        return {row["domain"]: row for row in self.rows("tenant", "list")}

    def authorize(self, secret=SECRET):
        return self.run_foxtrail("tenant", "authorize", "--tenant", "contoso.example", "--client-id", CLIENT,
                                 "--client-secret-file", self.file("secret", secret + "\n"),
                                 "--authority", self.simulator.url, "--graph", self.simulator.url)

    def install(self):
        self.init()
        self.foxtrail("app", "install")
        self.foxtrail("field", "add", "Department", "--type", "text", "--required")
        self.foxtrail("field", "add", "Employee number", "--type", "number")
        self.assertEqual(self.authorize().returncode, 0, self.printed[-1])

    def apply(self, text=SETTINGS, codes=(0, 2)):
        return self.foxtrail("settings", "apply", self.file("settings.yaml", text), codes=codes)

    def sync(self, codes=(0, 2)):
        return json.loads(self.foxtrail("sync", "run", "--json", codes=codes))

    def log(self):
        return self.rows("log", "show")[0]

    def contacts(self):
        return self.rows("contact", "list")

    def report(self):
        return list(csv.DictReader(io.StringIO(self.foxtrail("log", "report"))))

    def events(self):
        return self.rows("journal", "stat")[0]["events"]

    def types(self):
        return self.rows("journal", "stat")[0]["types"]


HELP_DESK_SETTINGS = """contactSync: true
phones: {mobile: mobilePhone}
customFields: {Department: department}
"""


class HelpDeskScenario(Scenario):
    """An installation whose contacts live in a simulated HappyFox account."""

    def setUp(self):
        super().setUp()
        self.homes = [self.home]
        self.addCleanup(self.expect_the_key_nowhere)

    def expect_the_key_nowhere(self):
        """Outside its own directory, in whatever form."""
        forms = [*HappyFox.KEY.split(":"), base64.b64encode(HappyFox.KEY.encode()).decode()]
        files = [path for home in self.homes for path in home.rglob("*") if path.is_file() and "secrets" not in path.parts]
        for text in [path.read_bytes() for path in files] + ["".join(self.printed).encode()]:
            for form in forms:
                self.assertNotIn(form.encode(), text)

    def account(self, *arguments, **options):
        """A HappyFox account that ends with the scenario."""
        account = HappyFox(*arguments, **options)
        self.addCleanup(account.stop)
        return account

    def use(self, account, *options, key=HappyFox.KEY):
        return self.run_foxtrail("help-desk", "use", "happyfox", "--url", account.url, "--api-key-file",
                                 self.file("key", key + "\n"), *options)

    def install_with(self, account):
        """Everything but the settings."""
        self.init()
        self.foxtrail("app", "install")
        self.assertEqual(self.authorize().returncode, 0, self.printed[-1])
        self.assertEqual(self.use(account).returncode, 0, self.printed[-1])
        self.foxtrail("field", "pull")

    def begin(self, users, contacts=0, settings=HELP_DESK_SETTINGS, codes=(0,), **options):
        """A tenant, an account, an installation and its first sync; returns the account as it is now."""
        self.simulate(users, clean=True)
        self.desk = self.account(contacts, **options)
        self.install_with(self.desk)
        self.before = self.desk.contacts()
        self.desk.forget()
        self.apply(settings, codes=codes)
        return self.desk.contacts()

    def apart(self, name):
        """The same scenario with a home of its own, for a thread of its own."""
        other = copy.copy(self)
        other.directory = self.directory / name
        other.directory.mkdir()
        other.home = other.directory / "home"
        self.homes.append(other.home)
        return other

    def at_once(self, body, cases, threads=6):
        """Plays cases beside each other; the first that fails tells which it was."""
        def play(case):
            try:
                body(case)
            except AssertionError as error:
                raise AssertionError(f"{case}: {error}") from error
        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(play, case) for case in cases]:
                done.result()

    def expect_clean(self):
        """What is recorded verifies, is what the read models hold, and would be decided the same way again."""
        self.foxtrail("journal", "verify")
        self.foxtrail("projections", "check")
        self.foxtrail("replay")

    def expect_one_each(self, account, count, phones=1):
        contacts = account.call("GET", "/contacts")
        emails = [row["email"] for row in contacts]
        self.assertEqual((len(contacts), len(set(emails))), (count, count))
        if phones is not None:
            self.assertEqual({len(row["phones"]) for row in contacts}, {phones})

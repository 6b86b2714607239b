"""The service that runs the schedule, and `sync due` for cron.

Midnight comes when a test needs it: the account's time zone is a file of the test's own, with an offset to the second."""

import datetime
import json
import os
import signal
import socket
import subprocess
import time

from support import ADMIN, BINARY, HELP_DESK_SETTINGS, HelpDeskScenario, Scenario
from test_schedule import tzif


class Served(Scenario):
    def setUp(self):
        super().setUp()
        self.zones = self.directory / "zoneinfo" / "Europe"
        self.zones.mkdir(parents=True)
        self.midnight_in(-43200)
        os.environ["TZDIR"] = str(self.zones.parent)
        self.addCleanup(os.environ.pop, "TZDIR")

    def midnight_in(self, seconds):
        """Sets the account's clock so that a day begins so many seconds from now."""
        west = (int(time.time()) + seconds) % 86400
        hours, minutes, rest = west // 3600, west // 60 % 60, west % 60
        (self.zones / "Berlin").write_bytes(tzif(f"XXX{hours}:{minutes:02}:{rest:02}"))

    def serve(self, *options, agent=None, **environment):
        log = self.directory / f"log-{time.monotonic_ns()}"
        with log.open("w") as file:
            process = subprocess.Popen([BINARY, "serve", "--listen", "none", *options],
                                       env={**self.environment(agent), **environment},
                                       stdout=subprocess.DEVNULL, stderr=file)
        process.log = log
        self.addCleanup(self.finish, process)
        return process

    def lines(self, process):
        return [json.loads(line) for line in process.log.read_text().splitlines()]

    def wait_for(self, condition, what, seconds=20):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, f"no {what}")
            time.sleep(0.05)

    def stop(self, process, number=signal.SIGTERM, within=2.0):
        began = time.monotonic()
        process.send_signal(number)
        code = process.wait(20)
        self.assertLess(time.monotonic() - began, within)
        return code

    def syncs(self):
        return [row["data"]["trigger"] for row in self.rows("journal", "list", "--type", "syncStarted")]


class TheService(Served):
    def begin(self, users=40, **options):
        self.simulate(users, clean=True, **options)
        self.install()
        self.apply()

    def test_runs_what_was_missed_and_what_is_due_and_survives_what_fails(self):
        self.begin()
        self.midnight_in(1)
        time.sleep(1.5)
        service = self.serve("--log-format", "json")
        self.wait_for(lambda: any("completed" in line["message"] for line in self.lines(service)), "missed sync")
        self.assertEqual(self.syncs(), ["enabled", "schedule"])
        self.assertEqual(self.rows("journal", "list", "--type", "syncStarted")[-1]["actor"], "foxtrail")
        second = self.run_foxtrail("serve", agent=None)
        self.assertEqual(second.returncode, 75)
        self.assertIn(f"process {service.pid}", second.stderr)
        self.assertEqual(self.stop(service), 0)

        lines = self.lines(service)
        messages = [line["message"] for line in lines]
        self.assertEqual(messages[:4], [
            "foxtrail serves", "a sync was missed, and runs now", "sync 2 begins", "sync 2 completed"])
        self.assertEqual(messages[-2:], ["stopping", "stopped"])
        done = lines[3]
        self.assertEqual((done["sync"], done["new"], done["existing"], done["failed"]), (2, 0, 40, 0))
        self.assertEqual(done["tenants"], [row["id"] for row in self.tenants().values()])
        self.expect_nobody(service)

        # The next one comes while the service waits for it, and Entra ID refuses.
        self.simulator.misbehave({"kind": "forbidden", "from": 1})
        midnight = time.time() + 3
        self.midnight_in(3)
        service = self.serve("--log-format", "json")
        self.wait_for(lambda: any("failed" in line["message"] for line in self.lines(service)), "sync that fails")
        failed = next(line for line in self.lines(service) if line["level"] == "error")
        self.assertTrue(failed["hints"])
        started = seconds(self.rows("journal", "list", "--type", "syncStarted")[-1]["recordedAt"])
        self.assertLess(abs(started - midnight), 3)
        self.assertIsNone(service.poll())
        self.assertEqual(self.syncs(), ["enabled", "schedule", "schedule"])
        self.expect_nobody(service)
        self.assertEqual(self.stop(service, signal.SIGINT), 0)

    def expect_nobody(self, service):
        text = service.log.read_text()
        for contact in self.contacts():
            self.assertNotIn(contact["email"], text)
            self.assertNotIn(contact["name"], text)

    def test_stops_in_the_middle_of_a_sync_and_goes_on_at_the_next_start(self):
        self.begin(users=600, page_size=20)
        self.simulator.misbehave({"kind": "slow", "every": 1, "seconds": 0.2})
        self.foxtrail("settings", "set", "fields.name", "givenName")  # everybody has to be read again
        self.midnight_in(1)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(str(self.directory / "notify"))
            notices.settimeout(10)
            time.sleep(1.5)
            service = self.serve(NOTIFY_SOCKET=str(self.directory / "notify"))
            self.assertEqual(notices.recv(300), b"READY=1\nSTATUS=a sync is due")
            pages = self.types()["pageRead"]
            self.wait_for(lambda: self.types()["pageRead"] > pages + 2, "page")
            self.assertEqual(self.stop(service), 0)
            self.assertEqual(notices.recv(300), b"STOPPING=1")
            self.assertEqual(self.log()["status"], "interrupted")
            self.foxtrail("journal", "verify")
            self.simulator.misbehave()
            # As after an upgrade: systemd must not lose patience while the journal is taken in anew.
            for file in self.home.glob("projections.sqlite*"):
                file.unlink()
            service = self.serve(NOTIFY_SOCKET=str(self.directory / "notify"))
            folding = notices.recv(300).decode()
            self.assertRegex(folding, r"\ASTATUS=folding: 1000 of \d+ events\nEXTEND_TIMEOUT_USEC=\d+\Z")
            self.assertTrue(notices.recv(300).startswith(b"READY=1\n"))
        self.wait_for(lambda: self.log()["status"] == "completed", "sync that goes on")
        self.assertEqual(self.stop(service), 0)
        self.assertEqual(self.syncs(), ["enabled", "schedule", "schedule"])
        self.assertEqual(len(self.contacts()), 600)
        self.foxtrail("projections", "check")
        self.foxtrail("replay")

    def test_goes_on_when_the_agent_or_the_reader_of_its_log_has_gone(self):
        self.begin()
        self.foxtrail("agent", "add", "bob@acme.example", "--name", "Bob", "--role", "admin")
        self.foxtrail("agent", "remove", "bob@acme.example")
        self.midnight_in(1)
        time.sleep(1.5)
        service = self.serve("--log-format", "json", agent="Bob@acme.example")
        self.wait_for(lambda: any("completed" in line["message"] for line in self.lines(service)), "sync")
        error = next(line for line in self.lines(service) if line["level"] == "error")
        self.assertIn("may not run a sync any more", error["message"])
        self.assertNotIn("bob@", service.log.read_text().lower())
        self.assertEqual(self.stop(service), 0)
        self.assertEqual(self.rows("journal", "list", "--type", "syncStarted")[-1]["actor"], "foxtrail")
        # Nobody reads what it logs.
        reader, writer = os.pipe()
        os.close(reader)
        self.midnight_in(2)
        service = subprocess.Popen([BINARY, "serve", "--listen", "none"], env=self.environment(None), stderr=writer)
        os.close(writer)
        self.addCleanup(self.finish, service)
        self.wait_for(lambda: self.syncs() == ["enabled", "schedule", "schedule"], "sync that nobody hears of")
        self.wait_for(lambda: self.log()["status"] == "completed", "end of it")
        self.assertEqual(self.stop(service), 0)

    def test_outlives_an_update_that_takes_the_time_zone_away(self):
        self.begin()
        self.midnight_in(4)
        town = self.zones.parent / "Acme" / "Town"
        town.parent.mkdir()
        town.write_bytes((self.zones / "Berlin").read_bytes())
        # Only the system knows this one: it can be set, and whatever shows a time goes by it.
        self.foxtrail("settings", "set", "account.timeZone", "Acme/Town")
        self.assertIn("COMPLETED AT (Acme/Town)", self.foxtrail("log", "show"))
        self.assertRegex(self.foxtrail("log", "show"), r"T23:59:\d\d[+-]")
        service = self.serve("--log-format", "json")
        self.wait_for(lambda: self.lines(service), "service")
        town.unlink()
        self.wait_for(lambda: len(self.lines(service)) > 1, "look without the zone")
        self.assertEqual([line["level"] for line in self.lines(service)], ["info", "warning"])
        self.assertIn("Acme/Town", self.lines(service)[1]["message"])
        self.assertEqual(self.stop(service), 0)
        self.assertEqual(self.run_foxtrail("serve", agent=None).returncode, 78)

    def test_does_not_serve_a_home_that_no_command_could_use(self):
        self.assertEqual(self.run_foxtrail("serve", agent=None).returncode, 78)
        self.init()
        self.assertEqual(self.run_foxtrail("serve", agent="nobody@acme.example").returncode, 77)
        subprocess.run(["sqlite3", self.home / "journal.sqlite", "PRAGMA user_version = 99"], check=True)
        self.assertEqual(self.run_foxtrail("serve", agent=None).returncode, 78)


class SyncDue(Served):
    def test_runs_once_a_day_and_says_when_the_next_is(self):
        idle = self.run_foxtrail("sync", "due", agent=None)
        self.assertEqual(idle.returncode, 78)
        self.simulate(600, page_size=20, clean=True)
        self.install()
        self.assertIn("nothing to sync", self.foxtrail("sync", "due", agent=None))
        self.apply()
        self.midnight_in(2)
        waiting = self.rows("sync", "due")[0]
        self.assertFalse(waiting["due"])
        time.sleep(max(0, seconds(waiting["next"]) - time.time()) + 0.1)
        self.simulator.misbehave({"kind": "slow", "every": 1, "seconds": 0.1})
        self.foxtrail("settings", "set", "fields.name", "givenName")
        first = self.start("sync", "due")
        self.wait_for(lambda: self.log()["status"] == "running", "sync")
        # It is this day's, and at work.
        self.assertFalse(self.rows("sync", "due")[0]["due"])
        self.assertEqual(first.wait(60), 0)
        self.assertEqual(self.syncs(), ["enabled", "schedule"])
        # By hand, over a midnight.
        self.foxtrail("settings", "set", "fields.name", "displayName")
        by_hand = self.start("sync", "run")
        self.wait_for(lambda: self.log()["status"] == "running", "sync")
        self.assertEqual(self.run_foxtrail("sync", "due", "--now", "2026-12-24T12:00:00Z").returncode, 75)
        by_hand.wait(60)

    def test_acts_as_the_schedule_or_as_an_agent_who_may(self):
        self.simulate(10, clean=True)
        self.install()
        self.apply()
        self.foxtrail("agent", "add", "bob@acme.example", "--name", "Bob", "--role", "agent")
        later = ("sync", "due", "--now", "2026-12-24T12:00:00Z")
        self.assertEqual(self.run_foxtrail(*later, agent="bob@acme.example").returncode, 77)
        for agent, actor in [(None, "foxtrail"), (ADMIN, ADMIN)]:
            self.foxtrail(*later, agent=agent)
            self.assertEqual(self.rows("journal", "list", "--type", "syncStarted")[-1]["actor"], actor)


class AWriteUnderWay(HelpDeskScenario):
    def test_is_waited_for_when_the_sync_is_interrupted(self):
        self.simulate(250, clean=True)
        desk = self.account()
        self.install_with(desk)
        desk.misbehave({"kind": "slow", "every": 1, "seconds": 0.7, "scope": "write"})
        process = self.start("settings", "apply", self.file("settings.yaml", HELP_DESK_SETTINGS))
        end = time.monotonic() + 30
        while not desk.requests("POST users") and time.monotonic() < end:
            time.sleep(0.02)
        began = time.monotonic()
        process.terminate()
        self.assertEqual(process.wait(20), 128 + signal.SIGTERM)
        self.assertLess(time.monotonic() - began, 2.5)
        types = self.types()
        self.assertEqual(types["syncInterrupted"], 1)
        # What was sent has its outcome, and needs no look at the help desk to find out.
        self.assertEqual(types["contactCreated"], types["contactWriteRequested"])
        self.assertEqual(len(desk.contacts()), types["contactCreated"])
        desk.misbehave()
        self.sync(codes=(0,))
        self.expect_one_each(desk, 250)


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()

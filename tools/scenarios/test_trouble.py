"""Crashes, misbehaving far ends, and readers beside a sync."""

import json
import random
import subprocess
import time

from support import BINARY, SETTINGS, Scenario

PASSING = ["throttle", "unavailable", "gatewayTimeout", "drop", "truncate", "notJSON", "unauthorized"]


class AKilledSync(Scenario):
    def people(self):
        return sorted(json.dumps([row[key] for key in ("objectID", "email", "name", "phones", "customFields")])
                      for row in self.contacts())

    def begin(self, name):
        self.home = self.directory / name
        self.install()
        return self.start("settings", "apply", self.file("settings.yaml", SETTINGS))

    def test_converges_wherever_it_was_killed(self):
        self.simulate(2000, page_size=50, faults=["slow:every=1,seconds=0.02"])
        process, began = self.begin("undisturbed"), time.monotonic()
        process.wait(60)
        duration, expected = time.monotonic() - began, self.people()
        chance = random.Random(7)
        interrupted = 0
        for number in range(12):
            moment = duration * (number + chance.random()) / 12
            with self.subTest(moment=round(moment, 3)):
                process = self.begin(f"killed-{number}")
                time.sleep(moment)
                running = process.poll() is None
                self.finish(process)
                types = self.types()
                began = types.get("syncStarted", 0) > types.get("syncCompleted", 0)
                self.foxtrail("journal", "verify")
                if not types.get("contactSyncEnabled"):
                    self.apply()
                self.sync()
                self.assertEqual(self.people(), expected)
                emails = [row["email"] for row in self.contacts()]
                self.assertEqual(len(emails), len(set(emails)))
                self.assertEqual(self.types().get("syncInterrupted", 0), int(began))
                self.foxtrail("journal", "verify")
                interrupted += int(began and running)
        self.assertGreater(interrupted, 5)


class AMisbehavingFarEnd(Scenario):
    def test_a_passing_fault_is_got_over(self):
        for kind in PASSING:
            with self.subTest(kind):
                self.home = self.directory / kind
                self.simulate(60, page_size=20, clean=True)
                self.install()
                self.simulator.misbehave({"kind": kind, "at": [2]})
                self.apply(codes=(0,))
                self.assertEqual(len(self.contacts()), 60)
                self.assertEqual(self.log()["synced"], 60)

    def test_a_lasting_refusal_ends_the_sync_and_leaves_the_contacts(self):
        self.simulate(60, page_size=20, clean=True)
        self.install()
        self.apply()
        before = self.contacts()
        self.simulator.change(before[0]["objectID"], department="Harbour")
        self.simulator.misbehave({"kind": "forbidden", "from": 1})
        self.foxtrail("sync", "run", codes=(69,))
        self.assertEqual(self.contacts(), before)
        self.assertEqual(self.log()["status"], "failed")
        self.simulator.misbehave()
        # A permission that is gone for good switches the tenant off.
        self.foxtrail("tenant", "enable", "contoso.example")
        self.sync(codes=(0,))
        self.assertEqual(self.contacts()[0]["customFields"]["Department"], "Harbour")
        self.assertEqual(len(self.contacts()), 60)


class AReaderBesideASync(Scenario):
    def test_sees_positions_without_a_hole(self):
        self.simulate(1000, page_size=50, faults=["slow:every=1,seconds=0.1"])
        self.install()
        process = self.start("settings", "apply", self.file("settings.yaml", SETTINGS))
        seen = []
        while process.poll() is None:
            result = subprocess.run([BINARY, "journal", "list", "--json"], env=self.environment(), capture_output=True, text=True)
            self.assertEqual(result.returncode, 0, result.stderr)
            positions = [json.loads(line)["position"] for line in result.stdout.splitlines()]
            self.assertEqual(positions, list(range(1, len(positions) + 1)))
            seen.append(len(positions))
        self.assertGreater(len(set(seen)), 3, "the sync was over before it could be watched")
        self.assertEqual(seen, sorted(seen))

"""Health and metrics of `foxtrail serve`, read by others' parser."""

import datetime
import json
import shutil
import signal
import subprocess
import unittest
import urllib.error
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

from support import ADMIN, BINARY, Scenario


class ConsoleTest(Scenario):
    def serve(self):
        """Starts the service and returns the address of its console."""
        process = subprocess.Popen([BINARY, "serve", "--listen", "127.0.0.1:0", "--log-format", "json"],
                                   env=self.environment(agent=None), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   text=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(self.finish, process)
        self.process = process
        for line in process.stderr:
            url = json.loads(line).get("url")
            if url:
                return url
        self.fail("the console does not listen")

    def ask(self, url):
        try:
            with urllib.request.urlopen(url, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def metrics(self, url):
        """Each sample's value by its name and its labels' values."""
        status, text = self.ask(url + "/metrics")
        self.assertEqual(status, 200)
        families = list(text_string_to_metric_families(text))
        self.assertEqual(len({family.name for family in families}), len(families))
        self.assertTrue(all(family.documentation and family.type in ("counter", "gauge") for family in families))
        return {(sample.name, *sample.labels.values()): sample.value for family in families
                for sample in family.samples}, text

    def test_a_service_tells_how_it_does(self):
        self.simulate(40)
        self.install()
        self.apply()
        url = self.serve()
        self.assertEqual(self.ask(url + "/healthz")[0], 200)
        status, text = self.ask(url + "/readyz")
        self.assertEqual((status, json.loads(text)["failing"]), (200, []))
        self.sync()
        log = self.log()
        metrics, text = self.metrics(url)
        self.assertEqual(metrics["foxtrail_syncs_total", "manual", "completed"], 1)
        self.assertEqual(metrics["foxtrail_syncs_total", "enabled", "completed"], 1)
        self.assertEqual(metrics["foxtrail_records_total", "new"], len(self.contacts()))
        self.assertEqual(metrics["foxtrail_last_sync_records", "failed"], log["failed"])
        (tenant,) = self.rows("tenant", "list")
        self.assertEqual(metrics["foxtrail_tenant_failing_records", tenant["id"]], log["failed"])
        self.assertGreater(log["failed"], 0)
        self.assertEqual(metrics["foxtrail_journal_events", ], self.events())
        next_sync = self.rows("schedule", "--count", "1")[0]["at"]
        self.assertAlmostEqual(metrics["foxtrail_next_sync_timestamp_seconds", ], epoch(next_sync), delta=1)
        self.assertLess(metrics["foxtrail_last_complete_sync_age_seconds", ], 120)
        for word in (ADMIN, "contoso", "Acme", *(row["email"] for row in self.contacts())):
            self.assertNotIn(word, text)
        self.expect_trouble(url)

    def expect_trouble(self, url):
        """A disposable file that is missing, and a journal behind what was signed."""
        def failing():
            status, text = self.ask(url + "/readyz")
            self.assertEqual(status, 503)
            return json.loads(text)["failing"]

        older = self.directory / "older"
        self.foxtrail("journal", "backup", older)
        self.foxtrail("journal", "checkpoint")
        self.foxtrail("contact", "add", "--email", "desk@acme.example", "--name", "Desk")
        self.foxtrail("journal", "checkpoint")
        self.process.send_signal(signal.SIGSTOP)
        for name in ("journal.sqlite-wal", "journal.sqlite-shm", "projections.sqlite"):
            (self.home / name).unlink(missing_ok=True)
        shutil.copy(older, self.home / "journal.sqlite")
        self.process.send_signal(signal.SIGCONT)
        self.assertEqual(failing(), ["checkpoint", "projections"])
        self.assertEqual(self.ask(url + "/healthz")[0], 200)


def epoch(time):
    return datetime.datetime.fromisoformat(time).timestamp()


if __name__ == "__main__":
    unittest.main()

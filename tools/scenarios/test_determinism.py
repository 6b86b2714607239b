"""The same inputs give the same events, whatever process, locale and time zone decides; and their JSON is canonical."""

import json
import os
import sqlite3

import rfc8785

from support import Scenario

ELSEWHERE = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"}
# Entra ID's bytes are kept as they came; all others are written by us.
FROM_ENTRA = ("userFetched", "userChanged")


class Determinism(Scenario):
    def events(self):
        """What was decided, without what differs between any two journals: times, salts and random ids."""
        with sqlite3.connect(f"file:{self.home}/journal.sqlite?mode=ro", uri=True) as journal:
            rows = journal.execute("SELECT type, actor, sync, subject, previous, data FROM events ORDER BY position")
            skipped = ("accountOpened", "pageRead", "selectionRead", "checkpointSigned")
            return [row for row in rows if row[0] not in skipped]

    def sync_in(self, name, environment):
        self.home = self.directory / name
        before = {key: os.environ.get(key) for key in environment}
        os.environ.update(environment)
        try:
            self.install()
            self.apply()
        finally:
            for key, value in before.items():
                os.environ.pop(key) if value is None else os.environ.update({key: value})
        return self.events()

    def test_two_processes_decide_the_same_in_any_locale_and_time_zone(self):
        self.simulate(400)
        here = self.sync_in("here", {})
        there = self.sync_in("there", ELSEWHERE)
        self.assertEqual(len(here), len(there))
        for ours, theirs in zip(here, there):
            self.assertEqual(ours, theirs)
        os.environ.update(ELSEWHERE)
        self.addCleanup(lambda: [os.environ.pop(key) for key in ELSEWHERE])
        self.home = self.directory / "here"
        self.foxtrail("replay")
        self.foxtrail("projections", "check")
        self.foxtrail("journal", "verify")

    def test_what_we_write_is_canonical_json(self):
        """RFC 8785, by an implementation that is not ours."""
        self.simulate(400)
        self.install()
        names = ["\u0000\u0001\u001f", "\"quoted\" \\ back/slash", "\u2028\u2029", "I\u0307stanbul", "\U0001f98a fox", "e\u0301"]
        self.apply()
        contacts = self.contacts()
        for contact, name in zip(contacts, names):
            self.simulator.change(contact["objectID"], displayName="x" + name)
        self.sync()
        count = 0
        for kind, _, _, _, _, data in self.events():
            if kind in FROM_ENTRA:
                continue
            count += 1
            self.assertEqual(rfc8785.dumps(json.loads(data)), data.encode(), kind)
        self.assertGreater(count, 400)
        shown = {contact["name"] for contact in self.contacts()}
        self.assertLessEqual({"x" + name for name in names}, shown)

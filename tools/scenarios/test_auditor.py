"""An auditor who has one proof and the public key, and nothing of ours: hashlib, base64 and openssl."""

import base64
import hashlib
import json
import re
import shutil
from datetime import date, datetime, timezone

from proofs import ProofScenario


def opened(proof):
    """What the proof's extra line holds: entry, salt and data."""
    return json.loads(base64.b64decode(re.search(r"(?m)^extra (\S+)$", proof).group(1)))


def checked(proof):
    """The entry's lines and its data, where hashes lead from the data to the root that the note names; by the words of
    migrations/README.md and RFC 9162 section 2.1.3.2, and no code of the project."""
    above, _, note = proof.partition("\n\n")
    head, _, index, *path = above.split("\n")
    assert head == "c2sp.org/tlog-proof@v1"
    entry, salt, data = (opened(proof)[name] for name in ("entry", "salt", "data"))
    lines = entry.split("\n")
    assert hashlib.sha256(base64.b64decode(salt) + data.encode()).hexdigest() == lines[9]
    _, size, root = note.split("\n")[:3]
    at, last = int(index.removeprefix("index ")), int(size) - 1
    assert str(at + 1) == lines[1]
    node = hashlib.sha256(b"\0" + entry.encode()).digest()
    for sibling in map(base64.b64decode, path):
        if at & 1 or at == last:
            node = hashlib.sha256(b"\1" + sibling + node).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + sibling).digest()
        at, last = at >> 1, last >> 1
    assert last == 0 and base64.b64encode(node).decode() == root
    return lines, json.loads(data), note


class OneProof(ProofScenario):
    def setUp(self):
        super().setUp()
        self.simulate(200)
        self.install()
        self.apply()

    def fetched(self):
        """What Entra ID says of each user, by the events' subjects."""
        return {row["subject"]: row["data"] for row in self.rows("journal", "list", "--type", "userFetched")}

    def personal(self, user):
        """Names, addresses and numbers that would tell who it is."""
        values = [user.get(name) for name in ("displayName", "userPrincipalName", "mail", "mobilePhone", "id")]
        return {value.lower().encode() for value in values if value and len(value) > 3}

    def test_shows_each_failed_record_and_its_date_and_nobody_else(self):
        users, key = self.fetched(), self.public_key()
        failed = [row for row in self.rows("journal", "list", "--type", "contactFailed")
                  if all(reason["code"] != "duplicateEmail" for reason in row["data"]["reasons"])]
        self.assertGreater(len(failed), 3)
        proofs = {row["position"]: self.prove(row["position"]).read_text() for row in failed}
        today = {date.fromtimestamp(time) for time in (self.home.stat().st_ctime, datetime.now().timestamp())}
        shutil.rmtree(self.home)
        for row in failed:
            lines, data, note = checked(proofs[row["position"]])
            self.expect_openssl_agrees(note, key)
            self.assertEqual((lines[0], lines[3], lines[7]), ("foxtrail-event-v1", "contactFailed", row["subject"]))
            self.assertIn(datetime.fromtimestamp(int(lines[2]) / 1000, timezone.utc).astimezone().date(), today)
            self.assertEqual(data["reasons"], row["data"]["reasons"])
            self.assertTrue(all(re.fullmatch("[a-zA-Z]+", reason["code"]) for reason in data["reasons"]))
            seen = (proofs[row["position"]] + "".join(opened(proofs[row["position"]]).values())).lower().encode()
            own = self.personal(users[row["subject"]])
            others = set().union(*(self.personal(user) for user in users.values())) - own
            self.assertEqual({value for value in others if value in seen}, set())
            self.assertIn(row["subject"].split("/")[1].encode(), seen)

    def test_is_worth_nothing_once_it_says_something_else(self):
        row = self.rows("journal", "list", "--type", "contactFailed")[0]
        proof = self.prove(row["position"]).read_text()
        whole = opened(proof)
        checked(proof)
        recorded_at = whole["entry"].split("\n")[2]
        for changed in ({"data": whole["data"].replace(row["data"]["reasons"][0]["code"], "nameMissing1")},
                        {"entry": whole["entry"].replace(recorded_at, str(int(recorded_at) - 86_400_000))},
                        {"entry": whole["entry"].replace("contactFailed", "contactCreated")}):
            extra = base64.b64encode(json.dumps({**whole, **changed}).encode()).decode()
            with self.assertRaises(AssertionError):
                checked(re.sub(r"extra \S+", "extra " + extra, proof))

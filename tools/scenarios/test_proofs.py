"""Checkpoints, proofs and exports, as an auditor uses them: with other people's tools, and without the installation."""

import base64
import contextlib
import datetime
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess

import cloudevents.http
import pymerkle

from proofs import VERIFIER, ProofScenario, entries, go_verifier, merkle_tree, read_proof


class TheAuditor(ProofScenario):
    """Has only the export, a proof, the public key and public tools."""

    def setUp(self):
        super().setUp()
        self.simulate(300)
        self.install()
        self.apply()

    def failed_alone(self):
        """A record that failed for itself, and no rival is named."""
        for row in self.rows("journal", "list", "--type", "contactFailed"):
            if all(reason["code"] != "sameEmail" for reason in row["data"]["reasons"]):
                return row
        return self.fail("nobody failed")

    def test_confirms_that_a_record_failed_on_a_date_and_sees_nobody_else(self):
        addresses = {row["Email"].lower() for row in self.report() if row["Email"]}
        failed = self.failed_alone()
        key, proof, export = self.public_key(), self.prove(failed["position"]), self.export("tiles")
        shutil.rmtree(self.home)
        self.simulator.stop()
        self.assertIn(f"signed by {key.split('+')[0]}", self.second_opinion(export, "--public-key", key))
        told = self.second_opinion(proof, "--public-key", key)
        self.assertIn("type: contactFailed\n", told)
        self.assertIn(f"subject: {failed['subject']}\n", told)
        self.assertIn(json.dumps(failed["data"]["reasons"][0]["code"]), told)
        at = int(re.search(r"recorded_at: (\d+)", told).group(1)) // 1000
        told_at = datetime.datetime.fromisoformat(failed["recordedAt"].replace("Z", "+00:00"))
        self.assertEqual(at, int(told_at.timestamp()))
        seen = {address for address in addresses for text in [*entries(export), told.encode().lower()] if address.encode() in text}
        self.assertLessEqual(seen, {failed["data"].get("email", "").lower()})

    def test_openssl_and_pymerkle_agree(self):
        key, export = self.public_key(), self.export("tiles")
        note = (export / "checkpoint").read_text()
        self.expect_openssl_agrees(note, key)
        tree, (_, size, root) = merkle_tree(export), note.split("\n")[:3]
        self.assertEqual((tree.get_size(), base64.b64encode(tree.get_state()).decode()), (int(size), root))
        for position in (1, 2, 255, 256, 257, 300, int(size)):
            index, path, extra, checkpoint = read_proof(self.prove(position))
            self.assertEqual((index, checkpoint), (position - 1, note))
            theirs = tree.prove_inclusion(position, int(size))
            self.assertEqual(theirs.path[1:], path)
            self.assertEqual(theirs.path[0], tree.hash_buff(extra["entry"].encode()))
            pymerkle.verify_inclusion(theirs.path[0], base64.b64decode(root), theirs)

    def test_the_packages_of_the_go_checksum_database_agree(self):
        binary, key, earlier = go_verifier(self.directory), self.public_key(), self.checkpoint("earlier")
        self.foxtrail("field", "add", "Later", "--type", "text")
        self.checkpoint()
        proofs = [self.prove(position) for position in (1, 256, 257, self.events() - 1)]
        subprocess.run([binary, key, self.export("tiles"), earlier, *proofs], check=True)
        changed = proofs[0].read_text().replace("index 0", "index 1")
        proofs[0].write_text(changed)
        self.assertNotEqual(subprocess.run([binary, key, self.directory / "export.tiles", proofs[0]],
                                           capture_output=True).returncode, 0)

    def test_every_format_is_verified_or_read_by_others(self):
        key, earlier = self.public_key(), self.checkpoint()
        self.foxtrail("field", "add", "Later", "--type", "text")
        checkpoint = self.checkpoint("later")
        size = int(checkpoint.read_text().split("\n")[1])
        for form in ("jsonl", "tiles"):
            told = self.second_opinion(self.export(form), "--public-key", key, "--checkpoint", earlier)
            self.assertIn(f"verified: {size} ", told)
        for path in (self.home / "journal.sqlite", self.back_up()):
            self.second_opinion(path, "--public-key", key, "--checkpoint", earlier, "--checkpoint", checkpoint)
            # The key alone would have nothing to check.
            self.assertIn("name a --checkpoint", self.second_opinion(path, "--public-key", key, code=65))
        lines = self.export("cloudevents").read_text().split("\n")[:-1]
        self.assertEqual(len(lines), size)
        for position, line in enumerate(lines, 1):
            event = cloudevents.http.from_json(line)
            self.assertEqual((event["id"], event["source"]), (str(position), key.split("+")[0]))
            self.assertRegex(event["type"], r"\Afoxtrail\.[a-zA-Z]+\Z")
            self.assertEqual(event.data, self.rows("journal", "show", position)[0]["data"] if position < 4 else event.data)

    def test_no_export_holds_a_secret(self):
        secrets = [path.read_bytes().strip() for path in (self.home / "secrets").iterdir()]
        self.assertGreater(len(secrets), 1)
        paths = [self.export("jsonl"), self.export("cloudevents"), *self.export("tiles").rglob("*"), self.prove(3),
                 *self.home.glob("*")]
        for path in filter(lambda path: path.is_file(), paths):
            for secret in secrets:
                self.assertNotIn(secret, path.read_bytes(), path)


class AChangedByte(ProofScenario):
    """In whatever is handed to an auditor."""

    def setUp(self):
        super().setUp()
        self.init()
        self.foxtrail("field", "add", "Größe", "--type", "text")
        self.checkpoint()
        self.key = self.public_key()

    def expect_found(self, root, file):
        sound = file.read_bytes()
        self.assertFalse(self.refuses(root, self.key))
        for at in range(len(sound)):
            changed = bytearray(sound)
            changed[at] ^= 1 << at % 8
            file.write_bytes(changed)
            self.assertTrue(self.refuses(root, self.key), f"{file.name}: byte {at} of {len(sound)}")
        for changed in (sound[:-1], sound + b"\n", sound + sound):
            file.write_bytes(changed)
            self.assertTrue(self.refuses(root, self.key), f"{file.name}: longer or shorter")
        file.write_bytes(sound)

    def test_in_a_proof_is_found(self):
        proof = self.prove(3)
        self.expect_found(proof, proof)

    def test_in_a_jsonl_export_is_found(self):
        export = self.export("jsonl")
        self.expect_found(export, export)

    def test_in_a_tiles_export_is_found(self):
        export = self.export("tiles")
        for file in [path for path in export.rglob("*") if path.is_file()]:
            self.expect_found(export, file)
            file.rename(file.with_name("away"))
            self.assertTrue(self.refuses(export, self.key), f"{file} is missing")
            file.with_name("away").rename(file)

    def test_in_the_public_key_is_found(self):
        proof = self.prove(3)
        for at in range(len(self.key)):
            changed = self.key[:at] + chr(ord(self.key[at]) ^ 1) + self.key[at + 1:]
            try:
                self.assertTrue(self.refuses(proof, changed), f"character {at}")
            except Exception as error:
                self.assertEqual(type(error).__name__, "Unreadable")


class ALargeJournal(ProofScenario):
    """Written here as migrations/README.md has it, so that Foxtrail reads what others wrote; and large enough for a third
    level of tiles."""

    SIZE = 70_000

    def setUp(self):
        super().setUp()
        self.init()
        with contextlib.closing(sqlite3.connect(self.home / "journal.sqlite")) as database:
            self.grow(database)

    def grow(self, database):
        events = database.execute(f"SELECT {', '.join(VERIFIER.COLUMNS[:9])}, CAST(data AS BLOB) FROM events").fetchall()
        for position in range(len(events) + 1, self.SIZE + 1):
            data = json.dumps({"tenant": "t", "page": position, "objects": 1}).encode()
            events.append((position, 1_800_000_000_000, "pageRead", 1, "foxtrail", None, None, None,
                           hashlib.sha256(data).digest()[:16], data))
        tree = VERIFIER.Tree()
        row = []
        for event in events:
            row.append(VERIFIER.leaf_hash(VERIFIER.entry_of(dict(zip(VERIFIER.COLUMNS, event)))))
            tree.append(row[-1])
        rows = [event[:9] + (event[9].decode(),) for event in events[2:]]
        database.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        level = 0
        while len(row) >= 256:
            tiles = [row[first:first + 256] for first in range(0, len(row) - 255, 256)]
            row = [VERIFIER.root_of(tile) for tile in tiles]
            database.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", [
                (level, number, row[number], b"".join(tile)) for number, tile in enumerate(tiles)])
            level += 1
        database.execute("INSERT INTO heads VALUES (?, ?)", (len(events), tree.root()))
        database.commit()

    def test_has_the_files_that_the_specification_counts(self):
        self.foxtrail("journal", "verify")
        checkpoint, key, export = self.checkpoint(), self.public_key(), self.export("tiles")
        files = {str(path.relative_to(export / "tile")) for path in (export / "tile").rglob("*") if path.is_file()}
        for level in ("0", "entries"):
            of = {name for name in files if name.startswith(level + "/")}
            self.assertEqual((len(of), f"{level}/272" in of, f"{level}/273.p/112" in of), (274, True, True))
        self.assertEqual({name for name in files if name[0] in "123456789"}, {"1/000", "1/001.p/17", "2/000.p/1"})
        self.second_opinion(export, "--public-key", key)
        self.second_opinion(self.export("jsonl"), "--public-key", key, "--checkpoint", checkpoint)
        tree = merkle_tree(export)
        self.assertEqual(base64.b64encode(tree.get_state()).decode(), checkpoint.read_text().split("\n")[2])
        for position in (1, 65_536, 65_537, 70_000):
            self.assertEqual(tree.prove_inclusion(position).path[1:], read_proof(self.prove(position))[1])
        self.foxtrail("field", "add", "Later", "--type", "text")
        self.foxtrail("journal", "verify", "--checkpoint", checkpoint)

"""What the scenarios of proofs share: tools/verify-journal.py, and other people's verifiers beside it."""

import base64
import contextlib
import importlib.util
import io
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import unittest

import pymerkle

from support import Scenario

SCRIPT = pathlib.Path(__file__).resolve().parent.parent / "verify-journal.py"
# What is before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410).
SPKI = bytes.fromhex("302a300506032b6570032100")


def load_verifier():
    """The second verifier as a module: a process for each of some thousand changed bytes would take minutes."""
    specification = importlib.util.spec_from_file_location("verify_journal", SCRIPT)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


VERIFIER = load_verifier()


class ProofScenario(Scenario):
    def public_key(self):
        return self.foxtrail("journal", "checkpoint", "--public-key").strip()

    def checkpoint(self, name="checkpoint.taken"):
        """A checkpoint, and where a copy of it is kept."""
        path = self.directory / name
        path.write_text(self.foxtrail("journal", "checkpoint"))
        return path

    def export(self, form, name=None):
        path = self.directory / (name or f"export.{form}")
        self.foxtrail("journal", "export", "--format", form, "--output", path)
        return path

    def prove(self, position):
        path = self.directory / f"{position}.tlog-proof"
        self.foxtrail("journal", "prove", position, "--output", path)
        return path

    def second_opinion(self, path, *options, code=0):
        """What tools/verify-journal.py says, in a directory and an environment without anything of the installation."""
        result = subprocess.run([sys.executable, "-I", SCRIPT, path, *options], env={}, cwd="/", capture_output=True,
                                text=True, timeout=120)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout + result.stderr

    def refuses(self, path, key):
        """Whether the second verifier, in this process, does not take it."""
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                VERIFIER.verify(str(path), VERIFIER.Key(key), [])
        except (VERIFIER.Wrong, VERIFIER.Unreadable, OSError):
            return True
        return False

    def back_up(self, name="backup.sqlite"):
        path = self.directory / name
        self.foxtrail("journal", "backup", path)
        return path

    def restore(self, backup):
        for path in self.home.glob("journal.sqlite*"):
            path.unlink()
        shutil.copy(backup, self.home / "journal.sqlite")

    def expect_openssl_agrees(self, note, key):
        """openssl checks the signature of a note, from the note and the key alone."""
        text, _, line = note.rpartition("\n\n")
        raw = base64.b64decode(key.split("+", 2)[2])[1:]
        pem = base64.encodebytes(SPKI + raw).decode()
        files = [self.file("key.pem", f"-----BEGIN PUBLIC KEY-----\n{pem}-----END PUBLIC KEY-----\n"),
                 self.directory / "signature", self.file("signed", text + "\n")]
        files[1].write_bytes(base64.b64decode(line.split()[2])[4:])
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", files[0], "-rawin", "-sigfile", files[1], "-in"]
        self.assertEqual(subprocess.run([*command, files[2]], capture_output=True).returncode, 0)
        files[2].write_text(text + " \n")
        self.assertNotEqual(subprocess.run([*command, files[2]], capture_output=True).returncode, 0)


GO_SOURCES = pathlib.Path(os.environ.get("FOXTRAIL_GO_SOURCES", "/usr/share/gocode"))


def go_verifier(directory):
    """Builds go-verifier.go from Debian's packages of Go; nothing is downloaded. Skips the test where they are missing."""
    if not shutil.which("go") or not (GO_SOURCES / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        raise unittest.SkipTest("Go's own packages check nothing: install golang-go and golang-golang-x-mod-dev")
    binary = directory / "go-verifier"
    subprocess.run(["go", "build", "-o", binary, SCRIPT.parent / "scenarios/go-verifier.go"], check=True, timeout=300,
                   env={**os.environ, "GO111MODULE": "off", "GOPATH": str(GO_SOURCES)})
    return binary


def entries(export):
    """All entries of a tiles export, read here and not by the verifier."""
    found = []
    for path in (export / "tile/entries").rglob("*"):
        if path.is_file():
            bundle, at = path.read_bytes(), 0
            while at < len(bundle):
                length = struct.unpack_from(">H", bundle, at)[0]
                found.append(bundle[at + 2:at + 2 + length])
                at += 2 + length
    return sorted(found, key=lambda entry: int(entry.split(b"\n")[1]))


def merkle_tree(export):
    """Other people's RFC 6962 tree over the entries."""
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for entry in entries(export):
        tree.append_entry(entry)
    return tree


def read_proof(path):
    """The index, the path, the object in the extra line, and the checkpoint."""
    above, _, below = path.read_text().partition("\n\n")
    lines = above.split("\n")
    extra = json.loads(base64.b64decode(lines[1].split(" ")[1]))
    return int(lines[2].split(" ")[1]), [base64.b64decode(line) for line in lines[3:]], extra, below

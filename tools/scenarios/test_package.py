"""What the Debian package holds, and how a service gets its secrets. Installing it is tools/package-check's."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

from support import BINARY, SECRET, Scenario

TOOLS = pathlib.Path(__file__).parent.parent


class PackageTest(Scenario):
    @unittest.skipUnless(shutil.which("dpkg-deb"), "Debian's tools are not here")
    def test_the_package_holds_what_a_machine_needs(self):
        said = subprocess.run([TOOLS / "package", "--layout", "--binary", BINARY, "--output", self.directory],
                              check=True, capture_output=True, text=True)
        package = self.directory / pathlib.Path(said.stdout.strip()).name
        root = self.directory / "root"
        subprocess.run(["dpkg-deb", "-R", package, root], check=True)
        version = self.foxtrail("--version").strip()
        self.assertIn(f"\nVersion: {version}\n", (root / "DEBIAN/control").read_text())
        self.assertEqual(package.name.split("_")[1], version)
        subprocess.run(["md5sum", "--quiet", "-c", "DEBIAN/md5sums"], cwd=root, check=True)
        self.expect_manuals(root)
        self.expect_units(root)
        for script in ("postinst", "prerm", "postrm"):
            subprocess.run(["sh", "-n", root / "DEBIAN" / script], check=True)
        completion = root / "usr/share/bash-completion/completions/foxtrail"
        said = subprocess.run(["bash", "-c", f". '{completion}' && complete -p foxtrail"], check=True,
                              capture_output=True, text=True)
        self.assertIn("foxtrail", said.stdout)

    def expect_manuals(self, root):
        """Every command has its page, no page shows what it was made of, and every option is told."""
        names = []

        def name(command, path):
            names.append("-".join([*path, command["commandName"]]))
            for child in command.get("subcommands", []):
                if child["shouldDisplay"] and child["commandName"] != "help":
                    name(child, [*path, command["commandName"]])

        name(json.loads(self.foxtrail("--experimental-dump-help"))["command"], [])
        pages = root / "usr/share/man/man1"
        self.assertEqual(sorted(page.name for page in pages.iterdir()), sorted(f"{name}.1.gz" for name in names))
        self.assertGreater(len(names), 60)
        text = subprocess.run(["gzip", "-dc", pages / "foxtrail-sync-run.1.gz"], check=True, capture_output=True,
                              text=True).stdout
        for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "SEE ALSO"):
            self.assertIn(f"\n.SH {section}\n", text)
        self.assertIn("\\-\\-plan", text)
        if shutil.which("mandoc"):
            subprocess.run(["gzip", "-d", *pages.iterdir()], check=True)
            said = subprocess.run(["mandoc", "-Tlint", "-W", "warning", *pages.iterdir()], capture_output=True, text=True)
            self.assertEqual(said.stdout, "")

    def expect_units(self, root):
        units = sorted((root / "usr/lib/systemd/system").iterdir())
        self.assertEqual([unit.name for unit in units],
                         ["foxtrail-due@.service", "foxtrail-due@.timer", "foxtrail@.service"])
        if not shutil.which("systemd-analyze"):
            return
        said = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
        # The program is not installed here.
        lines = [line for line in said.stderr.splitlines() if "/usr/bin/foxtrail is not executable" not in line]
        self.assertEqual(lines, [])
        for unit in units:
            if unit.suffix == ".service":
                said = subprocess.run(["systemd-analyze", "security", "--offline=yes", unit], capture_output=True,
                                      text=True)
                exposure = re.search(r"exposure level for .*: ([0-9.]+)", said.stdout)
                self.assertLess(float(exposure[1]), 2.5)

    def test_a_secret_that_is_handed_over_is_used_in_place_of_the_stored_one(self):
        self.simulate(5, clean=True)
        self.install()
        self.apply("contactSync: true\ncustomFields: {Department: department}\n")
        (stored,) = (self.home / "secrets").glob("tenant-*.secret")
        stored.write_text("no longer right")
        handed = self.directory / "credentials"
        handed.mkdir()
        (handed / stored.name).write_text(SECRET + "\n")
        (handed / "tenant-other.secret").write_text("of another")
        os.environ["CREDENTIALS_DIRECTORY"] = str(handed)
        self.addCleanup(os.environ.pop, "CREDENTIALS_DIRECTORY", None)
        self.assertEqual(self.sync(codes=(0,))["status"], "completed")
        self.assertEqual(stored.read_text(), "no longer right")
        # The key of the journal is the one that was handed over as well.
        key = self.home / "secrets" / "journal.key"
        shutil.move(key, handed / key.name)
        self.foxtrail("journal", "checkpoint")
        self.foxtrail("doctor")
        self.assertFalse(key.exists())
        shutil.move(handed / key.name, key)
        del os.environ["CREDENTIALS_DIRECTORY"]
        self.foxtrail("sync", "run", codes=(77, 2, 69))
        self.assertEqual(self.log()["status"], "failed")


if __name__ == "__main__":
    unittest.main()

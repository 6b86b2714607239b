"""A simulated HappyFox account in a process of its own, and hfox with a home of its own."""

import contextlib
import io
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest.mock
import urllib.request

from hfox.cli.main import app
from hfox.core.client import HappyFoxClient
from hfox.core.config import load_config

KEY, CODE = "simulated-key", "simulated-code"

# Whoever ends us ends the simulators as well.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


class Answer:
    """What hfox printed, and the code that it ended with."""

    def __init__(self, code, text, warnings):
        self.code, self.text, self.warnings = code, text, warnings

    @property
    def json(self):
        return json.loads(self.text)

    def __repr__(self):
        return f"code {self.code}: {self.text}{self.warnings}"


class Account:
    def __init__(self, foxtrail, contacts, *options):
        self.command = [foxtrail, "simulate", "happyfox", "--port", "0", "--contacts", *map(str, (contacts, *options))]

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="foxtrail-hfox-")
        self.home = pathlib.Path(self.directory.name)
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            self.__exit__()
            raise AssertionError("the simulator ended before it was ready")
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.directory.cleanup()

    def environment(self, changes):
        """Nothing of the caller's but the path; None takes a variable away."""
        values = {"PATH": os.environ["PATH"], "HOME": str(self.home), "NO_PROXY": "localhost",
                  "HFOX_BASE_URL": self.url, "HFOX_API_KEY": KEY, "HFOX_AUTH_CODE": CODE, **changes}
        return unittest.mock.patch.dict(
            os.environ, {name: value for name, value in values.items() if value is not None}, clear=True)

    def hfox(self, *arguments, code=0, **changes):
        """The command line, from its entry point on: to start Python each time would take most of the run. It must end with
        that code."""
        text, warnings, ended = io.StringIO(), io.StringIO(), 0
        with (self.environment(changes), unittest.mock.patch("sys.argv", ["hfox", *map(str, arguments)]),
              unittest.mock.patch("sys.stdin", io.StringIO()),
              contextlib.redirect_stdout(text), contextlib.redirect_stderr(warnings)):
            try:
                app()
            except SystemExit as exit:
                ended = exit.code
        answer = Answer(ended, text.getvalue(), warnings.getvalue())
        assert ended == code, (arguments, answer)
        return answer

    def client(self, **options):
        """The library, which finds its account as the command line does."""
        with self.environment({}):
            config = load_config()
            return HappyFoxClient(config.base_url, config.api_key, config.auth_code, **options)

    def control(self, method, path, body=None):
        """What the simulator is asked past the API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/simulator{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            text = response.read()
        return json.loads(text) if text else None

    @property
    def contacts(self):
        """Everything that the account holds, by id."""
        return {contact["id"]: contact for contact in self.control("GET", "/contacts")}

    def held(self, email):
        """The contacts with that address."""
        return [contact for contact in self.contacts.values() if contact["email"] == email]

    def counted(self):
        """How many requests of each kind were answered how since the last look."""
        counts = self.control("GET", "/requests")
        self.control("DELETE", "/requests")
        return {kind: statuses for kind, statuses in counts.items() if kind != "simulator"}

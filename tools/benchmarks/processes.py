"""Processes that are measured: how long they ran, how much memory they held, what they printed."""

import dataclasses
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

# No command here takes longer; one that does hangs.
LIMIT = 1800


class BenchError(Exception):
    """What stops the measuring: a program failed, or both sides did not do the same work."""


@dataclasses.dataclass
class Run:
    """One process that has ended."""

    seconds: float
    megabytes: float
    output: str

    def json(self):
        return json.loads(self.output)


def run(command, environment=None, codes=(0,)):
    """Runs a command to its end. Output goes through files, so that no pipe can stop it."""
    command = [str(part) for part in command]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env=environment)
        peak = wait(process)
        seconds = time.monotonic() - start
        if process.returncode not in codes:
            raise BenchError(f"{' '.join(command)} ended with {process.returncode}: {tail(errors)}{tail(output)}")
        return Run(seconds, peak, text(output))


def wait(process):
    """The peak resident memory in megabytes. The kernel counts what was there before exec too: at most our own size."""
    timer = threading.Timer(LIMIT, process.kill)
    timer.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    # Kilobytes on Linux, bytes on macOS.
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def text(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def tail(file):
    return text(file)[-600:].strip()


def environment(**values):
    """Ours, without what would lead elsewhere: a proxy before loopback, another installation."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith("FOXTRAIL_")
    }
    return {**kept, **values}


def median(runs, value):
    return statistics.median(value(run) for run in runs)

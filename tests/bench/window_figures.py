# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The window beside an empty one: start, memory, idling, and how long data keep it busy."""

import os
import re
import signal
import statistics
import subprocess
import time

from fixtures.display import Display
from fixtures.processes import FixtureError, dies_with_parent, wait_until
from fixtures.wallet_platform import Platform

from .programs import built

JOBS_PAGE = ["--page=jobs", "--size=1200x800"]
# What the newest rows go through each second while the longest stall is looked for.
BURST = """
UPDATE job_logs SET status = 'active', started_at = now(), updated_at = now()
WHERE id IN (SELECT id FROM job_logs ORDER BY created_at DESC LIMIT 500)
"""


class Window:
    """A program with a window that says on standard output when it has painted."""

    def __init__(self, environment, *argv):
        self._began = time.monotonic()
        self.process = subprocess.Popen(
            argv, env={**os.environ, **environment, "WD_TIMING": "1"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            preexec_fn=dies_with_parent())
        self.painted_ms = 0.0

    def __enter__(self):
        line = self.process.stdout.readline()
        self.painted_ms = (time.monotonic() - self._began) * 1000
        if not re.match(r"painted|first-rows", line):
            self.__exit__()
            raise FixtureError(f"{self.process.args[0]} did not paint: {line!r}")
        return self

    def __exit__(self, *_exception):
        self.process.kill()
        self.process.stdout.close()
        self.process.wait()

    def finish(self):
        """Ends the window in its orderly way; returns what it said last."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.stdout.read()

    def memory(self):
        """Returns the proportional share of memory in MiB."""
        with open(f"/proc/{self.process.pid}/smaps_rollup", encoding="ascii") as rollup:
            return int(re.search(r"^Pss:\s+(\d+) kB", rollup.read(), re.MULTILINE)[1]) / 1024

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_until_calm(self):
        """Returns when the first second without work has passed."""
        def calm():
            before = self.cpu_seconds()
            time.sleep(1)
            return self.cpu_seconds() - before < 0.02

        wait_until(calm, 60, "the window to be calm")


def dashboard():
    return os.path.join(os.environ["WD_BUILD_DIR"], "src", "app", "worker-dashboard")


def measure_starts(table, environment, runs):
    """Both windows in turns, each in a new process."""
    empty, rows = [], []
    for _ in range(runs + 1):
        with Window(environment, built("empty-window")) as window:
            empty.append(window.painted_ms)
        with Window(environment, dashboard(), *JOBS_PAGE) as window:
            rows.append(window.painted_ms)
    # The first of each reads its libraries from the disk.
    empty, rows = empty[1:], rows[1:]
    table.add("start-empty", statistics.median(empty), "empty window painted after", empty)
    table.add("start-rows", statistics.median(rows), "first job rows painted after", rows)
    table.add("start-ratio", statistics.median(rows) / statistics.median(empty),
              "first job rows to an empty window")


def measure_stall(table, platform, environment, seconds):
    """The jobs page while its newest rows change all the time."""
    connection = platform.postgres.connect()
    with Window(environment, dashboard(), *JOBS_PAGE) as window, connection.cursor() as cursor:
        for _ in range(seconds):
            cursor.execute(BURST)
            time.sleep(1)
        said = window.finish()
    connection.close()
    stall = re.search(r"^longest-stall ([0-9.]+) busy ([0-9.]+)$", said, re.MULTILINE)
    if not stall:
        raise FixtureError(f"the window did not tell its longest stall: {said!r}")
    table.add("stall", float(stall[1]), "longest stall of the main loop while rows change")
    table.add("stall-busy", float(stall[2]), "  processor time in the busiest one")


def measure_rest(table, environment, seconds):
    """Memory and idling of the jobs page while nothing moves."""
    with Window(environment, dashboard(), *JOBS_PAGE) as window:
        window.wait_until_calm()
        before = window.cpu_seconds()
        time.sleep(seconds)
        share = (window.cpu_seconds() - before) / seconds
        memory = window.memory()
    table.add("memory", memory, "PSS with the jobs page open")
    table.add("idle", share * 100, f"idle, {seconds} s, workers stopped")


def measure(table, quick):
    """Fills TABLE with the figures of the window."""
    with Platform() as platform, Display() as display:
        environment = {**platform.environment(), **display.environment(),
                       "GSETTINGS_SCHEMA_DIR": os.path.join(os.environ["WD_BUILD_DIR"], "data")}
        measure_stall(table, platform, environment, 5 if quick else 20)
        platform.silence()
        measure_starts(table, environment, 2 if quick else 7)
        measure_rest(table, environment, 5 if quick else 20)

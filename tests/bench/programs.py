# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The benchmarks' own programs, driven by lines."""

import json
import os
import subprocess

from fixtures.processes import FixtureError, dies_with_parent


def built(name):
    return os.path.join(os.environ["WD_BUILD_DIR"], "tests", "bench", name)


class Program:
    """A child that reads and writes lines and ends with its standard input."""

    def __init__(self, *argv, environment=None):
        self.process = subprocess.Popen(
            argv, env={**os.environ, **(environment or {})}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, preexec_fn=dies_with_parent())

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def read_line(self):
        line = self.process.stdout.readline()
        if not line:
            raise FixtureError(f"{self.process.args[0]} ended with {self.process.wait()}")
        return line


class Backend(Program):
    """bench-queue: the backend of the window and of wdctl, in one process for many calls."""

    def __init__(self, environment):
        super().__init__(built("bench-queue"), environment=environment)

    def call(self, op, **fields):
        """Returns the answer, a dict with `ms`."""
        self.process.stdin.write(json.dumps({"op": op, **fields}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.read_line())
        if "error" in answer:
            raise FixtureError(f"{op}: {answer['error']}")
        return answer

    def write(self, op, expected, **fields):
        """The same for what queues jobs: all of them. Returns the milliseconds."""
        answer = self.call(op, **fields)
        if answer["delivered"] != expected:
            raise FixtureError(f"{op}: {answer['delivered']} of {expected} jobs were queued: "
                               f"{answer.get('message')}")
        return answer["ms"]


class Pings:
    """Another client of Redis while something else goes on; `times` are milliseconds."""

    def __init__(self, redis):
        self._program = Program(built("bench-ping"), redis.socket)
        self.times = []

    def __enter__(self):
        self._program.read_line()
        return self

    def __exit__(self, *_exception):
        self._program.process.stdin.close()
        self.times = [microseconds / 1000 for microseconds in json.loads(self._program.read_line())]
        self._program.process.stdout.close()
        self._program.process.wait()

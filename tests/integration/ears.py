# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A backend that listens, of either kind: what it is told of changes, and when."""

import json
import os
import select
import subprocess
import time

from fixtures.processes import FixtureError, dies_with_parent

# What an admin sees happen; a machine with other work takes longer, so tests allow more.
SECONDS = 60.0
QUICK_SECONDS = 1.5


class Ears:
    """live-tool: a backend that listens."""

    def __init__(self, environment):
        path = os.path.join(os.environ["WD_BUILD_DIR"], "tests", "integration", "live-tool")
        self.process = subprocess.Popen(
            [path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, **environment, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"},
            preexec_fn=dies_with_parent())
        os.set_blocking(self.process.stdout.fileno(), False)
        self._rest = b""
        self.say("start")

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.process.stdin.close()
        assert self.process.wait(60) == 0
        self.process.stdout.close()

    def say(self, word):
        self.process.stdin.write(word.encode() + b"\n")
        self.process.stdin.flush()

    def hear(self, seconds):
        """Returns the next thing it tells, or None."""
        end = time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            said = os.read(self.process.stdout.fileno(), 65536)
            if not said:
                raise FixtureError(f"live-tool ended with {self.process.wait()}")
            self._rest += said
        line, self._rest = self._rest.split(b"\n", 1)
        return json.loads(line)

    def wait(self, seconds=SECONDS, **expected):
        """Returns the first thing that says all of EXPECTED."""
        end = time.monotonic() + seconds
        heard = []
        while True:
            told = self.hear(max(0.0, end - time.monotonic()))
            if told is None:
                raise AssertionError(f"{expected} was not told: {heard}")
            heard.append(told)
            if all(told.get(name) == value for name, value in expected.items()):
                return told

    def rest(self, seconds=1.5):
        """Hears all there is until nothing more comes for SECONDS."""
        heard = []
        while told := self.hear(seconds):
            heard.append(told)
        return heard

    def wait_live(self):
        self.wait(database="on", redis="on")
        self.rest()

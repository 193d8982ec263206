# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long whoever has no server waits for sample data: from the press until all of it is live."""

import os
import re
import statistics
import subprocess
import sys

from fixtures.processes import FixtureError

UI = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "ui")
TIMED = re.compile(r"\blive after ([0-9.]+) s$", re.MULTILINE)


def explore(name):
    """Lets a window test press the button; returns the seconds."""
    done = subprocess.run([sys.executable, os.path.join(UI, "test_sample.py"), f"Sample.{name}"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    found = TIMED.search(done.stdout)
    if done.returncode or not found:
        raise FixtureError(f"sample data did not become live:\n{done.stdout}")
    return float(found[1])


def measure(table, quick):
    """Fills TABLE with the way from the welcome page to sample data."""
    runs = [explore("time_live") for _ in range(1 if quick else 3)]
    table.add("sample-live", statistics.median(runs), "sample data live after the press", runs)

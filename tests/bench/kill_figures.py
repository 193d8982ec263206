# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kills at random, many more than the tests have time for."""

import os
import subprocess
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def measure(table, quick):
    """Fills TABLE with whether each job that was written ran exactly once."""
    kills = 100 if quick else 1000
    test = subprocess.run(
        [sys.executable, os.path.join(TESTS, "integration", "test_exactly_once.py"),
         "ExactlyOnce.test_killed_at_random"],
        env={**os.environ, "PYTHONPATH": TESTS, "WD_KILLS": str(kills)}, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if test.returncode != 0:
        print(test.stdout)
    table.add("kills", int(test.returncode != 0),
              f"{kills:,} kills at random: 1 if a job was lost or ran twice")

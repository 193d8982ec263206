#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the window leaves behind at its end: nothing of ours, says the address sanitizer.

Without it, this is one more start of each page that ends by itself. The libraries' own, which they
keep until the process ends, are in tests/lsan.supp.
"""

import os
import subprocess
import unittest

import window as harness
from fixtures import sample
from fixtures.site import Site


class Leaks(unittest.TestCase):
    def test_pages(self):
        with Site() as site:
            sample.fill(site, wallets=20, jobs=60, queues=False)
            [(job, wallet)] = site.sql("SELECT id::text, wallet_address FROM job_logs "
                                       "WHERE wallet_address IS NOT NULL LIMIT 1")
            for page in ("overview", "audit", f"job:{job}", f"wallet:{wallet}"):
                with self.subTest(page=page):
                    self.run_to_its_end(site, page)

    def run_to_its_end(self, site, page):
        folder = os.environ["XDG_RUNTIME_DIR"]
        result = subprocess.run(
            [os.path.join(harness.build_folder(), "src", "app", "worker-dashboard"),
             f"--screenshot={folder}/leaks.png", f"--page={page}"],
            env={**os.environ, **site.environment(), "G_DEBUG": "fatal-warnings",
                 # Drivers of OpenGL leak, and are gone when that is looked at.
                 "GDK_DEBUG": "gl-disable",
                 "GSETTINGS_SCHEMA_DIR": os.path.join(harness.build_folder(), "data"),
                 "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=1"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual((result.returncode, result.stderr), (0, ""))


if __name__ == "__main__":
    harness.main()

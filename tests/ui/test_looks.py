#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page in every look, kept as pictures to look at: sizes, light, dark, contrast, large text.

GTK's complaints, such as of a widget that gets less room than it needs, end the program.
"""

import os
import subprocess
import unittest

import window
from fixtures import sample
from fixtures.display import Display
from fixtures.site import Site

PAGES = ("overview", "wallets", "jobs", "audit")
# Name, size, arguments, variables, dots per inch of text.
LOOKS = (
    ("light", "1200x800", ("--light",), {}, 96),
    ("dark", "1200x800", ("--dark",), {}, 96),
    ("narrow", "720x600", ("--light",), {}, 96),
    ("contrast", "1200x800", ("--light",), {"ADW_DEBUG_HIGH_CONTRAST": "1"}, 96),
    ("contrast-dark", "1200x800", ("--dark",), {"ADW_DEBUG_HIGH_CONTRAST": "1"}, 96),
    ("large-text", "1200x800", ("--light",), {}, 192),
    ("4k", "3840x2160", ("--light",), {}, 96),
)


class Looks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        sample.fill(cls.site, wallets=200, jobs=600, queues=False)
        cls.display = Display("3900x2200")
        cls.addClassCleanup(cls.display.close)
        cls.folder = os.path.join(window.build_folder(), "screenshots")
        os.makedirs(cls.folder, exist_ok=True)

    def take(self, name, page, size, arguments, variables):
        path = os.path.join(self.folder, f"look-{name}-{page.partition(':')[0]}.png")
        result = subprocess.run(
            [os.path.join(window.build_folder(), "src", "app", "worker-dashboard"),
             f"--screenshot={path}", f"--page={page}", f"--size={size}", *arguments],
            env={**os.environ, **self.site.environment(), **self.display.environment(),
                 "G_DEBUG": "fatal-warnings", "LC_ALL": "C.UTF-8", "LANGUAGE": "C",
                 "GSETTINGS_SCHEMA_DIR": os.path.join(window.build_folder(), "data"),
                 **variables},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual((result.returncode, result.stderr), (0, ""), f"{name} {page}")
        identified = subprocess.run(["identify", "-format", "%wx%h", path], check=True,
                                    capture_output=True, text=True).stdout
        width, height = map(int, identified.split("x"))
        # The shadow is none of it.
        self.assertLessEqual(width, int(size.split("x")[0]), "it does not fit")
        self.assertLessEqual(height, int(size.split("x")[1]), "it does not fit")

    def test_all(self):
        [(job,)] = self.site.sql("SELECT id::text FROM job_logs WHERE status = 'failed' "
                                 "ORDER BY created_at DESC LIMIT 1")
        for name, size, arguments, variables, dpi in LOOKS:
            subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set",
                            "RESOURCE_MANAGER", f"Xft.dpi: {dpi}\n"], check=True,
                           env={**os.environ, **self.display.environment()})
            for page in (*PAGES, f"job:{job}"):
                with self.subTest(look=name, page=page):
                    self.take(name, page, size, arguments, variables)


if __name__ == "__main__":
    window.main()

# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Windows on one silent platform, whose settings outlive them."""

import os
import shutil
import tempfile
import unittest

from fixtures import sample
from fixtures.site import Site
from window import Window


class EverydayCase(unittest.TestCase):
    """A platform for the tests of a class; settings of its own for each test."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        sample.fill(cls.site, wallets=200, jobs=600, queues=False)

    def setUp(self):
        self.config = tempfile.mkdtemp(dir=os.environ["XDG_RUNTIME_DIR"])
        self.addCleanup(shutil.rmtree, self.config)
        shutil.copytree(os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0"),
                        os.path.join(self.config, "gtk-4.0"))

    def open(self, page=None, **options):
        window = Window(self.site.environment(), page=page, XDG_CONFIG_HOME=self.config,
                        GSETTINGS_BACKEND="keyfile", **options)
        self.addCleanup(window.close)
        return window

    def kept(self):
        """What the settings hold as text."""
        try:
            with open(os.path.join(self.config, "glib-2.0", "settings", "keyfile"),
                      encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def wait_kept(self, window, text):
        window.wait(lambda: text in self.kept(), lambda: f"{text} in: {self.kept()}")

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Views: saved, chosen, changed, ordered, given away; and the columns that go with them."""

import os
import re
import tempfile
import unittest

import window
from fixtures import sample
from fixtures.site import Site
from table import Table
from window import Window

LOOKS = {"light": {}, "dark": {"arguments": ["--dark"]}, "narrow": {"size": "700x600"}}


class ViewsTest(unittest.TestCase):
    """One silent platform; each test has a folder of views of its own."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        sample.fill(cls.site, wallets=60, jobs=400, queues=False)
        [(cls.failed,)] = cls.site.sql("SELECT count(*) FROM job_logs WHERE status = 'failed'")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.file = os.path.join(self.folder, "worker-dashboard", "views.conf")

    def open(self, page="jobs", **options):
        opened = Window(self.site.environment(), page=page, XDG_CONFIG_HOME=self.folder, **options)
        self.addCleanup(opened.close)
        return opened

    def write(self, text):
        os.makedirs(os.path.dirname(self.file), exist_ok=True)
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(text)

    def read(self):
        with open(self.file, encoding="utf-8") as file:
            return file.read()

    @staticmethod
    def views(opened):
        """The names in the sidebar, below the pages."""
        sidebar = opened.find("list", "Pages")
        return [row.name for row in sidebar.all("list item")][4:]

    def save_as(self, opened, name, heading="Save View"):
        opened.focus_other(heading)
        opened.find("text", "Name of the view")
        opened.key("ctrl+a")
        opened.type(name + "\n")
        opened.wait_other_gone(heading)
        opened.focus()

    def test_life(self):
        """Saved, left, chosen again, changed, updated, renamed, deleted, brought back."""
        opened = self.open()
        table = Table(opened, "Jobs")
        table.wait_total("400 jobs")
        table.search("status:failed")
        table.wait_total(f"{self.failed} jobs")
        opened.key("ctrl+d")
        self.save_as(opened, "Failures")
        opened.wait(lambda: self.views(opened) == ["Failures"], "the view in the sidebar")
        opened.wait(lambda: opened.title() == "Failures", "its title")
        self.assertIn("[Failures]\npage=jobs\nfilter=status:failed\n", self.read())

        # The page has its own filter again, and its own columns.
        opened.key("ctrl+3")
        table.wait_total("400 jobs")
        self.assertEqual(opened.title(), "Jobs")
        opened.press(opened.find("list item", "Failures").path)
        table.wait_total(f"{self.failed} jobs")
        opened.wait(lambda: opened.title() == "Failures", "its title")
        self.assertTrue(opened.find("list item", "Failures").has("selected"))


if __name__ == "__main__":
    window.main()

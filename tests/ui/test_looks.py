#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page in every look but the largest, kept as pictures to look at: with data, without any,
and without a server."""

import re

import window as harness
from arabic import ArabicWindow
from fixtures import sample
from fixtures.site import Site
from looks_case import LOOKS, LooksCase
from pages_case import PagesCase

# Needs a screen of its own: see test_looks_4k.py.
LARGEST = "wordy-4k"


class Pages(PagesCase):
    """The pages, with data and without."""

    def test_with_data(self):
        self.check_with_data([look for look in LOOKS if look != LARGEST])

    def test_empty(self):
        with Site() as site:
            site.sql("TRUNCATE worker_dashboard.audit")
            for look in ("light", "dark", "narrow"):
                with self.subTest(look=look), self.open(look, site):
                    self.walk(f"empty-{look}", self.wait_for_nothing)

    def wait_for_nothing(self, page):
        texts = {"Overview": ("push button", "0 wallets"), "Wallets": ("label", "No Wallets Yet"),
                 "Jobs": ("label", "No Jobs Yet"), "Audit": ("label", "Nothing Done Yet"),
                 "Queues": ("push button", "consolidation: 0 waiting"),
                 "Charts": ("label", "No Jobs in This Time")}
        self.window.find(*texts[page])

    def test_failing(self):
        with Site() as site:
            for look in ("light", "dark", "narrow"):
                with self.subTest(look=look), self.open(
                        look, site, DATABASE_URL="postgresql:///x?host=/nonexistent"):
                    self.window.find(None, re.compile(".*since.*", re.DOTALL))
                    self.walk(f"failing-{look}", lambda page: None)


class RightToLeft(LooksCase):
    """Arabic: the window the other way round."""

    def test_arabic(self):
        with Site() as site:
            sample.fill(site, wallets=20, jobs=60, queues=False)
            with ArabicWindow(site.environment(), page="jobs") as window:
                pages = window.find("list", window.say("Pages"))
                self.assertGreater(pages.extents()[0], 600)
                for key, page in ((3, "Jobs"), (5, "Charts"), (1, "Overview")):
                    window.key(f"ctrl+{key}")
                    title = window.say(page)
                    window.wait(lambda title=title: window.title() == title, page)
                    window.screenshot(f"look-arabic-{page.lower()}", keyboard=False)
                window.key("ctrl+n")
                trigger = window.say("Trigger Job")
                window.find("dialog", trigger)
                window.screenshot("look-arabic-trigger", window.focus_other(trigger),
                                  keyboard=False)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page in every look, kept as pictures to look at: with data, without any, and without a
server."""

import re

import window as harness
from arabic import ArabicWindow
from fixtures import sample
from fixtures.site import Site
from looks_case import LOOKS, LooksCase

# By the number of their keys.
PAGES = {1: "Overview", 2: "Wallets", 3: "Jobs", 4: "Queues", 5: "Charts", 7: "Audit"}


class Pages(LooksCase):
    """The pages, with data and without."""

    def walk(self, name, ready, keyboard=False):
        """Takes a picture of each page, once READY finds what it shows."""
        for number, page in PAGES.items():
            self.window.key(f"ctrl+{number}")
            self.window.wait(lambda page=page: self.window.title() == page, page)
            ready(page)
            self.take(f"{name}-{page.lower()}", keyboard=keyboard)

    def test_with_data(self):
        with Site() as site:
            sample.fill(site, wallets=200, jobs=600, queues=False)
            site.sql("TRUNCATE worker_dashboard.audit")
            assert site.wdctl("wallets", "set-flags", site.add_wallets(1)[0],
                              "--needs-gas=true").status == 0
            [(job,)] = site.sql("SELECT id::text FROM job_logs WHERE status = 'failed' "
                                "AND wallet_address IN (SELECT address FROM user_wallets) LIMIT 1")
            for look in LOOKS:
                with self.subTest(look=look), self.open(look, site, page=f"job:{job}"):
                    self.window.find("push button", re.compile("(_?Retry… )?Retry…"))
                    self.take(f"{look}-job")
                    self.window.click("push button", "Show Wallet")
                    self.window.wait(lambda: self.window.title() == "Wallet", "the wallet")
                    self.window.find("list", "Jobs of this wallet")
                    self.take(f"{look}-wallet")
                    self.walk(look, self.wait_for_data, keyboard=True)

    def wait_for_data(self, page):
        totals = {"Overview": ("push button", "201 wallets"), "Wallets": ("label", "201 wallets"),
                  "Jobs": ("label", "600 jobs"), "Audit": ("label", "1 entry"),
                  "Queues": ("push button", "consolidation: 0 waiting"),
                  "Charts": ("label", "Percentiles are about right, within 5 %.")}
        self.window.find(*totals[page])

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
    harness.main("3900x2200")

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page and dialog in every look, kept as pictures to look at: sizes, light, dark, contrast,
large text; with data, without any, and without a server.

GTK's complaints, such as of a widget that gets less room than it needs, end the program.
"""

import os
import re
import signal
import subprocess
import unittest

import window as harness
from fixtures import sample
from fixtures.site import Site
from table import Table
from window import Window

WIDE = "1200x800"
NARROW = "720x600"
CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
# Name: size, style, variables, dots per inch of text.
LOOKS = {
    "light": (WIDE, "--light", {}, 96),
    "dark": (WIDE, "--dark", {}, 96),
    "narrow": (NARROW, "--light", {}, 96),
    "contrast": (WIDE, "--light", CONTRAST, 96),
    "contrast-dark": (WIDE, "--dark", CONTRAST, 96),
    "large-text": (WIDE, "--light", {}, 192),
    "4k": ("3840x2160", "--light", {}, 96),
}
PAGES = ("Overview", "Wallets", "Jobs", "Audit")


class LooksCase(unittest.TestCase):
    """Windows in a look."""

    window = None

    def open(self, look, site, page="overview", **changes):
        """Returns a window upon SITE, a context manager."""
        size, style, variables, dpi = LOOKS[look]
        subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set",
                        "RESOURCE_MANAGER", f"Xft.dpi: {dpi}\n"], check=True)
        self.window = Window(site.environment(), page=page, size=size, arguments=[style],
                             **{**variables, **changes})
        return self.window

    def walk(self, name, ready):
        """Takes a picture of each page, once READY finds what it shows."""
        for number, page in enumerate(PAGES, 1):
            self.window.key(f"ctrl+{number}")
            self.window.wait(lambda page=page: self.window.title() == page, page)
            ready(page)
            self.take(f"{name}-{page.lower()}")

    def take(self, name, wide=True):
        """Takes a picture of the window, which must have got along with its size."""
        frame = self.window.find("frame").extents()
        size = [int(number) for number in self.window.size.split("x")]
        if wide:
            self.assertLessEqual(frame[2:], (size[0], size[1]), "it does not fit")
        self.window.screenshot(f"look-{name}")


class Pages(LooksCase):
    """The pages, with data and without."""

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
                    self.walk(look, self.wait_for_data)

    def wait_for_data(self, page):
        totals = {"Overview": ("push button", "201 wallets"), "Wallets": ("label", "201 wallets"),
                  "Jobs": ("label", "600 jobs"), "Audit": ("label", "1 entry")}
        self.window.find(*totals[page])

    def test_empty(self):
        with Site() as site:
            site.sql("TRUNCATE worker_dashboard.audit")
            for look in ("light", "dark", "narrow"):
                with self.subTest(look=look), self.open(look, site):
                    self.walk(f"empty-{look}", self.wait_for_nothing)

    def wait_for_nothing(self, page):
        texts = {"Overview": ("push button", "0 wallets"), "Wallets": ("label", "No Wallets Yet"),
                 "Jobs": ("label", "No Jobs Yet"), "Audit": ("label", "Nothing Done Yet")}
        self.window.find(*texts[page])

    def test_failing(self):
        with Site() as site:
            for look in ("light", "dark", "narrow"):
                with self.subTest(look=look), self.open(
                        look, site, DATABASE_URL="postgresql:///x?host=/nonexistent"):
                    self.window.find(None, re.compile(".*since.*", re.DOTALL))
                    self.walk(f"failing-{look}", lambda page: None)


class Dialogs(LooksCase):
    """Each dialog, dark and narrow; two in high contrast and with large text."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        sample.fill(cls.site, wallets=20, jobs=60)
        [(cls.wallet,)] = cls.site.sql("SELECT address FROM user_wallets LIMIT 1")
        [(cls.failed,)] = cls.site.sql("SELECT id::text FROM job_logs WHERE status = 'failed' "
                                       "ORDER BY created_at DESC LIMIT 1")
        # A promise that nobody may keep unasked: the Redis of then is another.
        answer = cls.site.wdctl("dispatch", "consolidation", "--wallet", cls.site.add_wallets(1)[0],
                                WD_FAULT="deliver:begin")
        assert answer.status == -signal.SIGKILL, answer
        cls.site.redis.restart_empty()
        cls.site.sql("DELETE FROM worker_dashboard.migration WHERE name LIKE '0013%%'")

    def shot(self, look, title, name):
        """Takes a picture of a dialog, in no more room than the window's, and closes it."""
        other = self.window.focus_other(title)
        self.window.fit_other(other)
        self.window.screenshot(f"dialog-{look}-{name}", other)
        self.window.key("Escape")
        self.window.wait_other_gone(title)
        self.window.focus()

    def find(self, text):
        """Goes somewhere by the palette."""
        self.window.key("ctrl+k")
        self.window.find("dialog", "Find")
        self.window.focus_other("Find")
        self.window.find("entry", "Find", within=("dialog", "Find")).set_text(text)
        found = self.window.wait(lambda: self.window.tree().find("list", "Found"), "the list")
        self.window.wait(lambda: [node.name for node in self.window.tree().find(
            "list", "Found").all("list item")][:1] == [text], f"{text} in the list")
        self.assertIsNotNone(found)
        self.window.key("Return")
        self.window.wait_gone("dialog", "Find")
        self.window.focus()

    def connection(self, look):
        self.find("New Connection…")
        self.window.find("label", "Enter the address of the PostgreSQL database")
        self.shot(look, "Connection", "connection")

    def trigger(self, look):
        self.window.key("ctrl+n")
        self.window.find("dialog", "Trigger Job")
        self.shot(look, "Trigger Job", "trigger")

    def retry(self, look):
        self.find(self.failed)
        self.window.wait(lambda: self.window.title() == "Job", "the job")
        self.window.click("push button", re.compile("(_?Retry… )?Retry…"))
        self.window.find("check box", re.compile("(.* )?Reset retry count"))
        self.shot(look, "Retry Job", "retry")

    def review(self, look):
        self.find("Review Undelivered Jobs")
        self.window.find(None, re.compile("Unknown whether it was queued: .*", re.DOTALL))
        self.shot(look, "Undelivered Jobs", "review")

    def migrations(self, look):
        self.window.find("push button", re.compile("(.* )?Show Migrations…")).click()
        self.window.find("list item", "0013_audit_indexes: Pending")
        self.shot(look, "Migrations", "migrations")

    def audit(self, look):
        self.window.key("ctrl+4")
        self.window.wait(lambda: self.window.title() == "Audit", "the audit trail")
        Table(self.window, "Audit").press(0)
        self.window.key("Return")
        self.window.find("dialog", "Audit Entry")
        self.shot(look, "Audit Entry", "audit")

    def preferences(self, look):
        self.window.key("ctrl+comma")
        self.window.find("dialog", "Preferences")
        self.shot(look, "Preferences", "preferences")

    def shortcuts(self, look):
        self.window.key("ctrl+question")
        self.window.find("label", "To the next part of the window")
        self.shot(look, "Keyboard Shortcuts", "shortcuts")

    def palette(self, look):
        self.window.key("ctrl+k")
        self.window.find("dialog", "Find")
        self.shot(look, "Find", "palette")

    def test_dialogs(self):
        everything = (self.preferences, self.shortcuts, self.palette, self.connection, self.trigger,
                      self.review, self.migrations, self.audit, self.retry)
        for look, dialogs in (("dark", everything), ("narrow", everything),
                              ("contrast", (self.review, self.connection)),
                              ("large-text", (self.trigger, self.connection))):
            with self.subTest(look=look), self.open(look, self.site):
                self.window.find("push button", "21 wallets")
                for dialog in dialogs:
                    dialog(look)


if __name__ == "__main__":
    harness.main("3900x2200")

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of a wallet: what it has, what it needs, and every job that ran for it."""

import re
import unittest
from decimal import Decimal

import crawl
import window
from details import BUSY, BUSY_JOBS, EMPTY, DetailsCase, add_jobs, plain, short
from fixtures.site import Site
from table import Table

SITE = None


def setUpModule():
    global SITE  # pylint: disable=global-statement
    SITE = Site()
    unittest.addModuleCleanup(SITE.close)
    add_jobs(SITE)


class WalletTest(DetailsCase):
    """Wallet page."""

    @classmethod
    def setUpClass(cls):
        cls.site = SITE

    def rows(self):
        """Returns the labels of each row of the timeline that exists, in order."""
        timeline = self.window.find("list", "Jobs of this wallet")
        return [row.labels() for row in timeline.all("list item")]

    def flag(self, name):
        """Returns the badge of a flag."""
        return self.window.find("panel", name).labels()[1]

    def test_fields_and_flags(self):
        self.open("wallets")
        table = Table(self.window, "Wallets")
        table.search(BUSY)
        table.wait_total("1 wallet")
        table.press(0)
        self.window.key("Return")
        self.wait_title("Wallet")
        self.has_label(short(BUSY))
        self.window.find("push button", "Copy Address")
        self.window.wait(lambda: self.field("Balance"), "the balance")
        self.assertEqual(Decimal(plain(self.field("Balance"))),
                         Decimal("1234567.000000000000000001"))
        self.assertEqual(self.flag("Gas"), "Needed")
        self.assertEqual(self.flag("Consolidation"), "Not needed")
        self.window.find("push button", "Clear Gas Needed")
        self.window.find("push button", "Set Consolidation Needed")
        self.assertFalse(self.window.is_there("push button", "Set Gas Needed"))
        for name in ("Gas Top-up…", "Consolidate…", "Sync…"):
            self.window.find("push button", name)
        self.assertEqual(self.field("Last sync"), "never")
        self.window.key("Escape")
        self.wait_title("Wallets")
        table.wait_total("1 wallet")

    def test_timeline(self):
        """Those under way first, then the newest, and down to the very first one."""
        self.open(f"wallet:{BUSY}")
        self.window.wait(lambda: len(self.rows()) > 10, "rows")
        first, second, third = self.rows()[:3]
        self.assertEqual(first[:4], ["Running Now", "Active", "Balance sync", "Manual"])
        self.assertRegex(first[5], r"^waited 2 days · running for 1 min \d+ s$|"
                                   r"^waited \d+ (h|days) · running for \d+ min \d+ s$")
        self.assertIn(second[0], ("Today", "Yesterday"))
        self.assertEqual(second[1:4], ["Completed", "Gas top-up", "Schedule"])
        self.assertIn("waited 1.5 s · ran 2.2 s", third)
        self.window.screenshot("wallet-page")
        seen = {}

        def see():
            for labels in self.rows():
                for text in labels:
                    if text.startswith("failure "):
                        seen[int(text.split()[1])] = True
            return BUSY_JOBS in seen

        self.window.wait(lambda: (self.window.key("End"), see())[1], "the oldest job")
        self.assertEqual(BUSY_JOBS % 7, 0)

    def test_troubles(self):
        """A badge for each trouble it is in, with what it means, until it is over."""
        self.site.sql("UPDATE user_wallets SET created_at = now() - interval '9 days', "
                      "last_sync = now() - interval '3 days' WHERE address = %s", EMPTY)
        self.open(f"wallet:{EMPTY}")
        self.has_label("Not synced")
        self.window.find("label", re.compile(r"Last synced more than 24 h ago, or never "
                                             r"\(for 3 days\)\. Its balance may be wrong\..*"))
        self.assertFalse(self.window.is_there("label", "Keeps failing"))
        self.window.screenshot("wallet-page-troubles")
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, wallet_address, "
                      "error_message) SELECT 'trouble-' || i, 'gas-topup', 'failed', %s, "
                      "'out of energy: need ' || i FROM generate_series(1, 3) i", EMPTY)
        self.addCleanup(self.site.sql, "DELETE FROM job_logs WHERE starts_with(job_id, 'trouble-')")
        self.has_label("Keeps failing")
        self.site.sql("UPDATE user_wallets SET last_sync = now() WHERE address = %s", EMPTY)
        self.window.wait_gone("label", "Not synced")
        self.site.sql("UPDATE user_wallets SET needs_gas = true WHERE address = %s", EMPTY)
        self.site.sql("INSERT INTO worker_dashboard.flag_served (address, flag, job_log_id, day, "
                      "n, stopped_at) VALUES (%s, 'needs_gas', gen_random_uuid(), now(), 3, now())",
                      EMPTY)
        self.has_label("Flag not cleared")
        self.window.screenshot("wallet-page-uncleared")
        self.site.sql("UPDATE user_wallets SET needs_gas = false WHERE address = %s", EMPTY)
        self.window.wait_gone("label", "Flag not cleared")

    def test_live(self):
        self.open(f"wallet:{EMPTY}")
        self.has_label("No Job Has Run for This Wallet Yet")
        self.window.screenshot("wallet-page-empty", keyboard=crawl.AGAIN)
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, wallet_address) "
                      "VALUES ('live', 'sync', 'pending', %s)", EMPTY)
        self.addCleanup(self.site.sql, "DELETE FROM job_logs WHERE job_id = 'live'")
        self.has_label("Waiting")
        self.site.sql("UPDATE job_logs SET status = 'active', started_at = now() "
                      "WHERE job_id = 'live'")
        self.has_label("Running Now")
        self.site.sql("UPDATE job_logs SET status = 'completed', completed_at = now() "
                      "WHERE job_id = 'live'")
        self.has_label("Today")
        self.window.wait_gone("label", "Running Now")
        self.site.sql("UPDATE user_wallets SET needs_gas = true, balance = 7.5 WHERE address = %s",
                      EMPTY)
        self.window.wait(lambda: self.flag("Gas") == "Needed", "the flag")
        self.assertEqual(self.field("Balance"), "7.5")

    def test_show_in_jobs(self):
        self.open(f"wallet:{BUSY}")
        self.window.click("push button", "Show in Jobs")
        self.wait_title("Jobs")
        self.assertEqual(self.window.find("entry", "Search jobs").text(), f"wallet:{BUSY}")
        Table(self.window, "Jobs").wait_total(f"{BUSY_JOBS + 1} jobs")

    def test_missing(self):
        self.open("wallet:TNobodyKnowsThisOne")
        self.has_label(re.compile("The database has no wallet with this address.*"))
        self.assertFalse(self.window.is_there("push button", "Sync…"))
        self.window.find("label", "No Job Has Run for This Wallet Yet")
        self.window.screenshot("wallet-page-missing", keyboard=crawl.AGAIN)

    def test_narrow(self):
        self.open(f"wallet:{BUSY}", size="720x600")
        self.window.wait(lambda: len(self.rows()) > 3, "rows")
        self.window.screenshot("wallet-page-narrow")
        self.window.find("push button", "Wallet").click()

        def in_sight():
            x, _y, width, _height = self.window.find("label", "Last sync").extents()
            return 0 <= x and x + width <= 720

        self.window.wait(in_sight, "the wallet's fields")
        self.window.screenshot("wallet-page-narrow-facts")


class TroubleTest(DetailsCase):
    """A server that stops under the page."""

    def setUp(self):
        self.site = Site()
        self.addCleanup(self.site.close)
        add_jobs(self.site)

    def test_killed_under_a_wallet(self):
        self.open(f"wallet:{BUSY}")
        self.window.wait(lambda: self.field("Balance"), "the balance")
        self.site.postgres.kill()
        self.window.find(None, re.compile(".*since.*older.*"), seconds=60)
        self.assertIsNotNone(self.field("Balance"))
        self.has_label("Running Now")
        self.window.screenshot("wallet-page-old")
        self.site.postgres.start()
        self.site.reconnect()
        self.window.find("panel", "Connection Environment, connected", seconds=60)
        self.site.sql("UPDATE user_wallets SET balance = 1 WHERE address = %s", BUSY)
        self.window.wait(lambda: self.field("Balance") == "1", "the new balance")


del DetailsCase

if __name__ == "__main__":
    window.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of the audit trail: what is done shows, can be found again, and leads to its subject."""

import getpass
import re
import socket
import unittest

import window as harness
from fixtures.site import Site
from table import Table
from window import Window

ME = f"{getpass.getuser()}@{socket.gethostname()}"
NOUN = "entr(?:y|ie)"


def short(address):
    return f"{address[:6]}…{address[-5:]}"


class Audit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.wallets = cls.site.add_wallets(3)
        cls.site.sql("TRUNCATE worker_dashboard.audit")
        for arguments in (["dispatch", "gas-topup", "--wallet", cls.wallets[0], "--priority=high"],
                          ["dispatch", "sync", "--wallet", cls.wallets[1]],
                          ["wallets", "set-flags", cls.wallets[2], "--needs-gas=true"],
                          ["queues", "pause", "gas-topup"]):
            assert cls.site.wdctl(*arguments).status == 0, arguments
        cls.site.wdctl("queues", "pause", "sync-balances", WD_FAULT="pause:audited")
        cls.site.sql("INSERT INTO worker_dashboard.audit (at, os_user, host, client, action, "
                     "target_type, target_id, before, after) VALUES (now() - interval '3 days', "
                     "E'<b>e\\x1bve</b>', 'far', 'old 1', 'refused', 'job', 'row-1', "
                     "'{\"status\": \"pending\"}', '{\"status\": \"failed\", \"note\": \"no\"}')")

    def setUp(self):
        self.window = Window(self.site.environment(), page="audit")
        self.addCleanup(self.window.close)
        self.table = Table(self.window, "Audit", NOUN)
        self.table.wait_total("7 entries")

    def open_dialog(self, number):
        self.table.press(number)
        self.window.key("Return")
        return self.window.find("dialog", "Audit Entry")

    def wait_closed(self):
        self.window.wait_gone("dialog", "Audit Entry")

    def test_rows(self):
        first, second, third = map(short, self.wallets)
        self.assertEqual(self.table.titles(),
                         ["When", "Who", "Action", "Target", "Change", "Program"])
        self.table.wait_rows(
            [("Queue paused", "sync-balances", "Running → Paused"),
             ("Queue paused", "gas-topup", "Running → Paused"),
             ("Flags set", third, "needs gas: no → yes"),
             ("Job triggered", second, "Balance sync"),
             ("Job triggered", first, "Gas top-up, high priority"),
             ("Setting made", "delivery", "bullmq"),
             ("Refused by queue", "row-1", "Pending → Failed, no")],
            lambda row: (row["Action"], row["Target"], row["Change"]))
        rows = self.table.rows()
        self.assertEqual([row["Who"] for row in rows], [ME] * 6 + ["<b>e␛ve</b>@far"])
        self.assertRegex(rows[0]["Program"], r"^wdctl \d")
        self.assertRegex(rows[0]["When"], r"s ago$|min ago$")
        self.assertEqual(rows[6]["When"], "3 days ago")

    def test_filters(self):
        self.table.choose("Action", "Queue paused")
        self.table.wait_total("2 entries")
        self.table.choose("Action", "Flags set")
        self.table.wait_total("3 entries")
        self.table.choose("Action", "All actions")
        self.table.choose("When", "Last 24 hours", key="Down")
        self.table.wait_total("6 entries")
        self.table.choose("When", "Any time", key="Up")
        self.table.wait_total("7 entries")

    def test_search(self):
        for text, total in (("VE</b>@fa", "1 entry"), (self.wallets[0][3:20], "1 entry"),
                            ("sync-bal", "2 entries"), ("platform", "7 entries")):
            self.table.search(text)
            self.table.wait_total(total)
        self.table.search("100% nobody")
        self.window.find("label", "Nothing Matches")
        self.window.click("push button", "Clear Filters")
        self.table.wait_total("7 entries")

    def test_order(self):
        self.table.sort("When")
        self.table.wait_rows(["Refused by queue"], lambda row: row["Action"])
        self.table.sort("When")
        self.table.wait_rows(["Queue paused"], lambda row: row["Action"])

    def test_job(self):
        """From an entry to all there is of it, and on to the job and to its wallet."""
        dialog = self.open_dialog(4)
        labels = dialog.labels()
        for text in ("Job triggered", "Gas top-up, high priority", ME,
                     "platform", self.wallets[0]):
            self.assertIn(text, labels)
        after = dialog.find("text", "After").text()
        self.assertIn('"priority": 10', after)
        self.assertIsNone(dialog.find("text", "Before"))
        self.window.screenshot("audit-entry")
        self.window.click("push button", "Show Job")
        self.wait_closed()
        self.window.wait(lambda: self.window.title() == "Job", "the job's page")
        self.window.find("label", "Gas top-up")

    def test_wallet(self):
        dialog = self.open_dialog(2)
        self.assertIn('"needs_gas": false', dialog.find("text", "Before").text())
        self.assertIn('"needs_gas": true', dialog.find("text", "After").text())
        self.assertFalse(any(node.is_shown() for node in
                             dialog.all("push button", "Show Job")))
        self.window.screenshot("audit-entry-flags")
        self.window.click("push button", "Show Wallet")
        self.wait_closed()
        self.window.wait(lambda: self.window.title() == "Wallet", "the wallet's page")

    def test_hostile_entry(self):
        """Values of the database are data, and control characters can be seen."""
        dialog = self.open_dialog(6)
        self.assertIn("<b>e␛ve</b>@far", dialog.labels())
        self.assertIn("Pending → Failed, no", dialog.labels())

    def test_keyboard(self):
        """Ctrl+7 from anywhere; what is done meanwhile shows by itself."""
        self.window.key("ctrl+1")
        self.window.wait(lambda: self.window.title() == "Overview", "the overview")
        self.window.key("ctrl+7")
        self.window.wait(lambda: self.window.title() == "Audit", "the audit trail")
        self.window.key("ctrl+f")
        self.window.wait(lambda: any(node.has("focused") for node in
                                     self.window.find("entry", "Search audit").walk()),
                         "focus in the search")
        self.site.wdctl("wallets", "set-flags", self.wallets[2], "--needs-gas=true")
        self.addCleanup(self.site.sql, "DELETE FROM worker_dashboard.audit WHERE id = "
                        "(SELECT max(id) FROM worker_dashboard.audit)")
        self.table.wait_total("8 entries")
        self.table.wait_rows([("Flags set", "no change")],
                             lambda row: (row["Action"], row["Change"]))


class Missing(unittest.TestCase):
    def test_not_migrated(self):
        """An empty page that says what to do, and no banner: nothing is wrong."""
        site = Site()
        self.addCleanup(site.close)
        site.sql("DROP SCHEMA worker_dashboard CASCADE")
        window = Window(site.environment(), page="audit")
        self.addCleanup(window.close)
        window.find("label", "No Audit Trail Yet")
        window.find("label", re.compile(".*before the migrations have made.*"))
        window.screenshot("audit-missing")
        window.find("panel", "Connection Environment, connected")
        self.assertFalse(window.is_there(None, re.compile(".*since \\d.*")))
        migrated = site.wdctl("migrate")
        self.assertEqual(migrated.status, 0)
        window.click("push button", "Try Again")
        applied = len(migrated.document["applied"])
        Table(window, "Audit", NOUN).wait_total(f"{applied} entries")

    def test_empty(self):
        site = Site()
        self.addCleanup(site.close)
        site.sql("TRUNCATE worker_dashboard.audit")
        window = Window(site.environment(), page="audit")
        self.addCleanup(window.close)
        window.find("label", "Nothing Done Yet")
        window.screenshot("audit-empty")


if __name__ == "__main__":
    harness.main()

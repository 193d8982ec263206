# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a window does with a remote dashboard: one as deployed, and our service."""

import itertools
import re

from connection_case import NO_SERVERS, button, field
from fixtures.service import Service, make_token
from fixtures.web_dashboard import WebDashboard
from table import Table
from window import Window


class RemoteConnections:
    """For a ConnectionCase whose `site` has three failed jobs and seven wallets."""

    def test_remote_dashboard(self):
        """From the dialog to an order whose answer is lost; what it does not serve is not there."""
        web = WebDashboard(self.site.postgres.connect)
        self.addCleanup(web.close)
        web.token = "remote-token-0123"
        # Others count on three jobs and plain wallets.
        self.addCleanup(self.site.sql, "UPDATE user_wallets SET needs_gas = false")
        self.addCleanup(self.site.sql, "DELETE FROM job_logs WHERE status = 'pending'")
        window = self.open(self.site)
        self.press("Connect…")
        self.dialog()
        self.type(re.compile("Name.*"), "Remote")
        window.move_to("combo box", re.compile("(Kind ?)+.*"))
        window.key("Down", "Return")
        self.type(field("Remote dashboard", "Address"), web.url)
        window.screenshot("remote-dialog")
        self.press("Test Connection")
        window.find("list item", re.compile("Error: .*401.*the token is missing, wrong or revoked "
                                             r"\(this connection has none\)"))
        self.press("Back")
        self.type(field("Remote dashboard", "Token"), web.token)
        self.press("Test Connection")
        window.find("list item", re.compile("OK: The remote dashboard answers.*"))
        window.screenshot("remote-test")
        self.press("Back")
        self.save()
        window.find("panel", re.compile("Connection Remote, connected"))
        self.assertEqual(self.keyring.password("Remote", "api"), web.token)
        self.assertIn(f"[Remote]\nurl={web.url}\n", self.file)
        self.assertNotIn(web.token, self.file + window.log())
        window.find("push button", "Gas top-up: 3 failed")
        window.kind = "deployed"
        window.screenshot("remote-overview")
        for page in ("Queues", "Charts", "Audit"):
            self.assertFalse(window.is_there("list item", page), page)

        window.key("ctrl+3")
        window.find("label", "3 jobs")
        window.screenshot("remote-jobs")
        self.walk_detail(window, "Jobs", "Job")
        self.searched().set_text("energy")
        window.find("label", "A remote dashboard cannot look for jobs by a part of a text")
        window.screenshot("remote-refused")
        self.press("Clear Filters")
        window.find("label", "3 jobs")
        window.key("ctrl+2")
        window.find("label", "7 wallets")
        window.screenshot("remote-wallets")
        self.walk_detail(window, "Wallets", "Wallet")
        Table(window, "Wallets").press(0)
        window.key("shift+F10")
        window.click("menu item", "Set “Needs Gas”")
        window.wait_gone("menu item", "Set “Needs Gas”")
        window.wait(lambda: self.site.sql("SELECT count(*) FROM user_wallets WHERE needs_gas")
                    == [(1,)], "flag in the database")
        web.cut = ("after", 1)
        Table(window, "Wallets").press(0)
        window.key("shift+F10")
        window.click("menu item", "Trigger Gas Top-up…")
        window.focus_other("Trigger Job")
        trigger = window.find("push button", button("Trigger Job"),
                              within=("dialog", "Trigger Job"))
        window.wait(lambda: trigger.has("sensitive"), "what the wallet's jobs are")
        trigger.click()
        window.find("label", re.compile("Not known whether it was taken.*Since then the wallet has "
                                        "got: [0-9a-f-]{36}.*", re.S))
        window.find("push button", "Show", within=("dialog", "Trigger Job"))
        window.screenshot("remote-lost-answer")
        self.assertEqual(web.count("POST", "/api/dispatch"), 1)
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs WHERE status = 'pending'"),
                         [(1,)])

    @staticmethod
    def walk_detail(window, name, title):
        """Opens the first row of a table, stops there, goes back and selects nothing."""
        Table(window, name).press(0)
        window.key("Return")
        window.wait(lambda: window.title() == title, f"page {title}")
        window.find("push button", "Copy Address" if title == "Wallet" else "Show Wallet")
        window.screenshot(f"remote-{title.lower()}")
        window.key("Escape")
        window.wait(lambda: window.title() == name, f"page {name}")
        window.find("label", "1 selected")
        window.key("Escape")
        window.wait_gone("label", "1 selected")

    def walk_as_viewer(self, window):
        """Every page, with what a viewer may not do out of use."""
        window.kind = "viewer"
        window.screenshot("viewer-jobs")
        self.walk_detail(window, "Jobs", "Job")
        window.key("ctrl+1")
        window.find("push button", "Gas top-up: 3 failed")
        window.screenshot("viewer-overview")
        window.key("ctrl+2")
        window.find("label", "7 wallets")
        window.screenshot("viewer-wallets")
        self.walk_detail(window, "Wallets", "Wallet")
        window.key("ctrl+4")
        window.find("push button", "Actions of gas-topup")
        window.screenshot("viewer-queues")
        window.press(window.find("list item", "Alerts").path)
        window.wait(lambda: window.title() == "Alerts", "the alerts")
        window.screenshot("viewer-alerts")
        window.key("ctrl+3")
        window.kind = "service"

    def test_remote_service(self):
        """A service that tells of changes and shows its queues; what it lacks says so."""
        token = make_token(self.site, "window", "viewer")
        service = Service(self.site)
        self.addCleanup(service.close)
        self.addCleanup(self.site.sql, "DELETE FROM job_logs WHERE status = 'pending'")
        self.window = window = Window(
            self.site.environment(), page="jobs", **NO_SERVERS,
            WORKER_DASHBOARD_API_URL=f"http://{service.listen}", WORKER_DASHBOARD_API_TOKEN=token)
        self.addCleanup(window.close)
        window.find("push button", "Updates: Live")
        window.find("label", "3 jobs")
        retry = window.find("push button", button("Retry All Matching…"))
        self.assertFalse(retry.has("sensitive"))
        self.assertIn("takes a token of the role operator", retry.description())
        trigger = window.find("push button", button("Trigger Job"))
        self.assertFalse(trigger.has("sensitive"))
        self.assertIn("may only look", trigger.description())
        self.walk_as_viewer(window)
        self.site.sql("UPDATE worker_dashboard.api_token SET role = 'admin'")
        # The service looks again who may what after three seconds, and tells whoever asks then.
        asks = itertools.count()

        def may_retry():
            if next(asks) % 20 == 0:
                window.key("F5")
            return window.find("push button", button("Retry All Matching…")).has("sensitive")

        window.wait(may_retry, "what the token may do now")
        self.assertTrue(window.find("push button", button("Trigger Job")).has("sensitive"))
        self.check_bulk(window)
        # Within the seconds after which it reads when nothing is told, and well below.
        self.site.sql("INSERT INTO job_logs (job_id, job_type, wallet_address) "
                      "VALUES ('told', 'sync', 'WTold')")
        window.find("label", "4 jobs", seconds=4)
        self.searched().set_text("wtold")
        window.find("label", "1 job")
        self.site.redis.client().set("bull:gas-topup:stalled-check", "1", px=60000)
        window.key("ctrl+4")
        window.find("label", "No worker is seen, but there are signs of one")
        window.find("push button", "Pause gas-topup").click()
        self.press("Pause", within=("dialog", "Pause the queue “gas-topup”?"))
        window.find("push button", "Resume gas-topup")
        self.assertEqual(self.site.sql("SELECT os_user FROM worker_dashboard.audit "
                                       "WHERE action = 'pause-queue'"), [("window",)])
        more = window.find("push button", "Actions of gas-topup")
        self.assertFalse(more.has("sensitive"))
        window.screenshot("remote-queues")
        self.site.wdctl("queues", "resume", "gas-topup")
        window.find("push button", "Pause gas-topup")
        for page in ("Charts", "Audit"):
            self.assertFalse(window.is_there("list item", page), page)

    def check_bulk(self, window):
        """All that match are retried by the service; what it does not export says so."""
        self.press("Retry All Matching…")
        window.focus_other("Retry Jobs")
        window.find(None, "3 jobs", within=("dialog", "Retry Jobs"))
        window.screenshot("remote-bulk-preview")
        self.press("Retry 3 Jobs", within=("dialog", "Retry Jobs"))
        window.find(None, "Finished · 3 done, 0 refused")
        self.assertEqual(self.site.sql("SELECT state, done, created_by FROM "
                                       "worker_dashboard.bulk_run"), [("done", 3, "window")])
        self.press("Report on the bulk run")
        window.focus_other("Report")
        save = window.find("push button", button("Save…"), within=("dialog", "Report"))
        self.assertFalse(save.has("sensitive"))
        window.find(None, re.compile("Begun by window, .*"), within=("dialog", "Report"))
        window.screenshot("remote-bulk-report")
        window.key("Escape")
        window.wait_gone("dialog", "Report")
        window.screenshot("remote-bulk-finished")
        self.press("Dismiss the bulk run")
        self.site.sql("UPDATE job_logs SET status = 'failed', error_message = 'out of energy'")
        window.key("ctrl+1")
        window.click("push button", "By Error")
        window.find(None, re.compile("1 kind of error in 3 failed jobs.*"))
        window.screenshot("remote-errors")
        row = window.find("list item", "out of energy: 3 jobs")
        row.find("push button", "What to do with these jobs").children[0].click()
        window.click("menu item", "Retry All…")
        window.focus_other("Retry Jobs")
        # Their queue has them waiting since they were retried.
        window.find(None, re.compile("3 jobs, of which 3 will be refused.*"),
                    within=("dialog", "Retry Jobs"))
        window.key("Escape")
        window.wait_gone("dialog", "Retry Jobs")
        window.focus()
        window.key("ctrl+3")

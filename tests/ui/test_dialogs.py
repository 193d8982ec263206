#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each dialog, dark, narrow and wordy at once, with large text, two in high contrast, kept as
pictures to look at."""

import re
import signal

import window as harness
from fixtures import sample
from fixtures.site import Site
from further_places import FurtherPlaces
from looks_case import LooksCase
from table import Table


class Dialogs(FurtherPlaces, LooksCase):
    """Each dialog, dark, narrow and wordy at once; with large text, two in high contrast."""

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
        self.stop(f"dialog-{look}-{name}", other, ("dark",))
        self.window.key("Escape")
        self.window.wait_other_gone(title)
        self.window.focus()

    def find(self, text, say=None):
        """Goes somewhere by the palette, which is asked for TEXT in the window's language."""
        self.window.key("ctrl+k")
        self.window.find("dialog", "Find")
        self.window.focus_other("Find")
        self.window.find("entry", "Find", within=("dialog", "Find")).set_text(
            (say or self.window.say)(text))
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
        self.find(self.failed, str)
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
        self.window.key("ctrl+7")
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
        self.window.find("label", "Next part of the window")
        self.shot(look, "Keyboard Shortcuts", "shortcuts")

    def help(self, look):
        """F1 over a dialog tells of it; links and the contents lead on."""
        self.window.key("ctrl+n")
        self.window.find("dialog", "Trigger Job")
        self.window.focus_other("Trigger Job")
        self.window.key("F1")
        self.window.find("frame", "How “exactly once” works")
        self.window.focus_other("How “exactly once” works")
        self.window.click("push button", re.compile("(_?Contents )?Contents"))
        self.window.find("frame", "Guide to Worker Dashboard")
        self.window.find("list item", re.compile("Roles and grants.*"))
        self.window.key("Down", "Down", "Return")
        self.window.find("label", "A viewer")
        self.shot(look, "Roles and grants", "help")
        self.window.focus_other("Trigger Job")
        self.window.key("Escape")
        self.window.wait_gone("dialog", "Trigger Job")
        self.window.focus()

    def palette(self, look):
        self.window.key("ctrl+k")
        self.window.find("dialog", "Find")
        self.shot(look, "Find", "palette")

    def test_dialogs(self):
        everything = (self.preferences, self.shortcuts, self.help, self.palette, self.connection,
                      self.trigger, self.review, self.migrations, self.audit, self.retry)
        # A job that is undelivered for long is told of in place of migrations, and by then all that
        # failed is retried.
        later = tuple(dialog for dialog in everything
                      if dialog not in (self.migrations, self.retry))
        for look, dialogs in (("dark", everything), ("wordy-narrow", everything + self.further()),
                              ("contrast", (self.review, self.connection)),
                              ("large-text", later)):
            with self.subTest(look=look), self.open(look, self.site):
                self.window.find("push button", "21 wallets")
                for dialog in dialogs:
                    dialog(look)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts in the window: seen, acknowledged, told of outside of it, and leading to their cause."""

import os
import re
import shutil
import unittest

import crawl
import front
import window as harness
from fixtures.site import Site
from notifications import Notifications
from window import Window

FAILED = "Failed jobs: Gas top-up"
RULES = "[failed-jobs]\nthreshold=3\ncooldown=0\n[failure-rate]\nenabled=false\n"


class Alerts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.notifications = Notifications()
        cls.addClassCleanup(lambda: cls.notifications.close())

    def setUp(self):
        self.site.sql("TRUNCATE job_logs")
        for folder in ("data", "config"):
            shutil.rmtree(self.site.household.path(folder), ignore_errors=True)
        shutil.copytree(os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0"),
                        self.site.household.path("config", "gtk-4.0"))
        self.environment = {**self.site.environment(),
                            "XDG_DATA_HOME": self.site.household.path("data"),
                            "XDG_CONFIG_HOME": self.site.household.path("config")}
        assert self.site.wdctl("alerts", "list", **self.environment).status == 0
        lock, = os.listdir(self.site.household.path("data", "worker-dashboard", "alerts"))
        self.rules = self.site.household.path("config", "worker-dashboard", "alerts",
                                              lock.replace(".lock", ".conf"))
        os.makedirs(os.path.dirname(self.rules))
        with open(self.rules, "w", encoding="utf-8") as file:
            file.write(RULES)
        self.notifications.shown.clear()
        self.notifications.history.clear()

    def open(self, page="alerts"):
        shown = Window(self.environment, page=page)
        self.addCleanup(shown.close)
        return shown

    def wait_notified(self, shown):
        shown.wait(lambda: self.notifications.find(FAILED), "a notification")
        return self.notifications.find(FAILED)

    def test_open_acknowledge_resolve(self):
        self.site.add_failed_jobs(4)
        shown = self.open()
        shown.find("panel", FAILED)
        shown.find("label", "4 failed in 1 h, threshold 3")
        shown.find("label", "1", within=("list item", "Alerts"))
        self.assertIn("Environment: 4 failed in 1 h, threshold 3",
                      self.notifications.shown[self.wait_notified(shown)]["text"])
        shown.click("push button", f"Acknowledge {FAILED}")
        shown.wait_gone("push button", f"Acknowledge {FAILED}")
        shown.find("label", re.compile("Acknowledged .*"))
        shown.wait(lambda: not self.notifications.find(FAILED), "it taken back")
        shown.wait(lambda: not any(node.name == "1" and node.is_shown() for node in
                                   shown.tree().find("list item", "Alerts").all("label")),
                   "the badge gone")
        self.site.sql("DELETE FROM job_logs")
        shown.wait_gone("panel", FAILED)
        shown.find("label", re.compile(r"at most 4 failed, threshold 3 · .* · for .*"))
        shown.screenshot("alerts-history", keyboard=crawl.AGAIN)
        self.assertEqual(len([said for said in self.notifications.history
                              if said["title"] == FAILED]), 1)

    def test_comes_back(self):
        """What ended and is so again within the cooldown is there again, without a sound."""
        with open(self.rules, "w", encoding="utf-8") as file:
            file.write(RULES.replace("cooldown=0", "cooldown=900"))
        self.site.add_failed_jobs(4)
        shown = self.open()
        self.wait_notified(shown)
        self.site.sql("DELETE FROM job_logs")
        shown.wait(lambda: not self.notifications.find(FAILED), "it taken back")
        self.site.add_failed_jobs(4)
        self.wait_notified(shown)
        self.assertEqual([said["urgency"] for said in self.notifications.history
                          if said["title"] == FAILED], [1, 0])

    def test_told_once_somebody_shows_it(self):
        """The program may be there before whoever shows notifications is."""
        self.notifications.close()
        try:
            self.site.add_failed_jobs(4)
            shown = self.open()
            shown.find("panel", FAILED)
        finally:
            type(self).notifications = Notifications()
        self.wait_notified(shown)
        listed, = self.site.wdctl("alerts", "list", **self.environment).document["alerts"]
        self.assertIsNotNone(listed["notified"])

    def test_click_leads_to_the_jobs(self):
        self.site.add_failed_jobs(4)
        shown = self.open("overview")
        self.notifications.act(self.wait_notified(shown))
        shown.find("label", "4 jobs")
        entry = shown.find("entry", "Search jobs")
        shown.wait(lambda: "type:gas-topup" in entry.text(), "the filter")
        self.assertIn("status:failed", entry.text())

    def test_button_acknowledges(self):
        self.site.add_failed_jobs(4)
        shown = self.open()
        shown.find("panel", FAILED)
        shown.screenshot("alerts")
        shown.find("push button", f"Snooze {FAILED}").children[0].click()
        shown.wait(lambda: front.find_popover(shown.focused_node()), "the menu")
        shown.screenshot("alert-snooze")
        shown.key("Escape")
        shown.wait(lambda: not front.find_popover(shown.focused_node()), "its end")
        self.notifications.act(self.wait_notified(shown), "Acknowledge")
        shown.wait_gone("push button", f"Acknowledge {FAILED}")

    def test_rules_are_kept(self):
        shown = self.open()
        shown.find("panel", "Nothing Is Wrong")
        shown.click("push button", "Rules…")
        shown.find("dialog", "Alert Rules")
        shown.focus_other("Alert Rules")
        shown.screenshot("alert-rules")
        shown.press(shown.find("check box", "Wallets in trouble").path)
        shown.click("push button", re.compile("(_Save )?Save"), within=("dialog", "Alert Rules"))
        shown.wait_gone("dialog", "Alert Rules")
        with open(self.rules, encoding="utf-8") as file:
            text = file.read()
        self.assertIn("[wallets]\nenabled=false", text)
        self.assertIn("threshold=3\n", text)
        shown.close()
        rules = {rule["rule"]: rule["enabled"] for rule in
                 self.site.wdctl("alerts", "rules", **self.environment).document["rules"]}
        self.assertEqual([name for name, on in rules.items() if not on],
                         ["failure-rate", "wallets"])

    def test_what_cannot_be_measured(self):
        """Nothing is wrong that anybody can see: the page says what nobody can."""
        self.environment["REDIS_URL"] = ""
        shown = self.open()
        shown.find("panel", "Nothing Is Wrong")
        shown.find("label", re.compile(r"[\s\S]*Cannot be measured over this connection now: "
                                       r"No worker, Drift\."))

    def test_queues_that_cannot_be_read(self):
        """The overview says so where nothing else does."""
        redis = self.site.redis
        for rules, reason in ((["-scan"], ".*scan.*"),
                              (["-eval", "-evalsha"], "gas-topup, consolidation, .*")):
            with self.subTest(reason):
                redis.limit(*rules, user="default")
                try:
                    shown = self.open("overview")
                    shown.find("label", re.compile("What is stuck could not be read: " + reason))
                    shown.close()
                finally:
                    redis.limit(*(rule.replace("-", "+") for rule in rules), user="default")

    def test_limits_are_set(self):
        """From where on something is wrong, for everybody: what was changed alone is set."""
        shown = self.open()
        shown.find("panel", "Nothing Is Wrong")
        shown.click("push button", "Limits…")
        shown.find("dialog", "Limits")
        shown.focus_other("Limits")
        spin = shown.find("spin button", re.compile(".* not synced for this long.*"))
        shown.wait(lambda: spin.has("sensitive"), "the limits")
        shown.screenshot("health-limits")
        shown.move_to("spin button", re.compile(".* not synced for this long.*"))
        shown.key("ctrl+a", "6", "0")
        # Keys and what assistive technology does come on two ways.
        shown.wait(lambda: shown.find(
            "spin button", re.compile(".* not synced for this long.*")).text() == "60",
            "what was typed")
        shown.click("push button", re.compile("(_Save )?Save"), within=("dialog", "Limits"))
        shown.wait_gone("dialog", "Limits")
        shown.wait(lambda: self.site.sql("SELECT key, value FROM worker_dashboard.setting "
                                         "WHERE key LIKE 'health.%'")
                   == [("health.sync-seconds", "3600")], "the limit")

    def keep_watching(self):
        settings = self.site.household.path("config", "glib-2.0", "settings", "keyfile")
        os.makedirs(os.path.dirname(settings), exist_ok=True)
        with open(settings, "w", encoding="utf-8") as file:
            file.write("[org/workerdashboard/WorkerDashboard]\nkeep-watching=true\n")
        self.environment["GSETTINGS_BACKEND"] = "keyfile"

    def test_goes_on_without_a_window(self):
        self.keep_watching()
        shown = self.open("overview")
        shown.find("label", "Overview")
        shown.key("ctrl+w")
        shown.wait(lambda: self.notifications.find("Worker Dashboard keeps watching"), "the note")
        self.site.add_failed_jobs(4)
        number = self.wait_notified(shown)
        self.notifications.act(number)
        shown.find("label", "4 jobs")
        shown.wait(lambda: not self.notifications.find("Worker Dashboard keeps watching"),
                   "the note taken back")
        shown.key("ctrl+q")
        self.assertEqual(shown.process.wait(20), 0)


if __name__ == "__main__":
    harness.main()

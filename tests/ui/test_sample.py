#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The first run without a server: from the welcome page to sample data and back."""

import glob
import os
import sys
import time
import unittest

import psycopg2

import window as harness
from actions_case import ActionsCase
from connection_case import NO_SERVERS, button
from fixtures.processes import be_ordinary
from sample_names import CONNECTED, EXPLORE, LEAVE, LIVE_SECONDS, MARK
from table import Table

TRIGGER = "Trigger Job"


class Sample(ActionsCase):
    """Windows without a connection, of somebody who is not root."""

    def setUp(self):
        unittest.TestCase.setUp(self)
        self.window = None

    def open_welcome(self, style, size="1200x800", **environment):
        self.window = harness.Window({}, arguments=[style], size=size, **NO_SERVERS,
                                     **environment)
        self.addCleanup(self.window.close)
        self.window.find("push button", EXPLORE)
        return self.window

    @staticmethod
    def folders():
        return glob.glob(os.path.join(os.environ["XDG_RUNTIME_DIR"], "wd-sample-*"))

    def wait_cleared(self):
        self.window.wait(lambda: not self.folders(), "end of the folder")

    def explore(self):
        began = time.monotonic()
        self.window.click("push button", EXPLORE)
        self.window.find(None, "Updates: Live", seconds=LIVE_SECONDS)
        print(f"live after {time.monotonic() - began:.1f} s", file=sys.stderr)

    def assert_marked(self, title):
        self.window.wait(lambda: self.window.title() == title, f"page {title}")
        self.window.find(None, MARK)
        self.window.find("push button", LEAVE)

    def test_explore(self):
        window = self.open_welcome("--light")
        window.screenshot("sample-welcome")
        window.click("push button", EXPLORE)
        self.says("Making a private PostgreSQL…")
        window.screenshot("sample-starting")
        window.click("push button", button("Cancel"))
        window.find("push button", EXPLORE)
        self.wait_cleared()

        self.explore()
        # A narrow window has no room for it.
        window.find("panel", CONNECTED)
        self.assertIn("Sample Data", window.find("frame").find("label", "Sample Data").name)
        self.assert_marked("Overview")
        window.screenshot("sample-light")
        window.key("ctrl+4")
        self.assert_marked("Queues")
        self.trigger()
        window.click("push button", LEAVE)
        window.find("push button", EXPLORE)
        self.wait_cleared()

    def time_live(self):
        """The way to sample data and back, and nothing else; only tools/bench runs it."""
        window = self.open_welcome("--light")
        self.explore()
        window.click("push button", LEAVE)
        window.find("push button", EXPLORE)
        self.wait_cleared()

    def ordered_job(self):
        """Returns the id of the only job that was not invented."""
        [folder] = self.folders()
        connection = psycopg2.connect(host=folder, user="sample", dbname="postgres")
        self.addCleanup(connection.close)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id::text FROM job_logs WHERE NOT data ? 'sample'")
            [(row,)] = cursor.fetchall()
        return row

    def trigger(self):
        """What is ordered is done, in front of whoever ordered it."""
        self.window.key("ctrl+2")
        table = Table(self.window, "Wallets")
        table.wait_total("600 wallets")
        self.select(table, 0)
        self.choose_from_menu("Trigger Gas Top-up…")
        self.dialog(TRIGGER)
        self.go(TRIGGER)
        self.closed(TRIGGER)
        self.window.key("ctrl+3")
        jobs = Table(self.window, "Jobs")
        jobs.search(self.ordered_job())
        jobs.wait_rows(["Completed"], lambda row: row["Status"])
        jobs.press(0)
        self.window.key("Return")
        self.assert_marked("Job")
        self.says("In Its Queue")
        self.window.screenshot("sample-job")

    def test_again_and_killed(self):
        """Servers that are not there are named; what is begun anew dies with the program."""
        window = self.open_welcome("--dark", "720x600", WORKER_DASHBOARD_SERVERS="/nonexistent")
        window.click("push button", EXPLORE)
        self.says(".*apt install postgresql redis-server.*Nothing was started.*")
        window.screenshot("sample-missing")
        window.close()
        window = self.open_welcome("--dark", "720x600")
        self.explore()
        window.screenshot("sample-dark")
        [folder] = self.folders()
        self.assertTrue(os.path.exists(os.path.join(folder, "redis.sock")))
        window.process.kill()
        window.process.wait()
        harness.wait_until(lambda: not self.folders(), 10, "the end of the folder")
        self.assertEqual(os.listdir(os.path.join(os.environ["XDG_DATA_HOME"])), [])


if __name__ == "__main__":
    if "WD_UI_SESSION" not in os.environ:
        be_ordinary(os.path.join(harness.build_folder(), "screenshots"))
    harness.main()

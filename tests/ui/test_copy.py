#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Selected rows of every table are copied by the same keys: as text, as a table, as JSON."""

import contextlib
import csv
import io
import json
import re

import window as harness
from gi.repository import GLib
from table import Table
from test_queues import QUEUE, QueuesCase


class Copies(QueuesCase):
    """What is copied is read where it is pasted."""

    copied = None

    def pasted(self):
        """What is on the clipboard, by the entry that is there on every page."""
        self.window.focus()
        self.window.key("ctrl+k")
        self.window.find("dialog", "Find")
        self.window.focus_other("Find")
        entry = self.window.find("entry", "Find", within=("dialog", "Find"))
        self.window.key("ctrl+v")
        self.window.wait(entry.text, "what was pasted")
        text = entry.text()
        self.window.key("Escape")
        self.window.wait_gone("dialog", "Find")
        self.window.focus()
        return text

    def copy(self, name, key):
        """Presses KEY in the table NAME, whose first row is pressed before; again where what was
        copied before is still there, since a press may come before the window has the keyboard."""
        def has_rows():
            # One that was just shown may be made anew.
            with contextlib.suppress(GLib.Error):
                return Table(self.window, name).rows()

        for _attempt in range(3):
            self.window.wait(has_rows, f"the rows of {name}")
            Table(self.window, name).press(0)
            self.window.key(key)
            text = self.pasted()
            if text != self.copied:
                break
        self.copied = text
        return text

    def check(self, name, **expected):
        """The first row of a table says EXPECTED in each of the three ways."""
        with self.subTest(name):
            line = self.copy(name, "ctrl+c")
            document = json.loads(self.copy(name, "ctrl+shift+j"))
            # An entry has one line: a header cannot be told from its row but by what it says.
            table = self.copy(name, "ctrl+shift+c")
            for key, value in expected.items():
                self.assertEqual(document[key], value)
                self.assertIn(str(value), re.split(r"[\t␉]", line))
                self.assertIn(key, table)
                self.assertIn(str(value), table)
        return table

    def test_pages(self):
        failed = self.fail_job()
        self.open("jobs")
        Table(self.window, "Jobs").wait_total("1 job")
        self.check("Jobs", job_id=self.site.sql("SELECT job_id FROM job_logs WHERE id = %s",
                                                failed)[0][0], status="failed")
        self.site.wdctl("queues", "pause", QUEUE)
        self.window.key("ctrl+7")
        self.window.wait(lambda: self.window.title() == "Audit", "the audit trail")
        self.window.wait(Table(self.window, "Audit").rows, "the entries")
        self.check("Audit", action="pause-queue")

    def test_queue(self):
        [job] = self.queue_jobs(1)
        self.site.sql("UPDATE job_logs SET wallet_address = 'T1' WHERE id = %s", job)
        self.open("queues")
        self.window.find("push button", f"Actions of {QUEUE}").children[0].click()
        self.window.click("menu item", "Jobs")
        self.window.wait(lambda: self.window.title() == "Queue", "the queue")
        self.check("Jobs in the queue", id=job, queue_state="waiting", wallet_address="T1")

    def test_drift(self):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, created_at, updated_at) "
                      "SELECT 'lost-' || i, 'sync', 'pending', t + i * interval '1 s', t "
                      "FROM (VALUES (timestamptz '2001-02-03Z')) AS v (t), "
                      "generate_series(1, 2) AS g (i)")
        self.open("queues")
        self.window.click("push button", re.compile("Compare with the .*"))
        self.window.wait(lambda: self.window.title() == "Drift", "the drift")
        name = "Jobs of which row and queue disagree"
        self.check(name, kind="lost", job_id="lost-1", status="pending")
        Table(self.window, name).press(0)
        self.window.key("shift+Down", "ctrl+shift+j")
        self.assertEqual([item["job_id"] for item in json.loads(self.pasted())],
                         ["lost-1", "lost-2"])

    def test_schedulers(self):
        self.schedule("nightly", {"pattern": "0 2 * * *", "tz": "Europe/Berlin"})
        self.open("queues")
        self.says(".*1 scheduler.*")
        self.window.find("push button", f"Actions of {QUEUE}").children[0].click()
        self.window.click("menu item", "Schedulers…")
        for key, expected in (("ctrl+c", "0 2 * * *"), ("ctrl+shift+c", "pattern"),
                              ("ctrl+shift+j", '"tz"')):
            self.dialog("Schedulers")
            Table(self.window, "Schedulers").press(0)
            self.window.key(key)
            self.window.key("Escape")
            self.window.wait_gone("dialog", "Schedulers")
            self.assertIn(expected, self.pasted())
            self.window.find("push button", f"Actions of {QUEUE}").children[0].click()
            self.window.click("menu item", "Schedulers…")

    def test_charts(self):
        self.site.add_failed_jobs(1)
        self.site.sql("UPDATE job_logs SET completed_at = now()")
        self.open("charts")
        self.window.click("push button", "Show as Table: Throughput")
        table = self.check("Throughput", failed=1, completed=0)
        self.assertIn("wait_p95_ms", table)


del QueuesCase

if __name__ == "__main__":
    harness.main()

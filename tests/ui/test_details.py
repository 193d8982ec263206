#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of a job, the ways from page to page, and back."""

import json
import re
import time
import unittest

import window
from details import BUSY, BUSY_JOBS, NEWEST, TITLES, DetailsCase, add_jobs, fail_for_real
from fixtures import sample
from fixtures.site import Site
from fixtures.workers import Queues
from table import Table

FAILED = None
SITE = None


def setUpModule():
    global SITE, FAILED  # pylint: disable=global-statement
    SITE = Site()
    unittest.addModuleCleanup(SITE.close)
    sample.fill(SITE, wallets=100, jobs=900, queues=False)
    add_jobs(SITE)
    FAILED = fail_for_real(SITE)


class JobTest(DetailsCase):
    """Job page."""

    @classmethod
    def setUpClass(cls):
        cls.site = SITE

    def test_failed_job(self):
        self.open(f"job:{FAILED}")
        self.wait_job(FAILED)
        tree = self.window.tree()
        labels = tree.labels()
        [(error, wait_ms)] = self.site.sql(
            "SELECT error_message, extract(epoch FROM started_at - created_at) * 1000 "
            "FROM job_logs WHERE id = %s", FAILED)
        self.assertEqual(self.window.find("text", "Error").text(), error)
        self.window.find("push button", "Copy Error")
        self.assertGreater(wait_ms, 0)
        self.has_label(re.compile(r".* after creation · \d+ (s|min) ago"))
        self.has_label(re.compile(r"ran [\d.]+ m?s · \d+ (s|min) ago"))
        self.assertEqual(self.field("State"), "Failed")
        self.assertEqual(self.field("Attempts"), "3 made, 3 started, 3 allowed")
        self.assertIn("40 %", labels)
        self.assertEqual(self.window.find("text", "Worker log").text(),
                         "before the first attempt\nafter the last one")
        self.window.find("push button", "Retry…")
        self.assertFalse(self.window.is_there("push button", "Next Job"))
        self.window.screenshot("job-page")

    def test_stack_traces(self):
        """Newest first, each by itself, the newest open."""
        self.open(f"job:{FAILED}")
        self.wait_job(FAILED)
        with Queues(self.site) as queues:
            traces = queues.command("consolidation", "describe", id=FAILED)["stacktrace"]
        self.assertEqual(len(traces), 3)
        pattern = re.compile(r"Attempt \d · .*")
        titles = [text for text in self.window.tree().labels() if pattern.fullmatch(text)]
        self.assertEqual(titles, [f"Attempt {i + 1} · {traces[i].splitlines()[0]}"
                                  for i in (2, 1, 0)])
        blocks = [node.text() for node in self.window.tree().all("text", "stack trace")
                  if node.is_shown()]
        self.assertEqual([block.splitlines()[0] for block in blocks], [traces[2].splitlines()[0]])
        self.assertIn("    at ", blocks[0])

    def tree_rows(self):
        data = self.window.find("list", "Data")
        return [row.labels() for row in data.all("list item")]

    def test_data(self):
        self.open(f"job:{FAILED}")
        self.wait_job(FAILED)
        self.window.wait(lambda: len(self.tree_rows()) > 5, "the data")
        rows = self.tree_rows()
        for row in (["big", "12345678901234567890123"], ["amount", "0.000000000000000001"],
                    ["empty", "empty"], ["route", "3 values"], ["hops", "2 values"],
                    ["node", "second"], ["dry", "false"], ["note", "null"]):
            self.assertIn(row, rows)
        place = rows.index(["route", "3 values"])
        item = self.window.find("list", "Data").all("list item")[place]
        self.window.press(item.path)
        self.window.wait(lambda: ["hops", "2 values"] not in self.tree_rows(), "the route to close")
        # A refresh leaves closed what was closed.
        age = self.window.find("label", re.compile("as of .*")).name
        # It is told to the second: this is the next one.
        time.sleep(1 - time.time() % 1)
        self.window.key("F5")
        self.window.wait(lambda: self.window.find("label", re.compile("as of .*")).name != age,
                         "a refresh")
        self.assertNotIn(["hops", "2 values"], self.tree_rows())
        self.window.press(self.window.find("push button", "Text").path)
        [(data,)] = self.site.sql("SELECT data::text FROM job_logs WHERE id = %s", FAILED)
        self.window.wait(lambda: self.window.find("text", "Data").text(), "the text")
        text = self.window.find("text", "Data").text()
        self.assertEqual(json.loads(text), json.loads(data))
        self.assertIn("12345678901234567890123", text)

    def test_show_all(self):
        """What is huge is cut, says so, and is there in full on request: as a tree, as text."""
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, data) "
                      "VALUES ('huge', 'sync', 'failed', %s)",
                      json.dumps({"items": list(range(3000)), "long": "x" * 20000}))
        self.addCleanup(self.site.sql, "DELETE FROM job_logs WHERE job_id = 'huge'")
        self.open("job:huge")
        self.wait_job("huge")
        # The data's order is the database's: shorter names first.
        self.window.wait(lambda: len(self.tree_rows()) == 2, "the data")
        self.assertEqual(self.tree_rows()[1], ["items", "3\u00a0000 values"])
        self.window.press(self.window.find("list", "Data").all("list item")[1].path)
        self.window.wait(lambda: ["0", "0"] in self.tree_rows(), "the first items")
        self.window.key("End")
        more = ["Show All (2\u00a0900 more)"]
        self.window.wait(lambda: self.tree_rows()[-2:] == [["99", "99"], more],
                         lambda: f"what was cut: {self.tree_rows()[-3:]}")
        self.window.screenshot("job-cut", keyboard=False)
        self.window.key("Return")
        self.window.wait(lambda: ["100", "100"] in self.tree_rows(), "the next items")
        self.assertNotIn(more, self.tree_rows())

        # As high as lines can be told to be on screen.
        error = "".join(f"line {i} of a story that is longer than it is high\n"
                        for i in range(700)) + "the end of it"
        self.site.sql("UPDATE job_logs SET error_message = %s WHERE job_id = 'huge'", error)
        self.window.key("F5")
        show_all = re.compile(r"Show All \([\d.]+\xa0kB\)")
        button = self.window.find("push button", show_all)
        cut = self.window.find("text", "Error").text()
        self.assertTrue(error.startswith(cut))
        self.assertLess(len(cut), 20000)
        button.click()
        self.window.wait(lambda: self.window.find("text", "Error").text() == error, "all of it")
        self.window.wait_gone("push button", show_all)

    def test_other_jobs(self):
        self.open(f"job:{FAILED}")
        self.wait_job(FAILED)
        others = self.window.find("list", "Other Jobs of This Wallet")
        expected = self.site.sql("SELECT job_type FROM job_logs WHERE wallet_address = %s "
                                 f"AND id <> %s {NEWEST} LIMIT 10", BUSY, FAILED)
        shown = [row.labels()[1] for row in others.all("list item") if row.is_shown()]
        self.assertEqual(shown, [TITLES[row[0]] for row in expected])

    def test_gone(self):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status) "
                      "VALUES ('doomed', 'sync', 'completed')")
        self.addCleanup(self.site.sql, "DELETE FROM job_logs WHERE job_id = 'doomed'")
        self.open("job:doomed")
        self.wait_job("doomed")
        self.has_label(re.compile("The queue no longer holds this job.*"))
        self.site.sql("DELETE FROM job_logs WHERE job_id = 'doomed'")
        self.has_label("This Job Is Gone")
        self.has_label(re.compile(r"It was read last at \d\d:\d\d:\d\d. .*"))

    def test_steps(self):
        """Through the list it was opened in, in its order, beyond its first page, to its ends."""
        self.open("jobs")
        ids = [row[0] for row in self.site.sql(f"SELECT job_id FROM job_logs {NEWEST} LIMIT 80")]
        table = Table(self.window, "Jobs")
        table.wait_total(f"{900 + BUSY_JOBS + 2} jobs")
        table.press(0)
        self.window.key("Return")
        self.wait_job(ids[0])
        previous = self.window.find("push button", "Previous Job")
        self.assertFalse(previous.has("sensitive"))
        self.window.click("push button", "Next Job")
        self.wait_job(ids[1])
        self.window.key("alt+Down")
        self.wait_job(ids[2])
        self.window.key("ctrl+Page_Up")
        self.wait_job(ids[1])
        self.window.key(*["alt+Down"] * 70)
        self.wait_job(ids[71])
        self.has_label(re.compile(r"72 of 1\s322"))
        self.window.key("alt+Up")
        self.wait_job(ids[70])
        self.window.key("alt+Left")
        self.wait_title("Jobs")

    def test_last_step(self):
        self.open("jobs")
        table = Table(self.window, "Jobs")
        table.search("busy-10")
        table.wait_total("11 jobs")
        table.sort("Created")
        table.wait_total("11 jobs")
        self.window.wait(lambda: table.rows(1)[0]["Job id"] == "busy-109", "the oldest first")
        table.press(10)
        self.window.key("Return")
        self.wait_job("busy-10")
        self.assertFalse(self.window.find("push button", "Next Job").has("sensitive"))
        self.window.key("alt+Up")
        self.wait_job("busy-100")
        # From one of the wallet's other jobs one goes on through all of them.
        newest = [row[0] for row in self.site.sql("SELECT job_id FROM job_logs WHERE wallet_address"
                                                  f" = %s {NEWEST} LIMIT 3", BUSY)]
        self.focus(self.window.find("list", "Other Jobs of This Wallet").all("list item")[0])
        self.window.key("Return")
        self.wait_job(newest[0])
        self.has_label(re.compile(rf"1 of {BUSY_JOBS + 2}"))
        self.window.key("alt+Down")
        self.wait_job(newest[1])
        self.window.key("alt+Down")
        self.wait_job(newest[2])


class WaysTest(DetailsCase):
    """From page to page and back."""

    @classmethod
    def setUpClass(cls):
        cls.site = SITE

    def test_back(self):
        self.open("jobs")
        table = Table(self.window, "Jobs")
        table.search(BUSY)
        table.wait_total(f"{BUSY_JOBS + 2} jobs")
        table.press(3)
        self.window.key(*["Down"] * 40)
        self.window.wait(lambda: all(table.column("Job id", on_screen=True)), "rows")
        before = table.column("Job id", on_screen=True)
        self.window.key("Return")
        self.wait_title("Job")
        first = self.window.wait(lambda: self.field("Job id"), "the job")
        self.window.key("alt+Down")
        self.window.wait(lambda: self.field("Job id") not in (None, first), "the next job")
        first = self.field("Job id")
        self.window.click("push button", "Show Wallet")
        self.wait_title("Wallet")
        self.window.wait(lambda: len(self.window.find("list", "Jobs of this wallet")
                                     .all("list item")) > 3, "rows")
        item = self.window.find("list", "Jobs of this wallet").all("list item")[1]
        self.window.press(item.path)
        self.wait_title("Job")
        self.window.wait(lambda: self.field("Job id") not in (None, first), "another job")
        # Here one steps through the wallet's timeline.
        self.window.find("label", re.compile(rf"2 of {BUSY_JOBS + 2}"))
        self.window.key("Escape")
        self.wait_title("Wallet")
        self.window.key("alt+Left")
        self.wait_job(first)
        self.window.click("push button", "Back")
        self.wait_title("Jobs")
        self.assertEqual(table.column("Job id", on_screen=True), before)
        self.assertEqual(self.window.find("entry", "Search jobs").text(), BUSY)


    def test_latest_failures(self):
        """Whoever looks into the latest failure goes on to the one before it."""
        ids = [row[0] for row in self.site.sql("SELECT job_id FROM job_logs WHERE status = "
                                               f"'failed' {NEWEST} LIMIT 2")]
        self.open("overview")
        failures = self.window.find("list", "Latest Failures")
        self.window.wait(lambda: failures.all("list item")[0].is_shown(), "a failure")
        # What needs attention stands above it, and may push it out of sight.
        self.window.turn_wheel(self.window.find("panel", "Gas top-up").path, 20, 20)
        row = failures.all("list item")[0]
        self.window.wait(lambda: row.extents()[1] < 700, "the failure in sight")
        self.window.press(row.path)
        self.wait_job(ids[0])
        self.has_label(re.compile(r"1 of .*"))
        self.window.click("push button", "Next Job")
        self.wait_job(ids[1])
        self.window.key("Escape")
        self.wait_title("Overview")


class TroubleTest(DetailsCase):
    """A server that stops under the page."""

    def setUp(self):
        self.site = Site()
        self.addCleanup(self.site.close)
        add_jobs(self.site)

    def test_killed_under_a_job(self):
        self.open("job:busy-7")
        self.wait_job("busy-7")
        self.site.postgres.kill()
        self.window.find(None, re.compile(".*since.*older.*"), seconds=60)
        self.assertEqual(self.field("Job id"), "busy-7")
        self.window.screenshot("job-page-old")
        self.site.postgres.start()
        self.site.reconnect()
        self.window.find("panel", "Connection Environment, connected", seconds=60)
        self.site.sql("UPDATE job_logs SET error_message = 'new' WHERE job_id = 'busy-7'")
        self.window.wait(lambda: self.window.find("text", "Error").text() == "new", "what is new")

del DetailsCase

if __name__ == "__main__":
    window.main()

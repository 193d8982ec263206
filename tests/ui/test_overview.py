#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cards of the overview say what the two stores hold, and go on saying it."""

import re
import time
import unittest
import uuid

import window
from fixtures import sample
from fixtures.sample_jobs import KINDS
from fixtures.site import Site
from fixtures.workers import Queues, Workers
from table import Table
from window import Window

TITLES = {"gas-topup": "Gas top-up", "consolidation": "Consolidation", "sync": "Balance sync",
          "deposit-detection": "Deposit detection"}


def number(text):
    """A count as the window writes it, with its thousands parted."""
    return int(re.sub(r"\s", "", text))


class OverviewTest(unittest.TestCase):
    """One platform whose workers come and go."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        sample.fill(cls.site, wallets=700, jobs=3000)
        cls.queues = Queues(cls.site)
        cls.addClassCleanup(cls.queues.close)
        cls.window = Window(cls.site.environment(), page="overview")
        cls.addClassCleanup(cls.window.close)

    def figures(self, job_type):
        """Returns what the card of JOB_TYPE says: its four numbers by caption."""
        pattern = re.compile(re.escape(TITLES[job_type]) + r": ([\d\s]+) (\w+)")
        return {match[2]: number(match[1]) for match in
                (pattern.fullmatch(node.name) for node in self.window.tree().all("push button"))
                if match}

    def expected(self, kind):
        """The same by plain counts."""
        counts = self.queues.call(kind.queue, "getJobCounts", "active", "wait", "waiting", "paused",
                                  "prioritized", "delayed")
        logged = dict(self.site.sql("SELECT status, count(*) FROM job_logs WHERE job_type = %s "
                                    "GROUP BY status", kind.job_type))
        return {"active": counts["active"],
                "queued": counts["waiting"] + counts["prioritized"] + counts["delayed"],
                "failed": logged["failed"], "completed": logged["completed"]}

    def wait_status(self, job_type, status):
        self.window.wait(
            lambda: self.window.find("panel", TITLES[job_type]).find("label", status),
            f"{job_type} to be {status}", 40)

    def test_counts(self):
        for kind in KINDS:
            with self.subTest(kind.job_type):
                expected = self.expected(kind)
                self.assertGreater(expected["queued"], 0)
                self.window.wait(lambda kind=kind, expected=expected:
                                 self.figures(kind.job_type) == expected,
                                 f"{kind.job_type}: {expected}, not {self.figures(kind.job_type)}")

    def test_summary(self):
        [(wallets, gas, consolidation)] = self.site.sql(
            "SELECT count(*), count(*) FILTER (WHERE needs_gas), "
            "count(*) FILTER (WHERE needs_consolidation) FROM user_wallets")
        for text in (f"{wallets} wallets", f"{gas} needing gas",
                     f"{consolidation} to consolidate", "0 undelivered"):
            self.window.find("push button", text)
        [(done, finished)] = self.site.sql(
            "SELECT count(*) FILTER (WHERE status = 'completed'), count(*) FROM job_logs "
            "WHERE status IN ('completed', 'failed') AND completed_at > now() - interval '1 day'")
        button = self.window.find("push button", re.compile(r".* success in 24 h"))
        succeeded, of_all = map(number, button.labels()[2].split(" of "))
        # Counts go by the quarter hour, and the first of them is still in.
        self.assertAlmostEqual(of_all, finished, delta=max(3, finished // 50))
        self.assertAlmostEqual(succeeded, done, delta=max(3, finished // 50))

    def test_moves_by_itself(self):
        """A job that somebody queues is counted without a click, and soon."""
        before = self.figures("consolidation")
        job = str(uuid.uuid4())
        self.site.sql("INSERT INTO job_logs (id, job_id, job_type, status) "
                      "VALUES (%s, %s, 'consolidation', 'failed')", job, job)
        self.queues.call("consolidation", "add", "consolidate", {}, {"delay": 3600_000})
        start = time.monotonic()
        expected = {**before, "queued": before["queued"] + 1, "failed": before["failed"] + 1}
        self.window.wait(lambda: self.figures("consolidation") == expected, f"{expected}", 10)
        self.assertLess(time.monotonic() - start, 8)

    def test_paused(self):
        """What is on screen stays as it is until it is let go on, or read by hand."""
        live = re.compile("Updates: .*")
        self.window.find(None, "Updates: Live")
        before = self.figures("sync")
        self.window.key("ctrl+shift+p")
        self.window.find(None, "Updates: Paused")
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status) "
                      "VALUES ('paused-1', 'sync', 'failed')")
        time.sleep(2)
        self.assertEqual(self.figures("sync"), before)
        self.window.key("F5")
        after = {**before, "failed": before["failed"] + 1}
        self.window.wait(lambda: self.figures("sync") == after, f"{after}")
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status) "
                      "VALUES ('paused-2', 'sync', 'failed')")
        self.window.find(None, live).click()
        self.window.find(None, "Updates: Live")
        after["failed"] += 1
        self.window.wait(lambda: self.figures("sync") == after, f"{after}")

    def test_needs_attention(self):
        """What is stuck is a row with a button that leads there, until it no longer is."""
        row = re.compile(r"Consolidation: \d+ jobs? waits? and no worker is connected")
        redis = self.site.redis.client()
        # What a worker that was there lately leaves for half a minute.
        redis.delete("bull:consolidation:stalled-check", "bull:deposit-detection:stalled-check")
        self.window.key("F5")
        self.window.find("list item", row)
        self.window.find("label", "Stuck", within=("panel", "Consolidation"))
        self.window.click("push button", "Show Queue: Consolidation")
        self.window.wait(lambda: self.window.title() == "Queues", "the queues")
        self.window.find("label", "Stuck", within=("panel", "consolidation"))
        self.window.find("label", re.compile("Start a worker for this queue.*"),
                         within=("panel", "consolidation"))
        self.window.key("ctrl+1")
        self.queues.call("consolidation", "pause")
        self.addCleanup(self.queues.call, "consolidation", "resume")
        self.window.wait_gone("list item", row)
        redis.rpush("bull:deposit-detection:active", "ghost-1")
        self.addCleanup(redis.lrem, "bull:deposit-detection:active", 0, "ghost-1")
        self.window.key("F5")
        # Where it was looked just before, the next look is a few seconds away.
        self.window.find("list item", re.compile("Deposit detection: 1 active job has no worker.*"),
                         seconds=90)
        self.window.screenshot("overview-attention")
        self.window.click("push button", "Show Jobs: Deposit detection")
        self.window.wait(lambda: self.window.title() == "Jobs", "the jobs")
        self.assertEqual(self.window.find("entry", "Search jobs").text(),
                         "type:deposit-detection id:ghost-1")
        self.window.key("ctrl+1")

    def test_wallets_in_trouble(self):
        """Counted as their list counts them."""
        trouble, = [trouble for trouble in self.site.wdctl("health").document["wallets_in_trouble"]
                    if trouble["trouble"] == "sync"]
        self.assertGreater(trouble["count"], 1)
        self.window.find("list item", re.compile(
            f"Wallets in trouble: {trouble['count']} wallets: Last synced .*"))
        self.window.click("push button", "Show Wallets: Not synced")
        self.window.wait(lambda: self.window.title() == "Wallets", "the wallets")
        self.assertEqual(self.window.find("entry", "Search wallets").text(), "trouble:sync")
        self.window.find("push button", "Trouble: Not synced")
        self.window.find("label", f"{trouble['count']} wallets")
        self.window.key("ctrl+1")
        self.window.wait(lambda: self.window.title() == "Overview", "the overview")

    def test_queues(self):
        """Each queue with what it holds and who works on it; pausing one asks first."""
        self.window.key("ctrl+4")
        self.addCleanup(self.window.key, "ctrl+1")
        self.queues.call("strangers", "add", "other", {}, {})
        self.window.find("push button", re.compile("strangers: 1 waiting.*"))
        self.assertFalse(self.window.is_there("push button", "Search"))
        with Workers(self.site, queues=["strangers"], name="stranger-1", hold=True) as workers:
            self.window.find("push button", "strangers: 1 active")
            self.window.find("label", "1 worker connected", within=("panel", "strangers"))
            self.window.find(None, "1 worker connected", within=("panel", "strangers")).click()
            self.window.find("label", "stranger-1", within=("panel", "strangers"))
            workers.release()
        # What a worker that was there lately leaves for half a minute.
        self.site.redis.client().delete("bull:strangers:stalled-check")
        self.window.key("F5")
        self.window.find("label", "No worker connected", within=("panel", "strangers"))
        for button, state, paused in (("Pause", "Paused", True), ("Resume", "No Worker", False)):
            self.window.find("push button", f"{button} strangers").click()
            self.window.find("dialog", f"{button} the queue “strangers”?")
            self.window.focus_other(f"{button} the queue “strangers”?")
            self.window.screenshot(f"queue-{button.lower()}-question")
            self.window.click("push button", re.compile(f"(_{button} )?{button}"),
                              ("dialog", f"{button} the queue “strangers”?"))
            self.window.focus()
            self.window.find("label", state, within=("panel", "strangers"))
            self.assertEqual(self.queues.call("strangers", "isPaused"), paused)

    def test_drift(self):
        """What rows and queues disagree about, what it means, and a remedy that asks first."""
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, created_at, updated_at) "
                      "SELECT 'lost-1', 'sync', 'pending', t, t "
                      "FROM (VALUES (timestamptz '2001-02-03Z')) AS v (t)")
        self.window.key("ctrl+4")
        self.addCleanup(self.window.key, "ctrl+1")
        self.window.find("push button", re.compile("Compare with the .*")).click()
        self.window.wait(lambda: self.window.title() == "Drift", "the page of drift")
        self.window.find("push button", re.compile(r"Lost [\d\s]+"))
        table = Table(self.window, "Jobs of which row and queue disagree")
        row = table.rows(1)[0]
        self.assertEqual((row["Job"], row["Row Says"], row["Queue Says"]),
                         ("lost-1", "Pending", "Nothing"))
        table.press(0)
        self.window.find("status bar", re.compile("It waits for ever: .*"))
        self.window.screenshot("drift")
        self.window.find("push button", "Mark as Cancelled…").click()
        self.window.find("dialog", "Mark 1 job as cancelled?")
        self.window.focus_other("Mark 1 job as cancelled?")
        self.window.screenshot("drift-question")
        self.window.click("push button", re.compile("(_Mark )?Mark"),
                          ("dialog", "Mark 1 job as cancelled?"))
        self.window.click("push button", re.compile("(_Close )?Close"), ("dialog", "Done"))
        self.assertEqual(self.site.sql("SELECT status FROM job_logs WHERE job_id = 'lost-1'"),
                         [("cancelled",)])
        self.window.find("label", re.compile(r"\d+ jobs in the queues and \d+ unfinished rows "
                                             r"compared, at .*"))
        self.window.wait(lambda: not table.rows(), "the row to go")
        self.window.wait_gone("dialog", "Done")
        self.window.focus()
        self.window.find("push button", "Back").click()
        self.window.wait(lambda: self.window.title() == "Queues", "the queues")

    def test_status_follows_the_workers(self):
        self.wait_status("gas-topup", "Stopped")
        card = self.window.find("panel", "Gas top-up")
        self.assertIsNotNone(card.find("label", re.compile("no worker connected.*")))
        with Workers(self.site, queues=["gas-topup"], hold=True) as workers:
            self.wait_status("gas-topup", "Active")
            self.window.find("label", re.compile("1 worker ·.*"), within=("panel", "Gas top-up"))
            self.window.wait(lambda: self.figures("gas-topup")["active"] == 1, "one active job")
            self.wait_status("consolidation", "Stopped")
            workers.release()
        self.wait_status("gas-topup", "Stopped")

    def test_numbers_lead_to_their_rows(self):
        failed = self.figures("sync")["failed"]
        self.window.click("push button", re.compile(r"Balance sync: [\d\s]+ failed"))
        self.window.wait(lambda: self.window.title() == "Jobs", "the jobs")
        self.window.find("push button", "Status: Failed")
        self.window.find("push button", "Type: Balance sync")
        self.window.find("label", f"{failed} jobs")
        self.window.key("ctrl+1")
        self.window.wait(lambda: self.window.title() == "Overview", "the overview")

    def test_failed_in_a_day_counts_what_its_list_shows(self):
        """An old job that fails today counts, and one that is new but failed long ago does not."""
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, created_at, completed_at) "
                      "SELECT gen_random_uuid(), 'sync', 'failed', now() - age, now() - ended "
                      "FROM (VALUES (interval '3 days', interval '1 minute'), "
                      "(interval '1 hour', interval '2 days')) AS job (age, ended)")
        [(failed,)] = self.site.sql("SELECT count(*) FROM job_logs WHERE status = 'failed' "
                                    "AND completed_at >= now() - interval '1 day'")
        self.window.click("push button", f"{failed} failed in 24 h")
        self.window.wait(lambda: self.window.title() == "Jobs", "the jobs")
        self.window.find("push button", "Status: Failed")
        self.window.find("push button", "Ended: Ended in the last 24 hours")
        self.window.find("label", f"{failed} jobs")
        self.window.screenshot("jobs-ended")
        self.window.key("ctrl+1")
        self.window.wait(lambda: self.window.title() == "Overview", "the overview")

    def test_errors_lead_to_their_jobs(self):
        """Jobs that failed for one reason are one row, and the row finds them."""
        report = self.site.wdctl("jobs", "errors").document
        first = report["groups"][0]
        self.window.click("push button", "By Error")
        self.window.wait(lambda: self.window.title() == "Errors", "the errors")
        self.window.find("label", re.compile(
            f"{report['total']} kinds of errors in {report['failed_jobs']} failed jobs"))
        self.window.screenshot("errors")
        name = f"{first['error_group']}: {first['failed_jobs']} jobs"
        self.window.wait(lambda: self.window.find("list item", name).has("focused"), "the focus")
        more = self.window.find("list item", name).find("push button", "What to do with these jobs")
        more.children[0].click()
        self.window.find("menu item", "Copy Message")
        self.window.screenshot("errors-menu")
        self.window.key("Escape")
        self.window.wait_gone("menu item", "Copy Message")
        self.window.move_to("list item", name, "shift+Tab", press=False)
        self.window.key("Return")
        self.window.wait(lambda: self.window.title() == "Jobs", "the jobs")
        line = self.window.find("entry", "Search jobs").text()
        self.assertTrue(line.startswith("status:failed group:"), line)
        self.window.find("label", f"{first['failed_jobs']} jobs")
        self.window.screenshot("errors-jobs")
        self.window.key("ctrl+1")
        self.window.wait(lambda: self.window.title() == "Overview", "the overview")


if __name__ == "__main__":
    window.main()

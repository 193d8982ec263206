#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pages about one wallet and one job, the ways between them, and back."""

import json
import re
import unittest
import uuid
from decimal import Decimal

import window
from fixtures import sample
from fixtures.processes import wait_until
from fixtures.site import Site
from fixtures.workers import Queues, Workers
from table import Table
from window import Window

TITLES = {"gas-topup": "Gas top-up", "consolidation": "Consolidation", "sync": "Balance sync",
          "deposit-detection": "Deposit detection"}
NEWEST = "ORDER BY created_at DESC, id DESC"
BUSY = "TBusyWalletWithHundredsOfJobs00001"
EMPTY = "TEmptyWalletWithoutAnyJob000000001"
BUSY_JOBS = 420
DATA = {"amount": "0.000000000000000001", "big": 12345678901234567890123, "empty": {},
        "route": {"hops": [{"node": "first"}, {"node": "second"}], "dry": False, "note": None},
        "wallet_address": BUSY}


def short(address):
    return f"{address[:6]}…{address[-5:]}" if len(address) > 13 else address


def plain(text):
    return re.sub(r"\s", "", text)


SITE = None
FAILED = None


def add_jobs(site):
    """A wallet with many jobs, hours apart, one of them under way; the sample's are older."""
    site.sql("INSERT INTO user_wallets (address, balance, network, user_id, needs_gas) "
             "VALUES (%s, 1234567.000000000000000001, 'tron', %s, true), (%s, 0, 'tron', %s, false)",
             BUSY, str(uuid.uuid4()), EMPTY, str(uuid.uuid4()))
    site.sql("INSERT INTO job_logs (job_id, job_type, status, wallet_address, triggered_by, "
             "error_message, created_at, started_at, completed_at) "
             "SELECT 'busy-' || i, (ARRAY['sync', 'gas-topup', 'consolidation'])[1 + i %% 3], "
             "CASE WHEN i %% 7 = 0 THEN 'failed' ELSE 'completed' END, %s, 'schedule', "
             "CASE WHEN i %% 7 = 0 THEN 'failure ' || i END, "
             "t, t + interval '1500 ms', t + interval '3750 ms' "
             "FROM (SELECT i, now() - i * interval '1 hour' - interval '10 minutes' AS t "
             "FROM generate_series(1, %s) i) s", BUSY, BUSY_JOBS)
    site.sql("INSERT INTO job_logs (job_id, job_type, status, wallet_address, triggered_by, "
             "created_at, started_at) VALUES ('busy-running', 'sync', 'active', %s, 'manual', "
             "now() - interval '3 days', now() - interval '1 minute')", BUSY)


def fail_for_real(site):
    """A job of BullMQ that a real worker fails thrice. Returns its id, which is its row's, too."""
    job = str(uuid.uuid4())
    site.sql("INSERT INTO job_logs (id, job_id, job_type, status, wallet_address, data) "
             "VALUES (%s, %s, 'consolidation', 'pending', %s, %s)", job, job, BUSY,
             json.dumps(DATA))
    with Queues(site) as queues:
        queues.call("consolidation", "add", "consolidate", DATA,
                    {"jobId": job, "attempts": 3, "backoff": {"type": "fixed", "delay": 10}})
        queues.call_job("consolidation", job, "log", "before the first attempt")
        queues.call_job("consolidation", job, "updateProgress", 40)
        with Workers(site, queues=["consolidation"], fail_match=job, fast=True):
            wait_until(lambda: site.sql("SELECT status FROM job_logs WHERE id = %s", job)
                       == [("failed",)], 60, "three failures")
        queues.call_job("consolidation", job, "log", "after the last one")
    return job


def setUpModule():
    global SITE, FAILED  # pylint: disable=global-statement
    SITE = Site()
    unittest.addModuleCleanup(SITE.close)
    sample.fill(SITE, wallets=100, jobs=900, queues=False)
    add_jobs(SITE)
    FAILED = fail_for_real(SITE)


class DetailsCase(unittest.TestCase):
    site = None

    @classmethod
    def setUpClass(cls):
        cls.site = SITE

    def open(self, page, **options):
        self.window = Window(self.site.environment(), page=page, **options)
        self.addCleanup(self.window.close)
        return self.window

    def wait_title(self, title):
        self.window.wait(lambda: self.window.title() == title, lambda: f"page {title}: it is "
                         + self.window.title())

    def has_label(self, text):
        self.window.find("label", text)

    def wait_job(self, job_id):
        """Waits for the page of the job with JOB_ID."""
        self.wait_title("Job")
        self.window.wait(lambda: self.field("Job id") == job_id,
                         lambda: f"job {job_id}: it is {self.field('Job id')}")

    def field(self, caption):
        """Returns the value that stands behind CAPTION on the page on top, or None."""
        labels = [node for node in self.window.tree().all("label") if node.name]
        # Pages below are still there, before the one on top.
        for before, after in reversed(list(zip(labels, labels[1:]))):
            if before.name == caption and before.is_shown():
                # A value is named by its caption, too.
                return after.name.removesuffix(f" {caption}")
        return None


class WalletTest(DetailsCase):
    """Wallet page."""

    def rows(self):
        """Returns the labels of each row of the timeline that exists, in order."""
        timeline = self.window.find("list", "Jobs of this wallet")
        return [row.labels() for row in timeline.all("list item")]

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
        self.assertEqual(self.field("Gas"), "Needed")
        self.assertEqual(self.field("Consolidation"), "Not needed")
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
        """Those under way first, then all the others, newest first, to the very first one."""
        self.open(f"wallet:{BUSY}")
        self.window.wait(lambda: len(self.rows()) > 10, "rows")
        first, second, third = self.rows()[:3]
        self.assertEqual(first[:4], ["Running Now", "Active", "Balance sync", "Manual"])
        self.assertRegex(first[5], r"^waited 2 days · running for 1 min \d+ s$|"
                                   r"^waited \d+ (h|days) · running for \d+ min \d+ s$")
        self.assertEqual(second[:3], ["Today", "Failed", "Consolidation"])
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

    def test_live(self):
        self.open(f"wallet:{EMPTY}")
        self.has_label("No Job Has Run for This Wallet Yet")
        self.window.screenshot("wallet-page-empty")
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
        self.window.wait(lambda: self.field("Gas") == "Needed", "the flag")
        self.assertEqual(self.field("Balance"), "7.5")

    def test_show_in_jobs(self):
        self.open(f"wallet:{BUSY}")
        self.window.click("push button", "Show in Jobs")
        self.wait_title("Jobs")
        self.assertEqual(self.window.find("entry", "Search jobs").text(), BUSY)
        Table(self.window, "Jobs").wait_total(f"{BUSY_JOBS + 2} jobs")

    def test_missing(self):
        self.open("wallet:TNobodyKnowsThisOne")
        self.has_label(re.compile("The database has no wallet with this address.*"))
        self.assertFalse(self.window.is_there("push button", "Sync…"))

    def test_narrow(self):
        self.open(f"wallet:{BUSY}", size="720x600")
        self.window.wait(lambda: len(self.rows()) > 3, "rows")
        self.window.screenshot("wallet-page-narrow")
        self.window.press(self.window.find("push button", "Wallet").path)

        def in_sight():
            x, _y, width, _height = self.window.find("label", "Last sync").extents()
            return 0 <= x and x + width <= 720

        self.window.wait(in_sight, "the wallet's fields")
        self.window.screenshot("wallet-page-narrow-facts")


class JobTest(DetailsCase):
    """Job page."""

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
        self.window.key("F5")
        age = self.window.find("label", re.compile("as of .*")).name
        self.window.wait(lambda: self.window.find("label", re.compile("as of .*")).name != age,
                         "a refresh")
        self.assertNotIn(["hops", "2 values"], self.tree_rows())
        self.window.press(self.window.find("push button", "Text").path)
        [(data,)] = self.site.sql("SELECT data::text FROM job_logs WHERE id = %s", FAILED)
        self.window.wait(lambda: self.window.find("text", "Data").text(), "the text")
        text = self.window.find("text", "Data").text()
        self.assertEqual(json.loads(text), json.loads(data))
        self.assertIn("12345678901234567890123", text)

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
        ids = [row[0] for row in self.site.sql(
            "SELECT job_id FROM job_logs WHERE job_id IN ('busy-1', 'busy-10', 'busy-100') "
            f"{NEWEST}")]
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
        self.assertIn("busy-10", ids)


class WaysTest(DetailsCase):
    """From page to page and back."""

    def test_back(self):
        self.open("jobs")
        table = Table(self.window, "Jobs")
        table.search(BUSY)
        table.wait_total(f"{BUSY_JOBS + 2} jobs")
        table.press(3)
        self.window.key(*["Down"] * 40)
        before = table.column("Job id", on_screen=True)
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


if __name__ == "__main__":
    window.main()

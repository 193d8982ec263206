# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the pages about one wallet and one job share."""

import json
import re
import unittest
import uuid

from fixtures.processes import wait_until
from fixtures.workers import Queues, Workers
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


def add_jobs(site):
    """A wallet with many jobs, hours apart, one of them under way; the sample's are older."""
    site.sql("INSERT INTO user_wallets (address, balance, network, user_id, needs_gas) "
             "VALUES (%s, 1234567.000000000000000001, 'tron', %s, true), "
             "(%s, 0, 'tron', %s, false)",
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


class DetailsCase(unittest.TestCase):
    """A window on SITE."""

    site = None
    window = None

    def open(self, page, **options):
        self.window = Window(self.site.environment(), page=page, **options)
        self.addCleanup(self.window.close)
        return self.window

    def wait_title(self, title):
        self.window.wait(lambda: self.window.title() == title, lambda: f"page {title}: it is "
                         + self.window.title())

    def focus(self, node):
        """Tabs until the focus is on NODE."""
        for _attempt in range(40):
            before = self.window.focused()
            if before == node.path:
                return
            self.window.key("Tab")
            self.window.wait(lambda before=before: self.window.focused() != before,
                             "move of the focus")
        raise AssertionError(f"the keyboard does not get to {node}")

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
                return after.name
        return None

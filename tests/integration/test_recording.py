#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service writes the rows of workers that write none: what happened, once, and nobody else's."""

import json
import signal
import time
import unittest

from fixtures.processes import wait_until
from fixtures.service import Service, run_server
from fixtures.site import OWNER, Site
from fixtures.workers import Queues, Workers

SECONDS = 30.0
SYNC, GAS = "sync-balances", "gas-topup"
POINTS = ("recorder:after-read", "recorder:before-begin", "recorder:before-save",
          "recorder:before-commit", "recorder:after-commit")
COLUMNS = ("job_id, job_type, status, wallet_address, user_id::text, triggered_by, data, "
           "error_message, retry_count, max_retries, started_at, completed_at, created_at")
UNFINISHED = ("SELECT count(*) FROM job_logs WHERE status NOT IN ('completed', 'failed')")


class Row:
    def __init__(self, values):
        names = [name.split("::")[0].strip() for name in COLUMNS.split(",")]
        self.__dict__.update(zip(names, values))


class Recording(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.queues = Queues(cls.site)
        cls.addClassCleanup(cls.queues.close)
        cls.redis = cls.site.redis.client()
        cls.addClassCleanup(cls.redis.close)

    def setUp(self):
        self.redis.flushall()
        self.queues.command(SYNC, "close")
        self.site.sql("TRUNCATE job_logs, worker_dashboard.recording, "
                      "worker_dashboard.recording_mark")
        self.number = 0

    def recorder(self, *queues, wait=True, **environment):
        self.number += 1
        options = [f"--record={queue}" for queue in queues] or ["--record"]
        service = Service(self.site, "--rate-limit", "0", *options,
                          name=f"{self.id()}-{self.number}", **environment)
        self.addCleanup(service.kill)
        if wait:
            self.wait_for_log(service, "Recording the events")
        return service

    @staticmethod
    def wait_for_log(service, words):
        wait_until(lambda: words in service.log_text(), SECONDS, words)

    def add(self, queue, name, data, major=5, **options):
        """Returns the id of a job as sites' own scripts add one."""
        return self.queues.call(queue, "add", name, data,
                                {"removeOnComplete": True, **options}, major=major)["id"]

    def workers(self, major=5, queues=(SYNC, GAS), **options):
        self.number += 1
        record = self.site.household.path(f"{self.id()}-{self.number}.runs")
        options = {"database": False, "fast": True, **options}
        workers = Workers(self.site, major=major, queues=list(queues), record=record, **options)
        self.addCleanup(workers.close)
        return workers

    def row(self, job_id):
        rows = self.site.sql(f"SELECT {COLUMNS} FROM job_logs WHERE job_id = %s", job_id)
        self.assertEqual(len(rows), 1, job_id)
        return Row(rows[0])

    def statuses(self):
        return dict(self.site.sql("SELECT job_id, status FROM job_logs"))

    def wait_for_rows(self, count, status=None):
        condition = f"WHERE status = '{status}'" if status else ""
        wait_until(lambda: self.site.sql(f"SELECT count(*) FROM job_logs {condition}")[0][0]
                   >= count, SECONDS, f"{count} rows {status}")

    def caught_up(self, queue=SYNC):
        def at_end():
            last = self.redis.xinfo_stream(f"bull:{queue}:events")["last-generated-id"]
            return self.site.sql("SELECT last_id FROM worker_dashboard.recording "
                                 "WHERE queue = %s AND gap_from IS NULL", queue) == [(last,)]
        wait_until(at_end, SECONDS, f"{queue} to be recorded to its end")

    def test_workers_that_log_nothing(self):
        service = self.recorder()
        for major in (5, 6):
            with self.subTest(major=major):
                self.queues.command(SYNC, "close")
                done = self.add(SYNC, "sync", {"wallet_address": "Wa", "user_id": OWNER}, major)
                named = self.add(GAS, "topup", {"walletAddress": "Wb", "userId": OWNER}, major,
                                 jobId=f"topup-{major}", attempts=3,
                                 backoff={"type": "fixed", "delay": 200})
                lost = self.add(SYNC, "sync", {"global": True, "fail": "fail-me"}, major,
                                attempts=2, backoff={"type": "fixed", "delay": 100})
                later = self.add(GAS, "topup", {"walletAddress": "Wc"}, major, delay=3600000)
                with self.workers(major, fail_match="topup-|fail-me"):
                    wait_until(lambda: [self.statuses().get(i) for i in
                                        (f"{SYNC}/{done}", named, f"{SYNC}/{lost}")]
                               == ["completed", "failed", "failed"], SECONDS, "the ends")
                row = self.row(f"{SYNC}/{done}")
                self.assertEqual((row.job_type, row.wallet_address, row.user_id, row.triggered_by,
                                  row.data, row.error_message, row.retry_count, row.max_retries),
                                 ("sync", "Wa", OWNER, "system",
                                  {"wallet_address": "Wa", "user_id": OWNER}, None, 0, 1))
                self.assertLessEqual(row.created_at, row.started_at)
                self.assertLessEqual(row.started_at, row.completed_at)
                row = self.row(named)
                self.assertEqual((row.job_type, row.wallet_address, row.retry_count,
                                  row.max_retries), ("gas-topup", "Wb", 2, 3))
                job = self.queues.command(GAS, "describe", id=named, major=major)
                self.assertEqual(row.error_message, job["failedReason"])
                self.assertEqual(row.created_at.timestamp() * 1000, job["timestamp"])
                # The worker's clock told the queue, Redis' clock the stream.
                for time, told in ((row.started_at, "processedOn"),
                                   (row.completed_at, "finishedOn")):
                    self.assertAlmostEqual(time.timestamp() * 1000, job[told], delta=1000)
                row = self.row(f"{SYNC}/{lost}")
                self.assertEqual((row.wallet_address, row.retry_count), (None, 1))
                self.assertEqual(self.row(f"{GAS}/{later}").status, "pending")
                # What an admin's own tool does is told as well.
                self.queues.call_job(GAS, later, "remove", major=major)
                self.queues.call_job(GAS, named, "retry", "failed", major=major)
                wait_until(lambda i=later: self.row(f"{GAS}/{i}").status == "cancelled", SECONDS,
                           "removal")
                wait_until(lambda i=named: self.row(i).status == "pending", SECONDS, "retry")
                row = self.row(named)
                self.assertEqual((row.error_message, row.started_at, row.completed_at,
                                  row.retry_count), (None, None, None, 2))
                with self.workers(major):
                    wait_until(lambda i=named: self.row(i).status == "completed", SECONDS,
                               "the retry's end")
        self.assertEqual(service.stop(), 0)
        self.assertEqual([line for line in service.log() if line["level"] != "info"], [])


if __name__ == "__main__":
    unittest.main()

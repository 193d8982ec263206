#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A queue that was emptied counts its ids from the beginning: a row's job is not the one that bears
its id now."""

import time
import unittest

from drift_case import PAST_MS, QUEUE, DriftCase

HOUR = 3600


class GivenAgain(DriftCase):
    def setUp(self):
        super().setUp()
        self.made = int(time.time() * 1000) - PAST_MS
        self.queue_id = self.queues.call(QUEUE, "add", "topup", {"walletAddress": "another"},
                                         {"timestamp": self.made})["id"]
        self.named = f"{QUEUE}/{self.queue_id}"

    def add_row(self, age=HOUR, status="pending", job_id=None):
        """A row whose job was made AGE seconds before the one that bears its id."""
        row = self.add_rows(status=status)[0]
        self.site.sql("ALTER TABLE job_logs DISABLE TRIGGER update_job_logs_updated_at")
        self.site.sql("UPDATE job_logs SET job_id = %s, created_at = to_timestamp(%s), "
                      "updated_at = to_timestamp(%s) WHERE id = %s", job_id or self.named,
                      self.made / 1000 - age, self.made / 1000 - age, row)
        self.site.sql("ALTER TABLE job_logs ENABLE TRIGGER update_job_logs_updated_at")
        return row

    def test_drift(self):
        """The row is about a job that is lost, and the job has no row."""
        for job_id in (self.named, self.queue_id):
            with self.subTest(job_id):
                row = self.add_row(job_id=job_id)
                self.assertEqual(self.found(), [("lost", self.queue_id),
                                                ("unlogged", self.queue_id)])
                self.site.sql("DELETE FROM job_logs WHERE id = %s", row)

    def test_its_own_job(self):
        for job_id, age in ((self.named, 0), (self.named, 30), (self.named, -30),
                            (self.queue_id, 0), (self.queue_id, -HOUR)):
            with self.subTest(job_id=job_id, age=age):
                row = self.add_row(age, job_id=job_id)
                self.site.sql("UPDATE job_logs SET updated_at = now() - interval '5 minutes'")
                self.assertEqual(self.found(), [])
                shown = self.ask("jobs", "show", row)
                self.assertEqual(shown["queue_job"]["state"], "waiting")
                self.site.sql("DELETE FROM job_logs WHERE id = %s", row)

    def test_drift_of_the_row(self):
        """What is done about it leaves the job alone."""
        row = self.add_row()
        [lost] = [item for item in self.check()["items"] if item["kind"] == "lost"]
        self.assertNotIn("requeue", lost["remedies"])
        self.assertEqual(self.fix("mark-failed", self.named)["done"], [self.named])
        self.assertEqual((self.row(row)[0], self.queued()), ("failed", [self.queue_id]))

    def test_events_of_the_other(self):
        """That a job of the id completed says nothing of the row's."""
        self.add_row()
        self.redis.xadd(self.key("events"), {"event": "completed", "jobId": self.queue_id})
        [lost] = [item for item in self.check()["items"] if item["kind"] == "lost"]
        self.assertEqual(lost["ran"], "unknown")

    def test_drift_of_the_job(self):
        """No row can be written for it as long as another one bears its id."""
        self.add_row()
        [job] = [item for item in self.check()["items"] if item["kind"] == "unlogged"]
        self.assertEqual(job["remedies"], [])
        self.assertIn("an earlier job", self.refused("write-row", self.named)[0])

    def test_pages(self):
        row = self.add_row()
        self.assertIsNone(self.ask("jobs", "show", row)["queue_job"])
        self.assertIsNone(self.ask("queues", "job", QUEUE, self.queue_id)["row"])
        [entry] = self.ask("queues", "jobs", QUEUE)["jobs"]
        self.assertIsNone(entry["job_log_id"])

    def test_drained(self):
        row = self.add_row()
        self.ask("queues", "drain", QUEUE, "--confirm=1")
        self.assertEqual((self.row(row)[0], self.queued()), ("pending", []))

    def test_given_again_while_it_is_drained(self):
        row = self.add_row(0)
        drainer = self.site.wdctl_stopped_at("queue-order:audited", "queues", "drain", QUEUE,
                                             "--confirm=1")
        self.addCleanup(self.end, drainer)
        self.redis.hset(self.key(self.queue_id), "timestamp", self.made + 1)
        answer = self.site.go_on(drainer)
        self.assertEqual(answer.status, 4, answer)
        self.assertEqual((self.row(row)[0], self.queued()), ("pending", [self.queue_id]))


if __name__ == "__main__":
    unittest.main()

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
        self.turn(row, status, age, job_id)
        return row

    def turn(self, row, status, age=HOUR, job_id=None):
        self.site.sql("ALTER TABLE job_logs DISABLE TRIGGER update_job_logs_updated_at")
        self.site.sql("UPDATE job_logs SET job_id = %s, status = %s, created_at = "
                      "to_timestamp(%s), updated_at = to_timestamp(%s) WHERE id = %s",
                      job_id or self.named, status,
                      self.made / 1000 - age, self.made / 1000 - age, row)
        self.site.sql("ALTER TABLE job_logs ENABLE TRIGGER update_job_logs_updated_at")

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

    def test_rows_of_earlier_jobs(self):
        """One that its site wrote, and one of ours: each is about a job of its own."""
        self.add_row(2 * HOUR, job_id=self.queue_id)
        self.add_row()
        self.assertEqual(self.found(), [("lost", self.queue_id)] * 2
                         + [("unlogged", self.queue_id)])
        # Which of them is meant does not show, so neither is touched.
        self.assertIn("2 rows", self.refused("mark-failed", self.named)[0])

    def test_rows_that_may_be_of_one_job(self):
        self.add_row(HOUR - 600, job_id=self.queue_id)
        self.add_row()
        self.assertEqual(self.found(), [("duplicate", self.queue_id), ("unlogged", self.queue_id)])

    def test_both_its_own_row_and_an_earlier_one(self):
        for own, past in ((self.queue_id, self.named), (self.named, self.queue_id)):
            with self.subTest(own=own):
                row, earlier = self.add_row(0, job_id=own), self.add_row(job_id=past)
                self.assertEqual(self.found(), [("lost", self.queue_id)])
                self.fix("mark-failed", self.named)
                self.assertEqual([self.row(one)[0] for one in (row, earlier)],
                                 ["pending", "failed"])
                self.assertEqual(self.found(), [])
                self.site.sql("TRUNCATE job_logs")

    def test_trouble_with_its_own_row(self):
        """An earlier row that has ended is in nobody's way; one that has not makes it unclear."""
        row, earlier = self.add_row(0, job_id=self.queue_id), self.add_row(status="failed")
        self.put(self.queue_id, "failed")
        self.assertEqual(self.found(), [("state-differs", self.queue_id)])
        self.turn(earlier, "pending")
        self.assertIn("2 rows", self.refused("mark-failed", self.named)[0])
        self.turn(earlier, "failed")
        self.fix("mark-failed", self.named)
        self.assertEqual(self.row(row)[0], "failed")

    def test_row_that_was_renamed(self):
        """As the recorder does it: the row can still be found and mended, and not queued again."""
        row = self.add_row()
        past = f"{self.named}@{self.made - HOUR * 1000}"
        self.turn(row, "pending", job_id=past)
        [lost] = [item for item in self.check()["items"] if item["kind"] == "lost"]
        self.assertEqual((lost["job_log_id"], lost["id"]), (row, past))
        self.assertNotIn("requeue", lost["remedies"])
        self.refused("requeue", past, options=["--may-run-twice"])
        self.fix("mark-failed", past)
        self.assertEqual((self.row(row)[0], self.queued()), ("failed", [self.queue_id]))

    def test_events_of_the_other(self):
        """That a job of the id completed says nothing of the row's."""
        self.add_row()
        self.redis.xadd(self.key("events"), {"event": "completed", "jobId": self.queue_id})
        [lost] = [item for item in self.check()["items"] if item["kind"] == "lost"]
        self.assertEqual(lost["ran"], "unknown")

    def test_drift_of_the_job(self):
        """It gets a row of its own; that of the earlier job keeps it, under another id."""
        for job_id in (self.named, self.queue_id):
            with self.subTest(job_id):
                row = self.add_row(job_id=job_id)
                [job] = [item for item in self.check()["items"] if item["kind"] == "unlogged"]
                self.assertEqual(job["remedies"], ["write-row"])
                self.fix("write-row", self.named)
                past = f"{job_id}@{self.made - HOUR * 1000}" if "/" in job_id else job_id
                self.assertEqual(self.row(row, "job_id, status"), (past, "pending"))
                [written] = self.site.sql("SELECT status, wallet_address FROM job_logs "
                                          "WHERE job_id = %s", self.named)
                self.assertEqual(written, ("pending", "another"))
                self.assertEqual(self.queued(), [self.queue_id])
                self.assertIn("Nothing is wrong", self.refused_again())
                self.site.sql("TRUNCATE job_logs")

    def refused_again(self):
        """The row is old enough to be looked at."""
        self.site.sql("ALTER TABLE job_logs DISABLE TRIGGER update_job_logs_updated_at")
        self.site.sql("UPDATE job_logs SET updated_at = now() - interval '5 minutes'")
        self.site.sql("ALTER TABLE job_logs ENABLE TRIGGER update_job_logs_updated_at")
        return self.refused("write-row", self.named)[0]

    def test_promise_about_the_earlier_row(self):
        """It says which job it is for: so nothing is renamed."""
        row = self.add_row()
        self.site.sql("INSERT INTO worker_dashboard.outbox (id, job_log_id, job_id, operation, "
                      "job_type, queue, prefix, options) VALUES (gen_random_uuid(), %s, %s, "
                      "'retry', 'gas-topup', %s, 'bull', '{}')", row, self.named, QUEUE)
        self.assertIn("promised", self.refused("write-row", self.named)[0])
        self.assertEqual(self.row(row, "job_id")[0], self.named)

    def test_pages(self):
        row = self.add_row()
        self.assertIsNone(self.ask("jobs", "show", row)["queue_job"])
        self.assertIsNone(self.ask("queues", "job", QUEUE, self.queue_id)["row"])
        [entry] = self.ask("queues", "jobs", QUEUE)["jobs"]
        self.assertIsNone(entry["job_log_id"])
        self.assertIsNone(self.ask("queues", "flow", QUEUE, self.queue_id)["root"]["job_log_id"])
        self.turn(row, "pending", age=0)
        self.assertEqual(self.ask("queues", "flow", QUEUE, self.queue_id)["root"]["job_log_id"],
                         row)

    def test_drained(self):
        row = self.add_row()
        self.ask("queues", "drain", QUEUE, "--confirm=1")
        self.assertEqual((self.row(row)[0], self.queued()), ("pending", []))

    def test_drained_with_both_rows(self):
        """Its own row is told, and one of another job of the id is not, be that the newer one."""
        row, earlier = self.add_row(0, job_id=self.queue_id), self.add_row()
        self.ask("queues", "drain", QUEUE, "--confirm=1")
        self.assertEqual([self.row(one)[0] for one in (row, earlier)], ["failed", "pending"])

    def test_drained_with_a_newer_row(self):
        row, later = self.add_row(0, job_id=self.queue_id), self.add_row(-180)
        [entry] = self.ask("queues", "jobs", QUEUE)["jobs"]
        self.assertEqual(entry["job_log_id"], row)
        self.ask("queues", "drain", QUEUE, "--confirm=1")
        self.assertEqual([self.row(one)[0] for one in (row, later)], ["failed", "pending"])

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

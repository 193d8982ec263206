#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows and queues that disagree are found, each kind made for real; those that agree are not."""

import time
import unittest

from drift_case import PAST_MS, QUEUE, DriftCase
from fixtures.processes import wait_until
from fixtures.workers import Workers


class Found(DriftCase):
    def test_nothing(self):
        self.add_both(30)
        self.add_both(5, opts={"priority": 3})
        self.add_both(5, opts={"delay": 3_600_000})
        failed = self.add_both(3, status="failed")
        for job_id in failed:
            self.put(job_id, "failed")
        document = self.check()
        self.assertEqual((document["items"], document["counts"], document["total"]), ([], [], 0))
        self.assertEqual((document["jobs_compared"], document["rows_compared"]), (43, 40))

    def test_rows_that_do_not_say_when_they_were_made(self):
        """More than are read at once: each is compared, and once."""
        dated = self.add_both(3)
        undated = self.add_both(2300)
        self.site.sql("ALTER TABLE job_logs DISABLE TRIGGER update_job_logs_updated_at")
        self.site.sql("UPDATE job_logs SET created_at = NULL WHERE id = ANY (%s::uuid[])", undated)
        self.site.sql("ALTER TABLE job_logs ENABLE TRIGGER update_job_logs_updated_at")
        document = self.check()
        self.assertEqual((document["rows_compared"], document["total"]), (2303, 0))
        for job_id in (dated[0], max(undated)):
            self.redis.delete(self.key(job_id))
            self.redis.lrem(self.key("wait"), 0, job_id)
        self.assertEqual([kind for kind, _ in self.found()], ["lost"] * 2)

    def test_lost(self):
        job_id = self.add_both(opts={"priority": 2})[0]
        self.redis.delete(self.key(job_id))
        self.redis.zrem(self.key("prioritized"), job_id)
        item = self.only()
        self.assertEqual((item["kind"], item["job_log_id"], item["status"], item["queue_state"]),
                         ("lost", job_id, "pending", None))
        self.assertEqual(item["id"], f"{QUEUE}/{job_id}")
        self.assertEqual(item["ran"], "no")
        self.assertIn("requeue", item["remedies"])

    def test_lost_by_a_flush(self):
        waiting = self.add_both(3)
        running = self.add_both(1, status="active", started_at="2026-01-02Z")
        self.redis.flushall()
        items = self.check()["items"]
        self.assertCountEqual([(item["kind"], item["queue_job_id"], item["ran"]) for item in items],
                              [("lost", job_id, "unknown") for job_id in waiting + running])

    def test_lost_with_its_record(self):
        """As a resume by BullMQ 5 loses what 6 had queued."""
        job_id = self.add_both()[0]
        self.redis.lrem(self.key("wait"), 0, job_id)
        item = self.only()
        self.assertEqual((item["kind"], item["queue_state"]), ("lost", "unknown"))
        self.assertNotIn("requeue", item["remedies"])

    def test_finished_unseen(self):
        """A worker that tells no row, and a job that leaves its queue when it is done."""
        job_id = self.add_both(opts={"removeOnComplete": True})[0]
        with Workers(self.site, queues=[QUEUE], fast=True, database=False):
            wait_until(lambda: not self.redis.exists(self.key(job_id)), 20, "the job to be done")
        item = self.only()
        self.assertEqual((item["kind"], item["ran"], item["remedies"]),
                         ("lost", "yes", ["mark-completed"]))

    def test_undelivered_is_not_lost(self):
        row, _entry = self.die_at("deliver:begin")
        self.age(row)
        self.assertEqual(self.found(), [])
        self.site.sql("DELETE FROM worker_dashboard.outbox")
        self.assertEqual(self.found(), [("lost", row)])

    def test_unlogged(self):
        self.add_jobs_for(["foreign-1"])
        automatic = self.queues.call(QUEUE, "add", "topup", {}, {"timestamp": 1_700_000_000_000})
        self.queues.call("mail", "add", "letter", {}, {"timestamp": 1_700_000_000_000})
        self.assertEqual(self.found(), [("unlogged", automatic["id"]),
                                        ("unlogged", "foreign-1")])

    def test_young_is_nothing(self):
        self.queues.call(QUEUE, "add", "topup", {}, {})
        self.add_jobs(1, status="pending", job_type="gas-topup")
        self.site.sql("UPDATE job_logs SET created_at = now()")
        self.assertEqual(self.found(), [])

    def test_orphan(self):
        self.redis.lpush(self.key("wait"), "ghost-1")
        self.redis.zadd(self.key("delayed"), {"ghost-2": 1})
        job_id = self.add_both()[0]
        self.redis.delete(self.key(job_id))
        self.assertEqual(self.found(), [("orphan", name)
                                        for name in sorted(["ghost-1", "ghost-2", job_id])])

    def test_duplicate(self):
        twice, failed, done, elsewhere = self.add_both(4)
        self.redis.lpush(self.key("wait"), twice)
        self.redis.zadd(self.key("failed"), {failed: 1})
        self.redis.zadd(self.key("completed"), {done: 1})
        self.add_jobs_for([elsewhere], queue="consolidation")
        self.assertEqual(self.found(), sorted(("duplicate", name)
                                              for name in (twice, failed, done, elsewhere)))

    def test_two_rows_for_one_job(self):
        self.queues.call(QUEUE, "add", "topup", {},
                         {"timestamp": int(time.time() * 1000) - PAST_MS})
        first, second = self.add_rows(2)
        self.age(first, job_id=f"{QUEUE}/1")
        self.age(second, job_id="1")
        self.assertEqual(self.found(), [("duplicate", "1")])

    def test_states(self):
        cases = [
            # row, where the job is, attempts it made, what is found, what may be done
            ("pending", None, 0, None, None),
            ("retrying", None, 1, None, None),
            ("active", None, 1, None, None),
            ("active", None, 0, "state-differs", ["mark-pending"]),
            ("failed", None, 2, None, None),
            ("failed", None, 0, "state-differs", ["mark-pending"]),
            ("completed", None, 1, "state-differs", ["mark-pending"]),
            ("cancelled", None, 0, "state-differs", ["mark-pending"]),
            ("active", "active", 0, None, None),
            ("pending", "active", 0, "state-differs", []),
            ("completed", "active", 0, "state-differs", []),
            ("active", "failed", 1, "state-differs", ["mark-failed"]),
            ("pending", "failed", 1, "state-differs", ["mark-failed"]),
            ("failed", "failed", 1, None, None),
            ("cancelled", "failed", 1, None, None),
            ("completed", "failed", 1, "state-differs", []),
            ("active", "completed", 1, "state-differs", ["mark-completed"]),
            ("retrying", "completed", 1, "state-differs", ["mark-completed"]),
            ("completed", "completed", 1, None, None),
        ]
        expected = {}
        for status, place, made, kind, remedies in cases:
            job_id = self.add_both(status=status)[0]
            if place:
                self.put(job_id, place, atm=made)
            elif made:
                self.redis.hset(self.key(job_id), mapping={"atm": made, "ats": made})
            if kind:
                expected[job_id] = (kind, remedies)
        found = {item["queue_job_id"]: (item["kind"], item["remedies"])
                 for item in self.check()["items"]}
        self.assertEqual(found, expected)

    def test_worker_killed(self):
        """Its job stays active, and so says the row: that is no drift but a stuck job."""
        job_id = self.add_both()[0]
        workers = Workers(self.site, queues=[QUEUE], hold=True, fast=True)
        wait_until(lambda: self.row(job_id)[0] == "active", 20, "the job to run")
        workers.kill()
        self.age(job_id)
        self.assertEqual((self.row(job_id)[0], self.found()), ("active", []))

    def test_layouts(self):
        """A paused queue of 5 and of 6, and jobs of either."""
        for major in (5, 6):
            with self.subTest(major=major):
                self.setUp()
                self.queues.command(QUEUE, "close")
                self.add_both(4, major=major)
                self.queues.command(QUEUE, "pause", major=major)
                self.assertEqual(self.found(), [])
                place = "paused" if major == 5 else "wait"
                lost = self.redis.lindex(self.key(place), 0)
                self.redis.lrem(self.key(place), 0, lost)
                self.redis.delete(self.key(lost))
                self.redis.lpush(self.key(place), "ghost")
                self.assertEqual(self.found(), [("lost", lost), ("orphan", "ghost")])

    def test_only_the_oldest_are_told(self):
        self.add_rows(1050)
        document = self.check()
        self.assertEqual((document["total"], len(document["items"])), (1050, 1000))
        self.assertEqual([(count["kind"], count["job_type"], count["count"])
                          for count in document["counts"]], [("lost", "gas-topup", 1050)])

    def test_without_redis(self):
        document = self.ask("drift", "check", status=1, REDIS_URL="")
        self.assertIn("no Redis", document["error"])


class Busy(DriftCase):
    def left(self, ids):
        return self.redis.exists(*map(self.key, ids)) if ids else 0

    def test_moving_jobs_are_not_reported(self):
        """Two thousand jobs, each moving through its queue while it is compared."""
        ids, findings, rounds = [], [], 0
        with Workers(self.site, queues=[QUEUE], fast=True, concurrency=4, fail_rate=0.2):
            until = time.monotonic() + 120
            # More come where a look takes so long that hardly any are left.
            while (rounds <= 2 or self.left(ids) > 100) and time.monotonic() < until:
                if self.left(ids) <= 100:
                    ids = self.add_both(2000, opts={"removeOnComplete": True, "attempts": 3,
                                                    "backoff": 200})
                findings += self.check()["items"]
                rounds += 1
        self.assertEqual(findings, [])
        self.assertGreater(rounds, 2)


if __name__ == "__main__":
    unittest.main()

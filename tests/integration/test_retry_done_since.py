#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""No retry does what BullMQ has done by itself since a row said that it failed."""

import time
import unittest

from fixtures.processes import wait_until
from fixtures.workers import Queues, Workers
from guard_case import GuardCase
from money_case import QUEUE


class DoneSince(GuardCase):
    """Its queue holds the job no more: only the events tell of it."""

    def setUp(self):
        super().setUp()
        self.clear()

    def clear(self):
        self.site.sql("TRUNCATE job_logs, worker_dashboard.outbox")
        self.site.redis.flush()

    def run_job(self, row, major=5, fail_first=1, attempts=2):
        """A job that its queue forgets once it has ended."""
        with Queues(self.site) as queues:
            queues.call(QUEUE, "add", "gas-topup", {"wallet_address": self.wallet},
                        {"jobId": row, "attempts": attempts, "removeOnComplete": True,
                         "removeOnFail": True}, major=major)
        self.run_worker(row, major, fail_first)

    def run_worker(self, queue_id, major=5, fail_first=1):
        with Workers(self.site, major=major, queues=[QUEUE], fast=True, database=False,
                     fail_first=fail_first):
            wait_until(lambda: not self.redis.exists(f"bull:{QUEUE}:{queue_id}"), 20, "its end")

    def refused(self, row, other):
        document = self.ask("jobs", "retry", row, status=4)
        self.assertEqual((self.refusals(document), self.queued()), ({row: "duplicate"}, []))
        self.assertIn("completed in its queue after this one was made", document["error"])
        self.assertIn(other, document["error"])
        self.assertEqual((self.row(row)[0], self.site.outbox()), ("failed", []))

    def test_any_other_one(self):
        """Whichever of the two is older: what is done after a job was made has done its work."""
        for major in (5, 6):
            for done, retried in ((0, 1), (1, 0)):
                with self.subTest(major=major, done=done):
                    self.clear()
                    rows = self.add_failed(2)
                    self.run_job(rows[done], major)
                    self.refused(rows[retried], rows[done])
                    self.ask("jobs", "retry", "--force", rows[retried])

    def test_made_after_that(self):
        """What was asked for later is work of its own, as is a dispatch."""
        for keep in (False, True):
            with self.subTest(keep=keep):
                self.clear()
                rows = self.add_failed(2)
                if keep:
                    self.put(rows[1], "completed")
                else:
                    self.run_job(rows[1])
                self.site.sql("UPDATE job_logs SET created_at = now() + interval '1 minute' "
                              "WHERE id::text = %s", rows[0])
                self.ask("jobs", "retry", rows[0])
                self.assertEqual(self.queued(), rows[:1])
                self.clear()
                row, = self.add_failed()
                self.run_job(row)
                document = self.ask("dispatch", "gas-topup", "--wallet", self.wallet)
                self.assertEqual(len(document["jobs"]), 1)

    def test_held_by_its_queue(self):
        """The same where its queue keeps what is done: it says when that was."""
        rows = self.add_failed(2)
        self.put(rows[1], "completed")
        self.redis.zadd(f"bull:{QUEUE}:completed", {rows[1]: int(time.time() * 1000) + 60000})
        self.refused(rows[0], rows[1])

    def test_while_it_is_looked_for(self):
        """One that ran when the sets were asked and is done when the lists are."""
        newer, older = self.add_failed(2)
        with Queues(self.site) as queues, \
                Workers(self.site, queues=[QUEUE], fast=True, database=False, hold=True) as workers:
            queues.call(QUEUE, "add", "gas-topup", {}, {"jobId": older})
            wait_until(lambda: self.redis.llen(f"bull:{QUEUE}:active"), 20, "a job that runs")
            process = self.site.wdctl_stopped_at("siblings:lists", "jobs", "retry", newer)
            self.addCleanup(self.end, process)
            workers.release()
            wait_until(lambda: self.redis.zscore(f"bull:{QUEUE}:completed", older), 20, "its end")
            document = self.site.go_on(process).document
        self.assertEqual((self.refusals(document), self.queued()), ({newer: "duplicate"}, []))

    def test_clock_of_its_producer(self):
        """A row tells by another clock than Redis' when its job was made."""
        row, other = self.add_failed(2)
        with Queues(self.site) as queues:
            queue_id = queues.call(QUEUE, "add", "gas-topup", {},
                                   {"attempts": 2, "removeOnComplete": True})["id"]
        self.site.sql("UPDATE job_logs SET job_id = %s, created_at = now() - interval '2 minutes' "
                      "WHERE id::text = %s", f"{QUEUE}/{queue_id}", other)
        self.run_worker(queue_id)
        self.refused(row, other)

    def test_made_when_it_ended(self):
        """The clocks of the database and of Redis may be some seconds apart."""
        rows = self.add_failed(2)
        self.run_job(rows[1])
        self.site.sql("UPDATE job_logs SET created_at = now() + interval '1 second' "
                      "WHERE id::text = %s", rows[0])
        self.refused(rows[0], rows[1])

    def test_failed_for_good(self):
        rows = self.add_failed(2)
        self.run_job(rows[0], fail_first=9)
        self.ask("jobs", "retry", rows[1])
        self.assertEqual(self.queued(), rows[1:])

    def test_begun_anew(self):
        """What was done before it was queued again is no work of the one that failed since."""
        rows = self.add_failed(2)
        self.run_job(rows[0], fail_first=0)
        self.run_job(rows[0], fail_first=9)
        self.ask("jobs", "retry", rows[1])
        self.assertEqual(self.queued(), rows[1:])

    def test_automatic_id(self):
        """A job that was given the id since is another one."""
        row, other = self.add_failed(2)
        with Queues(self.site) as queues:
            queue_id = queues.call(QUEUE, "add", "gas-topup", {},
                                   {"attempts": 2, "removeOnComplete": True})["id"]
        self.site.sql("UPDATE job_logs SET job_id = %s, created_at = now() WHERE id::text = %s",
                      f"{QUEUE}/{queue_id}", other)
        self.run_worker(queue_id)
        self.refused(row, other)
        self.site.sql("UPDATE job_logs SET created_at = now() - interval '1 hour' "
                      "WHERE id::text = %s", other)
        self.ask("jobs", "retry", row)

    def test_bulk(self):
        """Also one that a preview saw waiting for its next attempt."""
        rows = self.add_failed(2)
        self.put(rows[1], "failed")
        run = self.ask("bulk", "retry", rows[0])
        self.assertEqual(run["forecast"], [])
        self.redis.delete(f"bull:{QUEUE}:{rows[1]}", f"bull:{QUEUE}:failed")
        self.run_job(rows[1])
        done = self.ask("bulk", "run", run["id"])
        self.assertEqual((done["done"], list(self.refusals(done))), (0, rows[:1]))
        self.assertIn(f"Look at job {rows[1]}", done["refused"][0]["error"])

    def test_beside_another_one_between_two_slices(self):
        """What one slice was refused for a later one does not do, though that is done by then."""
        for status in ("cancelled", "active"):
            with self.subTest(status):
                self.clear()
                first, last, other = self.add_failed(3)
                others = self.site.add_failed_jobs(600)
                self.site.sql("UPDATE job_logs SET created_at = CASE id::text WHEN %s THEN "
                              "now() - interval '1 day' WHEN %s THEN now() "
                              "ELSE now() - interval '1 hour' END", first, last)
                self.site.sql("UPDATE job_logs SET status = %s WHERE id::text = %s", status, other)
                self.put(other, "delayed")
                process = self.site.wdctl_stopped_at("retry:begin:2", "jobs", "retry",
                                                     "--all-failed")
                self.addCleanup(self.end, process)
                self.redis.delete(f"bull:{QUEUE}:delayed", f"bull:{QUEUE}:{other}")
                self.site.sql("UPDATE job_logs SET status = 'completed', completed_at = now() "
                              "WHERE id::text = %s", other)
                document = self.site.go_on(process).document
                self.assertEqual(self.refusals(document), {first: "duplicate", last: "duplicate"})
                self.assertEqual([one["error"].count(other) for one in document["refused"]],
                                 [1, 1])
                self.assertEqual(self.queued(), sorted(others))


if __name__ == "__main__":
    unittest.main()

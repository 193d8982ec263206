#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Since when jobs wait, of whatever kind they are, with real queues and workers."""

import itertools
import time
import unittest

from fixtures.processes import wait_until
from queue_case import QUEUE, QueueCase

MAJORS = (5, 6)


class Waiting(QueueCase):
    major = 5

    def oldest(self):
        """For how many seconds the job waits that waits longest; None where that is not known."""
        made = self.tool.call("counts").get("oldest")
        return None if made is None else round(time.time() - made / 1000)

    def made(self, job_id, hours, **options):
        """A real job that says that it was made so many hours ago."""
        at = int((time.time() - hours * 3600) * 1000)
        self.queues().call(QUEUE, "add", "job", {}, {"jobId": job_id, "timestamp": at, **options},
                           major=self.major)

    def test_since_when_prioritized_jobs_wait(self):
        for self.major in MAJORS:
            with self.fresh(major=self.major):
                self.assertIsNone(self.oldest(), "none waits")
                self.made("p-1", 5, priority=10)
                self.assertAlmostEqual(self.oldest(), 5 * 3600, delta=60)
                for number in range(2, 6):
                    self.made(f"p-{number}", 0, priority=1)
                self.made("w-1", 1)
                self.assertAlmostEqual(self.oldest(), 5 * 3600, delta=60)
                # More priorities than are looked at: the last is the one that starves.
                self.queues().command(QUEUE, "addAll", major=self.major, jobs=[
                    {"name": "job", "opts": {"priority": 100 + n}} for n in range(40)])
                self.made("last", 30, priority=2097151)
                self.assertAlmostEqual(self.oldest(), 30 * 3600, delta=60)

    def test_since_when_a_retried_job_waits(self):
        for self.major, priority in itertools.product(MAJORS, (0, 5)):
            with self.fresh(major=self.major, priority=priority):
                workers = self.workers(self.major, fail_first=9)
                self.made("week-old", 7 * 24, priority=priority)
                self.wait_for_state("week-old", "failed")
                workers.close()
                self.queues().call_job(QUEUE, "week-old", "retry", major=self.major)
                self.assertLess(self.oldest(), 60)
                self.made("since", 2)
                self.assertAlmostEqual(self.oldest(), 2 * 3600, delta=60)
                self.queues().call_job(QUEUE, "since", "remove", major=self.major)
                # Nothing tells any more: that is not known, and not a week.
                self.redis.delete(self.key("events"))
                self.assertIsNone(self.oldest())

    def retry_many(self, count, **options):
        """So many jobs that failed and were retried together; no worker is left."""
        workers = self.workers(self.major, fail_first=9)
        for number in range(count):
            self.made(f"again-{number}", 7 * 24, **options)
        wait_until(lambda: self.redis.zcard(self.key("failed")) == count, 30, "failures")
        workers.close()
        self.queues().call(QUEUE, "retryJobs", {}, major=self.major)

    def make_noise(self, count, **options):
        """Jobs that come now, each of which is told of twice."""
        self.queues().command(QUEUE, "addMany", count=count, opts=options, major=self.major)

    def test_since_when_jobs_wait_that_were_retried_together(self):
        """They do not tell, and so much happens that no event does: those that came next do."""
        for self.major, priority in itertools.product(MAJORS, (0, 5)):
            with self.fresh(major=self.major, priority=priority):
                self.retry_many(30, priority=priority)
                self.make_noise(200, priority=priority)
                self.assertLess(self.oldest(), 60)
                self.redis.flushall()
                self.retry_many(30, priority=priority)
                self.made("next-1", 2, priority=priority)
                self.make_noise(200, priority=priority)
                self.assertAlmostEqual(self.oldest(), 2 * 3600, delta=60)

    def test_since_when_only_retried_jobs_wait(self):
        """Then it is as long, at least, as some hundred events more reach back."""
        self.retry_many(3)
        self.redis.delete(self.key("events"))
        hour = int((time.time() - 3600) * 1000)
        self.redis.xadd(self.key("events"), {"event": "drained"}, id=f"{hour}-0")
        self.make_noise(200, delay=3600000)
        self.assertAlmostEqual(self.oldest(), 3600, delta=60)

    def test_since_when_a_delayed_job_waits(self):
        for self.major in MAJORS:
            with self.fresh(major=self.major):
                self.made("not-due", 3, delay=4 * 3600 * 1000)
                self.assertIsNone(self.oldest(), "it is not due yet")
                self.queues().call_job(QUEUE, "not-due", "remove", major=self.major)
                self.made("due-now", 3, delay=3 * 3600 * 1000 + 500)
                workers = self.workers(self.major, hold=True)
                self.wait_for_state("due-now", "active")
                self.made("by-hand", 3, delay=24 * 3600 * 1000)
                self.queues().call_job(QUEUE, "by-hand", "promote", major=self.major)
                self.assertLess(self.oldest(), 60)
                workers.release()
                workers.close()

    def test_overdue(self):
        """Delayed jobs that no worker notices, though they are due."""
        self.made("soon", 0, delay=60000)
        self.made("never", 2, delay=3600000)
        self.assertEqual(self.tool.call("counts")["overdue"], 1)
        self.addCleanup(self.servers.redis.limit, "+@all", user="default")
        self.servers.redis.limit("-time", user="default")
        counts = self.tool.call("counts")
        self.assertEqual((counts["overdue"], counts["layout"]), (0, None))


if __name__ == "__main__":
    unittest.main()

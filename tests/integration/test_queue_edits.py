#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs let run before their time, and jobs taken out of a queue: just these, and no trace left."""

import time
import unittest

from queue_case import QUEUE, QueueCase

from fixtures.processes import wait_until

MAJORS = (5, 6)
HOUR_MS = 3600 * 1000


class Edits(QueueCase):
    def add_real(self, *ids, major=5, **options):
        for job_id in ids:
            self.queues().call(QUEUE, "add", "work", {}, {"jobId": job_id, **options}, major=major)

    def dump(self):
        self.tool.call("site")
        return super().dump()

    def promote(self, *ids):
        return self.outcomes(self.tool.call("edit", ids=ids))

    def remove(self, state, *ids):
        answer = self.tool.call("edit", state=state, ids=ids)
        self.assertNotIn("error", answer)
        return [result.get("state") or result.get("outcome") for result in answer["results"]]

    def keys_of(self, job_id):
        return self.redis.keys(self.key(job_id + "*"))

    def test_promoted_jobs_run(self):
        """Each once, by its priority; the others wait on."""
        for major in MAJORS:
            with self.fresh(major=major):
                self.add_real("later", "also-later", major=major, delay=HOUR_MS)
                self.add_real("urgent", major=major, delay=HOUR_MS, priority=1)
                self.add_real("unasked", major=major, delay=HOUR_MS)
                self.assertEqual(self.promote("later", "also-later", "urgent"), ["done"] * 3)
                self.assertEqual(self.containers_of("urgent"), ["prioritized"])
                self.assertEqual(self.promote("later"), ["refused"])
                with self.workers(major) as workers:
                    self.wait_for_runs(workers, ["later", "also-later", "urgent"])
                self.assertEqual(self.containers_of("unasked"), ["delayed"])

    def test_promoted_while_paused(self):
        """They wait where a resuming queue of the same major finds them."""
        for major in MAJORS:
            with self.fresh(major=major):
                self.add_real("later", major=major, delay=HOUR_MS)
                self.queues().call(QUEUE, "pause", major=major)
                self.assertEqual(self.promote("later"), ["done"])
                self.queues().call(QUEUE, "resume", major=major)
                with self.workers(major) as workers:
                    self.wait_for_runs(workers, ["later"])

    def test_not_promoted(self):
        self.add_real("waiting")
        before = self.dump()
        self.assertEqual(self.promote("waiting", "nowhere"), ["refused", "refused"])
        after = self.dump()
        self.assertEqual(after.pop(self.key("marker")), before.pop(self.key("marker")))
        self.assertEqual(after, before)

    def test_removed_from_each_state(self):
        """Just these go, with all their keys, and the others run."""
        for major in MAJORS:
            with self.fresh(major=major):
                self.add_real("w1", "w2", "w3", major=major)
                self.add_real("p1", "p2", major=major, priority=3)
                self.add_real("d1", "d2", major=major, delay=HOUR_MS)
                queues = self.queues()
                queues.call_job(QUEUE, "w2", "log", "a line", major=major)
                self.assertEqual(self.remove("waiting", "w2"), ["done"])
                self.assertEqual(self.remove("prioritized", "p1"), ["done"])
                self.assertEqual(self.remove("delayed", "d1"), ["done"])
                for job_id in ("w2", "p1", "d1"):
                    self.assertEqual(self.keys_of(job_id), [])
                    self.assertEqual(self.containers_of(job_id), [])
                events = [(fields["jobId"], fields["prev"]) for _id, fields in
                          self.redis.xrange(self.key("events")) if fields["event"] == "removed"]
                self.assertEqual(events, [("w2", "waiting"), ("p1", "prioritized"),
                                          ("d1", "delayed")])
                with self.workers(major) as workers:
                    self.wait_for_runs(workers, ["w1", "w3", "p2"])
                wait_until(lambda: self.redis.zcard(self.key("completed")) == 3, 10, "their end")
                self.assertEqual(self.remove("completed", "w1"), ["done"])
                self.assertEqual(self.keys_of("w1"), [])

    def test_removed_from_a_paused_queue(self):
        for major in MAJORS:
            with self.fresh(major=major):
                self.add_real("w1", "w2", major=major)
                self.queues().call(QUEUE, "pause", major=major)
                self.assertEqual(self.remove("waiting", "w1"), ["done"])
                self.queues().call(QUEUE, "resume", major=major)
                with self.workers(major) as workers:
                    self.wait_for_runs(workers, ["w2"])

    def test_what_moved_is_left(self):
        """A job that a worker took, or that finished meanwhile, is told apart and not touched."""
        self.add_real("w1")
        with self.workers(5, hold=True):
            self.wait_for_state("w1", "active")
            self.assertEqual(self.remove("waiting", "w1", "nowhere"), ["active", "missing"])
            self.assertEqual(self.containers_of("w1"), ["active"])
        self.add_real("d1", delay=HOUR_MS)
        self.assertEqual(self.remove("waiting", "d1"), ["delayed"])
        self.assertEqual(self.containers_of("d1"), ["delayed"])

    def test_duplicates_leave_no_ghost(self):
        """A worker would run an id whose record is gone, as a job without data."""
        self.add_real("twice", "ended", "other")
        self.redis.lpush(self.key("wait"), "twice")
        self.redis.zadd(self.key("completed"), {"ended": 1})
        self.assertEqual(self.remove("waiting", "twice"), ["done"])
        self.assertEqual(self.containers_of("twice"), [])
        self.assertEqual(self.remove("completed", "ended"), ["waiting"])
        self.assertEqual(self.remove("waiting", "ended"), ["completed"])
        self.assertTrue(self.redis.exists(self.key("ended")))

    def test_duplicates_are_not_promoted(self):
        """It waits already, and would run twice."""
        self.add_real("twice")
        self.redis.zadd(self.key("delayed"), {"twice": 1 << 60})
        self.assertEqual(self.promote("twice"), ["refused"])
        self.assertEqual(self.redis.lrange(self.key("wait"), 0, -1), ["twice"])

    def test_flows_and_schedulers_are_left(self):
        queues = self.queues()
        queues.call(QUEUE, "upsertJobScheduler", "nightly", {"every": HOUR_MS}, {"name": "work"})
        queues.command(QUEUE, "flow", args=[{
            "name": "parent", "queueName": QUEUE, "data": {}, "opts": {"jobId": "parent"},
            "children": [{"name": "child", "queueName": QUEUE, "data": {},
                          "opts": {"jobId": "child"}}]}])
        [scheduled] = [job_id for job_id in self.redis.zrange(self.key("delayed"), 0, -1)
                       + self.redis.lrange(self.key("wait"), 0, -1) if job_id[:7] == "repeat:"]
        state = "delayed" if self.redis.zscore(self.key("delayed"), scheduled) else "waiting"
        before = self.dump()
        self.assertEqual(self.remove(state, scheduled), ["refused"])
        self.assertEqual(self.remove("waiting", "child"), ["refused"])
        self.assertEqual(self.dump(), before)

    def test_deduplication_ends_with_its_job(self):
        self.add_real("first", deduplication={"id": "same"})
        self.assertEqual(self.remove("waiting", "first"), ["done"])
        self.add_real("second", deduplication={"id": "same"})
        self.assertEqual(self.containers_of("second"), ["wait"])

    def test_unknown_layouts_are_left(self):
        self.add_real("w1", "d1")
        self.add_real("d2", delay=HOUR_MS)
        self.redis.hset(self.key("meta"), "version", "bullmq:7.0.0")
        before = self.dump()
        self.assertEqual(self.remove("waiting", "w1"), ["refused"])
        self.assertEqual(self.promote("d2"), ["refused"])
        self.redis.hset(self.key("meta"), "version", before[self.key("meta")]["version"])
        self.assertEqual(self.dump(), before)

    def test_many(self):
        """Ten thousand, oldest first, amid others that come: quickly, and no other goes."""
        ids = [f"m{number}" for number in range(10000)]
        self.add(*[self.job(id=job_id) for job_id in ids])
        began = time.monotonic()
        self.assertEqual(self.remove("waiting", *ids[:9000]), ["done"] * 9000)
        self.assertLess(time.monotonic() - began, 60)
        self.assertEqual(self.redis.lrange(self.key("wait"), 0, -1), ids[:8999:-1])


if __name__ == "__main__":
    unittest.main(verbosity=2)

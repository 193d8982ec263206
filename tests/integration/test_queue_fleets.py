# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""BullMQ 5 and 6 on one queue: where they lose each other's jobs, nothing is lost by us."""

import itertools
import unittest

from queue_case import QUEUE, RUN_SECONDS, QueueCase

from fixtures.processes import wait_until

# Who does what, in order; "our" is ours, a number that major's Queue object. Without our steps the
# first four lose jobs, since resuming (and pausing) with 5 renames one list over the other.
SEQUENCES = {
    "5 pauses, 6 adds, 5 resumes":
        "5 pause, 5 add a-1, 6 add a-2, our add a-3, 5 resume",
    "5 pauses, 6 adds, we resume":
        "5 pause, 5 add a-1, 6 add a-2, our resume",
    "6 pauses, 5 adds, 5 resumes":
        "6 add a-1, 6 pause, our add a-2, 5 add a-3, our add a-4, 5 resume",
    "6 pauses, 5 adds, we resume":
        "6 add a-1, 6 pause, our add a-2, 5 add a-3, our resume",
    "5 pauses twice":
        "5 pause, our add a-1, 6 add a-2, our add a-3, 5 pause, our resume",
    "5 pauses twice, 5 resumes":
        "5 pause, our add a-1, 6 add a-2, our add a-3, 5 pause, 5 resume",
    "6 pauses, 5 resumes":
        "6 pause, our add a-1, 5 resume",
    "5 pauses, 6 resumes":
        "5 pause, our add a-1, 6 add a-2, 6 resume",
    "6 pauses, 5 adds, 6 resumes":
        "6 pause, our add a-1, 5 add a-2, 6 add a-3, 6 resume",
    "we pause, both add, we resume":
        "5 add a-1, our pause, 5 add a-2, 6 add a-3, our resume",
    "we pause, 5 adds, 5 resumes":
        "5 add a-1, our pause, 5 add a-2, our add a-3, 5 resume",
    "we pause, 6 adds, 6 resumes":
        "6 add a-1, our pause, 6 add a-2, our add a-3, 6 resume",
    "we pause what 5 paused and 6 filled":
        "5 pause, 5 add a-1, 6 add a-2, our pause, 5 resume",
    "retried while paused":
        "our fail a-1, 5 pause, 6 add a-2, our retry a-1, 5 resume",
}


class Fleets(QueueCase):
    def carry_out(self, sequence):
        """Returns the ids of all jobs it queued."""
        queues, ids = self.queues(), []
        for step in sequence.split(", "):
            actor, verb, job_id = (step.split() + [None])[:3]
            if actor != "our":
                arguments = ["work", {}, {"jobId": job_id}] if verb == "add" else []
                queues.call(QUEUE, verb, *arguments, major=int(actor))
            elif verb == "add":
                self.assertEqual(self.add({"id": job_id, "outbox_id": job_id}), ["done"])
            elif verb == "retry":
                self.assertEqual(self.retry({"id": job_id, "outbox_id": "retry"}), ["done"])
            elif verb == "fail":
                self.fail_once(job_id)
            else:
                self.assertEqual(self.tool.call(verb), {"warning": None})
            if verb in ("add", "retry"):
                ids.append(job_id)
        return ids

    def fail_once(self, job_id):
        workers = self.workers(5, fail_first=1)
        self.add({"id": job_id, "outbox_id": job_id})
        self.wait_for_state(job_id, "failed")
        workers.close()

    def test_nothing_is_lost(self):
        for (name, sequence), major in itertools.product(SEQUENCES.items(), (5, 6)):
            with self.fresh(sequence=name, workers=major):
                ids = self.carry_out(sequence)
                workers = self.workers(major)
                self.wait_for_runs(workers, ids)
                workers.close()
                self.assertEqual(self.tool.call("counts")["warning"], None)

    def test_a_worker_of_5_fills_the_other_list(self):
        """A delayed job falls due while 6 has paused: the worker of 5 puts it into `paused`."""
        queues = self.queues()
        queues.call(QUEUE, "pause", major=6)
        queues.call(QUEUE, "add", "work", {}, {"jobId": "a-1"}, major=6)
        workers = self.workers(5)
        self.add({"id": "a-2", "outbox_id": "2", "delay": 30})
        wait_until(lambda: self.containers_of("a-2") == ["paused"], RUN_SECONDS, "the due job")
        self.assertIn("Both waiting lists", self.tool.call("counts")["warning"])
        self.assertEqual(self.tool.call("counts")["waiting"], 2)
        self.assertEqual(self.tool.call("resume"), {"warning": None})
        self.assertEqual(self.wait_for_runs(workers, ["a-1", "a-2"]), ["a-2", "a-1"])
        workers.close()

    def test_both_majors_work_on_one_queue(self):
        jobs = [self.job(priority=n % 3) for n in range(300)]
        workers = [self.workers(major, concurrency=5) for major in (5, 6)]
        self.assertEqual(self.add(*jobs), ["done"] * 300)
        wait_until(lambda: sum(len(each.runs()) for each in workers) >= 300, RUN_SECONDS,
                   "all runs")
        ran = [run["id"] for each in workers for run in each.runs()]
        self.assertCountEqual(ran, [job["id"] for job in jobs])
        for each in workers:
            each.close()

    def test_two_lists_of_six_run_in_order(self):
        names = {name: [f"{name}-{n}" for n in range(6)] for name in ("paused", "wait")}
        for list_name, ids in names.items():
            self.tool.call("pause")
            self.add(*({"id": job_id, "outbox_id": job_id} for job_id in ids))
            self.redis.rename(self.key("paused"), self.key(f"kept-{list_name}"))
        for list_name in names:
            self.redis.rename(self.key(f"kept-{list_name}"), self.key(list_name))
        self.assertEqual(self.tool.call("resume"), {"warning": None})
        expected = names["paused"] + names["wait"]
        workers = self.workers(5)
        self.assertEqual(self.wait_for_runs(workers, expected), expected)
        workers.close()


class LongLists(QueueCase):
    """Merging goes in slices, the queue paused until it is done."""

    def fill(self, in_paused, in_wait):
        self.redis.hset(self.key("meta"), mapping={"paused": 1, "opts.maxLenEvents": 10000,
                                                   "version": "bullmq:5.81.5"})
        ids = {"paused": [f"p-{n}" for n in range(in_paused)],
               "wait": [f"w-{n}" for n in range(in_wait)]}
        for name, members in ids.items():
            for at in range(0, len(members), 5000):
                self.redis.lpush(self.key(name), *members[at:at + 5000])
        return ids["paused"] + ids["wait"]

    def next_to_run(self, name):
        return self.redis.lrange(self.key(name), 0, -1)[::-1]

    def test_resume(self):
        for in_paused, in_wait in ((0, 3), (3, 0), (6, 6), (12345, 7), (5000, 1), (5001, 5001)):
            with self.fresh(in_paused=in_paused, in_wait=in_wait):
                ids = self.fill(in_paused, in_wait)
                self.assertEqual(self.tool.call("resume"), {"warning": None})
                self.assertEqual(self.next_to_run("wait"), ids)
                self.assertFalse(self.redis.exists(self.key("paused")))
                self.assertFalse(self.redis.hexists(self.key("meta"), "paused"))
                self.assertEqual(self.redis.zrange(self.key("marker"), 0, -1), ["0"])
                events = [fields["event"] for _, fields in self.redis.xrange(self.key("events"))]
                self.assertEqual(events, ["resumed"])

    def test_pause(self):
        for version, target in (("bullmq:5.81.5", "paused"), ("bullmq:6.7.0", "wait")):
            for in_paused, in_wait in ((0, 3), (6, 6), (7, 12345), (12345, 7)):
                with self.fresh(version=version, in_paused=in_paused, in_wait=in_wait):
                    ids = self.fill(in_paused, in_wait)
                    self.redis.hset(self.key("meta"), "version", version)
                    self.redis.hdel(self.key("meta"), "paused")
                    self.assertEqual(self.tool.call("pause"), {"warning": None})
                    self.assertEqual(self.next_to_run(target), ids)
                    other = "wait" if target == "paused" else "paused"
                    self.assertFalse(self.redis.exists(self.key(other)))
                    self.assertTrue(self.redis.hexists(self.key("meta"), "paused"))

    def test_adding_to_two_long_lists_is_refused(self):
        self.fill(3, 5001)
        self.tool.call("site")
        before = self.dump()
        result = self.tool.call("add", jobs=[self.job()])["results"][0]
        self.assertEqual(result["outcome"], "refused")
        self.assertIn("resume it here", result["message"])
        self.assertEqual(self.dump(), before)

    def test_slices(self):
        jobs = [self.job(priority=n % 4) for n in range(2500)]
        self.assertEqual(self.add(*jobs), ["done"] * len(jobs))
        counts = self.tool.call("counts")
        self.assertEqual((counts["waiting"], counts["prioritized"]), (625, 1875))
        self.assertEqual(self.add(*jobs), ["already"] * len(jobs))


if __name__ == "__main__":
    unittest.main()

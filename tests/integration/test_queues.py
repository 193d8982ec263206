# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What we queue, retry, pause and resume is run by real BullMQ workers of both majors."""

import itertools
import time
import unittest

from fixtures.processes import wait_until
from queue_case import QUEUE, QueueCase

MAJORS = (5, 6)


class Running(QueueCase):
    """Jobs of every kind, on each major."""

    def test_standard(self):
        for major in MAJORS:
            with self.fresh(major=major):
                workers = self.workers(major)
                jobs = [self.job(data='{"amount":"0.1"}') for _ in range(3)]
                self.assertEqual(self.add(*jobs), ["done"] * 3)
                ids = [job["id"] for job in jobs]
                self.assertEqual(self.wait_for_runs(workers, ids), ids)
                self.assertEqual(workers.runs()[0]["data"], {"amount": "0.1"})
                self.wait_for_state(ids[0], "completed")
                workers.close()

    def test_a_waiting_worker_is_woken(self):
        for major in MAJORS:
            with self.fresh(major=major):
                # Without its marker a job would be found after that many seconds.
                workers = self.workers(major, drain_delay=300)
                first = self.job()
                self.add(first)
                self.wait_for_runs(workers, [first["id"]])
                self.wait_for_state(first["id"], "completed")
                for kind in ({}, {"priority": 4}, {"delay": 300}):
                    job = self.job(**kind)
                    before = time.time() * 1000
                    self.add(job)
                    self.wait_for_state(job["id"], "completed")
                    ran = workers.runs()[-1]
                    self.assertEqual(ran["id"], job["id"])
                    self.assertLess(ran["at"] - before, 60000, kind)
                    self.assertGreaterEqual(ran["at"] - before, kind.get("delay", 0) - 5)
                workers.close()

    def test_prioritized_in_order(self):
        for major in MAJORS:
            with self.fresh(major=major):
                jobs = [self.job(id=f"p-{priority}-{n}", priority=priority)
                        for n in range(2) for priority in (10, 1, 5)]
                jobs.append(self.job(id="p-0"))
                self.assertEqual(self.add(*jobs), ["done"] * 7)
                workers = self.workers(major)
                self.assertEqual(
                    self.wait_for_runs(workers, [job["id"] for job in jobs]),
                    ["p-0", "p-1-0", "p-1-1", "p-5-0", "p-5-1", "p-10-0", "p-10-1"])
                workers.close()

    def test_delayed_of_one_millisecond_keep_their_order(self):
        for major in MAJORS:
            with self.fresh(major=major):
                now = int(time.time() * 1000)
                jobs = [self.job(delay=200, timestamp=now) for _ in range(5)]
                self.assertEqual(self.add(*jobs), ["done"] * 5)
                workers = self.workers(major)
                ids = [job["id"] for job in jobs]
                self.assertEqual(self.wait_for_runs(workers, ids), ids)
                workers.close()

    def test_attempts_and_backoff(self):
        for major in MAJORS:
            with self.fresh(major=major):
                workers = self.workers(major, fail_first=2)
                job = self.job(attempts=3, backoff="fixed", backoff_delay=20)
                self.add(job)
                self.wait_for_runs(workers, [job["id"]] * 3)
                self.wait_for_state(job["id"], "completed")
                workers.close()

    def test_added_while_paused(self):
        for major, ours in itertools.product(MAJORS, (False, True)):
            with self.fresh(major=major, ours=ours):
                queues = self.queues()
                queues.call(QUEUE, "pause", major=major)
                jobs = [self.job(), self.job(priority=3), self.job(delay=50), self.job()]
                self.assertEqual(self.add(*jobs), ["done"] * 4)
                workers = self.workers(major)
                if ours:
                    self.assertEqual(self.tool.call("resume"), {"warning": None})
                else:
                    queues.call(QUEUE, "resume", major=major)
                self.wait_for_runs(workers, [job["id"] for job in jobs])
                workers.close()

    def test_our_pause_holds_workers(self):
        for major in MAJORS:
            with self.fresh(major=major):
                queues = self.queues()
                queues.call(QUEUE, "getWaitingCount", major=major)
                workers = self.workers(major)
                self.add(self.job(id="before-1"))
                self.wait_for_state("before-1", "completed")
                self.assertEqual(self.tool.call("pause"), {"warning": None})
                self.assertTrue(queues.call(QUEUE, "isPaused", major=major))
                self.assertTrue(self.tool.call("counts")["paused"])
                self.add(self.job(id="while-1"))
                queues.call(QUEUE, "add", "theirs", {}, {"jobId": "theirs-1"}, major=major)
                self.assertEqual(self.tool.call("counts")["waiting"], 2)
                self.assertEqual([run["id"] for run in workers.runs()], ["before-1"])
                queues.call(QUEUE, "resume", major=major)
                self.wait_for_runs(workers, ["before-1", "while-1", "theirs-1"])
                workers.close()

    def test_receipts_outlive_removed_jobs(self):
        for major in MAJORS:
            with self.fresh(major=major):
                workers = self.workers(major)
                job = self.job()
                self.add(job)
                self.wait_for_state(job["id"], "completed")
                queues = self.queues()
                queues.call_job(QUEUE, job["id"], "remove", major=major)
                self.assertIsNone(self.tool.call("state", id=job["id"])["state"])
                self.assertEqual(self.add(job), ["already"])
                self.assertEqual(self.tool.call("receipt", outbox_id=job["outbox_id"]),
                                 {"receipt": "sent"})
                if major == 6:
                    queues.call(QUEUE, "removeOrphanedJobs", major=6)
                    self.assertEqual(self.add(job), ["already"])
                self.assertEqual(len(workers.runs()), 1)
                workers.close()


class Retrying(QueueCase):
    """One more attempt, or as many as a new job has."""

    def failed_job(self, major, **fields):
        """Lets a job use up its attempts; returns it and its worker, which now succeeds."""
        job = self.job(attempts=2, **fields)
        workers = self.workers(major, fail_first=9)
        self.add(job)
        self.wait_for_state(job["id"], "failed")
        workers.close()
        return job

    def retry_of(self, job, **fields):
        self.number += 1
        return {"id": job["id"], "outbox_id": f"retry-{self.number}", **fields}

    def test_plain_and_reset(self):
        for major, (reset, more) in itertools.product(MAJORS, ((0, 1), (1, 2))):
            with self.fresh(major=major, reset=reset):
                job = self.failed_job(major)
                before = self.tool.call("job", id=job["id"])
                self.assertEqual((before["attempts_made"], before["state"]), (2, "failed"))
                self.assertEqual(len(before["stacktrace"]), 2)
                workers = self.workers(major, fail_first=9)
                order = self.retry_of(job, reset=reset)
                self.assertEqual(self.retry(order), ["done"])
                self.wait_for_state(job["id"], "failed")
                self.wait_for_runs(workers, [job["id"]] * more)
                self.assertEqual(self.retry(order), ["already"])
                workers.close()

    def test_priority_is_kept(self):
        for major in MAJORS:
            with self.fresh(major=major):
                urgent, plain = self.failed_job(major, priority=5), self.failed_job(major)
                self.assertEqual(self.retry(self.retry_of(urgent), self.retry_of(plain)),
                                 ["done"] * 2)
                self.assertEqual(self.containers_of(urgent["id"]), ["prioritized"])
                self.assertEqual(self.containers_of(plain["id"]), ["wait"])
                workers = self.workers(major)
                self.wait_for_runs(workers, [plain["id"], urgent["id"]])
                workers.close()

    def test_other_states_are_refused(self):
        jobs = {"waiting": self.job(), "prioritized": self.job(priority=1),
                "delayed": self.job(delay=60000)}
        self.add(*jobs.values())
        before = self.dump()
        for state, job in jobs.items():
            result = self.tool.call("retry", jobs=[self.retry_of(job)])["results"][0]
            self.assertEqual((result["outcome"], result["state"]), ("refused", state))
            self.assertEqual(result["due"] > time.time() * 1000, state == "delayed")
        result = self.tool.call("retry", jobs=[self.job()])["results"][0]
        self.assertEqual((result["outcome"], result["state"]), ("refused", "missing"))
        self.assertEqual(self.dump(), before)

    def test_active_and_completed_are_refused(self):
        workers = self.workers(6, hold=True)
        job = self.job()
        self.add(job)
        self.wait_for_state(job["id"], "active")
        for state in ("active", "completed"):
            self.wait_for_state(job["id"], state)
            result = self.tool.call("retry", jobs=[self.retry_of(job)])["results"][0]
            self.assertEqual((result["outcome"], result["state"]), ("refused", state))
            workers.release()
        workers.close()

    def test_gone_jobs(self):
        for major in MAJORS:
            with self.fresh(major=major):
                gone, done = self.failed_job(major), self.job()
                workers = self.workers(major)
                self.add(done)
                self.wait_for_state(done["id"], "completed")
                workers.close()
                queues = self.queues()
                for job in (gone, done):
                    queues.call_job(QUEUE, job["id"], "remove", major=major)
                answer = self.tool.call("retry", jobs=[
                    self.retry_of(gone), self.retry_of(gone, readd=1),
                    self.retry_of(done, readd=1)])
                self.assertEqual([(result["outcome"], result["state"])
                                  for result in answer["results"]],
                                 [("refused", "missing"), ("done", None),
                                  ("refused", "completed")])
                workers = self.workers(major)
                self.wait_for_runs(workers, [gone["id"]])
                workers.close()

    def fail_and_forget(self, job, major):
        workers = self.workers(major, fail_match=".")
        wait_until(lambda: not self.redis.exists(self.key(job["id"])), 30, "its end")
        workers.close()

    def test_gone_after_an_earlier_job_of_its_id(self):
        """What completed under the id before this job was added says nothing of it."""
        for major in MAJORS:
            for again in ("added", "retried"):
                with self.fresh(major=major, again=again):
                    job, queues = self.job(), self.queues()
                    opts = {"jobId": job["id"], "removeOnFail": True}
                    queues.call(QUEUE, "add", "work", {}, opts, major=major)
                    workers = self.workers(major)
                    self.wait_for_state(job["id"], "completed")
                    workers.close()
                    if again == "added":
                        queues.call_job(QUEUE, job["id"], "remove", major=major)
                        queues.call(QUEUE, "add", "work", {}, opts, major=major)
                    else:
                        queues.call_job(QUEUE, job["id"], "retry", "completed", major=major)
                    self.fail_and_forget(job, major)
                    retry = self.retry_of(job, readd=1)
                    self.assertEqual(self.retry(retry), ["done"])
                    # Its answer was lost; whoever asks again, the receipt tells.
                    self.assertEqual(self.retry(retry), ["already"])
                    workers = self.workers(major)
                    self.wait_for_runs(workers, [job["id"]])
                    self.wait_for_state(job["id"], "completed")
                    workers.close()
                    queues.call_job(QUEUE, job["id"], "remove", major=major)
                    self.assertEqual(self.retry(self.retry_of(job, readd=1)), ["refused"])

    def test_gone_after_it_was_added_in_vain(self):
        """What is added while there is one of its id is no job of its own."""
        for major in MAJORS:
            with self.fresh(major=major):
                job, queues = self.job(), self.queues()
                for _ in range(2):
                    queues.call(QUEUE, "add", "work", {}, {"jobId": job["id"]}, major=major)
                    workers = self.workers(major)
                    self.wait_for_state(job["id"], "completed")
                    workers.close()
                queues.call_job(QUEUE, job["id"], "remove", major=major)
                result = self.tool.call("retry", jobs=[self.retry_of(job, readd=1)])["results"][0]
                self.assertEqual((result["outcome"], result["state"]), ("refused", "completed"))

    def test_gone_but_still_listed(self):
        job = self.failed_job(5)
        self.redis.delete(self.key(job["id"]))
        self.assertEqual(self.retry(self.retry_of(job, readd=1)), ["done"])
        self.assertEqual(self.containers_of(job["id"]), ["wait"])
        self.redis.delete(self.key(job["id"]))
        result = self.tool.call("retry", jobs=[self.retry_of(job, readd=1)])["results"][0]
        self.assertEqual((result["outcome"], result["state"]), ("refused", "waiting"))
        self.assertEqual(self.containers_of(job["id"]), ["wait"])

    def test_a_child_rejoins_its_parent(self):
        for major in MAJORS:
            with self.fresh(major=major):
                queues = self.queues()
                queues.call(QUEUE, "flow", {
                    "name": "parent", "queueName": "parents", "opts": {"jobId": "parent-1"},
                    "children": [{"name": "child", "queueName": QUEUE,
                                  "opts": {"jobId": "child-1", "ignoreDependencyOnFailure": True}},
                                 {"name": "child", "queueName": "others", "opts": {}}]},
                            major=major)
                workers = self.workers(major, fail_first=9)
                self.wait_for_state("child-1", "failed")
                workers.close()
                ours, parent = self.key("child-1"), "bull:parents:parent-1"
                self.assertNotIn(ours, self.redis.smembers(f"{parent}:dependencies"))
                self.assertEqual(self.retry({"id": "child-1", "outbox_id": "c1"}), ["done"])
                self.assertIn(ours, self.redis.smembers(f"{parent}:dependencies"))
                self.assertFalse(self.redis.hexists(f"{parent}:failed", ours))


class Reading(QueueCase):
    """Counts, one job in full, discovery, and which Redis it is."""

    def test_counts(self):
        workers = self.workers(5, hold=True)
        self.add(self.job(id="active-1"))
        self.wait_for_state("active-1", "active")
        self.add(self.job(), self.job(), self.job(priority=1), self.job(delay=60000))
        queues = self.queues()
        queues.call(QUEUE, "getWaitingCount", major=6)
        counts = self.tool.call("counts")
        self.assertEqual(
            {name: counts[name] for name in ("waiting", "prioritized", "delayed", "active",
                                             "completed", "failed", "workers", "lost_locks")},
            {"waiting": 2, "prioritized": 1, "delayed": 1, "active": 1, "completed": 0,
             "failed": 0, "workers": 1, "lost_locks": 0})
        self.assertEqual(counts["version"], "bullmq:6.7.0")
        self.assertAlmostEqual(counts["oldest"], time.time() * 1000, delta=30000)
        self.redis.delete(self.key("active-1:lock"))
        self.assertEqual(self.tool.call("counts")["lost_locks"], 1)
        workers.release()
        workers.close()

    def test_job_in_full(self):
        workers = self.workers(6, fail_first=9)
        self.add(self.job(id="full-1", attempts=2, data='{"long":"' + "x" * 300000 + '"}'))
        self.wait_for_state("full-1", "failed")
        queues = self.queues()
        queues.call_job(QUEUE, "full-1", "log", "first line", major=6)
        queues.call_job(QUEUE, "full-1", "updateProgress", {"step": 2}, major=6)
        job = self.tool.call("job", id="full-1")
        for name in ("attempts", "attempts_made", "attempts_started"):
            self.assertEqual(job[name], 2, name)
        self.assertEqual(job["logs"], ["first line"])
        self.assertEqual(job["progress"], '{"step":2}')
        self.assertEqual(len(job["stacktrace"]), 2)
        self.assertTrue(job["failed_reason"])
        self.assertTrue(job["finished"])
        self.assertEqual(job["data_size"], 300011)
        self.assertEqual(len(job["data"]), 256 * 1024)
        self.assertEqual(self.tool.call("job", id="nowhere")["code"], "not-found")
        workers.close()

    def test_as_deep_as_no_stack(self):
        """What a broken or hostile program left in a job is text, and ends no program."""
        deep = "[" * 200000
        self.add(self.job(id="deep"))
        self.redis.hset(self.key("deep"), mapping={"stacktrace": deep, "opts": deep})
        job = self.tool.call("job", id="deep")
        self.assertEqual((job["stacktrace"], job["attempts"]), ([deep], 1))
        self.assertEqual(self.add(self.job(data=deep), self.job(data='{"a":' + deep)),
                         ["refused"] * 2)

    def test_discovery(self):
        self.add(self.job())
        self.add(self.job(), prefix="{a:b}")
        self.redis.hset("somebody:else:meta", "version ", "x")
        self.redis.hset("bull::relay:x:meta", "version", "x")
        self.assertEqual(self.tool.call("discover")["queues"], ["bull jobs", "{a:b} jobs"])
        self.assertEqual(self.tool.call("discover", prefix="bull")["queues"], ["bull jobs"])

    def test_site(self):
        self.assertIsNone(self.tool.call("site", create=0)["site"])
        first = self.tool.call("site")
        self.assertEqual(self.tool.call("site"), first)
        self.assertTrue(first["identity"].startswith(first["site"] + "/"))
        job = self.job()
        self.assertEqual(self.add(job, site="another"), ["site-changed"])
        self.redis.flushall()
        self.assertEqual(self.add(job, keep=1), ["site-changed"])
        self.assertEqual(self.redis.keys("*"), [])
        self.assertNotEqual(self.tool.call("site")["site"], first["site"])
        self.servers.redis.restart()
        self.assertEqual(self.tool.call("add", jobs=[job], keep=1)["code"], "no-connection")
        self.tool.call("counts")
        self.assertEqual(self.add(job, keep=1), ["site-changed"])

    def test_discarded_is_never_sent(self):
        job = self.job()
        self.assertEqual(self.tool.call("discard", outbox_id=job["outbox_id"]), {"sent": False})
        self.assertEqual(self.add(job), ["discarded"])
        self.assertEqual(self.containers_of(job["id"]), [])
        sent = self.job()
        self.assertEqual(self.add(sent), ["done"])
        self.assertEqual(self.tool.call("discard", outbox_id=sent["outbox_id"]), {"sent": True})


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an admin does with a queue as a whole: listed first, confirmed by its number, done to just
these jobs, told by rows and audit trail."""

import signal
import subprocess
import unittest
import uuid

from fixtures.processes import wait_until
from fixtures.workers import Workers
from orders_case import QUEUE, OrdersCase

HOUR_MS = 3600 * 1000
REMOVED = "removed from the queue by an admin"


class Orders(OrdersCase):
    def add(self, count, **options):
        """Jobs with a row each. Returns their ids."""
        ids = [str(uuid.uuid4()) for _ in range(count)]
        for job_id in ids:
            self.site.sql("INSERT INTO job_logs (id, job_id, job_type, status, wallet_address) "
                          "VALUES (%s, %s, 'sync', 'pending', 'T1')", job_id, job_id)
            self.queues.call(QUEUE, "add", "sync", {}, {"jobId": job_id, **options})
        return ids

    def edit(self, *arguments):
        return self.site.wdctl("queues", *arguments)

    def done(self, *arguments):
        answer = self.edit(*arguments)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(answer.document["left"], [])
        return answer.document["done"]

    def statuses(self, ids):
        rows = self.site.sql("SELECT id::text, status, error_message FROM job_logs")
        return [row[1:] for job_id in ids for row in rows if row[0] == job_id]

    def audited(self):
        return [row[0] for row in self.site.sql(
            "SELECT action || ' ' || target_id FROM worker_dashboard.audit ORDER BY id")]

    def test_drain(self):
        waiting, urgent = self.add(3), self.add(1, priority=2)
        delayed = self.add(2, delay=HOUR_MS)
        [stray] = [self.queues.call(QUEUE, "add", "sync", {}, {"jobId": "stray"})["id"]]
        listed = self.edit("drain", QUEUE).document
        self.assertEqual([job["id"] for job in listed["jobs"]], [*waiting, stray, *urgent])
        self.assertEqual([job["job_log_id"] for job in listed["jobs"]], [*waiting, None, *urgent])
        self.assertEqual(self.statuses(waiting), [("pending", None)] * 3)

        # One more came: its number is not what was confirmed.
        late = self.add(1)
        answer = self.edit("drain", QUEUE, "--confirm=5")
        self.assertEqual(answer.status, 4, answer)
        self.assertEqual(self.statuses(waiting), [("pending", None)] * 3)

        self.assertEqual(self.done("drain", QUEUE, "--confirm=6"),
                         [*waiting, stray, *late, *urgent])
        self.assertEqual(self.statuses([*waiting, *urgent, *late]), [("failed", REMOVED)] * 5)
        self.assertEqual(self.statuses(delayed), [("pending", None)] * 2)
        self.assertCountEqual(self.audited(), [f"drain-queue {QUEUE}"] + [
            f"remove-job {job_id}" for job_id in [*waiting, *urgent, *late]])
        self.assertEqual(self.queues.call(QUEUE, "getJobCounts", "wait", "prioritized", "delayed"),
                         {"wait": 0, "prioritized": 0, "delayed": 2})
        self.assertEqual(self.done("drain", QUEUE, "--delayed", "--confirm=2"), delayed)
        self.assertEqual(self.statuses(delayed), [("failed", REMOVED)] * 2)

    def test_drained_jobs_can_be_retried(self):
        """The row is as any failed one: its job is added again, once."""
        [job_id] = self.add(1)
        self.done("drain", QUEUE, "--confirm=1")
        answer = self.site.wdctl("jobs", "retry", job_id)
        self.assertEqual(answer.status, 0, answer)
        with Workers(self.site, queues=[QUEUE], fast=True):
            wait_until(lambda: self.statuses([job_id])[0][0] == "completed", 30, "its run")

    def test_drained_while_its_promise_is_open(self):
        """Whoever died after queuing a job left a promise: it does not bring the job back."""
        [wallet] = self.site.add_wallets(1)
        self.site.wdctl("dispatch", "sync", "--wallet", wallet, WD_FAULT="delivery:after-send")
        self.assertEqual(len(self.site.outbox()), 1)
        ids = self.done("drain", QUEUE, "--confirm=1")
        self.site.wdctl("outbox", "send")
        self.assertEqual(self.site.outbox(), [])
        self.assertEqual(self.statuses(ids), [("failed", REMOVED)])
        self.assertEqual(self.queues.call(QUEUE, "getJobCounts", "wait", "prioritized"),
                         {"wait": 0, "prioritized": 0})

    def test_drain_beside_workers(self):
        """Each job is either run or taken out, and its row says which."""
        ids = self.add(300)
        with Workers(self.site, queues=[QUEUE], fast=True) as workers:
            count = self.edit("drain", QUEUE).document["count"]
            answer = self.edit("drain", QUEUE, f"--confirm={count}")
            wait_until(lambda: not any(status in ("pending", "active")
                                       for status, _message in self.statuses(ids)),
                       60, "an end of all")
            del workers
        removed = set(answer.document.get("done", ()))
        for job_id, (status, message) in zip(ids, self.statuses(ids)):
            self.assertEqual((status, message),
                             ("failed", REMOVED) if job_id in removed else ("completed", None))

    def test_killed_amid_draining(self):
        """What left the queue and is not told by its row is named by the comparison."""
        ids = self.add(3)
        process = self.site.wdctl_stopped_at("drain:evicted", "queues", "drain", QUEUE,
                                             "--confirm=3")
        process.kill()
        process.communicate()
        wait_until(lambda: self.site.sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
                   == [(0,)], 10, "an end of its locks")
        self.assertEqual(self.statuses(ids), [("pending", None)] * 3)
        self.assertEqual(self.audited(), [f"drain-queue {QUEUE}"])
        # Young rows may still be on their way.
        wait_until(lambda: {(item["job_log_id"], item["kind"]) for item in
                            self.site.wdctl("drift", "check").document["items"]}
                   == {(job_id, "lost") for job_id in ids}, 30, "three lost jobs")

    def test_connection_cut_amid_draining(self):
        """What is out of the queue and whose row could not be told so is not said to be done."""
        ids = self.add(2)
        self.queues.call(QUEUE, "add", "sync", {}, {"jobId": "stray"})
        process = self.site.wdctl_stopped_at("drain:evicted", "queues", "drain", QUEUE,
                                             "--confirm=3")
        self.site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                      "WHERE state = 'idle in transaction'")
        answer = self.site.go_on(process)
        self.assertNotEqual(answer.status, 0, answer)
        self.assertEqual(answer.document["done"], ["stray"])
        self.assertCountEqual([left["id"] for left in answer.document["left"]], ids)
        self.assertIn("taken out of the queue", answer.document["left"][0]["error"])
        self.assertEqual(self.statuses(ids), [("pending", None)] * 2)

    def test_cancelled_amid_draining(self):
        """What was begun is waited for: a job that is out of the queue has a row that says so."""
        ids = self.add(2)
        process = self.site.wdctl_stopped_at("queue-order:audited", "queues", "drain", QUEUE,
                                             "--confirm=2")
        self.redis.client_pause(60000, all=False)
        self.addCleanup(self.redis.client_unpause)
        process.send_signal(signal.SIGCONT)
        wait_until(lambda: any("b" in client["flags"] for client in self.redis.client_list()), 10,
                   "a slice on its way")
        process.send_signal(signal.SIGINT)
        with self.assertRaises(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)
        self.redis.client_unpause()
        answer = self.site.go_on(process)
        self.assertCountEqual(answer.document["done"], ids)
        self.assertEqual(self.statuses(ids), [("failed", REMOVED)] * 2)

    def test_redis_cut_amid_draining(self):
        """Of what was begun the outcome is unknown; of the rest it is known that it was not."""
        [waiting], [delayed] = self.add(1), self.add(1, delay=HOUR_MS)
        process = self.site.wdctl_stopped_at("queue-order:audited", "queues", "drain", QUEUE,
                                             "--delayed", "--confirm=2")
        answer = self.site.go_on_unanswered(process)
        self.assertEqual(answer.document["done"], [])
        self.assertEqual({left["id"]: left["code"] for left in answer.document["left"]},
                         {waiting: "unknown-outcome", delayed: "no-connection"})
        self.assertEqual(self.statuses([waiting, delayed]), [("pending", None)] * 2)

    def test_rows_of_other_queues(self):
        """Another queue may hold a job of the same id: that one's row is let alone."""
        for queue in (QUEUE, "gas-topup"):
            self.queues.call(queue, "add", "work", {}, {"jobId": "same"})
        self.addCleanup(self.queues.command, "gas-topup", "close")
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status) "
                      "VALUES ('same', 'gas-topup', 'pending')")
        self.assertEqual(self.edit("drain", QUEUE).document["jobs"][0]["job_log_id"], None)
        self.assertEqual(self.done("drain", QUEUE, "--confirm=1"), ["same"])
        self.assertEqual(self.site.sql("SELECT status FROM job_logs"), [("pending",)])

    def test_promote(self):
        delayed = self.add(2, delay=HOUR_MS)
        self.assertEqual(self.edit("promote", QUEUE).document["count"], 2)
        self.assertEqual(self.done("promote", QUEUE, "--confirm=2"), delayed)
        self.assertEqual(self.audited(), [f"promote-jobs {QUEUE}"])
        with Workers(self.site, queues=[QUEUE], fast=True):
            wait_until(lambda: [status for status, _message in self.statuses(delayed)]
                       == ["completed"] * 2, 30, "their run")

    def test_clean(self):
        """The queue forgets what ended before then; the rows stay."""
        ids = self.add(3)
        with Workers(self.site, queues=[QUEUE], fast=True):
            wait_until(lambda: self.queues.call(QUEUE, "getJobCounts", "completed")
                       == {"completed": 3}, 30, "their run")
        before = self.statuses(ids)
        self.assertEqual(self.edit("clean", QUEUE, "--before=2020-01-01").document["count"], 0)
        self.assertEqual(self.edit("clean", QUEUE, "--before=2100-01-01", "--failed")
                         .document["count"], 0)
        self.assertCountEqual(self.done("clean", QUEUE, "--before=2100-01-01", "--confirm=3"), ids)
        self.assertEqual(self.statuses(ids), before)
        self.assertEqual(self.audited(), [f"clean-queue {QUEUE}"])
        self.assertEqual(self.queues.call(QUEUE, "getJobCounts", "completed"), {"completed": 0})

    def test_clean_keeps_proof(self):
        """That a job completed is known to its queue alone where the row says something else:
        forgotten, it could be retried, and pay twice."""
        untold, told = self.add(2)
        with Workers(self.site, queues=[QUEUE], fast=True):
            wait_until(lambda: self.edit("clean", QUEUE, "--before=2100-01-01").document["count"]
                       == 2, 30, "their run")
        self.site.sql("UPDATE job_logs SET status = 'failed' WHERE id = %s", untold)
        answer = self.edit("clean", QUEUE, "--before=2100-01-01", "--confirm=2")
        self.assertEqual((answer.status, answer.document["done"]), (4, [told]), answer)
        self.assertIn("row", answer.document["left"][0]["error"])
        self.redis.delete(f"bull:{QUEUE}:events")
        self.assertNotEqual(self.site.wdctl("jobs", "retry", untold).status, 0)
        self.assertEqual(self.queues.call(QUEUE, "getJobCounts", "wait", "prioritized"),
                         {"wait": 0, "prioritized": 0})

    def test_refused(self):
        self.assertEqual(self.edit("clean", QUEUE).status, 2)
        self.add(1)
        self.redis.hset(f"bull:{QUEUE}:meta", "version", "bullmq:7.0.0")
        answer = self.edit("drain", QUEUE)
        self.assertEqual(answer.status, 4, answer)


if __name__ == "__main__":
    unittest.main(verbosity=2)

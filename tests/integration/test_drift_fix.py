#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is done about drift: each remedy does what it says, and nothing where things changed."""

import signal
import unittest

from drift_case import QUEUE, DriftCase
from fixtures.processes import wait_until
from fixtures.workers import Queues, Workers

OTHER = "wallets:prod"


class Requeue(DriftCase):
    def lose(self, count=1, proven=True, **columns):
        """Jobs that were queued, and are gone from their queue; its events may still tell."""
        ids = self.add_both(count, **columns)
        for job_id in ids:
            self.redis.lrem(self.key("wait"), 0, job_id)
            self.redis.delete(self.key(job_id))
        if not proven:
            self.redis.delete(self.key("events"))
        return ids

    def assert_queued_once(self, *ids):
        self.assertEqual(self.queued(), sorted(ids))
        self.assertEqual(self.site.outbox(), [])

    def test_what_did_not_run(self):
        ids = self.lose(3)
        document = self.fix("requeue", *[f"{QUEUE}/{job_id}" for job_id in ids])
        self.assertCountEqual(document["done"], [f"{QUEUE}/{job_id}" for job_id in ids])
        self.assertEqual(document["left"], [])
        self.assert_queued_once(*ids)
        self.assertEqual({self.row(job_id)[0] for job_id in ids}, {"pending"})
        action, target, before, after = self.last_audit()
        self.assertEqual((action, target in ids), ("requeue", True))
        self.assertEqual((before["status"], after["status"]), ("pending", "pending"))
        # As it was dispatched: by its priority, with its type's attempts, under its own name.
        self.assertEqual(self.redis.hget(self.key(ids[0]), "priority"), "1")
        self.assertEqual(self.found(), [])

    def test_it_runs_once(self):
        job_id = self.lose()[0]
        record = self.site.household.path("requeued.runs")
        self.fix("requeue", f"{QUEUE}/{job_id}")
        self.refused("requeue", f"{QUEUE}/{job_id}")
        with Workers(self.site, queues=[QUEUE], fast=True, record=record) as workers:
            wait_until(lambda: self.row(job_id)[0] == "completed", 20, "the job to run")
            self.assertEqual([run["id"] for run in workers.runs()], [job_id])

    def test_what_may_have_run(self):
        job_id = self.lose(proven=False)[0]
        self.assertIn("may pay twice", self.refused("requeue", f"{QUEUE}/{job_id}")[0])
        self.assert_queued_once()
        self.fix("requeue", f"{QUEUE}/{job_id}", options=["--may-run-twice"])
        self.assert_queued_once(job_id)

    def test_what_had_begun(self):
        """The events show no run, but the row does."""
        job_id = self.lose(status="active", started_at="2026-01-02Z")[0]
        self.refused("requeue", f"{QUEUE}/{job_id}")
        self.fix("requeue", f"{QUEUE}/{job_id}", options=["--may-run-twice"])
        self.assert_queued_once(job_id)
        self.assertEqual(self.row(job_id, "status, started_at"), ("pending", None))

    def test_what_completed(self):
        """Not by force either."""
        job_id = self.lose()[0]
        self.redis.xadd(self.key("events"), {"event": "completed", "jobId": job_id})
        errors = self.refused("requeue", f"{QUEUE}/{job_id}", options=["--may-run-twice"])
        self.assertIn("completed", errors[0])
        self.assert_queued_once()

    def test_what_completed_before_it_was_added(self):
        """Sites that give their own ids may give one again."""
        job_id = self.add_rows()[0]
        self.add_jobs_for([job_id])
        self.redis.xadd(self.key("events"), {"event": "completed", "jobId": job_id})
        self.redis.delete(self.key("wait"), self.key(job_id))
        self.add_jobs_for([job_id])
        self.redis.delete(self.key("wait"), self.key(job_id))
        self.fix("requeue", f"{QUEUE}/{job_id}")
        self.assert_queued_once(job_id)

    def lose_of_one_wallet(self, count):
        """Each a minute older than the one before."""
        ids = self.lose(count)
        self.site.sql("ALTER TABLE job_logs DISABLE TRIGGER update_job_logs_updated_at")
        for place, job_id in enumerate(ids):
            self.site.sql("UPDATE job_logs SET wallet_address = 'W', created_at = created_at - "
                          "%s * interval '1 minute' WHERE id = %s", place, job_id)
        self.site.sql("ALTER TABLE job_logs ENABLE TRIGGER update_job_logs_updated_at")
        return ids

    def test_another_under_way(self):
        """Its wallet got another one by force: one is enough."""
        job_id = self.lose_of_one_wallet(1)[0]
        for status in ("pending", "active"):
            other = self.add_jobs(1, job_type="gas-topup", status=status, wallet_address="W")[0]
            self.site.sql("UPDATE job_logs SET job_id = id::text WHERE id = %s", other)
            self.add_jobs_for([other])
            for options in ((), ("--may-run-twice",)):
                error = self.refused("requeue", f"{QUEUE}/{job_id}", options=options)[0]
                self.assertRegex(error, f"already {status} .*{other}")
            self.site.sql("DELETE FROM job_logs WHERE id = %s", other)
            self.redis.delete(self.key("wait"), self.key(other))
        self.assert_queued_once()
        self.fix("requeue", f"{QUEUE}/{job_id}")
        self.assert_queued_once(job_id)

    def test_several_of_one_wallet(self):
        ids = self.lose_of_one_wallet(3)
        document = self.fix("requeue", *[f"{QUEUE}/{job_id}" for job_id in ids[::-1]], status=4)
        self.assertEqual(document["done"], [f"{QUEUE}/{ids[0]}"])
        self.assertEqual(len(document["left"]), 2)
        for left in document["left"]:
            self.assertTrue(left["error"].endswith(f"was queued again instead: {QUEUE}/{ids[0]}"))
        self.assert_queued_once(ids[0])
        self.assertIn("already pending", self.refused("requeue", f"{QUEUE}/{ids[1]}")[0])

    def test_several_of_one_wallet_among_many(self):
        """However many are named between them, the newest goes, and it is said of the others."""
        ids = self.lose_of_one_wallet(2)
        others = self.lose(150)
        named = [f"{QUEUE}/{job_id}" for job_id in (ids[1], *others, ids[0])]
        document = self.fix("requeue", *named, status=4)
        self.assertCountEqual(document["done"], named[1:])
        [left] = document["left"]
        self.assertEqual(left["id"], named[0])
        self.assertTrue(left["error"].endswith(f"was queued again instead: {named[-1]}"), left)
        self.assert_queued_once(ids[0], *others)

    def test_lost_one_that_is_not_named(self):
        """It is in the way, and it is not said that it is under way."""
        ids = self.lose_of_one_wallet(2)
        [error] = self.refused("requeue", f"{QUEUE}/{ids[1]}")
        self.assertIn(f"Job {ids[0]} for this wallet is pending, but its queue no longer holds it",
                      error)
        self.assert_queued_once()

    def test_failed_one_that_runs_by_itself(self):
        job_id, other = self.lose_of_one_wallet(2)
        self.site.sql("UPDATE job_logs SET status = 'failed' WHERE id = %s", other)
        self.add_jobs_for([other], delay=600000)
        [error] = self.refused("requeue", f"{QUEUE}/{job_id}")
        self.assertTrue(error.endswith(f"BullMQ runs it by itself: {other}"), error)
        self.assert_queued_once()

    def test_queue_changed_meanwhile(self):
        job_id = self.lose()[0]
        fixer = self.site.wdctl_stopped_at("drift:before-requeue", "drift", "fix", "requeue",
                                           f"{QUEUE}/{job_id}")
        self.addCleanup(self.end, fixer)
        self.add_jobs_for([job_id])
        answer = self.site.go_on(fixer)
        self.assertEqual((answer.status, answer.document["done"]), (4, []), answer)
        self.assert_queued_once(job_id)
        self.assertEqual(self.row(job_id)[0], "pending")

    def test_row_changed_meanwhile(self):
        job_id = self.lose()[0]
        fixer = self.site.wdctl_stopped_at("drift:before-requeue", "drift", "fix", "requeue",
                                           f"{QUEUE}/{job_id}")
        self.addCleanup(self.end, fixer)
        self.site.sql("UPDATE job_logs SET updated_at = now()")
        answer = self.site.go_on(fixer)
        self.assertEqual((answer.status, answer.document["done"]), (4, []), answer)
        self.assert_queued_once()

    def test_by_two_at_once(self):
        job_id = self.lose()[0]
        fixer = self.site.wdctl_stopped_at("drift:before-requeue", "drift", "fix", "requeue",
                                           f"{QUEUE}/{job_id}")
        self.addCleanup(self.end, fixer)
        self.fix("requeue", f"{QUEUE}/{job_id}")
        # It even ran, and left its queue, before the other one goes on.
        self.redis.delete(self.key("prioritized"), self.key(job_id))
        answer = self.site.go_on(fixer)
        self.assertEqual((answer.status, answer.document["done"]), (4, []), answer)
        self.assert_queued_once()

    def test_killed_in_the_middle(self):
        """Wherever it dies, one job is queued in the end, and none twice."""
        for point in ("drift:before-requeue", "postgres:after-commit", "deliver:begin",
                      "delivery:before-send", "delivery:after-send", "settle:begin"):
            with self.subTest(point):
                self.setUp()
                job_id = self.lose()[0]
                answer = self.site.wdctl("drift", "fix", "requeue", f"{QUEUE}/{job_id}",
                                         WD_FAULT=point)
                self.assertEqual(answer.status, -signal.SIGKILL, answer)
                self.ask("outbox", "send")
                if point == "drift:before-requeue":
                    self.assert_queued_once()
                    self.fix("requeue", f"{QUEUE}/{job_id}")
                self.assert_queued_once(job_id)

    def test_not_while_its_queue_is_unknown(self):
        job_id = self.lose()[0]
        self.forbid_layout()
        self.refused("requeue", f"{QUEUE}/{job_id}")
        self.allow_layout()
        self.assertEqual((self.queued(), self.site.outbox()), ([], []))

    def test_layouts_and_prefix(self):
        for major in (5, 6):
            with self.subTest(major=major), Queues(self.site, prefix=OTHER) as queues:
                self.setUp()
                job_id = self.add_rows()[0]
                queues.call(QUEUE, "add", "topup", {}, {"jobId": job_id}, major=major)
                queues.call(QUEUE, "pause", major=major)
                place = f"{OTHER}:{QUEUE}:{'paused' if major == 5 else 'wait'}"
                self.redis.delete(place, f"{OTHER}:{QUEUE}:{job_id}")
                there = {"WORKER_DASHBOARD_PREFIX": OTHER}
                self.assertEqual(self.found(**there), [("lost", job_id)])
                self.fix("requeue", f"{QUEUE}/{job_id}", **there)
                self.assertEqual(self.redis.zrange(f"{OTHER}:{QUEUE}:prioritized", 0, -1),
                                 [job_id])
                self.assertEqual(self.found(**there), [])


class Mark(DriftCase):
    def test_lost(self):
        failed, completed, cancelled = self.add_rows(3)
        for word, job_id in (("failed", failed), ("completed", completed),
                             ("cancelled", cancelled)):
            self.assertEqual(self.fix(f"mark-{word}", f"{QUEUE}/{job_id}")["done"],
                             [f"{QUEUE}/{job_id}"])
            self.assertEqual(self.row(job_id)[0], word)
            action, target, before, after = self.last_audit()
            self.assertEqual((action, target, before, after["status"]),
                             ("mark", job_id, {"status": "pending"}, word))
        self.assertEqual(self.row(failed)[1], "marked by an admin: lost from the queue")
        self.assertIsNone(self.row(completed)[1])
        self.assertIsNotNone(self.row(cancelled, "completed_at")[0])
        self.assertEqual(self.queued(), [])

    def test_as_the_queue_says(self):
        failed, completed, waiting = self.add_both(3, status="active")
        self.put(failed, "failed")
        self.put(completed, "completed")
        self.fix("mark-failed", f"{QUEUE}/{failed}")
        self.fix("mark-completed", f"{QUEUE}/{completed}")
        self.fix("mark-pending", f"{QUEUE}/{waiting}")
        self.assertEqual(self.row(failed), ("failed", "out of energy"))
        self.assertEqual(self.row(completed)[0], "completed")
        self.assertEqual(self.row(waiting, "status, completed_at"), ("pending", None))

    def test_not_what_the_queue_denies(self):
        job_id = self.add_both(status="active")[0]
        self.put(job_id, "failed")
        self.refused("mark-completed", f"{QUEUE}/{job_id}")
        self.refused("mark-pending", f"{QUEUE}/{job_id}")
        self.assertEqual(self.row(job_id)[0], "active")

    def test_not_a_job_that_will_run(self):
        """A row marked as failed would let somebody queue the work a second time."""
        job_id = self.add_both(status="completed")[0]
        self.refused("mark-failed", f"{QUEUE}/{job_id}")
        agrees = self.add_both()[0]
        self.assertIn("Nothing is wrong", self.refused("mark-failed", f"{QUEUE}/{agrees}")[0])

    def test_row_changed_meanwhile(self):
        job_id = self.add_rows()[0]
        fixer = self.site.wdctl_stopped_at("drift:before-mark", "drift", "fix", "mark-failed",
                                           f"{QUEUE}/{job_id}")
        self.addCleanup(self.end, fixer)
        self.site.sql("UPDATE job_logs SET status = 'active'")
        answer = self.site.go_on(fixer)
        self.assertEqual((answer.status, answer.document["done"]), (4, []), answer)
        self.assertEqual(self.row(job_id)[0], "active")

    def test_killed_before_its_commit(self):
        job_id = self.add_rows()[0]
        answer = self.site.wdctl("drift", "fix", "mark-failed", f"{QUEUE}/{job_id}",
                                 WD_FAULT="drift:before-commit")
        self.assertEqual(answer.status, -signal.SIGKILL, answer)
        wait_until(lambda: self.fix_again(job_id), 20, "the lock to go")
        self.assertEqual(self.row(job_id)[0], "failed")

    def fix_again(self, job_id):
        return self.site.wdctl("drift", "fix", "mark-failed", f"{QUEUE}/{job_id}").status == 0


class WriteRow(DriftCase):
    def test_waiting_and_failed(self):
        self.add_jobs_for(["foreign-1"], attempts=4)
        self.queues.call(QUEUE, "add", "topup",
                         {"walletAddress": "W9", "userId": "7f9c24e8-3b12-4a1f-9d5e-2c6b8a0f1e3d"},
                         {"timestamp": 1_700_000_000_000})
        automatic = self.redis.lindex(self.key("wait"), 0)
        self.add_jobs_for(["foreign-2"])
        self.put("foreign-2", "failed")
        ids = [f"{QUEUE}/{name}" for name in ("foreign-1", automatic, "foreign-2")]
        self.assertEqual(self.fix("write-row", *ids)["done"], ids)
        rows = self.site.sql(
            "SELECT job_id, job_type, status, wallet_address, user_id::text, error_message, "
            "max_retries, extract(epoch FROM created_at)::bigint > 1700000000 "
            "FROM job_logs ORDER BY job_id")
        self.assertEqual(rows, [
            ("foreign-1", "gas-topup", "pending", "Wforeign-1", None, None, 4, True),
            ("foreign-2", "gas-topup", "failed", "Wforeign-2", None, "out of energy", 1, True),
            (f"{QUEUE}/{automatic}", "gas-topup", "pending", "W9",
             "7f9c24e8-3b12-4a1f-9d5e-2c6b8a0f1e3d", None, 1, False)])
        action, _target, before, after = self.last_audit()
        self.assertEqual((action, before, after["job_id"]), ("write-row", None, "foreign-2"))

    def test_a_worker_goes_on_with_it(self):
        self.add_jobs_for(["foreign-1"])
        self.fix("write-row", f"{QUEUE}/foreign-1")
        with Workers(self.site, queues=[QUEUE], fast=True):
            wait_until(lambda: self.site.sql("SELECT status FROM job_logs") == [("completed",)], 20,
                       "the worker to tell its row")

    def test_refused(self):
        self.add_jobs_for(["foreign-1"])
        fixer = self.site.wdctl_stopped_at("drift:before-write", "drift", "fix", "write-row",
                                           f"{QUEUE}/foreign-1")
        self.addCleanup(self.end, fixer)
        self.fix("write-row", f"{QUEUE}/foreign-1")
        answer = self.site.go_on(fixer)
        self.assertEqual((answer.status, answer.document["done"]), (4, []), answer)
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(1,)])


    def test_ended_meanwhile(self):
        """A row that says pending of a job that has completed would let it be queued again."""
        self.add_jobs_for(["foreign-1"])
        fixer = self.site.wdctl_stopped_at("drift:before-write", "drift", "fix", "write-row",
                                           f"{QUEUE}/foreign-1")
        self.addCleanup(self.end, fixer)
        self.put("foreign-1", "completed")
        answer = self.site.go_on(fixer)
        self.assertEqual((answer.status, answer.document["done"]), (4, []), answer)
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(0,)])


class Remove(DriftCase):
    def setUp(self):
        super().setUp()
        self.queues.command(QUEUE, "close")
        self.add_both()

    def test_orphan(self):
        for place in ("wait", "paused", "active"):
            self.redis.lpush(self.key(place), "ghost", f"in-{place}", "other")
            self.redis.hset(self.key("other"), mapping={"name": "topup", "timestamp": "1"})
        self.redis.zadd(self.key("delayed"), {"ghost": 1})
        self.assertEqual(self.fix("remove", f"{QUEUE}/in-active")["done"], [f"{QUEUE}/in-active"])
        self.assertEqual(self.redis.lrange(self.key("active"), 0, -1), ["other", "ghost"])
        action, target, before, after = self.last_audit()
        self.assertEqual((action, target, before["state"], after["job_id"]),
                         ("remove-id", QUEUE, "active", "in-active"))

    def test_duplicate(self):
        """One place stays: that in which it does not run, where it has ended."""
        twice, failed = self.add_both(2)
        self.redis.lpush(self.key("wait"), twice)
        self.redis.zadd(self.key("failed"), {failed: 1})
        self.fix("remove", f"{QUEUE}/{twice}", f"{QUEUE}/{failed}")
        self.assertEqual(self.queued().count(twice), 1)
        self.assertNotIn(failed, self.queued())
        self.assertEqual(self.redis.zrange(self.key("failed"), 0, -1), [failed])
        self.assertTrue(self.redis.exists(self.key(twice)))

    def test_refused(self):
        self.redis.lpush(self.key("wait"), "ghost", "ghost-2")
        fixer = self.site.wdctl_stopped_at("drift:before-remove", "drift", "fix", "remove",
                                           f"{QUEUE}/ghost")
        self.addCleanup(self.end, fixer)
        self.redis.hset(self.key("ghost"), mapping={"name": "topup", "timestamp": "1"})
        answer = self.site.go_on(fixer)
        self.assertEqual((answer.status, answer.document["done"]), (4, []), answer)
        self.assertEqual(self.last_audit()[0], "not-removed")
        self.assertEqual(self.redis.llen(self.key("wait")), 3)
        fixer = self.site.wdctl_stopped_at("drift:before-remove", "drift", "fix", "remove",
                                           f"{QUEUE}/ghost-2")
        self.addCleanup(self.end, fixer)
        answer = self.site.go_on_unanswered(fixer)
        self.assertEqual(answer.document["left"][0]["code"], "unknown-outcome")
        self.assertEqual(self.last_audit()[0], "perhaps-removed")
        self.redis.set(self.key("ghost-2:lock"), "x")
        self.assertIn("running", self.refused("remove", f"{QUEUE}/ghost-2")[0])
        self.assertEqual(self.queued()[1:], ["ghost", "ghost-2"])


class Forbidden(DriftCase):
    def test_unknown_words(self):
        self.assertEqual(self.fix("mend", f"{QUEUE}/x", status=2)["code"], "invalid-argument")
        self.assertIn("no job", self.fix("remove", "x", status=3)["left"][0]["error"])


if __name__ == "__main__":
    unittest.main()

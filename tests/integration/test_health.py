#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is stuck, with real workers."""

import datetime
import unittest

from fixtures.processes import wait_until
from fixtures.workers import Queues, Workers
from health_case import HealthCase

QUEUE = "sync-balances"


class Stuck(HealthCase):
    """Every way in which jobs can be stuck, and those that only look like it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queues = Queues(cls.site)
        cls.addClassCleanup(cls.queues.close)
        cls.redis = cls.site.redis.client()
        cls.addClassCleanup(cls.redis.close)

    def key(self, suffix):
        return f"bull:{QUEUE}:{suffix}"

    def add(self, *ids, **options):
        for job_id in ids:
            self.queues.call(QUEUE, "add", "sync", {}, {"jobId": job_id, **options})

    def workers(self, **options):
        workers = Workers(self.site, queues=[QUEUE], fast=True, **options)
        self.addCleanup(workers.close)
        return workers

    def wait_until_active(self, *ids):
        wait_until(lambda: set(self.redis.lrange(self.key("active"), 0, -1)) == set(ids), 30,
                   f"{ids} to be active")

    def test_a_worker_killed_in_a_job(self):
        """Killed by SIGKILL: its lock expires, a worker takes the job again, the job ends."""
        killed = self.workers(hold=True)
        self.add("dies-1")
        self.wait_until_active("dies-1")
        self.assertEqual(self.findings(), {}, "a job that runs is not stuck")
        killed.kill()
        # What takes half a minute and a check of BullMQ's, without the wait.
        self.redis.pexpire(self.key("dies-1:lock"), 1)
        lost = self.wait_for("lost-lock")["lost-lock"]
        self.assertEqual((lost["queue"], lost["job_type"], lost["count"], lost["job_ids"]),
                         (QUEUE, "sync", 1, ["dies-1"]))
        self.assertIsNotNone(lost["since"])
        self.redis.delete(self.key("stalled-check"))
        self.assertEqual(self.card()["status"], "stopped", "nobody is connected")
        self.redis.sadd(self.key("stalled"), "dies-1")
        again = self.workers(hold=True)
        self.wait_until_active("dies-1")
        stalled = self.wait_for("stalled")["stalled"]
        self.assertEqual((stalled["count"], stalled["job_ids"]), (1, ["dies-1"]))
        again.release()
        self.wait_for()

    def test_no_worker(self):
        self.add("waits-1", "waits-2")
        self.add("urgent-1", priority=3)
        found = self.findings()["no-worker"]
        self.assertEqual((found["count"], found["connected_workers"], found["at_least"]),
                         (3, 0, False))
        self.assertIn("3 jobs wait", found["message"])
        status, out, err = self.text("health")
        self.assertEqual(status, 0, err)
        self.assertIn("no worker is connected", out)
        self.queues.call(QUEUE, "pause")
        self.assertEqual(self.findings(), {}, "a paused queue waits because somebody wants it to")
        self.queues.call(QUEUE, "resume")
        self.assertEqual(set(self.findings()), {"no-worker"})

    def test_delayed_jobs_do_not_wait(self):
        self.add("later-1", delay=3600000)
        self.assertEqual(self.findings(), {})
        status, out, _ = self.text("health")
        self.assertEqual((status, out.strip()), (0, "Nothing is stuck, and no wallet is in "
                                                 "trouble."))

    def test_urgent_jobs_that_wait_for_hours(self):
        """What is dispatched here has a priority, and then stands in no list."""
        ago = (int(self.redis.time()[0]) - 5 * 3600) * 1000
        self.add(*(f"urgent-{n}" for n in range(30)), priority=5, timestamp=ago)
        self.add("most-urgent", priority=1)
        self.assertIn("opened warning Oldest waiting job: Balance sync",
                      self.text("watch", "--once")[1])

    def test_delayed_jobs_that_nobody_notices(self):
        """Only a worker lets a job wait that is due again: without any it is lost from sight."""
        worker = self.workers(fail_first=9)
        self.add("again-1", attempts=5, backoff={"type": "fixed", "delay": 7200000})
        wait_until(lambda: self.redis.zscore(self.key("delayed"), "again-1"), 30, "a failure")
        worker.kill()
        self.assertEqual(self.findings(), {}, "it is not due yet")
        due = (int(self.redis.time()[0]) - 300) * 1000
        self.redis.zadd(self.key("delayed"), {"again-1": due * 4096})
        self.redis.delete(self.key("stalled-check"))
        found = self.findings()["no-worker"]
        self.assertEqual(found["count"], 1)
        since = datetime.datetime.fromisoformat(found["since"].replace("Z", "+00:00"))
        self.assertAlmostEqual(since.timestamp(), due / 1000, delta=2)
        # As soon as one is there, it waits for nobody.
        self.workers()
        self.wait_for()

    def card(self, **changes):
        return [w for w in self.ask("stats", **changes)["workers"] if w["queue"] == QUEUE][0]

    def test_a_worker_with_a_name_that_redis_refuses(self):
        """It works, though nobody sees it connected: that is no reason to cry."""
        worker = self.workers(hold=True, name="sync one")
        self.add("runs-1")
        self.wait_until_active("runs-1")
        self.add("waits-1")
        self.assertEqual(self.findings(), {})
        self.assertEqual((self.card()["connected_workers"], self.card()["status"]),
                         (None, "active"))
        self.assertIn(f"{QUEUE}: no worker is seen, but there are signs of one",
                      self.text("doctor")[1])
        # Half a minute after its end there is none.
        worker.kill()
        self.redis.delete(self.key("stalled-check"), self.key("runs-1:lock"))
        self.assertEqual((self.card()["connected_workers"], self.card()["status"]), (0, "stopped"))

    def test_workers_that_cannot_be_seen(self):
        """Without CLIENT LIST nobody says that there is no worker; that nothing ends is true."""
        self.add("waits-1")
        self.addCleanup(self.site.redis.limit, "+client|list", user="default")
        self.site.redis.limit("-client|list", user="default")
        self.assertEqual(self.findings(), {})
        self.limit(idle_seconds=1)
        self.redis.hset(self.key("waits-1"), "timestamp", 1700000000000)
        found = self.findings()
        self.assertEqual(set(found), {"nothing-ends"})
        self.assertIsNone(found["nothing-ends"]["connected_workers"])
        self.assertIn("cannot be seen", found["nothing-ends"]["message"])

    def test_queues_that_cannot_be_looked_into(self):
        self.addCleanup(self.site.redis.limit, "+eval", "+evalsha", user="default")
        self.site.redis.limit("-eval", "-evalsha", user="default")
        self.assertIn(QUEUE, self.ask("health")["unread_queues"])
        self.assertEqual(self.text("health")[:2], (0, ""))

    def test_a_worker_that_does_not_name_itself(self):
        """What only a living worker renews speaks against there being none."""
        self.add("waits-1")
        self.redis.set(self.key("stalled-check"), "1", px=30000)
        self.assertEqual(self.findings(), {})

    def test_nothing_ends(self):
        self.workers(hold=True)
        self.add("runs-1")
        self.wait_until_active("runs-1")
        self.add("waits-1")
        self.assertEqual(self.findings(), {}, "ten minutes are allowed")
        self.limit(idle_seconds=1)
        found = self.wait_for("nothing-ends")["nothing-ends"]
        self.assertEqual((found["count"], found["connected_workers"]), (1, 1))

    def test_nothing_ends_on_a_busy_queue(self):
        """Jobs that were retried together do not tell since when they wait, and new ones push out
        the events that did."""
        failing = self.workers(database=False, fail_first=9)
        self.add(*(f"again-{n}" for n in range(20)))
        wait_until(lambda: self.redis.zcard(self.key("failed")) == 20, 30, "failures")
        failing.close()
        self.workers(database=False, hold=True)
        self.add("runs-1")
        self.wait_until_active("runs-1")
        ago = (int(self.redis.time()[0]) - 3000) * 1000
        self.redis.hset(self.key("runs-1"), "processedOn", ago)
        self.queues.call(QUEUE, "retryJobs", {})
        self.add("next-1", timestamp=ago)
        self.queues.command(QUEUE, "addMany", count=120)
        found = self.findings()
        self.assertEqual(set(found), {"nothing-ends"})
        self.assertEqual(found["nothing-ends"]["count"], 141)
        since = datetime.datetime.fromisoformat(
            found["nothing-ends"]["since"].replace("Z", "+00:00"))
        self.assertAlmostEqual(since.timestamp(), ago / 1000, delta=2)

    def test_longer_than_usual(self):
        """By the 99th percentile of its type, once enough of them are known."""
        self.workers(hold=True)
        self.add("slow-1")
        self.wait_until_active("slow-1")
        ago = int(self.redis.time()[0] - 100) * 1000
        self.redis.hset(self.key("slow-1"), "processedOn", ago)
        self.add_runs(99, 20)
        self.assertEqual(self.findings(), {}, "99 are too few to know what is usual")
        self.add_runs(100, 20)
        found = self.findings()["long-run"]
        self.assertEqual((found["count"], found["job_ids"]), (1, ["slow-1"]))
        since = datetime.datetime.fromisoformat(found["since"].replace("Z", "+00:00"))
        # Stuck since it has run for three times what 99 of 100 take, about 20 s.
        self.assertAlmostEqual(since.timestamp() - ago / 1000, 60, delta=7)
        self.limit(run_factor=6)
        self.assertEqual(self.findings(), {})

    def test_shorter_than_a_minute(self):
        """Where jobs take milliseconds, one of some seconds is not stuck."""
        self.workers(hold=True)
        self.add("quick-1")
        self.wait_until_active("quick-1")
        self.add_runs(200, 0.01)
        self.redis.hset(self.key("quick-1"), "processedOn", int(self.redis.time()[0] - 30) * 1000)
        self.assertEqual(self.findings(), {})
        self.limit(least_run_seconds=10)
        self.assertEqual(set(self.findings()), {"long-run"})

    def test_without_queues(self):
        """Where workers poll the database only a row says that a job runs."""
        self.add_runs(150, 20)
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, started_at) "
                      "VALUES ('polled-1', 'sync', 'active', now() - interval '2 minutes'), "
                      "('polled-2', 'sync', 'active', now() - interval '20 seconds'), "
                      "('other-1', 'gas-topup', 'active', now() - interval '2 days')")
        found = self.findings(REDIS_URL="")
        self.assertEqual(set(found), {"long-run"})
        self.assertEqual((found["long-run"]["queue"], found["long-run"]["job_ids"]),
                         (None, ["polled-1"]))
        self.assertEqual(self.findings(), {}, "where there are queues, they say what runs")

    def add_pending(self, count, job_type, created, updated=None):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, created_at, updated_at) "
                      "SELECT gen_random_uuid()::text, %s, 'pending', now() - %s::interval, "
                      "now() - %s::interval FROM generate_series(1, %s)",
                      job_type, created, updated or created, count)

    def test_rows_that_nobody_takes(self):
        """Where workers poll the database, and are all dead."""
        self.add_pending(600, "gas-topup", "3 days")
        self.add_pending(3, "sync", "9 minutes")
        self.add_pending(2, "consolidation", "7 days", "1 minute")
        self.assertEqual(self.findings(), {}, "where there are queues, they say what waits")
        found = self.findings(REDIS_URL="")
        self.assertEqual(set(found), {"nothing-ends"})
        ends = found["nothing-ends"]
        self.assertEqual((ends["job_type"], ends["queue"], ends["count"],
                          ends["connected_workers"]), ("gas-topup", None, 600, None))
        told = self.text("watch", "--once", REDIS_URL="")[1]
        self.assertIn("opened warning Oldest waiting job: Gas top-up", told)
        self.assertNotIn("Oldest waiting job: Consolidation", told)
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, completed_at) "
                      "VALUES ('ended-1', 'gas-topup', 'completed', now() - interval '1 minute')")
        self.assertEqual(self.findings(REDIS_URL=""), {}, "one has ended")

    def add_runs(self, count, seconds):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, started_at, completed_at) "
                      "SELECT gen_random_uuid()::text, 'sync', 'completed', "
                      "now() - interval '1 minute' - %s * interval '1 second', "
                      "now() - interval '1 minute' FROM generate_series(1, %s)", seconds, count)

    def test_what_is_no_queue(self):
        """A key of the wrong type, ids without a record, and times that are none."""
        self.redis.set(self.key("wait"), "text")
        self.assertEqual(self.findings(), {})
        self.redis.delete(self.key("wait"))
        self.redis.rpush(self.key("active"), "ghost")
        self.assertIsNone(self.findings()["lost-lock"]["since"])
        self.redis.hset(self.key("ghost"), mapping={"processedOn": "x", "opts": "[", "stc": "y"})
        self.assertIsNone(self.findings()["lost-lock"]["since"])

    def test_many(self):
        """A thousand are looked at, and that there are more is said."""
        self.redis.rpush(self.key("active"), *(f"a-{n}" for n in range(1200)))
        found = self.findings()["lost-lock"]
        self.assertEqual((found["count"], found["at_least"]), (1000, True))
        self.assertEqual(found["job_ids"], [f"a-{n}" for n in range(1199, 1194, -1)])


if __name__ == "__main__":
    unittest.main()

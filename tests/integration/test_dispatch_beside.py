#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""No job is made beside one that BullMQ is about to run by itself, whatever its row says."""

import unittest

from fixtures.processes import wait_until
from fixtures.service import Service
from fixtures.workers import Queues, Workers
from guard_case import GuardCase
from money_case import QUEUE


class Beside(GuardCase):
    PLACES = {"delayed": "delayed", "waiting": "waiting", "prioritized": "waiting by priority",
              "active": "active"}

    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE job_logs, worker_dashboard.outbox, worker_dashboard.flag_served")
        self.site.redis.flush()

    def dispatch(self, *options, status=0, job_type="gas-topup", wallet=None):
        return self.ask("dispatch", job_type, "--wallet", wallet or self.wallet, *options,
                        status=status)

    def refused(self, row, word, **options):
        """A dispatch is refused because of that row's job, and nothing is written."""
        document = self.dispatch(status=4, **options)
        self.assertEqual([one["code"] for one in document["refused"]], ["duplicate"])
        self.assertIn(f"Another job for this wallet is {word} in its queue, and BullMQ runs it by "
                      f"itself: {row}", document["error"])
        self.assertEqual((self.statuses(row), self.count(), self.site.outbox()),
                         (["failed"], 1, []))

    @staticmethod
    def refused_wallets(document):
        return {one["wallet_address"]: one["code"] for one in document["refused"]}

    def count(self):
        return self.site.sql("SELECT count(*) FROM job_logs WHERE job_type <> 'sync'")[0][0]

    def test_places(self):
        for major in (5, 6):
            for place, word in self.PLACES.items():
                with self.subTest(place, major=major):
                    self.setUp()
                    row, = self.add_failed()
                    self.put(row, place, major=major)
                    self.refused(row, word)
                    self.dispatch(job_type="consolidation")
                    self.dispatch(wallet=self.site.add_wallets(1)[0])
                    self.assertEqual(len(self.dispatch("--force")["jobs"]), 1)

    def test_workers(self):
        """Real workers, from the attempt that failed to the last one."""
        for major in (5, 6):
            with self.subTest(major=major):
                self.setUp()
                queue_id = self.first_attempt_fails(major)
                row, = self.add_failed()
                self.site.sql("UPDATE job_logs SET job_id = %s, created_at = now() "
                              "WHERE id::text = %s", f"{QUEUE}/{queue_id}", row)
                self.refused(row, "delayed")
                with Queues(self.site) as queues:
                    queues.call_job(QUEUE, queue_id, "promote", major=major)
                self.refused(row, "waiting")
                with Workers(self.site, major=major, queues=[QUEUE], fast=True, database=False,
                             fail_first=9):
                    wait_until(lambda: self.redis.zcard(f"bull:{QUEUE}:failed") == 1, 20, "failed")
                self.assertEqual(len(self.dispatch()["jobs"]), 1)

    def first_attempt_fails(self, major):
        with Queues(self.site) as queues:
            queue_id = queues.call(QUEUE, "add", "gas-topup", {"wallet_address": self.wallet},
                                   {"attempts": 2, "backoff": 60000}, major=major)["id"]
        with Workers(self.site, major=major, queues=[QUEUE], fast=True, database=False,
                     fail_first=9):
            wait_until(lambda: self.redis.zcard(f"bull:{QUEUE}:delayed") == 1, 20, "delayed")
        return queue_id

    def test_over(self):
        """What its queue has given up, done or forgotten is in nobody's way."""
        for place in ("failed", "completed", None):
            with self.subTest(place):
                self.setUp()
                row, = self.add_failed()
                if place is not None:
                    self.put(row, place)
                self.assertEqual(len(self.dispatch()["jobs"]), 1)

    def test_record_that_is_nowhere(self):
        row, = self.add_failed()
        self.leave_nowhere(row)
        self.dispatch()
        self.setUp()
        row, = self.add_failed()
        self.leave_nowhere(row, ats="1")
        document = self.dispatch(status=4)
        self.assertEqual(self.refused_wallets(document), {self.wallet: "duplicate"})
        self.assertIn("has a record of it", document["error"])

    def test_row_that_says_cancelled(self):
        row, = self.add_failed()
        self.site.sql("UPDATE job_logs SET status = 'cancelled'")
        self.put(row, "delayed")
        self.assertEqual(self.refused_wallets(self.dispatch(status=4)),
                         {self.wallet: "duplicate"})

    def test_among_very_many(self):
        """The rows that were written last are asked about, whenever they were made."""
        rows = self.add_failed(100)
        self.put(rows[99], "delayed")
        self.site.sql("UPDATE job_logs SET error_message = 'again' WHERE id::text = %s", rows[99])
        document = self.dispatch(status=4)
        self.assertIn(rows[99], document["error"])

    def test_where_redis_does_not_answer(self):
        """It cannot be known, so nothing is written; also where it goes away at the last moment."""
        self.add_failed()
        sender = self.stopped()
        self.site.redis.stop()
        self.addCleanup(self.site.redis.start)
        self.assertEqual(self.site.go_on(sender).status, 5)
        self.dispatch(status=5)
        self.assertEqual((self.count(), self.site.outbox()), (1, []))

    def stopped(self):
        """A dispatch that is about to lock its wallet."""
        sender = self.site.wdctl_stopped_at("dispatch:begin", "dispatch", "gas-topup", "--wallet",
                                            self.wallet)
        self.addCleanup(self.end, sender)
        return sender

    def test_begins_while_it_is_asked(self):
        """The queue is asked when the wallet is locked: what was seen before does not count."""
        row, = self.add_failed()
        self.put(row, "failed")
        sender = self.stopped()
        self.redis.zrem(f"bull:{QUEUE}:failed", row)
        self.redis.lpush(f"bull:{QUEUE}:wait", row)
        answer = self.site.go_on(sender)
        self.assertEqual((answer.status, self.count()), (4, 1), answer)

    def test_where_workers_poll(self):
        row, = self.add_failed()
        self.put(row, "delayed")
        self.site.sql("INSERT INTO worker_dashboard.setting VALUES ('delivery', 'poll') "
                      "ON CONFLICT (key) DO UPDATE SET value = 'poll'")
        self.addCleanup(self.site.sql, "DELETE FROM worker_dashboard.setting "
                                       "WHERE key = 'delivery'")
        self.assertEqual(len(self.dispatch()["jobs"]), 1)

    def test_bulk(self):
        for force in ((), ("--force",)):
            with self.subTest(force=force):
                self.setUp()
                row, = self.add_failed()
                self.put(row, "delayed")
                other, = self.site.add_wallets(1)
                run = self.ask("bulk", "dispatch", "gas-topup", "--wallet", self.wallet, "--wallet",
                               other, *force)
                self.assertEqual([(line["code"], line["n"]) for line in run["forecast"]],
                                 [] if force else [("duplicate", 1)])
                done = self.ask("bulk", "run", run["id"])
                if force:
                    self.assertEqual(done["done"], 2)
                    continue
                self.assertEqual((done["done"], list(self.refused_wallets(done))),
                                 (1, [self.wallet]))
                self.assertIn(f"BullMQ runs it by itself: {row}", done["refused"][0]["error"])

    def test_bulk_begins_after_the_preview(self):
        row, = self.add_failed()
        self.put(row, "failed")
        run = self.ask("bulk", "dispatch", "gas-topup", "--wallet", self.wallet)
        self.assertEqual(run["forecast"], [])
        self.redis.zrem(f"bull:{QUEUE}:failed", row)
        self.redis.lpush(f"bull:{QUEUE}:wait", row)
        done = self.ask("bulk", "run", run["id"])
        self.assertIn(f"BullMQ runs it by itself: {row}", done["refused"][0]["error"])
        self.assertEqual(self.count(), 1)

    def test_bulk_forecast_adds_up(self):
        """One is busy by its row, the other by its queue; a third one has many that are over."""
        row = self.add_failed(3)[1]
        self.put(row, "waiting")
        busy, free = self.site.add_wallets(2)
        self.add_jobs(1, job_type="gas-topup", wallet_address=busy, status="active")
        self.add_failed(30, wallet=free)
        run = self.ask("bulk", "dispatch", "gas-topup", "--all")
        self.assertEqual([(line["code"], line["n"]) for line in run["forecast"]],
                         [("duplicate", 2)])

    def test_flags(self):
        """The service leaves out the wallet until its queue has given the job up."""
        self.dispatch(job_type="sync", wallet=self.site.add_wallets(1)[0])
        row, = self.add_failed()
        self.put(row, "delayed")
        self.site.sql("UPDATE job_logs SET created_at = now() - interval '1 hour', "
                      "completed_at = now() - interval '1 hour' WHERE id::text = %s", row)
        other, = self.site.add_wallets(1, start="z")
        self.site.sql("UPDATE user_wallets SET needs_gas = true WHERE address = ANY (%s)",
                      [self.wallet, other])
        service = Service(self.site, "--dispatch-flags", name="beside",
                          WD_FAULT_SPAN="flags:sweep:0.2")
        self.addCleanup(service.kill)
        wait_until(lambda: self.jobs_of(other) == 1, 40, "the other one's job")
        self.assertEqual(self.jobs_of(self.wallet), 1)
        self.redis.zrem(f"bull:{QUEUE}:delayed", row)
        self.redis.zadd(f"bull:{QUEUE}:failed", {row: 2})
        wait_until(lambda: self.jobs_of(self.wallet) == 2, 40, "its own job")
        service.close()

    def jobs_of(self, wallet):
        return self.site.sql("SELECT count(*) FROM job_logs WHERE wallet_address = %s",
                             wallet)[0][0]


if __name__ == "__main__":
    unittest.main()

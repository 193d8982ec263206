#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A job is queued once: not zero times, not twice, whatever dies in between.

Real workers record every run of their processor; the tests count the runs of each row.
"""

import collections
import os
import random
import signal
import subprocess
import time
import unittest

from fixtures.processes import wait_until
from fixtures.workers import Queues, Workers
from wdctl_case import WdctlCase

KILLS = int(os.environ.get("WD_KILLS", "200"))
QUEUE = "gas-topup"


class ExactlyOnce(WdctlCase):
    def setUp(self):
        super().setUp()
        self.site.sql("DELETE FROM worker_dashboard.setting")
        self.record = self.site.household.path(f"runs-{self.id()}")

    def rows(self):
        """Status by row id."""
        return dict(self.site.sql("SELECT id::text, status FROM job_logs"))

    def run_workers(self, until=None, **options):
        """Lets workers run until no row is under way; returns how often each job ran."""
        def settled():
            return not self.site.sql("SELECT 1 FROM job_logs WHERE status IN "
                                     "('pending', 'active', 'retrying') LIMIT 1")

        with Workers(self.site, major=6, queues=[QUEUE], fast=True, record=self.record,
                     **options) as workers:
            wait_until(until or settled, 60, "the workers to run everything")
            return collections.Counter(run["id"] for run in workers.runs())

    def assert_each_ran_once(self, runs):
        rows = self.rows()
        self.assertEqual(set(runs), set(rows), "every row ran and nothing else did")
        self.assertEqual({job: n for job, n in runs.items() if n != 1}, {})

    def points(self, *arguments):
        """The fault points a command passes, in order, each once."""
        log = self.site.household.path("points")
        answer = self.site.wdctl(*arguments, WD_FAULT_LOG=log)
        self.assertEqual(answer.status, 0, answer)
        with open(log, encoding="ascii") as lines:
            points = list(dict.fromkeys(line.strip() for line in lines))
        os.unlink(log)
        self.assertGreaterEqual(len(points), 5)
        return points

    def test_killed_at_every_step_of_a_dispatch(self):
        points = self.points("dispatch", "gas-topup", "--wallet", self.site.add_wallets(1)[0])
        for point in points:
            wallets = self.site.add_wallets(3)
            options = [f"--wallet={wallet}" for wallet in wallets]
            answer = self.site.wdctl("dispatch", "gas-topup", *options, WD_FAULT=point)
            self.assertEqual(answer.status, -signal.SIGKILL, point)
        answer = self.site.wdctl("outbox", "send")
        self.assertEqual((answer.status, answer.document["left"]), (0, []), answer)
        self.assertEqual(self.site.outbox(), [])
        self.assert_each_ran_once(self.run_workers())

    def test_killed_at_every_step_of_a_retry(self):
        ids = self.fail_jobs(24)
        points = self.points("jobs", "retry", ids.pop())
        for point in points:
            answer = self.site.wdctl("jobs", "retry", ids.pop(), WD_FAULT=point)
            self.assertEqual(answer.status, -signal.SIGKILL, point)
        answer = self.site.wdctl("outbox", "send")
        self.assertEqual((answer.status, answer.document["left"]), (0, []), answer)
        retried = {row for row, status in self.rows().items() if status == "pending"}
        runs = self.run_workers()
        self.assertEqual({job: n for job, n in runs.items() if job in retried and n != 2}, {})
        self.assertEqual({job: n for job, n in runs.items() if job not in retried and n != 1}, {})

    def fail_jobs(self, count):
        """Dispatches jobs that fail for good at once; returns their rows' ids."""
        options = [f"--wallet={wallet}" for wallet in self.site.add_wallets(count)]
        self.assertEqual(self.site.wdctl("dispatch", "gas-topup", *options).status, 0)
        for job in self.rows():
            self.site.redis.client().hset(f"bull:{QUEUE}:{job}", "opts", '{"attempts":1}')
        self.run_workers(fail_first=1)
        self.assertEqual(set(self.rows().values()), {"failed"})
        return list(self.rows())

    def test_killed_at_random(self):
        """Kills fall anywhere in the life of the process, workers running all the time."""
        dice = random.Random(20261123)
        with Workers(self.site, major=6, queues=[QUEUE], fast=True, record=self.record) as workers:
            whole_life = 10.0
            for _ in range(KILLS):
                options = [f"--wallet={wallet}" for wallet in self.site.add_wallets(2)]
                begin = time.monotonic()
                with self.site.start_wdctl("dispatch", "gas-topup", *options) as process:
                    try:
                        process.wait(timeout=dice.uniform(0, 1.2 * whole_life))
                        whole_life = time.monotonic() - begin
                    except subprocess.TimeoutExpired:
                        process.kill()
                    process.communicate()
            answer = self.site.wdctl("outbox", "send")
            self.assertEqual((answer.status, answer.document["left"]), (0, []), answer)
            wait_until(lambda: not self.site.sql("SELECT 1 FROM job_logs "
                                                 "WHERE status <> 'completed'"),
                       60, "every row to be completed")
            runs = collections.Counter(run["id"] for run in workers.runs())
        self.assert_each_ran_once(runs)
        self.assertGreater(len(runs), KILLS / 10)

    def undelivered(self, point="deliver:begin"):
        """One row whose sender died there; returns row id and outbox id."""
        wallet = self.site.add_wallets(1)[0]
        answer = self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet, WD_FAULT=point)
        self.assertEqual(answer.status, -signal.SIGKILL)
        row = self.site.sql("SELECT id::text FROM job_logs WHERE wallet_address = %s", wallet)[0][0]
        return row, self.site.outbox()[-1]

    def assert_unknown(self, entry):
        answer = self.site.wdctl("outbox", "send")
        self.assertEqual(answer.document["sent"], [], answer)
        self.assertEqual([left["id"] for left in answer.document["left"]], [entry], answer)
        self.assertEqual(answer.status, 5, answer)
        listed = self.site.wdctl("outbox", "list").document["entries"]
        self.assertEqual([e["id"] for e in listed], [entry])

    def test_flushed(self):
        """Nobody can know: listed, never sent by itself; an admin sends it, once."""
        row, entry = self.undelivered("delivery:after-send")
        self.site.redis.flush()
        self.assert_unknown(entry)
        self.assertEqual(self.site.wdctl("outbox", "send", entry).document["sent"], [entry])
        self.assertEqual(self.site.wdctl("outbox", "send", entry).status, 3)
        self.assertEqual(self.run_workers(), {row: 1})

    def test_flushed_does_not_hinder_new_dispatches(self):
        self.undelivered()
        self.site.redis.flush()
        wallet = self.site.add_wallets(1)[0]
        self.assertEqual(self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet).status, 0)

    def test_restarted_empty(self):
        _row, entry = self.undelivered("delivery:after-send")
        self.site.redis.restart_empty()
        self.assert_unknown(entry)

    def test_restored_from_an_older_snapshot(self):
        """The job was queued and ran; the snapshot knows neither job nor receipt."""
        self.site.wdctl("dispatch", "gas-topup", "--wallet", self.site.add_wallets(1)[0])
        self.site.redis.snapshot("older")
        row, entry = self.undelivered("delivery:after-send")
        self.site.redis.restore("older")
        self.assert_unknown(entry)
        answer = self.site.wdctl("outbox", "discard", entry)
        self.assertEqual(answer.document["discarded"], [entry], answer)
        self.assertEqual(self.site.sql("SELECT status, error_message FROM job_logs WHERE id = %s",
                                       row),
                         [("failed", "discarded; not known whether it had been queued")])
        self.assertEqual(answer.document["perhaps_queued"], [entry])
        self.assertEqual(self.site.outbox(), [])

    def test_swapped_for_another(self):
        _row, entry = self.undelivered()
        first = self.site.redis
        self.site.redis = self.site.add_redis("other")
        try:
            self.assert_unknown(entry)
        finally:
            self.site.redis = first

    def test_older_than_ten_minutes(self):
        _row, entry = self.undelivered()
        self.site.sql("UPDATE worker_dashboard.outbox "
                      "SET created_at = now() - interval '10 minutes'")
        self.assert_unknown(entry)

    def test_info_forbidden(self):
        self.site.redis.limit("-info", user="default")
        self.addCleanup(self.site.redis.limit, "+info", user="default")
        _row, entry = self.undelivered()
        self.assert_unknown(entry)

    def test_discarded_is_never_sent(self):
        """The sender was only stopped, not dead: it finds the tombstone."""
        wallet = self.site.add_wallets(1)[0]
        sender = self.site.wdctl_stopped_at("delivery:before-send", "dispatch", "gas-topup",
                                            "--wallet", wallet)
        entry = self.site.outbox()[0]
        self.assertEqual(self.site.wdctl("outbox", "discard", entry).document["discarded"], [entry])
        self.site.go_on(sender)
        self.assertEqual(self.site.redis.client().keys(f"bull:{QUEUE}:wait"), [])
        self.assertEqual(set(self.rows().values()), {"failed"})

    def test_sent_cannot_be_discarded(self):
        row, entry = self.undelivered("settle:begin")
        answer = self.site.wdctl("outbox", "discard", entry)
        self.assertEqual(answer.document["discarded"], [], answer)
        self.assertIn("lready sent", answer.document["left"][0]["error"])
        self.assertEqual(self.run_workers(), {row: 1})

    def test_flushed_between_the_attempt_and_its_answer(self):
        """The script looks at the site's mark itself."""
        sender = self.site.wdctl_stopped_at("delivery:before-send", "dispatch", "gas-topup",
                                            "--wallet", self.site.add_wallets(1)[0])
        self.site.redis.flush()
        answer = self.site.go_on(sender)
        self.assertEqual(answer.status, 5, answer)
        self.assertFalse(answer.document["jobs"][0]["delivered"])
        self.assert_unknown(self.site.outbox()[0])

    def test_two_senders_of_one_entry(self):
        """The one who made it was stopped; another delivered meanwhile."""
        sender = self.site.wdctl_stopped_at("delivery:before-send", "dispatch", "gas-topup",
                                            "--wallet", self.site.add_wallets(1)[0])
        self.assertEqual(len(self.site.wdctl("outbox", "send").document["sent"]), 1)
        self.assertEqual(self.site.go_on(sender).status, 0)
        self.assert_each_ran_once(self.run_workers())

    def test_eight_at_once_write_one_row(self):
        wallet = self.site.add_wallets(1)[0]
        self.site.wdctl("dispatch", "sync", "--wallet", wallet)
        processes = [self.site.start_wdctl("dispatch", "gas-topup", "--wallet", wallet)
                     for _ in range(8)]
        for process in processes:
            process.communicate(timeout=60)
        statuses = sorted(process.returncode for process in processes)
        self.assertEqual(statuses, [0] + [4] * 7)
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs "
                                       "WHERE job_type = 'gas-topup'"), [(1,)])
        self.assertEqual(self.site.redis.client().llen(f"bull:{QUEUE}:wait")
                         + self.site.redis.client().zcard(f"bull:{QUEUE}:prioritized"), 1)

    def test_redis_stopped_before(self):
        wallet = self.site.add_wallets(1)[0]
        self.site.wdctl("dispatch", "sync", "--wallet", wallet)
        self.site.redis.stop()
        self.addCleanup(self.site.redis.start)
        answer = self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet)
        self.assertEqual(answer.status, 5, answer)
        self.assertEqual(len(self.rows()), 1)
        self.assertEqual(self.site.outbox(), [])

    def test_redis_hangs_after_the_row(self):
        sender = self.site.wdctl_stopped_at("delivery:before-send", "dispatch", "gas-topup",
                                            "--wallet", self.site.add_wallets(1)[0])
        self.site.redis.pause()
        self.addCleanup(self.site.redis.resume)
        answer = self.site.go_on(sender)
        self.assertEqual(answer.status, 5, answer)
        self.assertFalse(answer.document["jobs"][0]["delivered"])
        self.site.redis.resume()
        self.assertEqual(self.site.wdctl("outbox", "send").status, 0)
        self.assert_each_ran_once(self.run_workers())

    def test_postgres_hangs_at_commit(self):
        """The COMMIT is sent and nobody answers: asked for by its number once somebody does."""
        self.site.wdctl("dispatch", "gas-topup", "--wallet", self.site.add_wallets(1)[0])
        sender = self.site.wdctl_stopped_at("postgres:before-commit", "dispatch", "gas-topup",
                                            "--wallet", self.site.add_wallets(1)[0])
        self.site.postgres.pause()
        sender.send_signal(signal.SIGCONT)
        with self.assertRaises(subprocess.TimeoutExpired):
            sender.wait(timeout=18)
        self.site.postgres.resume()
        out, _err = sender.communicate(timeout=30)
        self.assertEqual(sender.returncode, 0, out)
        self.assertEqual(len(self.rows()), 2)
        self.assert_each_ran_once(self.run_workers())

    def test_slice_of_unknown_fate(self):
        """Of those whose COMMIT nobody answered nothing is known; those behind were not begun."""
        self.site.wdctl("dispatch", "gas-topup", "--wallet", self.site.add_wallets(1)[0])
        wallets = self.site.add_wallets(1001)
        rows = self.site.add_failed_jobs(1001)
        owner = self.site.postgres.connect(user="postgres")
        self.addCleanup(owner.close)
        cursor = owner.cursor()
        for command in (["dispatch", "gas-topup", *(f"--wallet={wallet}" for wallet in wallets)],
                        ["jobs", "retry", *rows]):
            with self.subTest(command=command[0]):
                sender = self.site.wdctl_stopped_at("postgres:before-commit:3", *command)
                cursor.execute("ALTER ROLE platform NOLOGIN")
                cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                               "WHERE state = 'idle in transaction'")
                answer = self.site.go_on(sender)
                cursor.execute("ALTER ROLE platform LOGIN")
                codes = [refused["code"] for refused in answer.document["refused"]]
                self.assertEqual((answer.status, len(answer.document["jobs"]), codes),
                                 (5, 500, ["unknown-outcome"] * 500 + ["no-connection"]))

    def test_polling_site(self):
        """Without Redis the row alone is written; the site's way is then settled."""
        wallet, other = self.site.add_wallets(2)
        answer = self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet, REDIS_URL="")
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.site.outbox(), [])
        self.assertIn("poll", answer.document["message"])
        self.assertNotIn("queued", answer.document["message"])
        self.assertEqual(self.site.wdctl("dispatch", "gas-topup", "--wallet", other).status, 0)
        self.assertEqual(self.site.redis.client().keys("bull:gas-topup:*"), [])

    def test_bullmq_site_without_redis(self):
        wallet, other = self.site.add_wallets(2)
        self.assertEqual(self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet).status, 0)
        answer = self.site.wdctl("dispatch", "gas-topup", "--wallet", other, REDIS_URL="")
        self.assertEqual(answer.status, 4, answer)
        self.assertEqual(len(self.rows()), 1)

    def test_lost_job_is_named(self):
        wallet = self.site.add_wallets(1)[0]
        self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet)
        self.site.redis.flush()
        answer = self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet)
        self.assertEqual(answer.status, 4)
        self.assertIn("no longer", answer.document["refused"][0]["error"])
        self.assertEqual(self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet,
                                         "--force").status, 0)

    def test_priorities_reach_the_worker(self):
        for priority, expected in (("low", 10), ("normal", 5), ("high", 1)):
            wallet = self.site.add_wallets(1)[0]
            answer = self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet,
                                     "--priority", priority)
            job = answer.document["jobs"][0]
            self.assertEqual(job["data"]["priority"], {10: 1, 5: 5, 1: 10}[expected])
            with Queues(self.site) as queues:
                described = queues.command(QUEUE, "describe", id=job["job_id"])
            self.assertEqual(described["opts"]["priority"], expected)
            self.assertEqual(described["data"], job["data"])


if __name__ == "__main__":
    unittest.main(verbosity=2)

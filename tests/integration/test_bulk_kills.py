#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bulk work whose program dies, or is taken for dead, at any moment."""

import concurrent.futures
import random
import signal
import time
import unittest

from bulk_case import JOBS, BulkCase
from money_case import QUEUE


class BulkKills(BulkCase):
    KILLS = ("bulk:begin:2", "deliver:begin:2", "delivery:after-send:1", "delivery:after-send:2",
             "settle:end:2", "bulk:slice:1", "bulk:slice:2", "postgres:before-commit:3",
             "postgres:before-commit:4", "postgres:after-commit:2", "postgres:after-commit:3",
             "postgres:after-commit:4", "postgres:after-commit:5")

    def go_on_after_kill(self, run, point):
        """Dead there: the report is true at any moment, and nobody goes on before a minute is
        over."""
        answer = self.site.wdctl("bulk", "run", run, WD_FAULT=point)
        self.assertEqual(answer.status, -signal.SIGKILL, answer)
        busy = self.ask("bulk", "run", run, status=1)
        self.assertEqual(busy["code"], "busy")
        told = self.ask("bulk", "show", run)
        self.assertEqual((told["state"], told["is_running"], told["can_take_over"]),
                         ("running", True, False))
        promised = self.site.sql("SELECT count(*) FROM job_logs WHERE status = 'pending'")
        self.assertEqual(told["done"], promised[0][0])
        self.grow_old()
        self.assertTrue(self.ask("bulk", "show", run)["can_take_over"])
        done = self.ask("bulk", "run", run)
        self.assertEqual((done["state"], done["done"], done["refused_count"]), ("done", JOBS, 0))
        self.ask("outbox", "send")
        self.assertEqual(self.site.outbox(), [])
        return self.site.sql("SELECT count(*) FROM worker_dashboard.bulk_item "
                             "WHERE run_id = %s AND result = 'done'", run)[0][0]

    def test_killed(self):
        """Dead at any step of the second slice: each job is queued once."""
        for point in self.KILLS:
            with self.subTest(point):
                self.setUp()
                ids = self.site.add_failed_jobs(JOBS)
                n_done = self.go_on_after_kill(self.freeze()["id"], point)
                self.assertEqual(self.queued(), sorted(ids))
                self.assertEqual(self.added(), {row: 1 for row in ids})
                self.assertEqual(len(self.queued()), n_done)

    def test_killed_dispatch(self):
        """The same of a dispatch: each wallet has one job, once in its queue."""
        for point in self.KILLS[1::2]:
            with self.subTest(point):
                self.setUp()
                wallets = self.site.add_wallets(JOBS)
                n_done = self.go_on_after_kill(self.dispatch("--all")["id"], point)
                rows = self.site.sql("SELECT wallet_address, id::text FROM job_logs")
                self.assertEqual(sorted(row[0] for row in rows), sorted(wallets))
                self.assertEqual(self.added(), {row[1]: 1 for row in rows})
                self.assertEqual(len(self.queued()), n_done)
                self.assertEqual(dict(rows), dict(self.site.sql(
                    "SELECT wallet_address, job_log_id::text FROM worker_dashboard.bulk_item")))

    def test_killed_flags(self):
        wallets = self.site.add_wallets(JOBS)
        for point in ("bulk:begin:2", "bulk:slice:2", "postgres:before-commit:3",
                      "postgres:after-commit:3"):
            with self.subTest(point):
                self.site.sql("TRUNCATE worker_dashboard.bulk_run CASCADE")
                self.site.sql("DELETE FROM worker_dashboard.audit WHERE action = 'set-flags'")
                self.site.sql("UPDATE user_wallets SET needs_gas = FALSE")
                run = self.ask("bulk", "set-flags", "--set-needs-gas=true", "--all")["id"]
                answer = self.site.wdctl("bulk", "run", run, WD_FAULT=point)
                self.assertEqual(answer.status, -signal.SIGKILL, answer)
                set_so_far = self.site.sql("SELECT count(*) FROM user_wallets WHERE needs_gas")
                self.assertEqual(self.ask("bulk", "show", run)["done"], set_so_far[0][0])
                self.grow_old()
                self.assertEqual(self.ask("bulk", "run", run)["done"], JOBS)
                trail = self.site.sql("SELECT target_id FROM worker_dashboard.audit "
                                      "WHERE action = 'set-flags' ORDER BY 1")
                self.assertEqual(trail, [(wallet,) for wallet in sorted(wallets)])

    def test_taken_for_dead(self):
        """Who goes on after all writes nothing, neither where all is promised nor where jobs have
        failed again and left their queue since."""
        for n_lost in (0, 1, 3):
            with self.subTest(n_lost):
                self.setUp()
                ids = self.site.add_failed_jobs(3)
                run = self.freeze()["id"]
                process = self.site.wdctl_stopped_at("bulk:begin:1", "bulk", "run", run)
                self.addCleanup(self.end, process)
                self.grow_old()
                done = self.ask("bulk", "run", run)
                self.assertEqual((done["state"], done["done"]), ("done", 3))
                for row in ids[:n_lost]:
                    self.site.sql("UPDATE job_logs SET status = 'failed' WHERE id = %s", row)
                    self.redis.zrem(f"bull:{QUEUE}:prioritized", row)
                    self.redis.delete(f"bull:{QUEUE}:{row}")
                answer = self.site.go_on(process)
                self.assertEqual((answer.status, answer.document["code"]), (1, "busy"), answer)
                self.assertEqual(self.ask("bulk", "show", run), done)
                self.assertEqual({self.row(row)[0] for row in ids[:n_lost]},
                                 {"failed"} if n_lost > 0 else set())
                self.assertEqual(self.added(), {row: 1 for row in ids})

    def test_dispatch_taken_for_dead(self):
        """Nor does a dispatch, whose wallets could all have another job by then."""
        wallets = self.site.add_wallets(3)
        run = self.dispatch("--all", "--force")["id"]
        process = self.site.wdctl_stopped_at("bulk:begin:1", "bulk", "run", run)
        self.addCleanup(self.end, process)
        self.grow_old()
        done = self.ask("bulk", "run", run)
        self.assertEqual((done["state"], done["done"]), ("done", 3))
        self.site.sql("UPDATE job_logs SET status = 'completed', "
                      "created_at = created_at - interval '1 hour'")
        answer = self.site.go_on(process)
        self.assertEqual((answer.status, answer.document["code"]), (1, "busy"), answer)
        self.assertEqual(self.ask("bulk", "show", run), done)
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(len(wallets),)])

    def run_until(self, end, runs, seed):
        """Runs one of RUNS again and again, dying now and then."""
        dice = random.Random(seed)
        while time.monotonic() < end:
            fault = f"{dice.choice(self.KILLS).rpartition(':')[0]}:{dice.randint(1, 6)}"
            self.site.wdctl("bulk", "run", dice.choice(runs),
                            **({"WD_FAULT": fault} if dice.random() < 0.7 else {}))
            if dice.random() < 0.2:
                self.site.wdctl("outbox", "send")

    def lose_owners(self, end, dice):
        """Everybody is taken for dead, over and over, and connections break."""
        with self.site.postgres.connect() as database, database.cursor() as cursor:
            while time.monotonic() < end:
                cursor.execute("UPDATE worker_dashboard.bulk_run SET heartbeat = heartbeat - "
                               "interval '61 seconds' WHERE id IN (SELECT id FROM "
                               "worker_dashboard.bulk_run FOR UPDATE SKIP LOCKED)")
                if dice.random() < 0.3:
                    cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                   "application_name = 'Worker Dashboard' LIMIT 1")
                time.sleep(dice.uniform(0.02, 0.2))

    def test_all_at_once(self):
        """Many programs on two runs for the same wallets, each taken for dead all the time: a
        wallet gets one job, once in its queue, and the counters are those of the items."""
        wallets = self.site.add_wallets(3 * JOBS)
        runs = [self.dispatch("--all")["id"] for _run in range(2)]
        end = time.monotonic() + 3
        with concurrent.futures.ThreadPoolExecutor(5) as pool:
            storm = [pool.submit(self.run_until, end, runs, seed) for seed in range(4)]
            storm.append(pool.submit(self.lose_owners, end, random.Random(4)))
            for one in storm:
                one.result()
        for run in runs:
            self.grow_old()
            self.site.wdctl("bulk", "run", run)
            done = self.ask("bulk", "show", run)
            self.assertEqual((done["state"], done["done"] + done["refused_count"]),
                             ("done", len(wallets)), done["last_error"])
            self.assertEqual(self.site.sql("SELECT count(*) FROM worker_dashboard.bulk_item "
                                           "WHERE run_id = %s AND result = 'done'", run),
                             [(done["done"],)])
        self.ask("outbox", "send")
        self.assertEqual(self.site.outbox(), [])
        rows = self.site.sql("SELECT wallet_address, id::text FROM job_logs")
        self.assertEqual(sorted(row[0] for row in rows), sorted(wallets))
        self.assertEqual(self.added(), {row[1]: 1 for row in rows})


if __name__ == "__main__":
    unittest.main(verbosity=2)

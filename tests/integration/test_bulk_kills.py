#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bulk work whose program dies, or is taken for dead, at any moment."""

import signal
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


if __name__ == "__main__":
    unittest.main(verbosity=2)

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bulk retries: frozen at the preview, run in slices, and gone on with after anything."""

import collections
import signal
import unittest

from money_case import QUEUE, MoneyCase

# Two slices.
JOBS = 600


class Bulk(MoneyCase):
    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE worker_dashboard.bulk_run CASCADE")

    def freeze(self, *arguments):
        return self.ask("bulk", "retry", *arguments)

    def added(self):
        """How often each job was put into the queue."""
        events = self.redis.xrange(f"bull:{QUEUE}:events")
        return collections.Counter(fields["jobId"] for _id, fields in events
                                   if fields["event"] == "added")

    def test_frozen(self):
        """Rows that match later are not touched, rows that changed since are refused."""
        ids = self.site.add_failed_jobs(20)
        self.site.add_failed_jobs(3, job_type="consolidation")
        frozen = self.freeze("--type=gas-topup")
        self.assertEqual((frozen["state"], frozen["total"], frozen["done"]), ("frozen", 20, 0))
        self.assertEqual(frozen["counts"], [
            {"job_type": "gas-topup", "network": None, "n": 20}])
        self.assertEqual(frozen["forecast"], [])
        self.assertEqual((self.queued(), self.site.outbox()), ([], []))
        later = self.site.add_failed_jobs(5)
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE id = %s", ids[0])
        self.site.sql("UPDATE job_logs SET retry_count = 2 WHERE id = %s", ids[1])
        self.site.sql("DELETE FROM job_logs WHERE id = %s", ids[2])
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["state"], done["done"], done["refused_count"], done["left"]),
                         ("done", 17, 3, 0))
        reasons = {refusal["id"]: refusal["error"] for refusal in done["refused"]}
        self.assertEqual(set(reasons), set(ids[:3]))
        self.assertIn("changed since the preview: now it is completed", reasons[ids[0]])
        self.assertIn("changed since the preview", reasons[ids[1]])
        self.assertIn("not found", reasons[ids[2]])
        self.assertEqual(self.queued(), sorted(ids[3:]))
        self.assertEqual({self.row(row)[0] for row in later}, {"failed"})
        self.assertEqual(self.ask("bulk", "show", frozen["id"]), done)
        again = self.ask("bulk", "run", frozen["id"], status=4)
        self.assertEqual((again["code"], again["error"]),
                         ("refused", "This bulk run is done already"))
        self.assertEqual(self.ask("bulk", "list")["runs"][0]["id"], frozen["id"])

    def test_exhausted(self):
        ids = self.site.add_failed_jobs(4)
        self.site.sql("UPDATE job_logs SET retry_count = 3 WHERE id = ANY (%s::uuid[])", ids[:3])
        frozen = self.freeze()
        self.assertEqual(frozen["forecast"], [
            {"code": "retries-exhausted", "reason": "The retries are used up", "n": 3}])
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["done"], done["refused_count"]), (1, 3))
        self.assertIn("Maximum retries exceeded", done["refused"][0]["error"])
        done = self.ask("bulk", "run", self.freeze("--reset")["id"])
        self.assertEqual((done["done"], done["refused_count"]), (3, 0))
        self.assertEqual(self.queued(), sorted(ids))

    def test_unknown(self):
        for run in ("x", "7f9c24e8-3b12-4a1f-9d5e-2c6b8a0f1e3d"):
            self.ask("bulk", "run", run, status=3)
            self.ask("bulk", "show", run, status=3)
        empty = self.freeze()
        self.assertEqual(self.ask("bulk", "run", empty["id"])["state"], "done")
        self.ask("bulk", "retry", "--status=completed", status=2)
        for command in (["bulk", "retry"], ["jobs", "retry", "--all-failed"]):
            for option, text in (("--filter", " "), ("--search", "")):
                self.assertIn(f"{option} is empty",
                              self.ask(*command, option, text, status=2)["error"])

    def test_killed(self):
        """Dead at any step of the second slice: each job is queued once, and the report is true."""
        for point in ("deliver:begin:2", "delivery:after-send:2", "settle:end:2", "bulk:slice:1",
                      "bulk:slice:2", "postgres:before-commit:4", "postgres:after-commit:3",
                      "postgres:after-commit:4", "postgres:after-commit:5"):
            with self.subTest(point):
                self.setUp()
                ids = self.site.add_failed_jobs(JOBS)
                run = self.freeze()["id"]
                answer = self.site.wdctl("bulk", "run", run, WD_FAULT=point)
                self.assertEqual(answer.status, -signal.SIGKILL, answer)
                busy = self.ask("bulk", "run", run, status=1)
                self.assertEqual(busy["code"], "busy")
                told = self.ask("bulk", "show", run)
                self.assertEqual(told["state"], "running")
                promised = self.site.sql("SELECT count(*) FROM job_logs WHERE status = 'pending'")
                self.assertEqual(told["done"], promised[0][0])
                self.site.sql("UPDATE worker_dashboard.bulk_run SET heartbeat = "
                              "heartbeat - interval '61 seconds'")
                done = self.ask("bulk", "run", run)
                self.assertEqual((done["state"], done["done"], done["refused_count"]),
                                 ("done", JOBS, 0))
                self.ask("outbox", "send")
                self.assertEqual(self.queued(), sorted(ids))
                self.assertEqual(self.added(), {row: 1 for row in ids})
                self.assertEqual(self.site.outbox(), [])

    def test_paused(self):
        """A cancel is heeded between two slices; then anybody may go on at once."""
        ids = self.site.add_failed_jobs(JOBS)
        run = self.freeze()["id"]
        process = self.site.wdctl_stopped_at("bulk:slice:1", "bulk", "run", run)
        process.send_signal(signal.SIGINT)
        answer = self.site.go_on(process)
        self.assertEqual(answer.status, 1, answer)
        self.assertIn(f"go on with “wdctl bulk run {run}”", answer.document["error"])
        paused = self.ask("bulk", "show", run)
        self.assertEqual((paused["state"], paused["done"], paused["left"]),
                         ("paused", 500, JOBS - 500))
        self.assertEqual(self.ask("bulk", "run", run)["done"], JOBS)
        self.assertEqual(self.added(), {row: 1 for row in ids})

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
                self.site.sql("UPDATE worker_dashboard.bulk_run SET heartbeat = "
                              "heartbeat - interval '61 seconds'")
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

    def test_redis_goes_away(self):
        ids = self.site.add_failed_jobs(JOBS)
        run = self.freeze()["id"]
        process = self.site.wdctl_stopped_at("bulk:slice:1", "bulk", "run", run)
        self.site.redis.stop()
        self.assertEqual(self.site.go_on(process).status, 5)
        self.assertEqual(self.ask("bulk", "show", run)["state"], "paused")
        self.site.redis.start()
        self.assertEqual(self.ask("bulk", "run", run)["done"], JOBS)
        self.assertEqual({self.row(row)[0] for row in ids[:3] + ids[-3:]}, {"pending"})


if __name__ == "__main__":
    unittest.main(verbosity=2)

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What wdctl shows: statistics, queues, single jobs, checks and migrations."""

import glob
import os
import unittest
import uuid

from fixtures.site import Site
from fixtures.stack import SOURCE
from fixtures.workers import Queues, Workers
from wdctl_case import JOB, WdctlCase

WORKER = ["worker_name", "job_type", "queue", "active_jobs", "queued_jobs", "waiting_jobs",
          "oldest_waiting", "overdue_jobs", "completed_jobs", "failed_jobs", "completed_today",
          "finished_last_hour", "failed_last_hour", "last_active", "paused", "connected_workers",
          "signs_of_workers", "workers_can_be_seen", "status"]
STATS = {"workers", "pending_jobs", "active_jobs", "completed_jobs_today", "total_workers",
         "healthy_workers", "error_workers", "undelivered_jobs", "last_updated"}
QUEUE_JOB = ["queue", "state", "attempts_made", "attempts_started", "attempts", "priority", "delay",
             "progress", "processed_on", "finished_on", "failed_reason", "stacktrace", "logs"]
HISTORY = {"job_type", "step_minutes", "points", "total", "percentiles_are_exact",
           "percentiles_since", "percentiles_of_utc_days_until", "is_coarse",
           "retries_are_sampled", "read_at"}
POINT = ["from", "to", "created", "completed", "failed", "cancelled", "success_rate", "unfinished",
         "run", "wait", "retries_per_job", "retries_known_of"]
NAMES = {"gas-topup": "gas-topup-worker", "consolidation": "consolidation-worker",
         "sync": "wallet-sync-worker", "deposit-detection": "deposit-detection-worker"}


class Stats(WdctlCase):
    def test_document(self):
        self.add_jobs(3, job_type="gas-topup", status="completed")
        self.add_jobs(2, job_type="gas-topup", status="failed")
        self.add_jobs(4, job_type="sync", status="pending")
        document = self.ask("stats")
        self.assertEqual(set(document), STATS)
        workers = {worker["job_type"]: worker for worker in document["workers"]}
        self.assertEqual({kind: worker["worker_name"] for kind, worker in workers.items()}, NAMES)
        self.assertTrue(all(list(worker) == WORKER for worker in document["workers"]))
        self.assertEqual((workers["gas-topup"]["completed_jobs"],
                          workers["gas-topup"]["failed_jobs"]),
                         (3, 2))
        self.assertEqual(workers["sync"]["queue"], "sync-balances")
        self.assertEqual(workers["sync"]["queued_jobs"], 0, "the queue's count, not the table's")
        self.assertEqual((document["pending_jobs"], document["total_workers"]), (4, 4))
        self.assertEqual((document["undelivered_jobs"], document["healthy_workers"]), (0, 0))

    def test_workers_and_pause(self):
        with Workers(self.site, major=5, queues=["sync-balances"], fast=True):
            workers = {w["job_type"]: w for w in self.ask("stats")["workers"]}
            self.assertEqual((workers["sync"]["connected_workers"], workers["sync"]["status"]),
                             (1, "idle"))
            self.assertEqual((workers["gas-topup"]["connected_workers"],
                              workers["gas-topup"]["status"]), (0, "stopped"))
            self.ask("queues", "pause", "sync-balances")
            workers = {w["job_type"]: w for w in self.ask("stats")["workers"]}
            self.assertEqual((workers["sync"]["paused"], workers["sync"]["status"]),
                             (True, "stopped"))

    def test_without_redis(self):
        """Sites whose workers poll: the table's counts, and never stopped."""
        self.add_jobs(4, job_type="sync", status="pending")
        document = self.ask("stats", REDIS_URL="")
        workers = {worker["job_type"]: worker for worker in document["workers"]}
        self.assertEqual(workers["sync"]["queued_jobs"], 4)
        self.assertIsNone(workers["sync"]["connected_workers"])
        self.assertEqual(workers["sync"]["status"], "idle")

    def test_with_redis_down(self):
        self.add_jobs(2, job_type="gas-topup", status="failed")
        document = self.ask("stats", status=5, REDIS_URL="redis+unix:///nonexistent.sock")
        self.assertEqual(document["code"], "no-connection")
        workers = {worker["job_type"]: worker for worker in document["workers"]}
        self.assertEqual(workers["gas-topup"]["failed_jobs"], 2)
        self.assertIsNone(workers["gas-topup"]["paused"])

    def test_for_people(self):
        status, out, _err = self.text("stats")
        self.assertEqual(status, 0)
        self.assertEqual(len(out.splitlines()), 5)
        self.assertIn("wallet-sync-worker", out)


class History(WdctlCase):
    def test_document(self):
        self.add_jobs(6, job_type="gas-topup", status="completed")
        self.add_jobs(2, job_type="gas-topup", status="failed")
        self.add_jobs(3, job_type="sync", status="pending")
        self.site.sql("UPDATE job_logs SET created_at = now() - interval '2 minutes', retry_count ="
                      " 3, started_at = now() - interval '62 seconds', completed_at = CASE WHEN"
                      " status <> 'pending' THEN now() - interval '2 seconds' END")
        for arguments, step, length in (([], 30, 48), (["--range", "1h"], 1, 60),
                                        (["--range=30d", "--exact"], 1440, 30)):
            with self.subTest(arguments):
                document = self.ask("history", *arguments)
                self.assertEqual(set(document), HISTORY)
                self.assertEqual((document["step_minutes"], len(document["points"])),
                                 (step, length))
                self.assertTrue(all(list(point) == POINT for point in document["points"]))
                total = document["total"]
                self.assertEqual((total["completed"], total["failed"], total["cancelled"],
                                  total["created"], total["unfinished"]), (6, 2, 0, 11, 3))
                self.assertEqual((total["success_rate"], total["retries_per_job"]), (0.75, 3))
                self.assertEqual(list(total["run"]), ["jobs", "p50_ms", "p95_ms", "p99_ms"])
                self.assertEqual(total["run"]["jobs"], 6)
                self.assertAlmostEqual(total["run"]["p50_ms"], 60000, delta=3000)
                self.assertIsNone(total["run"]["p95_ms"], "6 are too few")
                self.assertEqual(document["percentiles_are_exact"], step != 30)
        document = self.ask("history", "--type", "sync")
        self.assertEqual((document["job_type"], document["total"]["unfinished"]), ("sync", 3))
        self.assertIsNone(document["total"]["success_rate"])

    def test_ranges(self):
        document = self.ask("history", "--from", "2026-01-02", "--to", "2026-01-03")
        self.assertEqual((document["total"]["from"], document["total"]["to"]),
                         ("2026-01-02T00:00:00Z", "2026-01-04T00:00:00Z"))
        for arguments in (["--range", "2h"], ["--to", "2026-01-01"],
                          ["--range", "1h", "--from", "2026-01-01"],
                          ["--from", "2026-01-02", "--to", "2026-01-01"],
                          ["--from", "2001-01-01"]):
            with self.subTest(arguments):
                self.assertEqual(self.ask("history", *arguments, status=2)["code"],
                                 "invalid-argument")

    def test_for_people(self):
        status, out, _err = self.text("history", "--range", "30d")
        self.assertEqual(status, 0)
        self.assertEqual(len(out.splitlines()), 32)


class QueuesAndJobs(WdctlCase):
    def test_queues(self):
        with Queues(self.site) as queues:
            queues.call("sync-balances", "add", "sync", {}, {})
            queues.call("sync-balances", "add", "sync", {}, {"priority": 5})
            queues.call("sync-balances", "add", "sync", {}, {"delay": 3600000})
            queues.call("elsewhere", "add", "x", {}, {}, major=6)
        document = self.ask("queues", "list")
        self.assertEqual(list(document), ["queues"])
        found = {queue["queue"]: queue for queue in document["queues"]}
        version = found["sync-balances"].pop("version")
        self.assertEqual(found["sync-balances"],
                         {"queue": "sync-balances", "waiting": 1, "prioritized": 1, "delayed": 1,
                          "active": 0, "completed": 0, "failed": 0, "waiting_children": 0,
                          "paused": False, "connected_workers": 0})
        self.assertIn("5.", version)
        self.assertEqual(found["elsewhere"]["waiting"], 1)
        self.assertEqual(set(found) - {"elsewhere"}, {"gas-topup", "consolidation", "sync-balances",
                                                      "deposit-detection"})

    def test_show(self):
        wallet = self.site.add_wallets(1)[0]
        row = self.ask("dispatch", "sync", "--wallet", wallet, "--priority=low")["jobs"][0]["id"]
        document = self.ask("jobs", "show", row)
        self.assertEqual(list(document), JOB + ["queue_job"])
        self.assertEqual(list(document["queue_job"]), QUEUE_JOB)
        self.assertEqual((document["queue_job"]["queue"], document["queue_job"]["state"],
                          document["queue_job"]["priority"], document["queue_job"]["attempts"]),
                         ("sync-balances", "prioritized", 10, 3))
        self.assertEqual((document["queue_job"]["stacktrace"], document["queue_job"]["logs"]),
                         ([], []))

    def test_show_failed_in_its_queue(self):
        wallet = self.site.add_wallets(1)[0]
        row = self.ask("dispatch", "sync", "--wallet", wallet)["jobs"][0]["id"]
        with Queues(self.site) as queues:
            queues.call_job("sync-balances", row, "log", "line one")
        client = self.site.redis.client()
        client.hset(f"bull:sync-balances:{row}", mapping={
            "failedReason": "out of energy", "stacktrace": '["Error: out\\n    at sync"]',
            "finishedOn": "1763899200123", "atm": "3", "ats": "3"})
        client.lrem("bull:sync-balances:wait", 1, row)
        client.zadd("bull:sync-balances:failed", {row: 1763899200123})
        job = self.ask("jobs", "show", row)["queue_job"]
        self.assertEqual((job["state"], job["failed_reason"], job["attempts_made"]),
                         ("failed", "out of energy", 3))
        self.assertEqual(job["finished_on"], "2025-11-23T12:00:00.123Z")
        self.assertEqual((job["stacktrace"], job["logs"]),
                         (["Error: out\n    at sync"], ["line one"]))
        status, out, _err = self.text("jobs", "show", row)
        self.assertEqual(status, 0)
        for line in ("Stack traces", "  Error: out", "      at sync", "  line one"):
            self.assertIn(line, out.splitlines())

    def test_show_row_ids_first(self):
        first = self.add_jobs(1)[0]
        second = self.add_jobs(1, wallet_address="V")[0]
        self.site.sql("UPDATE job_logs SET job_id = %s WHERE id = %s", first, second)
        self.assertEqual(self.ask("jobs", "show", first)["id"], first)
        self.site.sql("DELETE FROM job_logs WHERE id = %s", first)
        self.assertEqual(self.ask("jobs", "show", first)["id"], second)

    def test_show_without_queue(self):
        row = self.add_jobs(1)[0]
        self.assertIsNone(self.ask("jobs", "show", row)["queue_job"])
        self.assertIsNone(self.ask("jobs", "show", row, REDIS_URL="")["queue_job"])
        document = self.ask("jobs", "show", row, status=5, REDIS_URL="redis+unix:///nonexistent")
        self.assertEqual((document["id"], document["queue_job"]), (row, None))
        self.ask("jobs", "show", str(uuid.uuid4()), status=3)
        self.ask("jobs", "show", "x'; --", status=3)


class Doctor(WdctlCase):
    def checks(self, **changes):
        document = self.ask("doctor", **changes)
        self.assertEqual(set(document) - {"error", "code"}, {"checks"})
        for check in document["checks"]:
            self.assertEqual(list(check), ["name", "status", "message"])
            self.assertIn(check["status"], ("ok", "warning", "error", "unknown"))
            self.assertNotEqual(check["message"], "")
        return {check["name"]: check["status"] for check in document["checks"]}

    def test_healthy(self):
        checks = self.checks()
        self.assertEqual(checks["postgres-connection"], "ok")
        self.assertEqual(checks["redis-connection"], "ok")
        self.assertEqual(checks["redis-eviction"], "ok")
        self.assertNotIn("error", checks.values())

    def test_eviction_is_an_error(self):
        client = self.site.redis.client()
        client.config_set("maxmemory-policy", "allkeys-lru")
        self.addCleanup(client.config_set, "maxmemory-policy", "noeviction")
        self.assertEqual(self.checks(status=1)["redis-eviction"], "error")

    def test_servers_down(self):
        checks = self.checks(status=1, REDIS_URL="redis+unix:///nonexistent.sock")
        self.assertEqual(checks["redis-connection"], "error")
        self.assertEqual(checks["postgres-connection"], "ok")
        checks = self.checks(status=1, DATABASE_URL="postgresql:///x?host=/nonexistent")
        self.assertEqual(checks["postgres-connection"], "error")

    def test_ways(self):
        """What goes to another machine unprotected is said, also where that is not reached."""
        checks = self.checks()
        self.assertEqual((checks["postgres-tls"], checks["redis-tls"]), ("ok", "ok"))
        checks = self.checks(status=1, DATABASE_URL="postgresql://u@db.invalid/x",
                             REDIS_URL="redis://redis.invalid")
        self.assertEqual((checks["postgres-tls"], checks["redis-tls"]), ("warning", "warning"))
        self.assertEqual((checks["postgres-connection"], checks["redis-connection"]),
                         ("error", "error"))

    def test_recount(self):
        self.add_jobs(3)
        self.ask("doctor", "--recount")
        self.assertEqual(self.ask("stats")["workers"][2]["completed_jobs"], 3)


class Migrate(WdctlCase):
    def test_from_nothing(self):
        names = sorted(os.path.splitext(os.path.basename(path))[0]
                       for path in glob.glob(os.path.join(SOURCE, "migrations", "*.sql")))
        admin = self.site.postgres.connect(user="postgres")
        self.addCleanup(admin.close)
        with admin.cursor() as cursor:
            cursor.execute("CREATE DATABASE fresh OWNER platform")
        url = self.site.postgres.url(database="fresh")
        self.ask("dispatch", "sync", "--wallet", "W", status=4, DATABASE_URL=url)
        plan = self.ask("migrate", "--dry-run", DATABASE_URL=url)
        self.assertEqual(plan["applied"], [])
        self.assertTrue(set(plan["pending"]) <= set(names))
        optional = [step["name"] for step in plan["optional"]]
        self.assertEqual(optional, ["0015_job_search", "0016_data_search"])
        self.assertEqual(sorted(plan["pending"] + optional), names)
        applied = self.ask("migrate", DATABASE_URL=url)
        self.assertEqual((applied["applied"], applied["pending"]), (plan["pending"], []))
        self.assertEqual([step["name"] for step in applied["optional"]], optional)
        again = self.ask("migrate", DATABASE_URL=url)
        self.assertEqual((again["applied"], again["pending"]), ([], []))
        self.assertEqual(self.ask("jobs", "list", DATABASE_URL=url)["total"], 0)

    def test_optional(self):
        """Never applied unless asked for by name; what it costs is said before it is made."""
        admin = self.site.postgres.connect(user="postgres")
        self.addCleanup(admin.close)
        with admin.cursor() as cursor:
            cursor.execute("CREATE DATABASE chosen OWNER platform")
        url = self.site.postgres.url(database="chosen")
        self.ask("migrate", DATABASE_URL=url)
        with self.site.postgres.connect(database="chosen") as owner, owner.cursor() as cursor:
            cursor.execute("INSERT INTO job_logs (job_id, job_type, status, wallet_address) SELECT "
                           "gen_random_uuid()::text, 'sync', 'completed', md5(i::text) FROM "
                           "generate_series(1, 30000) AS i")
            cursor.execute("COMMIT; ANALYZE job_logs")
        for step in self.ask("migrate", "--dry-run", DATABASE_URL=url)["optional"]:
            self.assertEqual(step["rows"], 30000)
        step = self.ask("migrate", "--dry-run", DATABASE_URL=url)["optional"][0]
        self.assertTrue(4000000 < step["bytes"] < 12000000, step)
        self.ask("migrate", "--with", "0014_job_pair_index", status=2, DATABASE_URL=url)
        status, out, err = self.text("migrate", "--with", "0015_job_search", DATABASE_URL=url)
        self.assertEqual((status, out), (0, "applied 0015_job_search\n"))
        self.assertRegex(err, "0015_job_search: For about 30000 jobs: about .*MB on the server’s")
        self.assertIn("wdctl migrate --with 0016_data_search", err)
        with self.site.postgres.connect(database="chosen") as owner, owner.cursor() as cursor:
            cursor.execute("SELECT pg_relation_size('wd_job_logs_search')")
            size = cursor.fetchone()[0]
        self.assertTrue(size / 2 < step["bytes"] < size * 2, (size, step))
        self.assertEqual(self.ask("jobs", "list", "--filter", "c4ca4238a0",
                                  DATABASE_URL=url)["total"], 1)
        checks = self.ask("doctor", DATABASE_URL=url)["checks"]
        self.assertIn({"name": "postgres-optional", "status": "ok", "message": "Not applied, and "
                       "needed only to search among millions of jobs: 0016_data_search"}, checks)

    def test_dry_run_for_people(self):
        status, out, err = self.text("migrate", "--dry-run")
        self.assertEqual((status, out), (0, ""))
        self.assertIn("Everything is applied", err)


class NotMigrated(unittest.TestCase):
    """Without our schema everything readable is readable, and writes name what to do."""

    def test_reads_and_refuses(self):
        with Site() as site:
            site.sql("DROP SCHEMA worker_dashboard CASCADE")
            site.sql("INSERT INTO job_logs (job_id, job_type, status) "
                     "VALUES ('a', 'sync', 'failed')")
            wallet = site.add_wallets(1)[0]
            self.assertEqual(len(site.wdctl("jobs", "list").document["jobs"]), 1)
            self.assertEqual(len(site.wdctl("wallets", "list").document["wallets"]), 1)
            self.assertIsNone(site.wdctl("stats").document["undelivered_jobs"])
            for arguments in (["dispatch", "sync", "--wallet", wallet], ["jobs", "retry", "a"],
                              ["wallets", "set-flags", wallet, "--needs-gas=true"]):
                answer = site.wdctl(*arguments)
                self.assertEqual((answer.status, answer.document["code"]), (4, "not-migrated"))
                self.assertIn("wdctl migrate", answer.err)
            self.assertEqual(site.wdctl("doctor").status, 1)


class HealthLimits(WdctlCase):
    def test_set(self):
        """For everybody, each with its entry in the trail; the usual value is none."""
        usual = self.ask("health", "limits")["limits"]
        self.assertEqual((usual["sync-seconds"], usual["failures"]), (86400, 3))
        limits = self.ask("health", "limits", "--set", "sync-seconds=43200", "--set=failures=5")
        self.assertEqual(limits["limits"], {**usual, "sync-seconds": 43200, "failures": 5})
        self.assertEqual(self.ask("health", "limits"), limits)
        self.ask("health", "limits", "--set=sync-seconds=1000", "--set=failures=usual")
        self.assertEqual(self.site.sql(
            "SELECT key, value FROM worker_dashboard.setting WHERE key LIKE 'health.%'"),
            [("health.sync-seconds", "1000")])
        self.assertEqual(self.site.sql(
            "SELECT target_id, before->>'value', after->>'value' FROM worker_dashboard.audit "
            "WHERE target_id LIKE 'health.%' ORDER BY id"),
            [("health.failures", None, "5"), ("health.sync-seconds", None, "43200"),
             ("health.failures", "5", "3"), ("health.sync-seconds", "43200", "1000")])
        for wrong in ("sync-seconds=0", "sync-seconds=x", "sync-seconds", "nothing=1",
                      "failures=21"):
            with self.subTest(wrong):
                self.ask("health", "limits", "--set=flag-seconds=5", "--set", wrong, status=2)
        self.assertEqual(self.ask("health", "limits")["limits"]["flag-seconds"], 3600)



if __name__ == "__main__":
    unittest.main()

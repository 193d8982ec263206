#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fixtures themselves: servers come and go without a trace, real workers run real jobs."""

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

import psycopg2
import redis

from fixtures.cache import cached
from fixtures.guardian import alive
from fixtures.processes import wait_until
from fixtures.stack import SOURCE, Stack
from fixtures.workers import Queues, Workers, read_runs

WITH_STACK = os.path.join(SOURCE, "tests", "fixtures", "with-stack")


class Cache(unittest.TestCase):
    def test_old_entries_go(self):
        """But neither what is in use, nor what is of another kind."""
        with tempfile.TemporaryDirectory() as folder, \
                unittest.mock.patch.dict(os.environ, {"WD_TEST_CACHE": folder}):
            for name in ("kind-old", "kind-young", "kind-held", "kind-half.unfinished", "other-old",
                         "kind-new"):
                path = os.path.join(folder, name)
                os.makedirs(os.path.join(path, "data"))
                if name != "kind-young":
                    os.utime(path, (0, 0))
            with open(os.path.join(folder, "kind-held.lock"), "w", encoding="utf-8") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self.assertEqual(cached("kind-new", self.fail), os.path.join(folder, "kind-new"))
            found = {entry for entry in os.listdir(folder) if not entry.endswith(".lock")}
            self.assertEqual(found, {"kind-young", "kind-held", "other-old", "kind-new"})
            # Used again, it stays.
            cached("kind-held", self.fail)
            cached("kind-new", self.fail)
            self.assertTrue(os.path.isdir(os.path.join(folder, "kind-held", "data")))


class Servers(unittest.TestCase):
    def test_nothing_is_left_behind(self):
        with Stack(tls=True, pgbouncer=True) as stack:
            folder = stack.household.folder
            servers = (stack.postgres, stack.redis, stack.pgbouncer)
            pids = [pid for server in servers for pid in server.descendants()]
            self.assertGreater(len(pids), 3)
            self.assertLess(len(stack.redis.socket), 100)
            self.assertEqual(os.stat(folder).st_mode & 0o077, 0)
        self.assertEqual(alive(pids), [])
        self.assertFalse(os.path.exists(folder))

    def test_a_killed_owner_leaves_nothing(self):
        script = ("import os, sys; from fixtures.stack import Stack\n"
                  "stack = Stack(); connection = stack.postgres.connect()\n"
                  "pids = stack.postgres.descendants() + stack.redis.descendants()\n"
                  "stack.postgres.pause()\n"
                  "print(stack.household.folder, *pids, flush=True); sys.stdin.read()\n")
        with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as owner:
            folder, *pids = owner.stdout.readline().split()
            owner.kill()
        wait_until(lambda: not alive(map(int, pids)), 30, "the servers to end")
        wait_until(lambda: not os.path.exists(folder), 30, "the folder to go")

    def test_with_stack_passes_the_status_on(self):
        result = subprocess.run([WITH_STACK, "--", "sh", "-c", "psql -Xc 'SELECT 1'; exit 7"],
                                stdout=subprocess.DEVNULL, check=False)
        self.assertEqual(result.returncode, 7)

    def test_with_stack_leaves_nothing(self):
        """Neither after a signal nor when the command ends before what it started."""
        for end in ("wait", "exit 0"):
            script = f"sleep 600 & echo $WD_TEST_FOLDER $!; read line; {end}"
            with self.subTest(end=end), \
                    subprocess.Popen([WITH_STACK, "--", "sh", "-c", script], text=True,
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE) as runner:
                folder, stray = runner.stdout.readline().split()
                if end == "wait":
                    runner.send_signal(signal.SIGTERM)
                else:
                    runner.stdin.write("\n")
                    runner.stdin.flush()
                self.assertEqual(runner.wait(timeout=30), 143 if end == "wait" else 0)
                self.assertEqual(alive([int(stray)]), [])
                self.assertFalse(os.path.exists(folder))

    def test_tls_is_verified_and_demanded(self):
        with Stack(tls=True) as stack:
            psycopg2.connect(stack.postgres.tls_url()).close()
            with self.assertRaises(psycopg2.OperationalError):
                psycopg2.connect(stack.postgres.tls_url().replace("verify-full", "disable"))
            client = redis.from_url(stack.redis.tls_url(), ssl_ca_certs=stack.authority.certificate)
            self.assertTrue(client.ping())
            client.close()
            stack.redis.limit("-client|list")
            with self.assertRaises(redis.exceptions.NoPermissionError):
                redis.from_url(stack.redis.tls_url(),
                               ssl_ca_certs=stack.authority.certificate).client_list()

    def test_pause_restart_and_snapshots(self):
        with Stack() as stack:
            client = stack.redis.client()
            client.set("wallet", "old")
            stack.redis.snapshot("night")
            client.set("wallet", "new")
            stack.redis.pause()
            with self.assertRaises(redis.TimeoutError):
                stack.redis.client(socket_timeout=0.2).get("wallet")
            stack.redis.resume()
            wait_until(lambda: stack.redis.client().get("wallet") == "new", 10, "Redis")
            stack.redis.restore("night")
            self.assertEqual(stack.redis.client().get("wallet"), "old")
            stack.redis.restart_empty()
            self.assertIsNone(stack.redis.client().get("wallet"))

            with stack.postgres.connect() as connection, connection.cursor() as cursor:
                cursor.execute("CREATE TABLE deposit (amount numeric)")
            connection.close()
            stack.postgres.snapshot("night")
            with stack.postgres.connect() as connection, connection.cursor() as cursor:
                cursor.execute("INSERT INTO deposit VALUES (1)")
            connection.close()
            stack.postgres.restore("night")
            with stack.postgres.connect() as connection, connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM deposit")
                self.assertEqual(cursor.fetchone(), (0,))
            connection.close()


class RealWorkers(unittest.TestCase):
    def test_both_majors_run_jobs_and_retry(self):
        for major in (5, 6):
            with self.subTest(major=major), Stack() as stack:
                record = stack.household.path("runs")
                with Queues(stack) as queues, \
                        Workers(stack, major, ["consolidation"], record, database=False,
                                fast=True, fail_first=1):
                    job = queues.call("consolidation", "add", "consolidate", {"amount": "1.50"},
                                      {"attempts": 2, "priority": 5}, major=major)
                    wait_until(lambda: queues.call_job("consolidation", job["id"], "getState",
                                                       major=major) == "completed",
                               30, "the job to be completed")
                    runs = read_runs(record)
                    self.assertEqual([run["attempt"] for run in runs], [1, 2])
                    self.assertEqual({run["priority"] for run in runs}, {5})
                    self.assertEqual(runs[0]["data"], {"amount": "1.50"})
                    self.assertEqual(runs[0]["id"], job["id"])

    def test_a_held_worker_keeps_its_job_active(self):
        with Stack() as stack, Queues(stack) as queues, \
                Workers(stack, 6, ["gas-topup"], database=False, fast=True, hold=True) as workers:
            job = queues.call("gas-topup", "add", "topup", {}, {}, major=6)

            def state():
                return queues.call_job("gas-topup", job["id"], "getState", major=6)

            wait_until(lambda: state() == "active", 30, "the job to be active")
            workers.release()
            wait_until(lambda: state() == "completed", 30, "the job to be completed")


if __name__ == "__main__":
    unittest.main(verbosity=2)

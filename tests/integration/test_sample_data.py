#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sample data without a window: what is started, what it does, and that nothing of it stays."""

import glob
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

import psycopg2
import redis

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from fixtures.guardian import process_tree, segments, send  # noqa: E402
from fixtures.processes import Household, dies_with_parent, wait_until  # noqa: E402
from fixtures.stack import Stack  # noqa: E402

SECONDS = 30.0
# A user shall wait five seconds at most. Making a cluster is PostgreSQL's own work, a second on an
# idle machine; all else is to take no longer than this many times that, on a busy one as well.
TIMES_CLUSTER = 3.0
GONE_SECONDS = 10.0
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def sha256(data):
    return hashlib.sha256(data).digest()


def tool_path():
    return os.path.join(os.environ["WD_BUILD_DIR"], "tests", "integration", "sample-tool")


class Tool:
    """A running sample-tool; `said` holds what it said, by its first word."""

    def __init__(self, household, argv=(), as_root=False, **environment):
        variables = {**os.environ, "XDG_RUNTIME_DIR": household.path("runtime"), **environment}
        variables = {name: value for name, value in variables.items() if value is not None}
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            [*argv, household.path("sample-tool")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            cwd="/", text=True, bufsize=1, env=variables, preexec_fn=dies_with_parent(),
            **({} if as_root else household.as_user()))
        self.said = {}
        self.steps = []

    def listen(self, *until):
        """Reads until one of the words UNTIL, or the end; what follows an error belongs to it."""
        word = None
        for line in self.process.stdout:
            first, _space, rest = line.rstrip("\n").partition(" ")
            if word == "error":
                self.said["error"] += "\n" + line.rstrip("\n")
                continue
            word = first
            self.said[word] = rest
            if word == "step":
                self.steps.append(time.monotonic())
            if word in until and word != "error":
                return rest
        return None

    @property
    def keeper(self):
        return wait_until(lambda: process_tree(self.process.pid)[1:], SECONDS, "the keeper")[0]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class SampleData(unittest.TestCase):
    """The program runs as somebody who is not root, from a folder that anybody may read."""

    def setUp(self):
        self.household = Household()
        self.addCleanup(self.household.close)
        self.runtime = self.household.make_folder("runtime")
        shutil.copy(tool_path(), self.household.path("sample-tool"))
        os.chmod(self.household.path("sample-tool"), 0o755)

    def open(self, **options):
        tool = Tool(self.household, **options)
        self.addCleanup(tool.close)
        return tool

    def left(self):
        """What there is of sample data in the session's folder."""
        return glob.glob(os.path.join(self.runtime, "*"))

    def wait_gone(self, pids):
        def gone():
            return not self.left() and not any(process_tree(pid) for pid in pids)

        wait_until(gone, GONE_SECONDS, "the end of servers and folder")

    def open_soon(self):
        """Once it is live, which it is soon, and on a busy machine soon once in three times."""
        for _attempt in range(3):
            tool = self.open()
            tool.listen("ready")
            self.assertIn("ready", tool.said, tool.said)
            cluster = tool.steps[1] - tool.steps[0]
            rest = time.monotonic() - tool.steps[1]
            print(f"a cluster in {cluster:.2f} s, all else in {rest:.2f} s", file=sys.stderr)
            if rest < TIMES_CLUSTER * cluster:
                return tool
            pids = process_tree(tool.keeper)
            tool.close()
            self.wait_gone(pids)
        self.fail("it takes too long")

    def test_works_and_ends(self):
        """It is live soon, private, moves by itself, and a queued job really completes."""
        tool = self.open_soon()
        folder = tool.said["folder"]
        self.assertEqual(self.left(), [folder])
        self.assertEqual(os.stat(folder).st_mode & 0o777, 0o700)
        servers = process_tree(tool.keeper)
        self.assert_private(servers)
        self.assert_left_alone(folder)
        with psycopg2.connect(tool.said["database"]) as database:
            self.assert_filled(database)
            self.assert_moves(database, redis.Redis(unix_socket_path=f"{folder}/redis.sock",
                                                    decode_responses=True))
        database.close()
        tool.close()
        self.wait_gone(servers)

    def assert_left_alone(self, folder):
        """Another sample beside it does not take it for one that was left behind."""
        os.utime(folder, (0, 0))
        other = self.open()
        wait_until(lambda: len(self.left()) == 2, SECONDS, "another folder")
        other.close()
        wait_until(lambda: self.left() == [folder], GONE_SECONDS, "the end of the other")

    def assert_private(self, pids):
        """No server listens on a port."""
        self.assertGreater(len(pids), 3)
        listening = subprocess.run(["ss", "-ltnpH"], check=True, text=True, capture_output=True)
        for pid in pids:
            self.assertNotIn(f"pid={pid},", listening.stdout)

    def assert_filled(self, database):
        with database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM user_wallets")
            self.assertEqual(cursor.fetchone()[0], 600)
            cursor.execute("SELECT address FROM user_wallets WHERE network = 'tron'")
            for (address,) in cursor.fetchall():
                number = 0
                for letter in address:
                    number = number * 58 + BASE58.index(letter)
                data = number.to_bytes(25, "big")
                self.assertEqual(sha256(sha256(data[:21])).hex()[:8], data[21:].hex(), address)
            cursor.execute("SELECT status, count(*) FROM job_logs GROUP BY 1")
            by_status = dict(cursor.fetchall())
            self.assertGreater(by_status["completed"], 4000)
            self.assertGreater(by_status["failed"], 50)
            self.assertLessEqual({"pending", "retrying", "cancelled"}, set(by_status))
            cursor.execute("SELECT count(DISTINCT error_message) FROM job_logs "
                           "WHERE status = 'failed'")
            self.assertGreater(cursor.fetchone()[0], 8)
            cursor.execute("SELECT max(created_at) - min(created_at) > '13 days' FROM job_logs")
            self.assertTrue(cursor.fetchone()[0])
        database.commit()

    def assert_moves(self, database, store):
        """Each queue has its worker; what waits is done, in both stores alike."""
        wait_until(lambda: len({client["name"] for client in store.client_list()
                                if client["name"].endswith(":w:sample")}) == 4, SECONDS,
                   "a worker for each queue")

        def done():
            with database.cursor() as cursor:
                cursor.execute("SELECT job_id FROM job_logs WHERE status = 'completed' AND "
                               "completed_at > now() - interval '1 minute' AND data->>'sample' = "
                               "'true' ORDER BY completed_at DESC LIMIT 20")
                rows = {row[0] for row in cursor.fetchall()}
            database.commit()
            queued = {job for queue in ("sync-balances", "deposit-detection", "gas-topup",
                                        "consolidation")
                      for job in store.zrange(f"bull:{queue}:completed", 0, -1)}
            return rows & queued

        wait_until(done, SECONDS, "a job that completes")
        self.assert_marked_only(store)

    @staticmethod
    def calls(store):
        return store.info("commandstats")["cmdstat_evalsha"]["calls"]

    def assert_marked_only(self, store):
        """Without the mark the queues are nobody's to work on."""
        store.delete("bull:worker-dashboard:site-sample")
        store.lpush("bull:sync-balances:wait", "left-alone")
        before = self.calls(store)
        wait_until(lambda: self.calls(store) > before + 2, SECONDS, "workers that ask")
        self.assertIn("left-alone", store.lrange("bull:sync-balances:wait", 0, -1))

    def test_all_are_killed(self):
        """Together, as when a sandbox ends: nobody is left to clear up, and the kernel does."""
        tool = self.open()
        tool.listen("ready")
        pids = process_tree(tool.process.pid)
        self.assertEqual(len(segments(pids)), 1)
        send(pids, signal.SIGSTOP)
        send(pids, signal.SIGKILL)
        wait_until(lambda: not any(process_tree(pid) for pid in pids), GONE_SECONDS, "their end")
        self.assertEqual(segments(pids), [])

    def test_program_is_killed(self):
        """At any moment: no process stays behind, and no folder."""
        for word in ("folder", "ready"):
            with self.subTest(when=word):
                tool = self.open()
                if word == "folder":
                    wait_until(self.left, SECONDS, "the folder")
                else:
                    tool.listen(word)
                pids = process_tree(tool.keeper)
                tool.process.kill()
                self.wait_gone(pids)

    def test_keeper_is_killed(self):
        """The kernel ends the servers; the next sample removes the folder. When one of its servers
        ends by itself, all of it does, and says what that server said."""
        tool = self.open()
        tool.listen("ready")
        pids = process_tree(tool.keeper)
        os.kill(pids[0], signal.SIGKILL)
        self.assertIn("are gone", tool.listen("ended"))
        wait_until(lambda: not any(process_tree(pid) for pid in pids), GONE_SECONDS,
                   "the end of the servers")
        [folder] = self.left()
        os.utime(folder, (0, 0))
        tool = self.open()
        tool.listen("ready")
        self.assertEqual(self.left(), [tool.said["folder"]])
        pids = process_tree(tool.keeper)
        os.kill(next(pid for pid in pids if self.is_redis(pid)), signal.SIGTERM)
        self.assertIn("Redis failed", tool.listen("ended"))
        self.wait_gone(pids)

    @staticmethod
    def is_redis(pid):
        with open(f"/proc/{pid}/comm", encoding="utf-8") as name:
            return "redis" in name.read()

    def test_refusals(self):
        """Each says what is missing and that nothing was started."""
        empty = self.household.make_folder("empty")
        bad = self.household.make_folder("bad")
        for name, text in (("postgres", "exit 0"), ("redis-server", "sleep 60"),
                           ("initdb", "echo no locale here; exit 1")):
            self.household.write(f"bad/{name}", f"#!/bin/sh\n{text}\n", mode=0o755)
        for what, environment, words in (
                ("missing", {"WORKER_DASHBOARD_SERVERS": empty},
                 ("apt install postgresql redis-server", "dnf install postgresql-server valkey",
                  "Nothing was started")),
                ("initdb", {"WORKER_DASHBOARD_SERVERS": bad},
                 ("initdb failed", "no locale here", "Nothing of them was left behind"))):
            with self.subTest(what=what):
                tool = self.open(**environment)
                tool.listen()
                for word in words:
                    self.assertIn(word, tool.said["error"])
                wait_until(lambda: not self.left(), GONE_SECONDS, "the end of the folder")

    def test_other_servers(self):
        """Neither another folder nor other servers behind a forged one are taken."""
        with Stack() as stack:
            stack.redis.client().set("somebody's", "data")
            connection = stack.postgres.connect(user="postgres", database="postgres")
            with connection.cursor() as cursor:
                cursor.execute("CREATE ROLE sample SUPERUSER LOGIN")
            connection.close()
            forged = stack.household.make_folder("wd-sample-forged")
            os.chmod(forged, 0o700)
            os.symlink(stack.redis.socket, os.path.join(forged, "redis.sock"))
            os.symlink(os.path.join(stack.postgres.socket_folder,
                                    f".s.PGSQL.{stack.postgres.port}"),
                       os.path.join(forged, ".s.PGSQL.5432"))
            for folder, words in ((stack.postgres.socket_folder, "not the private folder"),
                                  (forged, "is not the one of the sample data")):
                said = subprocess.run([self.household.path("sample-tool"), folder], check=True,
                                      text=True, capture_output=True,
                                      **self.household.as_user()).stdout.splitlines()
                self.assertEqual([words in line for line in said], [True, True], said)
            self.assertEqual(stack.redis.client().dbsize(), 1)

    def test_root(self):
        argv = [] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user"]
        tool = self.open(argv=argv, as_root=True)
        tool.listen()
        self.assertIn("PostgreSQL does not run as root", tool.said["error"])
        self.assertEqual(self.left(), [])

    def test_elsewhere(self):
        """Where the session has no folder, or one too deep for sockets, another is taken; a start
        that is cancelled leaves nothing."""
        deep = self.household.make_folder("runtime", "d" * 60)
        for runtime in (None, deep):
            with self.subTest(runtime=runtime):
                wait_until(lambda: self.cancel(runtime, deep), SECONDS, "a start that is cancelled")

    def cancel(self, runtime, deep):
        """Whether a start was, which may be over before somebody can; nothing of it is left."""
        tool = self.open(XDG_RUNTIME_DIR=runtime, TMPDIR=self.runtime)
        wait_until(lambda: [path for path in self.left() if path != deep], SECONDS, "the folder")
        tool.process.stdin.write("stop\n")
        tool.listen("cancelled", "ready")
        if "ready" in tool.said:
            tool.close()
        wait_until(lambda: self.left() in ([], [deep]), GONE_SECONDS, "the end of it")
        return "cancelled" in tool.said


if __name__ == "__main__":
    unittest.main(verbosity=2)

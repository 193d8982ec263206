#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bulk work through our client and our service, when connections are lost in between: frozen once,
done once, found again, paused from here, and not for everybody."""

import signal
import unittest

from fixtures.processes import wait_until
from fixtures.relay import Relay
from server_case import ServerCase

FAILED, REFUSED, NO_CONNECTION = 1, 4, 5


class RemoteBulk(ServerCase):
    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE worker_dashboard.bulk_run CASCADE")
        self.relay = Relay(self.service.port)
        self.addCleanup(self.relay.close)

    def remote(self, token=None):
        return {"WORKER_DASHBOARD_API_URL": self.relay.url, "DATABASE_URL": "", "REDIS_URL": "",
                "WORKER_DASHBOARD_API_TOKEN": token or self.operator}

    def bulk(self, *arguments, status=0, token=None):
        return self.ask("bulk", *arguments, status=status, **self.remote(token))

    def runs(self):
        return self.site.sql("SELECT id::text, state FROM worker_dashboard.bulk_run")

    def make_wallets(self, count):
        self.site.sql("INSERT INTO user_wallets (address, network) SELECT 'W' || i, 'tron' "
                      "FROM generate_series(1, %s) i", count)

    def assert_each_once(self, count):
        jobs = self.site.sql("SELECT wallet_address, count(*) FROM job_logs GROUP BY 1")
        self.assertEqual((len(jobs), {n for _wallet, n in jobs}), (count, {1}))
        self.assertEqual(len(self.queued("sync-balances")), count)

    def test_answers_that_are_lost(self):
        self.make_wallets(20)
        self.relay.swallow = ("POST /api/bulk ", 2)
        run = self.bulk("dispatch", "sync", "--all")
        self.assertEqual(self.runs(), [(run["id"], "frozen")])
        self.relay.swallow = ("/run ", 2)
        done = self.bulk("run", run["id"])
        self.assertEqual((done["state"], done["done"], done["refused"]), ("done", 20, []))
        orders = [line.split()[1] for line in self.relay.seen if line[:4] == "POST"]
        self.assertEqual(orders[:3], ["/api/bulk"] * 3)
        # It looks before it says so again, and may see that it goes on.
        self.assertIn(orders[3:], [[f"/api/bulk/{run['id']}/run"] * n for n in (1, 2, 3)])
        self.assertEqual(self.bulk("run", run["id"])["state"], "done")
        self.assert_each_once(20)

    def test_a_filter_says_all(self):
        """Also what the service's own conditions cannot say."""
        rows = self.add_jobs(4, status="failed", error_message="out of gas", job_type="gas-topup")
        self.add_jobs(3, status="failed", error_message="late")
        self.site.sql("UPDATE job_logs SET retry_count = 2 WHERE id = %s", rows[0])
        for line, total in (("error:gas", 4), ("-error:gas", 3),
                            ("type:sync,gas-topup retries:>=2", 1)):
            found = self.post("/api/bulk", {"operation": "retry", "jobs": {"filter": line}}, 201)
            self.assertEqual(found["total"], total, line)
        self.assertEqual(self.bulk("retry", "--type", "gas-topup", "--type", "sync")["total"], 7)
        self.assertEqual(self.bulk("retry", "--to", "2020-01-01")["total"], 0)

    def test_a_connection_that_breaks(self):
        """It goes on over there, is found again, and what was paused meanwhile stays so."""
        self.make_wallets(6000)
        free = self.slow_down()
        run = self.bulk("dispatch", "sync", "--all")
        follower = self.start("--json", "bulk", "run", run["id"], **self.remote())
        wait_until(lambda: self.get(f"/api/bulk/{run['id']}")["is_running"], 30, "the run")
        wait_until(lambda: any("report=false" in line for line in self.relay.seen), 30, "a look")
        self.relay.shut = True
        self.relay.cut()
        _out, told = follower.communicate(timeout=60)
        self.assertEqual(follower.returncode, NO_CONNECTION, told)
        self.assertIn("goes on with it by itself", told)
        self.assertIn(f"wdctl bulk show {run['id']}", told)
        self.relay.shut = False
        self.assertTrue(self.bulk("show", run["id"])["is_running"])
        free()
        self.assertEqual(self.bulk("run", run["id"])["done"], 6000)
        self.assert_each_once(6000)

    def start_follower(self, run):
        """One who lets it go on and looks after it again and again; nobody else does meanwhile."""
        before = len(self.relay.seen)
        follower = self.start("--json", "bulk", "run", run["id"], **self.remote())
        wait_until(lambda: sum("report=false" in line for line in self.relay.seen[before:]) > 3, 30,
                   "its looks")
        return follower

    def test_pause(self):
        self.make_wallets(6000)
        free = self.slow_down()
        run = self.bulk("dispatch", "sync", "--all")
        first = self.start_follower(run)
        first.send_signal(signal.SIGSTOP)
        second = self.start_follower(run)
        first.send_signal(signal.SIGCONT)
        first.send_signal(signal.SIGINT)
        wait_until(lambda: self.site.sql("SELECT 1 FROM worker_dashboard.audit "
                                         "WHERE target_id = %s AND action = 'stop-bulk'",
                                         run["id"]), 30, "the word to stop")
        _out, told = first.communicate(timeout=60)
        self.assertIn(f"wdctl bulk run {run['id']}", told)
        _out, told = second.communicate(timeout=60)
        self.assertEqual(second.returncode, REFUSED, told)
        self.assertIn("was paused at the remote dashboard", told)
        state = self.get(f"/api/bulk/{run['id']}")
        self.assertEqual((state["state"], state["last_error"]), ("paused", None))
        self.assertLess(state["done"], 6000)
        self.assertEqual(self.bulk("pause", run["id"])["state"], "paused")
        free()
        self.assertEqual(self.bulk("run", run["id"])["done"], 6000)
        self.assert_each_once(6000)

    def test_roles_and_limits(self):
        self.make_wallets(2)
        run = self.bulk("dispatch", "sync", "--all")
        for words in (("dispatch", "sync", "--all"), ("run", run["id"]), ("pause", run["id"]),
                      ("discard", run["id"])):
            refused = self.bulk(*words, status=FAILED, token=self.viewer)
            self.assertEqual(refused["code"], "not-supported")
            self.assertIn("a token of the role operator", refused["error"])
        self.assertEqual(self.bulk("show", run["id"], token=self.viewer)["state"], "frozen")
        self.assertEqual(len(self.bulk("list", token=self.viewer)["runs"]), 1)
        refused = self.bulk("dispatch", "sync", "--all", "--force", status=FAILED)
        self.assertIn("force", refused["error"])
        self.bulk("dispatch", "sync", "--all", "--force", token=self.admin)
        many = [word for i in range(3000) for word in ("--wallet", f"W{i:040}")]
        before = len(self.relay.seen)
        refused = self.bulk("dispatch", "sync", *many, status=FAILED)
        self.assertEqual((refused["code"], "64 KiB" in refused["error"]), ("not-supported", True))
        self.assertFalse([line for line in self.relay.seen[before:] if line[:4] == "POST"])


if __name__ == "__main__":
    unittest.main()

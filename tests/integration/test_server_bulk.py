#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bulk work over HTTP: frozen, counted, run by its id, stopped, gone on with, and done once."""

import contextlib
import signal
import os
import threading
import unittest
import uuid

from fixtures.processes import wait_until
from money_case import QUEUE
from server_case import ServerCase

NOBODY = str(uuid.uuid4())

# Body, and the field that is named.
REFUSED = (
    ({}, "operation"), ({"operation": "delete"}, "operation"), ({"operation": 1}, "operation"),
    ({"operation": "retry"}, "job_ids"), ({"operation": "retry", "job_ids": []}, "job_ids"),
    ({"operation": "retry", "job_ids": NOBODY}, "job_ids"),
    ({"operation": "retry", "job_ids": [1]}, "job_ids"),
    ({"operation": "retry", "job_ids": ["a\0"]}, "job_ids"),
    ({"operation": "retry", "job_ids": ["x"]}, "job_ids"),
    ({"operation": "retry", "job_ids": [NOBODY], "jobs": {}}, "job_ids"),
    ({"operation": "retry", "jobs": []}, "jobs"),
    ({"operation": "retry", "jobs": {"job_type": ["sync"]}}, "job_type"),
    ({"operation": "retry", "jobs": {"job_type": ""}}, "job_type"),
    ({"operation": "retry", "jobs": {"job_type": None}}, "job_type"),
    ({"operation": "retry", "jobs": {"status": "failed"}}, "status"),
    ({"operation": "retry", "jobs": {"from_date": "yesterday"}}, "from_date"),
    ({"operation": "retry", "jobs": {"user_id": "me"}}, "user_id"),
    ({"operation": "retry", "jobs": {"filter": "type:sync", "job_type": "sync"}}, "job_type"),
    ({"operation": "retry", "jobs": {"filter": "created:soon"}}, "filter"),
    ({"operation": "retry", "jobs": {"filter": "network:tron"}}, "filter"),
    ({"operation": "retry", "wallets": {}}, "wallets"),
    ({"operation": "retry", "jobs": {}, "reset_retry_count": 1}, "reset_retry_count"),
    ({"operation": "retry", "jobs": {}, "force": 1}, "force"),
    ({"operation": "dispatch", "wallets": {}}, "job_type"),
    ({"operation": "dispatch", "job_type": "deposit-detection", "wallets": {}}, "job_type"),
    ({"operation": "dispatch", "job_type": "sync"}, "wallet_addresses"),
    ({"operation": "dispatch", "job_type": "sync", "wallets": {"min_balance": "much"}}, "wallets"),
    ({"operation": "dispatch", "job_type": "sync", "wallets": {"needs_love": True}}, "needs_love"),
    ({"operation": "dispatch", "job_type": "sync", "wallets": {"needs_gas": "True"}}, "needs_gas"),
    ({"operation": "dispatch", "job_type": "sync", "wallets": {"needs_consolidation": 1}},
     "needs_consolidation"),
    ({"operation": "dispatch", "job_type": "sync", "wallets": {}, "priority": 7}, "priority"),
    ({"operation": "dispatch", "job_type": "sync", "wallets": {}, "user_id": "me"}, "user_id"),
    ({"operation": "dispatch", "job_type": "sync", "wallets": {}, "jobs": {}}, "jobs"),
    ({"operation": "set-flags", "wallets": {}}, "flags"),
    ({"operation": "set-flags", "wallets": {}, "flags": {}}, "flags"),
)


class Bulk(ServerCase):
    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE worker_dashboard.bulk_run CASCADE")

    def freeze(self, status=201, token=None, headers=(), **body):
        return self.post("/api/bulk", body, status, token, **dict(headers))

    def freeze_wallets(self, **body):
        return self.freeze(operation="dispatch", job_type="sync", **{"wallets": {}, **body})

    def go(self, run, status=(200, 202), word="run", service=None, token=None, **body):
        reply = (service or self.service).post(f"/api/bulk/{run['id']}/{word}", body,
                                               token or self.operator)
        self.assertIn(reply.status, status if isinstance(status, tuple) else (status,), reply)
        return reply.document

    def wait_done(self, run):
        wait_until(lambda: self.get(f"/api/bulk/{run['id']}")["state"] == "done", 30, "the run")
        return self.get(f"/api/bulk/{run['id']}")

    def trail(self, run):
        return self.site.sql("SELECT action, os_user, host, after ->> 'job_type' "
                             "FROM worker_dashboard.audit WHERE target_type = 'bulk' "
                             "AND target_id = %s ORDER BY id", run["id"])

    def make_wallets(self, count):
        self.site.sql("INSERT INTO user_wallets (address, network, needs_gas) SELECT 'W' || i, "
                      "'tron', i %% 2 = 0 FROM generate_series(1, %s) i", count)

    def assert_each_once(self, count):
        jobs = self.site.sql("SELECT wallet_address, count(*) FROM job_logs GROUP BY 1")
        self.assertEqual((len(jobs), {n for _wallet, n in jobs}), (count, {1}))
        self.assertEqual(len(self.queued("sync-balances")), count)
        self.assertEqual(self.site.outbox(), [])

    def test_refusals(self):
        for body, field in REFUSED:
            with self.subTest(body=body):
                self.assertEqual(self.post("/api/bulk", body, 400).get("field"), field)
        for word in ("run", "stop", "discard"):
            for body, status in (({"x": 1}, 400), ({"confirm": "1"}, 400), ({}, 404)):
                self.post(f"/api/bulk/{NOBODY}/{word}", body, status)
            self.post(f"/api/bulk/x/{word}", {}, 404)
            self.post(f"/api/bulk/{NOBODY}/{word}", {}, 403, self.viewer)
        self.get(f"/api/bulk/{NOBODY}", 404)
        self.post("/api/bulk", {"operation": "retry", "jobs": {}}, 403, self.viewer)
        self.make_wallets(1)
        force = {"operation": "dispatch", "job_type": "sync", "wallets": {}, "force": True}
        self.assertEqual(self.post("/api/bulk", force, 403)["field"], "force")
        forced = self.post("/api/bulk", force, 201, self.admin)
        self.assertEqual(self.go(forced, status=403)["field"], "force")
        self.assertEqual(self.rows(), [])
        retry = {"operation": "retry", "jobs": {}, "force": True}
        self.assertEqual(self.post("/api/bulk", retry, 403)["field"], "force")
        self.assertTrue(self.post("/api/bulk", retry, 201, self.admin)["force"])
        self.go(forced, token=self.admin)
        self.wait_done(forced)
        self.assertEqual(self.service.ask("DELETE", "/api/bulk", self.admin).headers["allow"],
                         "GET, HEAD, POST")

    def test_dispatch(self):
        self.make_wallets(20)
        self.dispatch("W2", job_type="sync")
        reply = self.service.post("/api/bulk", {
            "operation": "dispatch", "job_type": "sync", "priority": 10,
            "wallets": {"needs_gas": True, "network": "tron"}}, self.operator)
        run = reply.document
        self.assertEqual((reply.status, reply.headers["location"]),
                         (201, f"/api/bulk/{run['id']}"), reply)
        self.assertEqual((run["state"], run["total"], run["left"], run["priority"],
                          run["created_by"], run["counts"]),
                         ("frozen", 10, 10, 10, "operator",
                          [{"job_type": "sync", "network": "tron", "n": 10}]))
        self.assertEqual([(one["code"], one["n"]) for one in run["forecast"]], [("duplicate", 1)])
        self.assertEqual(len(self.rows()), 1)
        self.go(run, confirm=9, status=409)
        self.go({"id": run["id"].upper()}, confirm=10)
        done = self.wait_done(run)
        self.assertEqual((done["done"], done["refused_count"], done["undelivered"],
                          [one["wallet_address"] for one in done["refused"]]), (9, 1, 0, ["W2"]))
        self.assert_each_once(10)
        self.assertEqual(self.go(run, status=200)["state"], "done")
        self.go(run, status=409, word="discard")
        self.assertEqual(self.go(run, status=200, word="stop")["state"], "done")
        self.assertEqual([one["id"] for one in self.get("/api/bulk")["runs"]], [run["id"]])
        self.assertEqual(self.site.sql(
            "SELECT DISTINCT os_user, host FROM worker_dashboard.audit WHERE action = 'dispatch' "
            "AND target_id IN (SELECT id::text FROM job_logs)"), [("operator", "127.0.0.1")])

    def test_retry(self):
        self.make_wallets(3)
        *failed, spent = [self.dispatch(f"W{i}")["job"]["id"] for i in range(1, 4)]
        for row in (*failed, spent):
            self.redis.lrem(f"bull:{QUEUE}:wait", 1, row)
            self.redis.zrem(f"bull:{QUEUE}:prioritized", row)
            self.redis.hset(f"bull:{QUEUE}:{row}", mapping={"finishedOn": "2", "atm": "1"})
            self.redis.zadd(f"bull:{QUEUE}:failed", {row: 2})
        self.site.sql("UPDATE job_logs SET status = 'failed', completed_at = now(), "
                      "retry_count = CASE WHEN id = %s THEN 3 ELSE 0 END", spent)
        run = self.freeze(operation="retry", jobs={"job_type": "gas-topup"})
        self.assertEqual([(one["code"], one["n"]) for one in run["forecast"]],
                         [("retries-exhausted", 1)])
        self.go(run)
        done = self.wait_done(run)
        self.assertEqual(([one["id"] for one in done["refused"]], self.queued()),
                         ([spent], sorted(failed)))
        run = self.freeze(operation="retry", job_ids=[spent, spent], reset_retry_count=True)
        self.assertEqual((run["total"], run["reset"]), (1, True))
        self.go(run)
        self.wait_done(run)
        self.assertEqual(self.row(spent, "status, retry_count"), ("pending", 0))

    def test_flags_and_discard(self):
        self.make_wallets(3)
        run = self.freeze(operation="set-flags", wallet_addresses=["W1", "W3"],
                          flags={"needs_consolidation": True})
        for _asked in range(2):
            self.assertEqual(self.go(run, word="discard", status=200)["state"], "discarded")
        self.assertEqual(self.trail(run), [("discard-bulk", "operator", "127.0.0.1", None)])
        self.go(run, status=409)
        run = self.freeze(operation="set-flags", wallet_addresses=["W1", "W3"],
                          flags={"needs_consolidation": True})
        self.go(run)
        self.wait_done(run)
        self.assertEqual(self.site.sql("SELECT address FROM user_wallets "
                                       "WHERE needs_consolidation ORDER BY 1"), [("W1",), ("W3",)])

    def test_keys(self):
        self.make_wallets(2)
        key = {"Idempotency_Key": "bulk-1"}
        first = self.freeze(headers=key, operation="retry", jobs={})
        self.assertEqual(self.freeze(headers=key, operation="retry", jobs={})["id"], first["id"])
        self.freeze(409, headers=key, operation="retry", jobs={"job_type": "sync"})
        self.post("/api/dispatch/sync", {"wallet_address": "W1"}, 409, **key)
        self.assertEqual(len(self.get("/api/bulk")["runs"]), 1)

    def hold_pauses(self):
        """No run is paused while somebody has the lock; to be said before one goes on."""
        self.site.sql("CREATE OR REPLACE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql "
                      "AS 'BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NEW; END'")
        self.site.sql("CREATE TRIGGER wait BEFORE UPDATE ON worker_dashboard.bulk_run FOR EACH ROW "
                      "WHEN (NEW.state = 'paused') EXECUTE FUNCTION public.wait()")
        self.addCleanup(self.site.sql, "DROP FUNCTION IF EXISTS public.wait() CASCADE")

    def stop_and_start(self, run):
        """Starts a run again while it is being paused; returns what the stop was answered."""
        answers = []
        stop = threading.Thread(target=lambda: answers.append(self.go(run, 200, "stop")))
        with contextlib.closing(self.site.postgres.connect()) as other:
            other.cursor().execute("SELECT pg_advisory_lock(7)")
            stop.start()
            wait_until(lambda: self.site.sql("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' "
                                             "AND NOT granted"), 30, "the pause")
            refused = self.service.post(f"/api/bulk/{run['id']}/run", {}, self.operator)
        stop.join(60)
        self.assertEqual((refused.status, refused.headers["retry-after"]), (409, "1"), refused)
        self.assertIn("being paused", refused.document["error"])
        self.site.sql("DROP FUNCTION public.wait() CASCADE")
        return answers[0]

    def test_stop_and_go_on(self):
        self.make_wallets(4000)
        run = self.freeze_wallets()
        free = self.hold_wallet("W1500")
        self.hold_pauses()
        self.go(run, status=202)
        self.assertEqual(self.go(run, status=202)["is_running"], True)
        self.wait_held()
        stopped = self.stop_and_start(run)
        free()
        self.assertEqual((stopped["state"], stopped["last_error"], stopped["is_running"]),
                         ("paused", None, False))
        self.assertGreater(stopped["done"], 0)
        self.assertGreater(stopped["left"], 0)
        self.assertEqual(self.trail(run), [("run-bulk", "operator", "127.0.0.1", "sync"),
                                           ("stop-bulk", "operator", "127.0.0.1", "sync")])
        # One that ends in its orderly way pauses what it works on.
        other = self.start_service("--rate-limit", "0")
        free = self.hold_wallet("W3000")
        self.go(run, service=other, status=202)
        other.process.send_signal(signal.SIGTERM)
        wait_until(lambda: "Stopping" in other.log_text(), 30, "the word")
        free()
        self.assertEqual(other.process.wait(60), 0)
        self.assertEqual(self.get(f"/api/bulk/{run['id']}")["state"], "paused")
        self.go(run)
        self.wait_done(run)
        self.assert_each_once(4000)

    def test_a_service_that_dies(self):
        self.make_wallets(600)
        run = self.freeze_wallets()
        other = self.start_service("--rate-limit", "0", WD_FAULT="bulk:slice")
        # It is answered before where the slice takes long.
        with contextlib.suppress(ConnectionError):
            self.go(run, service=other, status=202)
        self.assertEqual(other.process.wait(60), -signal.SIGKILL)
        left = self.get(f"/api/bulk/{run['id']}")
        self.assertEqual((left["state"], left["done"], left["can_take_over"]),
                         ("running", 500, False))
        for word in ("run", "stop", "discard"):
            refused = self.go(run, word=word, status=409)
            self.assertEqual(refused["code"], "busy", word)
            for since in (left["started_at"], left["heartbeat"]):
                self.assertIn(since, refused["error"], word)
        self.assertEqual(self.trail(run), [("run-bulk", "operator", "127.0.0.1", "sync")])
        self.site.sql("UPDATE worker_dashboard.bulk_run SET heartbeat = "
                      "heartbeat - interval '61 seconds'")
        self.go(run)
        self.wait_done(run)
        self.assertEqual(self.site.wdctl("outbox", "send").status, 0)
        self.assert_each_once(600)

    def test_production_asks_for_the_number(self):
        home = self.site.household.path("live")
        os.makedirs(os.path.join(home, "worker-dashboard"), exist_ok=True)
        with open(os.path.join(home, "worker-dashboard", "profiles.conf"), "w",
                  encoding="utf-8") as file:
            file.write(f"[Live]\ndatabase-url={self.site.postgres.url()}\n"
                       f"redis-url={self.site.redis.url()}\nkeyring=false\nproduction=true\n")
        self.check_number(self.start_service("--profile", "Live", XDG_CONFIG_HOME=home))

    def test_option_asks_for_the_number(self):
        self.check_number(self.start_service("--production"))

    def test_option_refuses_writes(self):
        service = self.start_service("--read-only")
        self.make_wallets(1)
        refused = service.post("/api/dispatch/sync", {"wallet_address": "W1"}, self.operator)
        self.assertEqual((refused.document["code"], self.rows()), ("read-only", []), refused)
        self.assertNotIn("bulk-run", refused.headers["worker-dashboard-offers"])

    def check_number(self, service):
        self.make_wallets(11)
        run = self.freeze_wallets()
        told = service.get(f"/api/bulk/{run['id']}?report=false", self.viewer).document
        self.assertEqual((run["must_confirm"], told["must_confirm"], "counts" in told),
                         (False, True, False))
        refused = self.go(run, service=service, status=409)
        self.assertEqual((refused["field"], refused["error"][-2:]), ("confirm", "11"))
        self.go(run, service=service, status=409, confirm=10)
        self.go(run, service=service, confirm=11)
        self.wait_done(run)


if __name__ == "__main__":
    unittest.main()

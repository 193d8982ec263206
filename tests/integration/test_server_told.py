#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service tells of itself is so: each answer is as its document says, and its metrics."""

import contextlib
import copy
import json
import os
import subprocess
import unittest
import uuid

from fixtures.exposition import read_exposition
from fixtures.openapi import OpenApi
from fixtures.processes import dies_with_parent, free_port, wait_until
from fixtures.service import server_path
from server_case import ServerCase

NOBODY = str(uuid.uuid4())

# Asked without a body, and what comes of it.
READ = (("/api/jobs/list", 200), ("/api/jobs/list?limit=1", 200), ("/api/jobs/list?limit=0", 400),
        ("/api/jobs/{job}", 200), (f"/api/jobs/{NOBODY}", 404), ("/api/wallets/list", 200),
        ("/api/wallets/list?summary=true", 200), ("/api/wallets/list?min_balance=x", 400),
        ("/api/workers/stats", 200), ("/api/queues", 200), ("/api/events", 200), ("/api/bulk", 200),
        ("/api/bulk/{run}", 200), ("/api/bulk/{run}?report=false", 200),
        ("/api/jobs/errors", 200), ("/api/jobs/errors?filter=-type:sync&all=true", 200),
        ("/api/jobs/errors?filter=type:", 400), ("/api/jobs/list?filter=retries:>=1&limit=1", 200),
        ("/api/jobs/list?filter=status:failed&status=failed", 400),
        (f"/api/bulk/{NOBODY}", 404), ("/metrics", 200), ("/openapi.json", 200), ("/healthz", 200),
        ("/readyz", 200))

# Asked with one. W1 and W3 have no job yet.
WRITTEN = (
    ("/api/dispatch/gas-topup", {"wallet_address": "W1"}, 200),
    ("/api/dispatch/gas-topup", {"wallet_address": "W1"}, 409),
    ("/api/dispatch/gas-topup", {"wallet_address": "nobody"}, 404),
    ("/api/dispatch/consolidation", {"wallet_address": "W1", "priority": 10}, 200),
    ("/api/dispatch/sync", {"wallet_address": "W1", "triggered_by": "schedule"}, 200),
    ("/api/dispatch/sync", {}, 400),
    ("/api/jobs/retry", {"job_id": "{failed}", "reset_retry_count": True}, 200),
    ("/api/jobs/retry", {"job_id": "{failed}"}, 400), ("/api/jobs/retry", {"job_id": NOBODY}, 404),
    ("/api/wallets/set-flags", {"wallet_address": "W2", "flags": {"needs_gas": False}}, 200),
    ("/api/wallets/set-flags", {"wallet_address": "W2", "flags": {"x": False}}, 400),
    ("/api/queues/gas-topup/pause", {}, 200), ("/api/queues/gas-topup/resume", {}, 200),
    ("/api/queues/nothing/pause", {}, 404), ("/api/queues/gas-topup/pause", {"x": 1}, 400),
    ("/api/bulk", {"operation": "retry", "jobs": {}}, 201),
    ("/api/bulk", {"operation": "dispatch", "job_type": "sync", "wallet_addresses": ["W1", "x"]},
     201),
    ("/api/bulk", {"operation": "set-flags", "flags": {"needs_gas": True}, "wallets": {}}, 201),
    ("/api/bulk", {"operation": "retry", "jobs": {"filter": "type:sync"}}, 201),
    ("/api/bulk", {"operation": "retry"}, 400),
    ("/api/bulk/{run}/stop", {}, 200), ("/api/bulk/{run}/run", {}, 200),
    (f"/api/bulk/{NOBODY}/run", {}, 404), ("/api/bulk/{run}/discard", {}, 409),
    ("/api/bulk/{other}/discard", {}, 200),
)


def fill(value, names):
    """VALUE with what its braces name."""
    if isinstance(value, dict):
        return {key: fill(item, names) for key, item in value.items()}
    return names.get(value[1:-1], value) if isinstance(value, str) and value[:1] == "{" else value


class Told(ServerCase):
    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE worker_dashboard.bulk_run CASCADE")
        self.site.sql("INSERT INTO user_wallets (address, balance, network) VALUES "
                      "('W1', 1e-18, 'tron'), ('W2', 'NaN', NULL), ('W3', NULL, 'tron')")

    def check(self, api, method, path, reply):
        self.assertEqual(api.problems(method, path, reply), [], f"{method} {path}: {reply}")

    def ask_all(self, api, names):
        """Asks everything; returns which operations were done."""
        done = set()
        # Events have no end: their head has to do.
        asked = [("HEAD" if path == "/api/events" else "GET", path, None, status)
                 for path, status in READ]
        asked += [("POST", *row) for row in WRITTEN]
        for method, path, body, status in asked:
            path = path.format(**names)
            with self.subTest(method=method, path=path, body=body):
                reply = self.service.ask(method, path, self.admin,
                                         fill(body, names) if body is not None else None)
                self.assertEqual(reply.status, status, reply)
                self.check(api, method, path, reply)
                if status < 300:
                    done.add(api.find(method, path))
        return done

    def test_every_answer_is_as_documented(self):
        api = OpenApi(self.get("/openapi.json"))
        for name, schema in api.document["components"]["schemas"].items():
            self.assertEqual(api.check(None, {"anyOf": [schema, {}]}, name), [], name)
        freeze = {"operation": "dispatch", "job_type": "sync", "wallet_addresses": ["W3", "x"]}
        names = {"failed": self.site.add_failed_jobs(1)[0], "job": self.site.add_failed_jobs(1)[0],
                 "run": self.post("/api/bulk", freeze, 201)["id"],
                 "other": self.post("/api/bulk", freeze, 201)["id"]}
        done = self.ask_all(api, names)
        self.assertEqual(done, set(api.operations))
        for (method, path), operation in api.operations.items():
            path = path.replace("{id}", NOBODY).replace("{queue}", "gas-topup")
            tries = [(self.admin, "text/plain", 415, method == "POST"),
                     (None, "application/json", 401, "security" not in operation),
                     (self.viewer, "application/json", 403,
                      operation.get("x-least-role") not in (None, "viewer"))]
            for token, kind, status, is_so in tries:
                if is_so:
                    reply = self.service.ask(method, path, token, "{}" if method == "POST" else
                                             None, Content_Type=kind)
                    # Who comes without a token again and again is slowed down.
                    self.assertIn(reply.status, (status, 429) if status == 401 else (status,),
                                  f"{method} {path}: {reply}")
                    self.check(api, method, path, reply)
            reply = self.service.ask("DELETE", path, self.admin)
            self.assertEqual(reply.status, 405)
            self.check(api, method, path, reply)

    def start_unheard(self):
        """Returns a service whose log is a full pipe, and the end of that to read from."""
        service = copy.copy(self.service)
        service.port = free_port()
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        with contextlib.suppress(BlockingIOError):
            while os.write(writer, b"\n"):
                pass
        os.set_blocking(writer, True)
        service.process = subprocess.Popen(  # pylint: disable=consider-using-with
            [server_path(), "--listen", f"127.0.0.1:{service.port}"], env=service.environment,
            stderr=writer, preexec_fn=dies_with_parent())
        os.close(writer)
        self.addCleanup(service.kill)

        def listens():
            with contextlib.suppress(ConnectionRefusedError):
                return service.connect().close() is None

        wait_until(listens, 30, "a service to listen")
        return service, reader

    def test_a_log_that_nobody_takes(self):
        service, reader = self.start_unheard()
        self.addCleanup(os.close, reader)
        for _request in range(3):
            self.assertEqual(service.get("/healthz", seconds=10).status, 200)
        os.read(reader, 1 << 20)
        service.get("/healthz")
        line = json.loads(os.read(reader, 1 << 20).decode().splitlines()[0])
        self.assertRegex(line["message"], r"^[1-9]\d* lines of this log are lost")

    def scrape(self, service=None):
        reply = (service or self.service).get("/metrics", self.viewer)
        self.assertEqual((reply.status, reply.headers["content-type"]),
                         (200, "text/plain; version=0.0.4; charset=utf-8"))
        return read_exposition(reply.text)

    def test_metrics(self):
        for name in ("completed", "failed"):
            self.redis.hset(f"bull:gas-topup:metrics:{name}", "count", 7)
        self.dispatch("W1")
        self.site.add_failed_jobs(2, "sync")
        self.site.sql("UPDATE job_logs SET completed_at = now() WHERE status = 'failed'")
        service = self.start_service("--rate-limit", "0")
        service.get(f"/api/jobs/{NOBODY}", self.viewer)
        service.get("/api/nothing/W1", self.viewer)
        samples, types = self.scrape(service)

        def value(name, **labels):
            return samples.get((name, frozenset(labels.items())))

        ours = "worker_dashboard_"
        for expected, name, labels in (
                (1, "bullmq_job_count", {"queue": "gas-topup", "state": "prioritized"}),
                (0, "bullmq_job_count", {"queue": "sync-balances", "state": "waiting-children"}),
                (7, "bullmq_job_completed_total", {"queue": "gas-topup"}),
                (None, "bullmq_job_completed_total", {"queue": "sync-balances"}),
                (7, "bullmq_job_failed_total", {"queue": "gas-topup"}),
                (1, ours + "store_up", {"store": "postgresql"}),
                (1, ours + "store_up", {"store": "redis"}), (1, ours + "jobs_pending", {}),
                (0, ours + "undelivered_jobs", {}), (3, ours + "wallets", {}),
                (2, ours + "jobs_failed_last_hour", {"job_type": "sync"}),
                (2, ours + "jobs_failed", {"job_type": "sync"}),
                (0, ours + "queue_workers", {"queue": "gas-topup"}),
                (0, ours + "queue_paused", {"queue": "gas-topup"}),
                (1, ours + "http_requests_total", {"path": "/api/jobs/{id}", "status": "404"}),
                (1, ours + "http_requests_total", {"path": "other", "status": "404"}),
                (1, ours + "http_request_duration_seconds_count", {"path": "/api/jobs/{id}"}),
                (1, ours + "http_requests_running", {}),
                (0, ours + "alerts_open", {"severity": "critical"})):
            self.assertEqual(value(name, **labels), expected, (name, labels))
        self.assertEqual(types["bullmq_job_completed_total"], "counter")
        self.assertGreater(value("process_resident_memory_bytes"), 1e6)
        self.assertGreater(value(ours + "connections", store="postgresql"), 0)
        # Whatever somebody asks for, there are no more labels than routes and statuses.
        for number in range(5):
            service.get(f"/api/nothing/{number}", self.viewer)
            service.get(f"/api/jobs/{number}", self.viewer)
        again, _types = self.scrape(service)
        self.assertEqual(set(again) - set(samples),
                         {key for key in again if ("path", "/metrics") in key[1]})
        self.assertEqual(service.ask("GET", "/metrics").status, 401)

    def test_metrics_while_a_store_is_away(self):
        service = self.start_service("--rate-limit", "0",
                                     REDIS_URL="redis://127.0.0.1:1")
        samples, _types = self.scrape(service)
        stores = {dict(labels)["store"]: value for (name, labels), value in samples.items()
                  if name == "worker_dashboard_store_up"}
        self.assertEqual(stores, {"postgresql": 1, "redis": 0})
        self.assertNotIn("bullmq_job_count", {name for name, _labels in samples})
        self.assertIn("worker_dashboard_wallets", {name for name, _labels in samples})


if __name__ == "__main__":
    unittest.main()

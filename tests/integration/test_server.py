#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service answers what the API says: each endpoint, each refusal, in raw HTTP."""

import http.client
import os
import socket
import time
import unittest
import uuid

from fixtures.processes import wait_until
from fixtures.site import OWNER
from server_case import ServerCase
from wdctl_case import JOB, WALLET

NOBODY = str(uuid.uuid4())
AMOUNTS = ["balance", "on_chain_balance", "trx_balance", "locked_balance", "total_balance"]

# Path, body, status, the word that clients know, and the field that is named.
REFUSED = (
    ("dispatch/gas-topup", {}, 400, "wallet_address is required", "wallet_address"),
    ("dispatch/sync", {"wallet_address": ""}, 400, "wallet_address is required", "wallet_address"),
    ("dispatch/sync", {"wallet_address": None}, 400, "wallet_address is required",
     "wallet_address"),
    ("dispatch/sync", {"wallet_address": 7}, 400, "wallet_address must be a string",
     "wallet_address"),
    ("dispatch/sync", {"wallet_address": ["W"]}, 400, "wallet_address must be a string",
     "wallet_address"),
    ("dispatch/sync", {"wallet_address": "a\nb"}, 400,
     "The wallet address holds a control character", "wallet_address"),
    ("dispatch/sync", {"wallet_address": "W" * 256}, 400,
     "A wallet address has at most 255 characters of UTF-8", "wallet_address"),
    ("dispatch/sync", {"wallet_address": "W", "user_id": "me"}, 400, "user_id must be a UUID",
     "user_id"),
    ("dispatch/sync", {"wallet_address": "W", "priority": 7}, 400,
     "priority must be 1 (low), 5 (normal) or 10 (high)", "priority"),
    ("dispatch/sync", {"wallet_address": "W", "priority": "10"}, 400,
     "priority must be 1 (low), 5 (normal) or 10 (high)", "priority"),
    ("dispatch/sync", {"wallet_address": "W", "triggered_by": "me"}, 400,
     "triggered_by must be system, manual, deposit or schedule", "triggered_by"),
    ("dispatch/sync", {"wallet_address": "nobody's"}, 404, "Wallet not found", None),
    ("dispatch/deposit-detection", {"wallet_address": "W"}, 404,
     "There is nothing of that name here", None),
    ("jobs/retry", {}, 400, "job_id is required", "job_id"),
    ("jobs/retry", {"job_id": "1"}, 400, "job_id must be the UUID of a job's row", "job_id"),
    ("jobs/retry", {"job_id": NOBODY}, 404, "Job not found", None),
    ("jobs/retry", {"job_id": NOBODY, "reset_retry_count": "false"}, 400,
     "reset_retry_count must be a boolean", "reset_retry_count"),
    ("wallets/set-flags", {}, 400, "wallet_address is required", "wallet_address"),
    ("wallets/set-flags", {"wallet_address": "W"}, 400, "flags object is required", "flags"),
    ("wallets/set-flags", {"wallet_address": "W", "flags": []}, 400, "flags object is required",
     "flags"),
    ("wallets/set-flags", {"wallet_address": "W", "flags": {"needs_love": True}}, 400,
     "Invalid flag: needs_love", "flags"),
    ("wallets/set-flags", {"wallet_address": "W", "flags": {"needs_gas": "true"}}, 400,
     "Flag needs_gas must be a boolean", "needs_gas"),
    ("wallets/set-flags", {"wallet_address": "W", "flags": {}}, 400,
     "flags is empty: name needs_gas, needs_consolidation or both", "flags"),
    ("wallets/set-flags", {"wallet_address": "W", "flags": {"needs_gas": True}}, 404,
     "Wallet not found", None),
)

# Query, and the field that is named.
BAD_QUERIES = (
    ("jobs/list?limit=0", "limit"), ("jobs/list?limit=x", "limit"),
    ("jobs/list?limit=-1", "limit"), ("jobs/list?offset=-1", "offset"),
    ("jobs/list?offset=1e3", "offset"), ("jobs/list?user_id=me", "user_id"),
    ("jobs/list?from_date=yesterday", "from_date"), ("jobs/list?to_date=2026-13-01", "to_date"),
    ("jobs/list?cursor=x&offset=1", "offset"), ("jobs/list?cursor=nonsense", "cursor"),
    ("jobs/list?status=%ff", "query"), ("jobs/list?status=%00", "query"),
    ("jobs/list?status=a&status=b", "query"), ("jobs/list?status=Failed", "status"),
    ("jobs/list?status=nope", "status"),
    ("wallets/list?limit=0", "limit"),
)


class Contract(ServerCase):
    def test_refusals(self):
        for path, body, status, message, field in REFUSED:
            with self.subTest(path=path, body=body):
                document = self.post(f"/api/{path}", body, status)
                self.assertEqual(document["error"], message)
                self.assertEqual(document.get("field"), field)
        self.assertEqual(self.rows(), [])
        self.assertEqual(self.site.outbox(), [])

    def test_bad_queries(self):
        for query, field in BAD_QUERIES:
            with self.subTest(query=query):
                self.assertEqual(self.get(f"/api/{query}", 400).get("field"), field)
        for name in ("min_balance", "max_balance"):
            self.assertIn(name, self.get(f"/api/wallets/list?{name}=much", 400)["error"])

    def test_dispatch(self):
        for job_type, queue in (("gas-topup", "gas-topup"), ("consolidation", "consolidation"),
                                ("sync", "sync-balances")):
            with self.subTest(job_type=job_type):
                wallet = self.site.add_wallets(1)[0]
                answer = self.post(f"/api/dispatch/{job_type}",
                                   {"wallet_address": wallet, "user_id": OWNER, "priority": 10,
                                    "triggered_by": "schedule", "unknown": {"field": 1}})
                self.assertTrue(answer["success"])
                self.assertIsInstance(answer["message"], str)
                job = answer["job"]
                self.assertEqual(sorted(job), sorted(JOB))
                self.assertEqual((job["job_type"], job["status"], job["wallet_address"],
                                  job["user_id"], job["triggered_by"], job["retry_count"],
                                  job["max_retries"]),
                                 (job_type, "pending", wallet, OWNER, "schedule", 0, 3))
                self.assertEqual({**job["data"], "created_at": None},
                                 {"wallet_address": wallet, "user_id": OWNER, "priority": 10,
                                  "created_at": None})
                self.assertEqual(self.queued(queue), [job["job_id"]])
                self.assertEqual(self.get(f"/api/jobs/{job['id']}"), job)
                busy = self.post(f"/api/dispatch/{job_type}", {"wallet_address": wallet}, 409)
                self.assertIn("already pending", busy["error"])
        noted = [line for line in self.service.log() if "unknown" in line.get("message", "")]
        self.assertEqual(len(noted), 3)
        who = self.site.sql("SELECT os_user, host, client FROM worker_dashboard.audit "
                            "WHERE action = 'dispatch' ORDER BY id DESC LIMIT 1")[0]
        self.assertEqual(who[:2], ("operator", "127.0.0.1"))
        self.assertIn("worker-dashboard-server", who[2])

    def test_retry(self):
        row = self.fail_job()
        answer = self.post("/api/jobs/retry", {"job_id": row})
        self.assertEqual((answer["job"]["id"], answer["job"]["status"],
                          answer["job"]["error_message"], answer["job"]["retry_count"]),
                         (row, "pending", None, 1))
        self.assertEqual(self.post("/api/jobs/retry", {"job_id": row}, 400)["error"],
                         "Only failed jobs can be retried")
        row = self.fail_job()
        self.site.sql("UPDATE job_logs SET retry_count = 3 WHERE id = %s", row)
        self.assertEqual(self.post("/api/jobs/retry", {"job_id": row}, 400)["error"],
                         "Maximum retries exceeded")
        answer = self.post("/api/jobs/retry", {"job_id": row, "reset_retry_count": True})
        self.assertEqual(answer["job"]["retry_count"], 0)

    def test_retry_beside_another_job(self):
        row = self.fail_job()
        wallet = self.row(row, "wallet_address")[0]
        other = self.add_jobs(1, job_type="gas-topup", wallet_address=wallet, status="active")[0]
        refused = self.post("/api/jobs/retry", {"job_id": row}, 409)
        self.assertRegex(refused["error"], rf"already active \(.*{other}\)")
        self.assertEqual(refused["code"], "duplicate")
        forced = {"job_id": row, "force": True}
        self.assertEqual(self.post("/api/jobs/retry", forced, 403)["field"], "force")
        self.assertEqual((self.row(row)[0], self.queued()), ("failed", []))
        self.post("/api/jobs/retry", forced, 200, self.admin)
        self.assertEqual(self.queued(), [row])

    def test_flags(self):
        wallet = self.site.add_wallets(1)[0]
        answer = self.post("/api/wallets/set-flags",
                           {"wallet_address": wallet, "flags": {"needs_gas": True}})
        self.assertEqual(set(answer["wallet"]), WALLET | {f"{name}_exact" for name in AMOUNTS})
        self.assertEqual((answer["success"], answer["wallet"]["needs_gas"],
                          answer["wallet"]["needs_consolidation"]), (True, True, False))
        self.assertEqual(self.site.sql("SELECT needs_gas FROM user_wallets"), [(True,)])

    def test_jobs(self):
        ids = self.add_jobs(7)
        failed = self.add_jobs(2, status="failed", wallet_address="X", job_type="gas-topup",
                               triggered_by="manual", user_id=OWNER)
        page = self.get("/api/jobs/list?limit=4")
        self.assertEqual((page["total"], page["total_is_exact"], page["limit"], page["offset"],
                          len(page["jobs"])), (9, True, 4, 0, 4))
        walked, cursor = [job["id"] for job in page["jobs"]], page["next_cursor"]
        while cursor:
            page = self.get(f"/api/jobs/list?limit=4&cursor={cursor}")
            walked += [job["id"] for job in page["jobs"]]
            cursor = page["next_cursor"]
        paged = [job["id"] for offset in range(0, 12, 3) for job in
                 self.get(f"/api/jobs/list?limit=3&offset={offset}")["jobs"]]
        everything = [job["id"] for job in self.get("/api/jobs/list?limit=5000")["jobs"]]
        self.assertEqual(walked, everything)
        self.assertEqual(paged, everything)
        self.assertEqual(set(everything), {*ids, *failed})
        self.assertEqual(self.get("/api/jobs/list?limit=5000")["limit"], 1000)
        beyond = self.get("/api/jobs/list?offset=100")
        self.assertEqual((beyond["jobs"], beyond["total"], beyond["offset"]), ([], 9, 100))
        for query, count in (("status=failed", 2), ("status=", 9), ("status=cancelled", 0),
                             ("job_type=gas-topup", 2), ("triggered_by=manual", 2),
                             ("wallet_address=X", 2), (f"user_id={OWNER}", 2),
                             ("status=failed&job_type=sync", 0), ("from_date=2000-01-01", 9),
                             ("to_date=2000-01-01", 0), ("from_date=2000-01-01T00:00:00+02:00", 9),
                             (f"search={failed[0][:13]}", 1), ("unknown=1", 9)):
            with self.subTest(query=query):
                page = self.get(f"/api/jobs/list?{query}")
                self.assertEqual((len(page["jobs"]), page["total"]), (count, count))
        for path in (NOBODY, "1", "a%2Fb", "..", "x" * 1000, ""):
            self.assertEqual(self.get(f"/api/jobs/{path}", 404)["code"], "not-found", path)

    def test_wallets(self):
        self.site.sql(
            "INSERT INTO user_wallets (address, balance, network, needs_gas) VALUES "
            "('A', 123456789.123456789012345678, 'tron', true), ('B', 0, 'tron', false), "
            "('C', 0.000000000000000001, 'eth', NULL)")
        wallets = {wallet["address"]: wallet for wallet in self.get("/api/wallets/list")["wallets"]}
        self.assertEqual(wallets["A"]["balance_exact"], "123456789.123456789012345678")
        self.assertEqual(wallets["A"]["balance"], 123456789.123456789012345678)
        self.assertIsInstance(wallets["B"]["balance"], (int, float))
        for query, found in (("needs_gas=true", "A"), ("needs_gas=false", "B"),
                             ("needs_gas=yes", "B"), ("network=eth", "C"), ("min_balance=1", "A"),
                             ("max_balance=0", "B"), ("search=a", "A"), ("limit=1&offset=3", "")):
            with self.subTest(query=query):
                page = self.get(f"/api/wallets/list?{query}")
                self.assertEqual("".join(sorted(w["address"] for w in page["wallets"])), found)
        summary = self.get("/api/wallets/list?summary=true")
        self.assertEqual({**summary, "last_updated": None}, {
            "total": 3, "active_wallets": 2, "needs_consolidation": 0, "needs_gas": 1,
            "total_usdt_balance": 123456789.123456789012345679, "new_wallets_today": 3,
            "total_usdt_balance_exact": "123456789.123456789012345679",
            "total_trx_balance": None, "total_trx_balance_exact": None, "last_updated": None})

    def test_stats(self):
        self.add_jobs(3, status="completed", completed_at="now")
        self.add_jobs(2, status="completed", completed_at="2000-01-01")
        self.add_jobs(1, status="failed", completed_at="now")
        stats = self.get("/api/workers/stats")
        sync = {w["worker_name"]: w for w in stats["workers"]}["wallet-sync-worker"]
        self.assertEqual((sync["completed_jobs"], sync["completed_today"], sync["failed_jobs"],
                          sync["status"]), (5, 3, 1, "stopped"))
        self.assertEqual((stats["completed_jobs_today"], stats["pending_jobs"],
                          stats["total_workers"], stats["healthy_workers"]), (3, 0, 4, 0))


class Http(ServerCase):
    def test_methods(self):
        for path, allowed, method in (("/api/jobs/list", "GET, HEAD", "POST"),
                                      ("/api/jobs/list", "GET, HEAD", "DELETE"),
                                      ("/api/jobs/retry", "POST", "GET"),
                                      ("/api/dispatch/sync", "POST", "PUT"),
                                      ("/api/dispatch/sync", "POST", "OPTIONS")):
            reply = self.service.ask(method, path, self.admin)
            self.assertEqual((reply.status, reply.headers["allow"]), (405, allowed), reply)
            self.assertIn("error", reply.document)
        for path in ("/", "/api", "/api/", "/api/job/list", "/api//jobs/list", "/API/jobs/list",
                     "/api/jobs/list/x", "/api/jobs/%6cist/x", "/metric"):
            self.assertEqual(self.service.get(path, self.admin).status, 404, path)
        reply = self.service.get("/api/jobs/list/?limit=1", self.viewer)
        self.assertEqual((reply.status, reply.headers["location"]), (308, "/api/jobs/list?limit=1"))

    def test_head_and_headers(self):
        whole = self.service.get("/api/jobs/list", self.viewer)
        head = self.service.ask("HEAD", "/api/jobs/list", self.viewer)
        self.assertEqual((head.status, head.text), (200, ""))
        self.assertEqual(head.headers["content-length"], whole.headers["content-length"])
        for reply in (whole, head, self.service.get("/nowhere")):
            self.assertEqual(reply.headers["idempotency"], "supported")
            self.assertEqual(reply.headers["cache-control"], "no-store")
            self.assertIn("date", reply.headers)
            self.assertEqual(len(reply.headers["x-request-id"]), 16)
            self.assertNotIn("access-control-allow-origin", reply.headers)
        ids = [line["request_id"] for line in self.service.log() if "request_id" in line]
        self.assertIn(whole.headers["x-request-id"], ids)

    def test_health(self):
        self.assertEqual(self.service.get("/healthz").document, {"status": "ok"})
        self.assertEqual(self.service.get("/readyz").document,
                         {"status": "ready", "database": True, "queues": True})

    def test_content_type(self):
        wallet = self.site.add_wallets(1)[0]
        body = f'{{"wallet_address": "{wallet}"}}'
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; a=b",
                     "application/jsonp", ""):
            reply = self.service.ask("POST", "/api/dispatch/sync", self.operator, body,
                                     Content_Type=kind)
            self.assertEqual(reply.status, 415, kind)
        self.assertEqual(self.rows(), [])
        reply = self.service.ask("POST", "/api/dispatch/sync", self.operator, body,
                                 Content_Type="Application/JSON; charset=utf-8")
        self.assertEqual(reply.status, 200)

    def test_cors(self):
        origin = "https://admin.example"
        service = self.start_service("--cors-origin", origin)
        reply = service.get("/api/jobs/list", self.viewer, Origin=origin)
        self.assertEqual(reply.headers["access-control-allow-origin"], origin)
        self.assertEqual(reply.headers["vary"], "Origin")
        reply = service.ask("OPTIONS", "/api/dispatch/sync", Origin=origin)
        self.assertEqual((reply.status, reply.headers["access-control-allow-methods"]),
                         (204, "POST"))
        self.assertIn("Idempotency-Key", reply.headers["access-control-allow-headers"])
        for stranger in ("https://admin.example.evil", "null", "http://admin.example"):
            reply = service.get("/api/jobs/list", self.viewer, Origin=stranger)
            self.assertNotIn("access-control-allow-origin", reply.headers)
            self.assertEqual(service.ask("OPTIONS", "/api/dispatch/sync",
                                         Origin=stranger).status, 405)

    def test_unix_socket_and_keep_alive(self):
        path = self.site.household.path("api.sock")
        service = self.start_service(listen=f"unix:{path}")
        self.assertEqual(service.get("/api/jobs/list", self.viewer).status, 200)
        link = http.client.HTTPConnection("localhost")
        link.sock = service.connect()
        for _ in range(20):
            link.request("GET", "/healthz")
            self.assertEqual(link.getresponse().read(), b'{"status":"ok"}\n')
        link.close()
        self.assertEqual(service.stop(), 0)

    def start_stores(self):
        if not self.site.redis.running:
            self.site.redis.start()
        if not self.site.postgres.running:
            self.site.postgres.start()
            self.site.reconnect()

    def test_stores_that_do_not_answer(self):
        wallet = self.site.add_wallets(1)[0]
        self.dispatch(wallet, job_type="sync")
        self.addCleanup(self.start_stores)
        self.site.redis.stop()
        stats = self.get("/api/workers/stats", 503)
        self.assertEqual((stats["code"], stats["pending_jobs"]), ("no-connection", 1))
        refused = self.dispatch(wallet, 503)
        self.assertEqual(refused["error"], "A server behind this service cannot be reached")
        self.get("/api/jobs/list")
        self.site.redis.start()
        self.site.postgres.stop()
        for path in ("/api/jobs/list", "/api/workers/stats", "/api/wallets/list?summary=true"):
            reply = self.service.get(path, self.viewer)
            self.assertEqual((reply.status, reply.headers["retry-after"]), (503, "5"), reply)
            self.assertNotIn("postgres", reply.text.lower())
        wait_until(lambda: not self.service.get("/readyz").document["database"], 20, "readiness")
        # Who watches is told, as long as he was known before; nobody else.
        reply = self.service.get("/metrics", self.viewer)
        self.assertEqual(reply.status, 200, reply)
        self.assertIn('worker_dashboard_store_up{store="postgresql"} 0\n', reply.text)
        self.assertNotIn("worker_dashboard_wallets", reply.text)
        self.assertIn(self.service.get("/metrics", "wdt_wrong").status, (401, 503))
        # Nor is he kept waiting by one that takes calls and says nothing.
        path = f"{self.site.postgres.socket_folder}/.s.PGSQL.{self.site.postgres.port}"
        with socket.socket(socket.AF_UNIX) as silent:
            silent.bind(path)
            silent.listen()
            began = time.monotonic()
            reply = self.service.get("/metrics", self.viewer)
            self.assertEqual(reply.status, 200, reply)
            self.assertLess(time.monotonic() - began, 15)
        os.unlink(path)
        self.start_stores()
        self.get("/api/jobs/list")
        self.assertEqual([status for _id, status in self.rows()], ["pending"])


if __name__ == "__main__":
    unittest.main()

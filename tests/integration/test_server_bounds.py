#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one token takes of the service leaves room for the others, and ends with the token."""

import contextlib
import json
import select
import socket
import time
import unittest

from fixtures.openapi import OpenApi
from fixtures.processes import wait_until
from fixtures.service import make_token, read_reply, run_server
from server_case import ServerCase

HEAD = "GET {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n"


class Bounds(ServerCase):
    def ask_only(self, service, token, path="/api/jobs/list?limit=100", address="127.0.0.1"):
        """Sends a request and takes nothing of its answer."""
        link = socket.socket()
        self.addCleanup(link.close)
        link.bind((address, 0))
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.settimeout(30)
        link.connect(("127.0.0.1", service.port))
        link.sendall(HEAD.format(path, token).encode())
        return link

    @staticmethod
    def begins(link):
        """Until an answer has begun to come."""
        select.select([link], [], [], 30)
        assert link.recv(12) == b"HTTP/1.1 200", "an answer"

    def test_slow_readers(self):
        self.add_jobs(100, job_type="sync", data=json.dumps({"x": "x" * 100000}))
        service = self.start_service("--rate-limit", "0", WD_FAULT_SPAN="request:unsent:25")
        slow = self.ask_only(service, self.viewer)
        self.begins(slow)
        reply = service.get("/api/jobs/list?limit=100", self.viewer)
        self.assertEqual((reply.status, reply.headers["retry-after"], reply.document["code"]),
                         (503, "5", "busy"))
        self.assertIn("read slowly", reply.document["error"])
        # Little is told in any case, and others have their share.
        self.assertEqual(service.get("/api/jobs/list?limit=1", self.viewer).status, 200)
        self.assertEqual(len(service.get("/api/jobs/list?limit=100",
                                         self.operator).document["jobs"]), 100)
        other = self.ask_only(service, self.operator)
        self.begins(other)
        self.assertEqual(service.get("/api/jobs/list?limit=100", self.admin).status, 503)
        self.assertEqual(service.get("/healthz").status, 200)
        wallet, = self.site.add_wallets(1)
        self.assertEqual(service.post("/api/wallets/set-flags",
                                      {"wallet_address": wallet, "flags": {"needs_gas": True}},
                                      self.operator).status, 200)
        slow.close()
        other.close()
        wait_until(lambda: service.get("/api/jobs/list?limit=100", self.viewer).status == 200, 10,
                   "room")

    def hold_jobs(self):
        """Whoever reads jobs waits until this is closed."""
        other = self.site.postgres.connect()
        other.autocommit = False
        other.cursor().execute("LOCK TABLE job_logs IN ACCESS EXCLUSIVE MODE")
        return contextlib.closing(other)

    @staticmethod
    def answered(links, count):
        """Replies of COUNT of them, which must come soon."""
        replies = []
        until = time.monotonic() + 60
        while len(replies) < count and time.monotonic() < until:
            for link in select.select(links, [], [], 1)[0]:
                links.remove(link)
                replies.append(read_reply(link.makefile("rb")))
        return replies

    def test_slow_questions(self):
        service = self.start_service("--rate-limit", "0")
        wallet, = self.site.add_wallets(1)
        fourth = make_token(self.site, "fourth", "admin")
        self.addCleanup(run_server, self.site, "token", "revoke", "fourth")
        wait_until(lambda: service.get("/api/wallets/list", fourth).status == 200, 10, "a token")
        with self.hold_jobs():
            links = [self.ask_only(service, self.viewer) for _ in range(20)]
            replies = self.answered(links, 4)
            self.assertEqual([(reply.status, reply.headers["retry-after"]) for reply in replies],
                             [(503, "1")] * 4)
            links += [self.ask_only(service, token) for _ in range(16)
                      for token in (self.operator, self.admin)]
            wait_until(lambda: "http_requests_running 49" in service.get("/metrics", fourth).text,
                       10, "all to be asked")
            self.assertEqual(service.get("/api/wallets/list", fourth).status, 503)
            self.assertEqual(service.get("/healthz").status, 200)
            self.assertIn(service.get("/readyz").status, (200, 503))
            self.assertEqual(service.post("/api/wallets/set-flags",
                                          {"wallet_address": wallet,
                                           "flags": {"needs_gas": True}}, fourth).status, 200)
        self.assertEqual({reply.status for reply in self.answered(links, 48)}, {200})
        self.assertEqual(service.get("/api/wallets/list", fourth).status, 200)

    def hanging_probe(self, service):
        """The first probe for which what was seen a moment ago is not enough."""
        def probe():
            link = self.ask_only(service, "", "/readyz")
            while not select.select([link], [], [], 0.05)[0]:
                if self.site.sql("SELECT 1 FROM pg_locks WHERE NOT granted"):
                    return (link,)
            link.close()
            return None

        return wait_until(probe, 20, "a probe that waits")[0]

    def test_probes(self):
        """Who has no token shuts nobody out who has one, nor anybody at another address."""
        service = self.start_service("--rate-limit", "0")
        api = OpenApi(service.get("/openapi.json").document)
        wait_until(lambda: service.get("/metrics", self.viewer).status == 200, 10, "a token")
        with self.hold_jobs():
            links = [self.hanging_probe(service)]
            links += [self.ask_only(service, "", "/readyz") for _ in range(39)]
            for reply in self.answered(links, 24):
                self.assertEqual((reply.status, reply.headers["retry-after"],
                                  reply.document["code"]), (503, "1", "busy"))
                self.assertEqual(api.problems("GET", "/readyz", reply), [])
            self.assertEqual(len(links), 16)
            self.assertEqual(service.get("/metrics", self.viewer).status, 200)
            self.assertEqual(service.get("/readyz", "wdt_made-up").status, 503)
            links.append(self.ask_only(service, self.viewer, "/readyz"))
            self.assertEqual(select.select(links[-1:], [], [], 0.5)[0], [])
            elsewhere = self.ask_only(service, "", "/readyz", "127.0.0.2")
            self.assertEqual(select.select([elsewhere], [], [], 0.5)[0], [])
        self.assertEqual({reply.status for reply in self.answered([*links, elsewhere], 18)}, {200})

    def test_accounts(self):
        """Nor by how often it asks; what is made up is on its address's account."""
        service = self.start_service("--rate-limit", "5")
        self.assertEqual(service.get("/api/jobs/list", self.operator).status, 200)
        for token in (None, "wdt_made-up"):
            wait_until(lambda token=token: service.get("/healthz", token).status == 429, 10,
                       "too many of one address")
            self.assertEqual(service.get("/readyz", self.operator).status, 200)
            self.assertEqual(service.get("/api/jobs/list", self.operator).status, 200)
        # Whatever is asked for with it.
        for path in ("/healthz", "/nothing"):
            wait_until(lambda path=path: service.get(path, self.admin).status == 429, 10,
                       "too many of one token")

    def test_all_errors(self):
        self.add_jobs(30, job_type="sync", status="failed")
        service = self.start_service("--rate-limit", "0", WD_FAULT_SPAN="errors:most:0.00002")
        report = service.get("/api/jobs/errors?all=true", self.viewer).document
        self.assertEqual((report["is_complete"], report["failed_jobs"]), (False, 20), report)

    def test_revoked_while_its_run_goes_on(self):
        token = make_token(self.site, "leaving", "operator")
        service = self.start_service("--rate-limit", "0", WD_FAULT_SPAN="runs:check:0.5")
        free = self.hold_wallet(sorted(self.site.add_wallets(4000))[1500])
        run = service.post("/api/bulk", {"operation": "dispatch", "job_type": "sync",
                                         "wallets": {}}, token).document
        begun = service.post(f"/api/bulk/{run['id']}/run", {}, token)
        self.assertEqual(begun.status, 202, begun)
        self.assertEqual(run_server(self.site, "token", "revoke", "leaving").returncode, 0)
        wait_until(lambda: "was revoked" in service.log_text(), 20, "the word")
        free()
        wait_until(lambda: service.get(f"/api/bulk/{run['id']}",
                                       self.viewer).document["state"] != "running", 20, "the pause")
        left = service.get(f"/api/bulk/{run['id']}", self.viewer).document
        self.assertEqual((left["state"], left["left"] > 0), ("paused", True), left)
        self.assertTrue([line for line in service.log() if "leaving" in line.get("message", "")
                         and "was revoked" in line["message"]], service.log())

    def test_keys_of_others(self):
        """A key is his who used it first; another gets neither his answer nor a job by it."""
        mine, theirs = self.site.add_wallets(2)
        key = {"Idempotency_Key": "the-same"}
        first = self.dispatch(mine, **key)
        self.assertEqual(self.dispatch(mine, **key)["job"]["id"], first["job"]["id"])
        for wallet in (mine, theirs):
            refused = self.dispatch(wallet, 409, token=self.admin, **key)
            self.assertIn("was used for another request", refused["error"])
        flags = {"wallet_address": theirs, "flags": {"needs_gas": True}}
        self.post("/api/wallets/set-flags", flags, Idempotency_Key="flag")
        self.post("/api/wallets/set-flags", flags, 409, token=self.admin, Idempotency_Key="flag")
        self.post("/api/bulk", {"operation": "retry", "jobs": {}}, 201, Idempotency_Key="bulk")
        self.post("/api/bulk", {"operation": "retry", "jobs": {}}, 409, token=self.admin,
                  Idempotency_Key="bulk")
        self.assertEqual(len(self.rows()), 1)


if __name__ == "__main__":
    unittest.main()

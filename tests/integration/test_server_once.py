#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is asked once is done once: keys, lost answers, services that die, and what they leave."""

import concurrent.futures
import contextlib
import itertools
import json
import signal
import socket
import time
import unittest
import uuid

from fixtures.processes import wait_stopped, wait_until
from fixtures.service import Service, read_reply
from fixtures.workers import Workers, read_runs
from server_case import ServerCase

# Where a dispatch may die. What the row's commit is: done before it, or not.
POINTS = (("postgres:before-commit", False), ("postgres:after-commit", True),
          ("deliver:begin", True), ("delivery:before-send", True), ("delivery:after-send", True))


class NotedCase(ServerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The site's way of delivering is noted: from now on a dispatch's first commit is its own.
        cls.site.wdctl("dispatch", "sync", "--wallet", cls.site.add_wallets(1)[0])


class Once(NotedCase):
    def keyed(self, wallet, key, status=200, service=None, **fields):
        reply = (service or self.service).post(
            "/api/dispatch/gas-topup", {"wallet_address": wallet, **fields}, self.operator,
            Idempotency_Key=key)
        self.assertEqual(reply.status, status, reply)
        return reply

    def assert_one_job(self, wallet):
        jobs = self.site.sql("SELECT job_id FROM job_logs WHERE wallet_address = %s", wallet)
        self.assertEqual(len(jobs), 1)
        self.assertEqual(self.queued(), [jobs[0][0]])

    def test_same_key_same_answer(self):
        wallet, other = self.site.add_wallets(2)
        key = f'"{uuid.uuid4()}"'
        first = self.keyed(wallet, key)
        self.site.sql("UPDATE job_logs SET status = 'completed', completed_at = now()")
        again = self.keyed(wallet, key)
        self.assertEqual(again.text, first.text)
        self.assertEqual((first.headers["idempotency"], first.headers["idempotency-key"]),
                         ("supported", key))
        for refused in (self.keyed(other, key, 409), self.keyed(wallet, key, 409, priority=10),
                        self.service.post("/api/dispatch/sync", {"wallet_address": wallet},
                                          self.operator, Idempotency_Key=key)):
            self.assertEqual((refused.status, refused.document["error"]),
                             (409, "This Idempotency-Key was used for another request: nothing "
                                   "was done"))
        self.assert_one_job(wallet)
        for bad in ("", " ", "a b", "k" * 256, "ü"):
            if bad.strip():
                self.keyed(wallet, bad.encode().decode("latin-1"), 400)

    def test_retry_and_flags_have_keys(self):
        row, wallet = self.fail_job(), self.site.add_wallets(1)[0]
        for path, body in (("jobs/retry", {"job_id": row}),
                           ("wallets/set-flags",
                            {"wallet_address": wallet, "flags": {"needs_gas": True}})):
            key = str(uuid.uuid4())
            replies = [self.service.post(f"/api/{path}", body, self.operator, Idempotency_Key=key)
                       for _ in range(2)]
            self.assertEqual([reply.status for reply in replies], [200, 200], replies)
            self.assertEqual(replies[0].text, replies[1].text)
            self.site.sql("UPDATE user_wallets SET needs_gas = false")
            again = self.service.post(f"/api/{path}", body, self.operator, Idempotency_Key=key)
            self.assertEqual(again.text, replies[0].text)
        self.assertEqual(self.site.sql("SELECT needs_gas FROM user_wallets"), [(False,)])
        counts = self.site.sql("SELECT count(*) FROM worker_dashboard.audit WHERE action IN "
                               "('retry', 'set-flags') AND target_id IN (%s, %s)", row, wallet)
        self.assertEqual(counts, [(2,)])

    def test_a_refusal_is_said_again(self):
        wallet = self.site.add_wallets(1)[0]
        service = Service(self.site, name="stopped", WD_FAULT="delivery:before-send",
                          WD_FAULT_ACTION="stop")
        self.addCleanup(service.kill)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            first = pool.submit(self.keyed, wallet, "refused", 409, service)
            wait_stopped(service.process.pid, "the service to stand still")
            self.forbid_layout()
            service.process.send_signal(signal.SIGCONT)
            first.result()
        self.allow_layout()
        again = self.keyed(wallet, "refused", 409)
        self.assertEqual(again.document["code"], "refused")
        self.assertEqual([status for _id, status in self.rows()], ["failed"])
        self.assertEqual(self.queued(), [])

    def test_what_became_of_a_later_retry_is_no_answer(self):
        """The queue took it, it failed there, and refuses what somebody else orders then."""
        wallet = self.site.add_wallets(1)[0]
        first = self.keyed(wallet, "later")
        row = first.document["job"]["id"]
        for key in (None, "retried"):
            self.redis.zrem("bull:gas-topup:prioritized", row)
            self.redis.lrem("bull:gas-topup:wait", 0, row)
            self.redis.hset(f"bull:gas-topup:{row}", mapping={"finishedOn": "2", "atm": "1"})
            self.redis.zadd("bull:gas-topup:failed", {row: 2})
            self.site.sql("UPDATE job_logs SET status = 'failed', completed_at = now()")
            if key is None:
                retried = self.service.post("/api/jobs/retry", {"job_id": row}, self.operator,
                                            Idempotency_Key="retried")
                self.assertEqual(retried.status, 200, retried)
        sender, _entry = self.stop_retry(row)
        self.forbid_layout()
        answer = self.site.go_on(sender)
        self.allow_layout()
        self.assertEqual((answer.status, answer.document["jobs"]), (4, []), answer)
        self.assertEqual(self.keyed(wallet, "later").text, first.text)
        again = self.service.post("/api/jobs/retry", {"job_id": row}, self.operator,
                                  Idempotency_Key="retried")
        self.assertEqual((again.status, again.text), (200, retried.text))

    def test_two_services_at_once(self):
        other = self.start_service("--rate-limit", "0")
        for number in range(10):
            wallet = self.site.add_wallets(1)[0]
            with concurrent.futures.ThreadPoolExecutor(6) as pool:
                replies = list(pool.map(
                    lambda n, w=wallet, k=f"both-{number}": (self.service, other)[n % 2].post(
                        "/api/dispatch/sync", {"wallet_address": w}, self.operator,
                        Idempotency_Key=k), range(6)))
            # 202: the other one is about to queue it.
            done = [reply for reply in replies if reply.status in (200, 202)]
            self.assertGreaterEqual(len(done), 1, replies)
            self.assertEqual(len({reply.document["job"]["id"] for reply in done}), 1)
            for reply in replies:
                if reply not in done:
                    self.assertEqual((reply.status, reply.headers.get("retry-after")), (409, "1"),
                                     reply)
                self.assertEqual(reply.headers["idempotency-key"], f"both-{number}")
        self.assertEqual(len(self.rows()), 10)
        self.assertEqual(len(self.queued("sync-balances")), 10)

    def test_the_connection_is_cut_after_the_commit(self):
        wallet = self.site.add_wallets(1)[0]
        service = Service(self.site, name="cut", WD_FAULT="postgres:after-commit",
                          WD_FAULT_ACTION="stop")
        self.addCleanup(service.kill)
        body = f'{{"wallet_address": "{wallet}"}}'.encode()
        head = (f"POST /api/dispatch/gas-topup HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                f"{self.operator}\r\nContent-Type: application/json\r\nContent-Length: "
                f"{len(body)}\r\nIdempotency-Key: cut\r\n\r\n").encode()
        link = service.connect()
        link.sendall(head + body)
        wait_stopped(service.process.pid, "the service to stand still")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        link.close()
        service.process.send_signal(signal.SIGCONT)
        raw = f'{{"wallet_address": "{wallet}"}}'

        def ask():
            return service.ask("POST", "/api/dispatch/gas-topup", self.operator, raw,
                               Idempotency_Key="cut")

        wait_until(lambda: ask().status != 409, 20, "the first one to end")
        reply = ask()
        self.assertEqual((reply.status, reply.document["delivered"]), (200, True), reply)
        self.assert_one_job(wallet)
        self.assertEqual(self.site.outbox(), [])

    def test_a_service_that_dies(self):
        for number, (point, committed) in enumerate(POINTS):
            with self.subTest(point=point):
                wallet = self.site.add_wallets(1)[0]
                self.redis.delete("bull:gas-topup:wait", "bull:gas-topup:prioritized")
                service = Service(self.site, name=f"dies-{number}", WD_FAULT=point)
                self.addCleanup(service.kill)
                with self.assertRaises((ConnectionError, OSError)):
                    service.post("/api/dispatch/gas-topup", {"wallet_address": wallet},
                                 self.operator, Idempotency_Key=f"dies-{number}")
                self.assertEqual(service.process.wait(timeout=90), -signal.SIGKILL)
                rows = self.site.sql("SELECT id FROM job_logs WHERE wallet_address = %s", wallet)
                self.assertEqual(len(rows), int(committed))
                reply = self.service.post("/api/dispatch/gas-topup", {"wallet_address": wallet},
                                          self.operator, Idempotency_Key=f"dies-{number}")
                self.assertIn(reply.status, (200, 202), reply)
                self.assertEqual(reply.status == 200, reply.document["delivered"])
                self.assertEqual(self.site.wdctl("outbox", "send").status, 0)
                self.assertEqual(self.site.outbox(), [])
                self.assert_one_job(wallet)

    def test_keys_are_forgotten_after_a_week(self):
        self.site.sql("INSERT INTO worker_dashboard.request_key (key, hash, operation, answer, "
                      "created_at) SELECT 'old-' || i, 'x', 'dispatch', '{}', now() - i * "
                      "interval '1 day' FROM generate_series(5, 9) i")
        self.keyed(self.site.add_wallets(1)[0], "new")
        kept = self.site.sql("SELECT key FROM worker_dashboard.request_key ORDER BY key")
        self.assertEqual([key for key, in kept], ["new", "old-5", "old-6"])


class Together(NotedCase):
    """Dispatches that come at once are written by one transaction, and each is answered its own."""

    @contextlib.contextmanager
    def held(self, wallet):
        """A job for WALLET is written when this ends, and not before."""
        free = self.hold_wallet(wallet)
        try:
            yield
        finally:
            free()

    def send(self, service, *orders):
        """Connections on which these dispatches are asked for, each with its key or None; the
        service has read them."""
        links = []
        for body, key in orders:
            text = json.dumps(body)
            key = f"Idempotency-Key: {key}\r\n" if key else ""
            links.append(service.connect())
            links[-1].sendall((f"POST /api/dispatch/sync HTTP/1.1\r\nHost: x\r\nAuthorization: "
                               f"Bearer {self.operator}\r\nContent-Type: application/json\r\n"
                               f"{key}Content-Length: {len(text)}\r\n\r\n{text}").encode())
        # Its one thread takes what comes in turn: whoever comes later goes the same way behind.
        for _later in range(2):
            self.assertEqual(service.get("/healthz").status, 200)
        return links

    def at_once(self, service, bodies, keys=()):
        """What is answered to dispatches of which the first goes alone, and the others together
        when it is done; None for nothing."""
        orders = list(itertools.zip_longest(bodies, keys))
        with self.held(bodies[0]["wallet_address"]):
            links = self.send(service, orders[0]) + self.send(service, *orders[1:])
        replies = []
        for link in links:
            with link, link.makefile("rb") as stream:
                try:
                    replies.append(read_reply(stream))
                except ConnectionError:
                    replies.append(None)
        self.site.sql("DROP FUNCTION public.hold() CASCADE")
        return replies

    def start_with_one_lane(self, **faults):
        service = Service(self.site, "--rate-limit", "0", "--lanes", "1",
                          name=f"one-lane-{len(faults)}", **faults)
        self.addCleanup(service.kill)
        # Who asks is known, and the queue as well.
        reply = service.post("/api/dispatch/sync", {"wallet_address": self.site.add_wallets(1)[0]},
                             self.operator)
        self.assertEqual(reply.status, 200, reply)
        return service

    def transactions(self):
        return self.site.sql("SELECT count(DISTINCT xmin::text) FROM job_logs")[0][0]

    def test_each_gets_its_own_answer(self):
        service = self.start_with_one_lane()
        wallets = self.site.add_wallets(12)
        bodies = [{"wallet_address": wallet} for wallet in wallets]
        bodies += [{"wallet_address": wallets[5]}, {"wallet_address": "nobody"}]
        bodies += [{"wallet_address": wallets[0], "priority": 10},
                   {"wallet_address": wallets[1], "priority": 10}]
        replies = self.at_once(service, bodies)
        self.assertEqual([reply.status for reply in replies], [200] * 12 + [409, 404, 409, 409])
        for wallet, reply in zip(wallets, replies):
            job = reply.document["job"]
            self.assertEqual((job["wallet_address"], reply.document["message"]),
                             (wallet, "1 job queued."))
            self.assertEqual(self.get(f"/api/jobs/{job['id']}")["wallet_address"], wallet)
        for reply in (replies[12], *replies[14:]):
            self.assertIn("already pending", reply.document["error"])
        self.assertEqual(len(self.queued("sync-balances")), 13)
        # The one before, the first, and all others.
        self.assertEqual(self.transactions(), 3)

    def test_each_has_its_own_key(self):
        """What goes together is kept under each one's key, and what was kept is told among them."""
        service = self.start_with_one_lane()
        *wallets, last = self.site.add_wallets(13)
        bodies = [{"wallet_address": wallet} for wallet in wallets]
        keys = [f"own-{n}" for n in range(12)]
        before = self.at_once(service, bodies[:2], keys[:2])
        replies = self.at_once(service, [*bodies[2:], bodies[1], {"wallet_address": last},
                                         bodies[2], bodies[1]],
                               [*keys[2:], keys[1], keys[0], "another", None])
        self.assertEqual([reply.status for reply in replies], [200] * 11 + [409] * 3, replies)
        self.assertEqual(replies[10].text, before[1].text)
        self.assertEqual([reply.headers["idempotency-key"] for reply in replies[:11]],
                         [*keys[2:], keys[1]])
        self.assertIn("was used for another request", replies[11].document["error"])
        for reply in replies[12:]:
            self.assertIn("already pending", reply.document["error"])
        # The one before, two times the first, the second of two, and all others.
        self.assertEqual((len(self.rows()), self.transactions()), (13, 5))
        again = self.at_once(self.service, bodies, keys)
        self.assertEqual([reply.text for reply in again],
                         [one.text for one in (*before, *replies[:10])])
        self.assertEqual(len(self.queued("sync-balances")), 13)
        self.assertEqual(self.site.sql("SELECT count(*) FROM worker_dashboard.request_key"),
                         [(12,)])

    def test_one_in_the_way_of_others(self):
        service = self.start_with_one_lane()
        wallets = self.site.add_wallets(8)
        lock = self.site.postgres.connect()
        lock.autocommit = False
        with lock.cursor() as cursor:
            cursor.execute("SELECT FROM user_wallets WHERE address = %s FOR UPDATE",
                           (wallets[4],))
        replies = self.at_once(service, [{"wallet_address": wallet} for wallet in wallets])
        lock.rollback()
        lock.close()
        self.assertEqual([reply.status for reply in replies],
                         [200] * 4 + [409] + [200] * 3, replies[4])
        self.assertEqual(replies[4].document["code"], "busy")
        self.assertEqual(len(self.queued("sync-balances")), 8)

    def test_a_service_that_dies(self):
        for point, committed in POINTS:
            with self.subTest(point=point):
                self.setUp()
                # The one before, the first, then all the others.
                commits = point.startswith("postgres:")
                service = self.start_with_one_lane(
                    WD_FAULT=f"{point}:{5 if commits else 3}")
                wallets = self.site.add_wallets(6)
                asked = [{"wallet_address": w} for w in wallets], [f"dies-{w}" for w in wallets]
                replies = self.at_once(service, *asked)
                self.assertEqual([reply and reply.status for reply in replies],
                                 [200] + [None] * 5)
                rows = self.site.sql("SELECT wallet_address, count(*) FROM job_logs GROUP BY 1")
                self.assertEqual((len(rows), {n for _w, n in rows}), (7 if committed else 2, {1}))
                self.site.sql("UPDATE worker_dashboard.outbox SET created_at = created_at - "
                              "interval '11 seconds'")
                self.assertEqual(self.site.wdctl("outbox", "send").status, 0)
                again = self.at_once(self.service, *asked)
                self.assertEqual([reply.status for reply in again], [200] * 6, again)
                self.assertEqual(len(self.rows()), 7)
                self.assertEqual(self.queued("sync-balances"), sorted(
                    row for row, _status in self.rows()))
                self.assertEqual(self.site.outbox(), [])


class Recovery(ServerCase):
    def test_leftovers_are_taken_up_once(self):
        self.start_service()
        record = self.site.household.path("runs.jsonl")
        left = [self.die_at("delivery:before-send") for _ in range(5)]
        self.site.sql("UPDATE worker_dashboard.outbox SET created_at = created_at - "
                      "interval '15 seconds'")
        with Workers(self.site, queues=["gas-topup"], fast=True, record=record):
            wait_until(lambda: len(read_runs(record)) >= 5, 40, "the jobs to run")
            wait_until(lambda: not self.site.outbox(), 20, "the outbox to be empty")
            time.sleep(1)
        self.assertEqual(sorted(run["id"] for run in read_runs(record)),
                         sorted(row for row, _entry in left))

    def test_unknown_ones_are_left(self):
        self.die_at("delivery:before-send")
        self.site.redis.flush()
        self.site.sql("UPDATE worker_dashboard.outbox SET created_at = created_at - "
                      "interval '15 seconds'")
        service = self.start_service(traced=True)
        wait_until(lambda: service.count("courier:looked"), 30, "a look after the outbox")
        self.assertEqual(len(self.site.outbox()), 1)
        self.assertEqual(self.queued(), [])


if __name__ == "__main__":
    unittest.main()

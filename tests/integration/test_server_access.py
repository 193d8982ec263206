#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may ask the service, how often, and what it does with those who mean no good."""

import concurrent.futures
import contextlib
import hashlib
import os
import resource
import signal
import socket
import ssl
import time
import unittest

from fixtures.processes import wait_until
from fixtures.service import make_token, read_reply, run_server
from server_case import ServerCase

LIST = "GET /api/jobs/list HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n"
POST = ("POST /api/dispatch/sync HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n"
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n")

# Bodies that are no orders; each is refused with 400.
BAD_BODIES = (
    b"", b" ", b"x", b"{", b"}", b"[]", b"null", b"true", b'"wallet_address"', b"{}{}", b"{'a': 1}",
    b'{"wallet_address": "W",}', b'{"wallet_address": "W"', b'{"wallet_address": W}',
    b'{"wallet_address": "W" "a": 1}', b'{"wallet_address": "\xff"}', b'{"\xc3\x28": 1}',
    b'{"wallet_address": "W", "wallet_address": "V"}', b'{"wallet_address": "\\u0000"}',
    b'{"wallet_address": "\\ud800"', b'{"wallet_address": "W"}\x00', b'\x00{"wallet_address": "W"}',
    b'{"a":' * 1000 + b"1" + b"}" * 1000, b"[" * 60000, b'{"a":' + b"[" * 50000, b"\xef\xbb\xbf{}",
    b'{"wallet_address": "' + b"W" * 60000 + b'"}', b'{"wallet_address": 1e999999999}',
    b'{"wallet_address": {"wallet_address": "W"}}', b'{"wallet_address": "W", "priority": 1e1}',
    b'{"wallet_address": "W", "priority": 99999999999999999999}',
    b'{"wallet_address": "W", "user_id": {}}', b'{"wallet_address": "W", "triggered_by": []}',
)

# Heads that are no requests, or go where nothing is; each gets a refusal or its end.
BAD_HEADS = (
    b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
    b"GET /api/jobs/list HTTP/1.1\r\n\r\n", b"\x00" * 100, b"\xff" * 4000 + b"\r\n\r\n",
    b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n", b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", b"CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /api/jobs/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/jobs/list HTTP/1.1\r\nHost: a/b\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n",
    b"POST /api/dispatch/sync HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/jobs/retry HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
    b"POST /api/dispatch/sync HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /" + b"a" * 50000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 50000 + b"\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 5000 + b"\r\n",
)

# Lengths that are none, or that nobody would wait for; each is answered before any body is there.
BAD_LENGTHS = (
    (b"-1", 400), (b"+5", 400), (b"", 400), (b"5\r\nContent-Length: 5", 400),
    (b"5\r\nContent-Length: 6", 400), (b"18446744073709551616", 400), (b"2000000", 413),
)

# The same; but libsoup 3.2 loses their path, which a look for leaks would find.
LEAKING_HEADS = (
    b"POST /api/dispatch/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 9x\r\n\r\n",
    b"POST /api/dispatch/sync HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"POST /" + b"a" * 200000 + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
)


class Access(ServerCase):
    def test_without_a_valid_token(self):
        for token in (None, "wdt_" + "x" * 43, "", self.viewer[:-1], self.viewer + "x",
                      "x" * 5000):
            for ask in (lambda t: self.service.get("/api/jobs/list", t),
                        lambda t: self.service.post("/api/dispatch/sync", {}, t)):
                reply = ask(token)
                self.assertEqual(reply.status, 401, (token, reply))
                self.assertEqual(reply.headers["www-authenticate"],
                                 'Bearer realm="worker-dashboard"')
        for header in ("Basic dXNlcjpwdw==", "Bearer", self.viewer, f"Token {self.viewer}"):
            reply = self.service.get("/api/jobs/list", Authorization=header)
            self.assertEqual(reply.status, 401, header)

    def test_wrong_tokens_are_slowed_down(self):
        service = self.start_service()
        statuses = [service.get("/api/jobs/list", "wrong").status for _ in range(30)]
        self.assertEqual((statuses[0], statuses[-1]), (401, 429))
        self.assertEqual(service.get("/api/jobs/list", self.viewer).status, 200)

    def test_roles(self):
        wallet = self.site.add_wallets(1)[0]
        for path, body in (("dispatch/gas-topup", {"wallet_address": wallet}),
                           ("jobs/retry", {"job_id": "x"}),
                           ("wallets/set-flags", {"wallet_address": wallet, "flags": {}})):
            self.post(f"/api/{path}", body, 403, token=self.viewer)
        self.assertEqual(self.rows(), [])
        self.dispatch(wallet, token=self.admin)
        self.get("/api/workers/stats", token=self.operator)

    def test_tokens_are_made_listed_and_revoked(self):
        secret = make_token(self.site, "passing", "viewer")
        self.assertRegex(secret, r"^wdt_[A-Za-z0-9_-]{43}$")
        kept = self.site.sql("SELECT hash, role FROM worker_dashboard.api_token "
                             "WHERE name = 'passing'")[0]
        self.assertEqual(kept, (hashlib.sha256(secret.encode()).hexdigest(), "viewer"))
        time.sleep(0.3)
        self.get("/api/jobs/list", token=secret)
        listed = run_server(self.site, "token", "list").stdout
        self.assertIn("passing\tviewer\t", listed)
        self.assertNotIn(secret, listed)
        self.assertEqual(run_server(self.site, "token", "revoke", "passing").returncode, 0)
        wait_until(lambda: self.service.get("/api/jobs/list", secret).status == 401, 10,
                   "the revocation")
        self.assertEqual(run_server(self.site, "token", "revoke", "passing").returncode, 1)
        again = run_server(self.site, "token", "create", "passing", "--role", "viewer")
        self.assertEqual((again.returncode, again.stdout), (1, ""))
        for arguments in (("token", "create", "a"), ("token", "create", "a", "--role", "king"),
                          ("token", "create", "", "--role", "viewer"), ("token", "make"), ("x",),
                          ("--lanes", "0"), ("--tls-cert", "x"), ("--listen", "example.org:80")):
            self.assertEqual(run_server(self.site, *arguments).returncode, 2, arguments)
        actions = self.site.sql("SELECT action FROM worker_dashboard.audit WHERE target_type = "
                                "'token' AND target_id = 'passing' ORDER BY id")
        self.assertEqual(actions, [("create-token",), ("revoke-token",)])
        self.assertNotIn(secret, self.service.log_text())

    def test_hangup_rereads_tokens(self):
        service = self.start_service("--rate-limit", "0")
        secret = make_token(self.site, f"hup-{os.getpid()}", "viewer")
        self.assertEqual(service.get("/api/jobs/list", secret).status, 200)
        run_server(self.site, "token", "revoke", f"hup-{os.getpid()}")
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "read anew" in service.log_text(), 10, "the reload")
        self.assertEqual(service.get("/api/jobs/list", secret).status, 401)

    def test_rates(self):
        service = self.start_service("--rate-limit", "5")
        replies = [service.get("/api/jobs/list", self.viewer) for _ in range(15)]
        self.assertEqual([reply.status for reply in replies[:10]], [200] * 10)
        self.assertEqual((replies[-1].status, replies[-1].headers["retry-after"]), (429, "1"))
        self.assertEqual(service.get("/api/jobs/list", self.operator).status, 200)
        wait_until(lambda: service.get("/healthz").status == 429, 10, "too many of one address")

    def test_no_core_dumps(self):
        """They would hold passwords; but whoever looks for a fault may have them.

        A limit of 0 is overlooked where dumps are piped to a program; that of 1 is not.
        """
        before = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, before)
        self.assertNotEqual(before[1], 0, "a limit that a dump would fit in")
        watch = self.site.start_wdctl("watch")
        self.addCleanup(watch.communicate)
        self.addCleanup(watch.kill)
        service = self.start_service()
        # The address sanitizer forbids them by itself.
        sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":disable_coredump=0"
        allowed = self.start_service("--rate-limit", "0", WORKER_DASHBOARD_CORE_DUMPS="1",
                                     ASAN_OPTIONS=sanitizer)
        wait_until(lambda: resource.prlimit(watch.pid, resource.RLIMIT_CORE)[0] == 1, 10, "wdctl")
        self.assertEqual([resource.prlimit(pid, resource.RLIMIT_CORE)[0] for pid in
                          (service.process.pid, allowed.process.pid)], [1, before[1]])

    def test_ways_to_the_servers(self):
        """What could be read on the way is said once; at home there is nothing to say."""
        def warnings(service):
            return [line["message"] for line in service.log() if line.get("level") == "warning"
                    and "The way to" in line["message"]]

        self.assertEqual(warnings(self.service), [])
        service = self.start_service(REDIS_URL="redis://redis.invalid",
                                     DATABASE_URL="postgresql://u@db.invalid/x?sslmode=require")
        wait_until(lambda: len(warnings(service)) > 1, 10, "the warnings")
        self.assertIn("PostgreSQL on db.invalid is not secured (sslmode=require)",
                      warnings(service)[0])
        self.assertIn("Redis on redis.invalid is not encrypted", warnings(service)[1])

    def test_plain_text_stays_at_home(self):
        answer = run_server(self.site, "--listen", "0.0.0.0:0")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("plain text", answer.stderr)
        service = self.start_service("--behind-proxy")
        service.get("/api/jobs/list", self.viewer, X_Forwarded_For="192.0.2.1, 203.0.113.9")
        self.assertEqual(service.log()[-1]["address"], "203.0.113.9")


class Tls(ServerCase):
    options = {"tls": True}

    def test_certificates_are_shown_and_reread(self):
        first = self.site.authority.server_certificate("first")
        second = self.site.authority.server_certificate("second")
        paths = [self.site.household.path(f"tls/shown.{end}") for end in ("crt", "key")]
        self.put(first, paths)
        service = self.start_service("--tls-cert", paths[0], "--tls-key", paths[1])
        context = ssl.create_default_context(cafile=self.site.authority.certificate)
        shown = []
        for pair in (first, second):
            self.put(pair, paths)
            service.process.send_signal(signal.SIGHUP)
            with open(pair[0], encoding="ascii") as file:
                wanted = ssl.PEM_cert_to_DER_cert(file.read())
            wait_until(lambda w=wanted: self.ask(service, context)[1] == w, 10, "the certificate")
            reply, certificate = self.ask(service, context)
            self.assertEqual(reply.status, 200)
            shown.append(certificate)
        self.assertNotEqual(*shown)
        with open(paths[0], "w", encoding="ascii") as file:
            file.write("nothing")
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "cannot be used" in service.log_text(), 10, "the complaint")
        self.assertEqual(self.ask(service, context)[1], shown[1])
        # Whoever does not shake hands is let go of, and others are heard meanwhile.
        with service.connect() as link:
            link.sendall(b"GET / HTTP/1.1\r\n\r\n")
            self.assertEqual(self.ask(service, context)[0].status, 200)
            with contextlib.suppress(ConnectionError):
                self.assertLess(len(link.recv(100)), 100)
        self.assertEqual(service.stop(), 0)

    @staticmethod
    def put(pair, paths):
        for source, target in zip(pair, paths):
            with open(source, "rb") as file, open(target, "wb") as out:
                out.write(file.read())

    def ask(self, service, context):
        with context.wrap_socket(service.connect(), server_hostname="localhost") as link:
            link.sendall((LIST.format(self.viewer) + "\r\n").encode())
            with link.makefile("rb") as stream:
                return read_reply(stream), link.getpeercert(binary_form=True)


class Hostile(ServerCase):
    def send(self, data):
        """What comes back for DATA, as far as anything does."""
        try:
            return self.service.raw(data, 5)
        except (ConnectionError, TimeoutError, socket.timeout):
            return None

    def test_bodies(self):
        for number, body in enumerate(BAD_BODIES):
            with self.subTest(number=number, body=body[:60]):
                head = POST.format(self.operator, len(body)).encode()
                reply = self.service.raw(head + body)
                self.assertEqual(reply.status, 400, reply)
                self.assertIn("error", reply.document)
                head = head.replace(b"/dispatch/sync", b"/bulk")
                self.assertEqual(self.service.raw(head + body).status, 400)
        self.assertEqual(self.rows(), [])

    def test_heads(self):
        with concurrent.futures.ThreadPoolExecutor(len(BAD_HEADS)) as pool:
            replies = list(pool.map(self.send, BAD_HEADS))
        for head, reply in zip(BAD_HEADS, replies):
            with self.subTest(head=head[:60]):
                self.assertTrue(reply is None or 400 <= reply.status < 600, reply)
                self.assertNotIn("root:", reply.text if reply else "")
        self.get("/api/jobs/list")
        service = self.start_service()
        for head in LEAKING_HEADS:
            with contextlib.suppress(ConnectionError):
                reply = service.raw(head, 5)
                self.assertTrue(reply is None or reply.status in (400, 501), reply)
        self.assertEqual(service.get("/api/jobs/list", self.viewer).status, 200)

    def test_lengths(self):
        for length, status in BAD_LENGTHS:
            for body in (b"", b"{}" * 40):
                with self.subTest(length=length, body=len(body)), self.service.connect(10) as link:
                    link.sendall(POST.format(self.operator, "@").encode().replace(b"@", length)
                                 + body)
                    with link.makefile("rb") as stream:
                        reply = read_reply(stream)
                        self.assertEqual((reply.status, reply.headers["connection"]),
                                         (status, "close"), reply)
                        self.assertEqual(reply.document["code"], "invalid-argument")
                        self.assertEqual(stream.read(), b"")
        self.get("/api/jobs/list")

    def test_large_bodies(self):
        reply = self.send(POST.format(self.operator, 70000).encode() + b" " * 70000)
        self.assertEqual((reply.status, reply.headers["connection"]), (413, "close"))
        with self.assertRaises(ConnectionError), self.service.connect(20) as link:
            link.sendall(POST.format(self.operator, 10 ** 12).encode())
            for _ in range(2000):
                link.sendall(b" " * 65536)
                time.sleep(0.001)
        reply = self.service.raw(
            POST.format(self.operator, 10 ** 9).replace("\r\n\r\n", "\r\nExpect: 100-continue"
                                                        "\r\n\r\n").encode())
        self.assertEqual(reply.status, 413)
        self.get("/api/jobs/list")

    def test_pipelining_and_half_closed(self):
        one = (LIST.format(self.viewer) + "\r\n").encode()
        with self.service.connect() as link:
            link.sendall(one * 50)
            with link.makefile("rb") as stream:
                for _ in range(50):
                    self.assertEqual(read_reply(stream).status, 200)
        with self.service.connect() as link:
            link.sendall(one)
            link.shutdown(socket.SHUT_WR)
            with link.makefile("rb") as stream:
                self.assertEqual(read_reply(stream).status, 200)
                self.assertEqual(stream.read(), b"")
        # One that asks and leaves without the answer, more often than one token is worked for.
        for _ in range(50):
            with self.service.connect() as link:
                link.sendall(one)
        wait_until(lambda: self.service.get("/api/jobs/list", self.viewer).status == 200, 10,
                   "a turn")

    def test_slow_clients(self):
        head = LIST.format(self.viewer).encode()
        links = [self.service.connect(40) for _ in range(40)]
        began = time.monotonic()
        for number, link in enumerate(links):
            link.sendall((b"", b"G", head, POST.format(self.operator, 50).encode())[number % 4])
        for _ in range(4):
            time.sleep(1)
            for link in links[2::4]:
                link.sendall(b"a")
            self.get("/api/jobs/list")
        for link in links:
            rest = b""
            with contextlib.suppress(ConnectionError):
                while data := link.recv(1000):
                    rest += data
            self.assertNotIn(b" 200 ", rest)
            link.close()
        self.assertLess(time.monotonic() - began, 25)
        wait_until(lambda: len(os.listdir(f"/proc/{self.service.process.pid}/fd")) < 40, 10,
                   "descriptors to be closed")

    def test_a_thousand_connections(self):
        service = self.start_service("--rate-limit", "0", "--max-connections", "1000")
        ask = (LIST.format(self.viewer) + "\r\n").encode()
        links = []
        for _ in range(1000):
            links.append(service.connect())
        answers = []
        for link in links:
            try:
                link.sendall(ask)
                with link.makefile("rb") as stream:
                    reply = read_reply(stream)
                answers.append(reply.status if reply else None)
            except ConnectionError:
                answers.append(None)
        self.assertEqual(answers.count(200), 500)
        self.assertGreater(answers.count(503), 400)
        for link in links:
            link.close()
        wait_until(lambda: service.get("/api/jobs/list", self.viewer).status == 200, 10,
                   "room for another")
        self.assertEqual(service.stop(), 0)

    def test_orderly_stop(self):
        service = self.start_service()
        ask = (LIST.format(self.viewer) + "\r\n").encode()
        idle = service.connect()
        idle.sendall(ask)
        with idle.makefile("rb") as stream:
            read_reply(stream)
        row = self.add_jobs(1)[0]
        lock = self.site.postgres.connect()
        lock.autocommit = False
        with lock.cursor() as cursor:
            cursor.execute("LOCK TABLE job_logs IN ACCESS EXCLUSIVE MODE")
        busy = service.connect()
        busy.sendall(ask.replace(b"list", row.encode()))
        time.sleep(0.5)
        service.process.send_signal(signal.SIGTERM)
        wait_until(lambda: "Stopping: 1 " in service.log_text(), 10, "the word")
        self.assertEqual(idle.recv(1), b"")
        with self.assertRaises(ConnectionError):
            service.connect()
        lock.rollback()
        lock.close()
        with busy.makefile("rb") as stream:
            reply = read_reply(stream)
        self.assertEqual((reply.status, reply.document["id"], reply.headers["connection"]),
                         (200, row, "close"))
        self.assertEqual(service.process.wait(timeout=30), 0)
        for link in (idle, busy):
            link.close()


if __name__ == "__main__":
    unittest.main()

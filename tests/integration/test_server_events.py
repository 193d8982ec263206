#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service tells of changes and shows and pauses queues; our client makes use of both."""

import contextlib
import json
import time
import unittest
import urllib.parse

from ears import Ears
from fixtures.processes import wait_until
from fixtures.service import make_token, run_server
from fixtures.web_dashboard import WebDashboard
from fixtures.workers import Queues, Workers
from money_case import QUEUE
from server_case import ServerCase

# The service itself reads nothing but what it is told of: this is enough for a busy machine.
SECONDS = 20.0


class EventsCase(ServerCase):
    """One site and one service for all classes."""

    @classmethod
    def setUpClass(cls):
        pass


def setUpModule():  # pylint: disable=invalid-name
    ServerCase.setUpClass.__func__(EventsCase)
    unittest.addModuleCleanup(EventsCase.doClassCleanups)


class Events(EventsCase):
    def add_row(self, name):
        self.site.sql("INSERT INTO job_logs (job_id, job_type) VALUES (%s, 'sync')", name)

    def add_job(self):
        with Queues(self.site) as queues:
            queues.call(QUEUE, "add", "topup", {}, {})

    def test_changes(self):
        with self.service.feed(self.viewer) as feed:
            self.assertEqual(feed.status, 200)
            self.assertEqual(feed.answer.headers.get_content_type(), "text/event-stream")
            self.assertEqual(feed.answer.headers["Cache-Control"], "no-store")
            self.assertEqual(feed.hear(), ("resync", {}))
            feed.wait_live()
            began = time.monotonic()
            self.add_row("events-1")
            feed.wait_change("jobs", "wallets")
            self.assertLess(time.monotonic() - began, SECONDS)
            self.add_job()
            feed.wait_change("queues")
        # Nothing is missed by one who comes again, and nothing told twice.
        with self.service.feed(self.viewer, "nonsense-1") as feed:
            self.assertEqual(feed.hear(), ("resync", {}))
            self.last_id = feed.last_id
        wait_until(self.is_quiet, 20, "the end of what was told before")
        with self.service.feed(self.viewer) as other:
            other.hear()
            self.add_row("events-2")
            other.wait_change("jobs")
        with self.service.feed(self.viewer, self.last_id) as feed:
            name, told = feed.hear()
            self.assertEqual((name, "jobs" in told["changed"]), ("changed", True))

    def is_quiet(self):
        """Whether whoever comes behind the last event is told of no change."""
        with self.service.feed(self.viewer, self.last_id) as feed:
            name, _told = feed.hear()
            self.assertIn(name, ("state", "changed"))
            self.last_id = feed.last_id
            return name == "state"

    def test_who_may(self):
        self.assertEqual(self.service.get("/api/events").status, 401)
        self.assertEqual(self.service.post("/api/events", {}, self.admin).status, 405)
        reply = self.service.ask("HEAD", "/api/events", self.viewer)
        self.assertEqual((reply.status, reply.text), (200, ""))
        token = make_token(self.site, "leaver", "viewer")
        service = self.start_service(WD_FAULT_SPAN="events:check:1")
        with service.feed(token) as feed, service.feed(self.viewer) as other:
            feed.wait_live()
            other.wait_live()
            self.assertEqual(run_server(self.site, "token", "revoke", "leaver").returncode, 0)
            began = time.monotonic()
            while feed.hear():
                pass
            self.assertLess(time.monotonic() - began, 30)
            self.add_row("events-4")
            other.wait_change("jobs")
            other.wait_beat()
            # One that stops says so to all.
            began = time.monotonic()
            service.process.terminate()
            while other.hear():
                pass
            self.assertEqual(service.process.wait(30), 0)
            self.assertLess(time.monotonic() - began, 30)

    def test_bounds(self):
        service = self.start_service("--max-connections", "72")
        feeds = [service.feed(self.viewer) for _ in range(16)]
        self.addCleanup(lambda: [feed.close() for feed in feeds])
        self.assertEqual({feed.status for feed in feeds}, {200})
        with service.feed(self.viewer) as feed:
            self.assertEqual(feed.status, 429)
            self.assertIn("too many places", json.loads(feed.answer.read())["error"])
            self.assertEqual(feed.answer.headers["Retry-After"], "60")
        feeds += [service.feed(self.admin) for _ in range(2)]
        with service.feed(self.admin) as feed:
            self.assertEqual(feed.status, 503)
            self.assertIn("Too many are told", json.loads(feed.answer.read())["error"])
        # Who is gone makes room, at once.
        feeds.pop(0).close()
        with service.feed(self.viewer) as feed:
            self.assertEqual(feed.status, 200)
        # All this while others are served.
        self.assertEqual(service.get("/api/jobs/list", self.viewer).status, 200)

    def test_one_who_does_not_read(self):
        path = self.site.household.path("slow.sock")
        service = self.start_service(listen=f"unix:{path}", WD_FAULT_SPAN="client:takes:1")
        slow = service.connect()
        slow.sendall(f"GET /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.viewer}"
                     "\r\n\r\n".encode())

        with contextlib.closing(slow), service.feed(self.admin) as other:
            other.wait_live()

            def is_cut():
                self.add_row(f"slow-{time.monotonic()}")
                other.wait_change("jobs")
                try:
                    return slow.send(b"x") == 0
                except OSError:
                    return True

            wait_until(is_cut, 60, "the end of who does not read")

    def test_stores_that_are_lost(self):
        with self.service.feed(self.viewer) as feed:
            feed.wait_live()
            self.site.redis.stop()
            feed.wait("state", {"database": "live", "queues": "lost"})
            self.assertEqual(self.service.get("/api/queues", self.viewer).status, 503)
            self.site.redis.start()
            feed.wait_live()
            feed.wait_change("queues")
            self.site.postgres.stop()
            feed.wait("state", {"database": "lost", "queues": "live"})
            self.site.postgres.start()
            self.site.reconnect()
            feed.wait_live()


class QueueOrders(EventsCase):
    def order(self, word, queue=QUEUE, status=200, body="{}", token=None, **headers):
        path = f"/api/queues/{urllib.parse.quote(queue, safe='')}/{word}"
        reply = self.service.post(path, body, token or self.admin, **headers)
        self.assertEqual(reply.status, status, reply)
        return reply.document

    def queue(self):
        return next(queue for queue in self.get("/api/queues")["queues"]
                    if queue["queue"] == QUEUE)

    def test_queues(self):
        with Queues(self.site) as queues:
            queues.call(QUEUE, "add", "topup", {}, {})
        queue = self.queue()
        listed = next(queue for queue in self.site.wdctl("queues", "list").document["queues"]
                      if queue["queue"] == QUEUE)
        self.assertEqual({name: queue[name] for name in listed}, listed)
        self.assertEqual((queue["waiting"], queue["paused"], queue["layout"]), (1, False, None))
        self.redis.lpop(f"bull:{QUEUE}:wait")
        with Workers(self.site, 5, [QUEUE]):
            wait_until(lambda: self.queue()["connected_workers"] == 1, 30, "a worker")
            worker, = self.queue()["workers"]
            self.assertEqual(sorted(worker), ["name", "since"])

    def test_pause_and_resume(self):
        before = self.site.sql("SELECT count(*) FROM worker_dashboard.audit")[0][0]
        self.assertEqual(self.order("pause"),
                         {"success": True, "queue": QUEUE, "paused": True})
        self.assertTrue(self.queue()["paused"])
        self.assertEqual(self.order("pause", Idempotency_Key="a")["paused"], True)
        self.assertEqual(self.order("resume", body="")["paused"], False)
        self.assertFalse(self.queue()["paused"])
        rows = self.site.sql("SELECT action, os_user, client, target_id "
                             "FROM worker_dashboard.audit ORDER BY id OFFSET %s", before)
        self.assertEqual([row[0] for row in rows], ["pause-queue", "pause-queue", "resume-queue"])
        self.assertEqual({row[1] for row in rows}, {"admin"}, rows)
        self.assertEqual({row[3] for row in rows}, {QUEUE})

    def test_refusals(self):
        for token in (self.viewer, self.operator):
            self.order("pause", status=403, token=token)
        self.assertEqual(self.order("pause", "no such queue", 404)["error"], "Queue not found")
        self.order("pause", "a/../b", 404)
        self.order("pause", status=415, Content_Type="text/plain")
        refusal = self.order("pause", status=400, body={"paused": True})
        self.assertEqual((refusal["field"], refusal["error"]),
                         ("paused", "paused means nothing here"))
        self.order("pause", status=400, body="[]")
        self.assertEqual(self.service.get(f"/api/queues/{QUEUE}/pause", self.admin).status, 405)
        self.assertEqual(self.service.post(f"/api/queues/{QUEUE}/drain", {}, self.admin).status,
                         404)
        self.forbid_layout()
        self.addCleanup(self.allow_layout)
        self.assertIn("BullMQ", self.order("pause", status=409)["error"])
        self.assertIn("BullMQ", self.queue()["layout"])

    def test_offers(self):
        for token, more in ((self.viewer, "queues, bulk"),
                            (self.operator, "queues, bulk, bulk-run"),
                            (self.admin, "queues, pause, bulk, bulk-run")):
            offers = self.service.get("/api/queues", token).headers["worker-dashboard-offers"]
            self.assertEqual(offers, f"cursor, search, events, {more}, filter, errors")
        service = self.start_service(REDIS_URL="")
        reply = service.get("/api/jobs/list", self.admin)
        self.assertEqual(reply.headers["worker-dashboard-offers"],
                         "cursor, search, events, bulk, bulk-run, filter, errors")
        self.assertEqual(service.get("/api/queues", self.admin).status, 503)
        with service.feed(self.viewer) as feed:
            feed.wait_live(queues="none")


class Client(EventsCase):
    """Our client: a remote window, and wdctl, against the service and against others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.web = WebDashboard(cls.site.postgres.connect)
        cls.addClassCleanup(cls.web.close)

    def setUp(self):
        super().setUp()
        self.web.reset()

    def remote(self, url=None, token=None):
        return {"DATABASE_URL": "", "REDIS_URL": "",
                "WORKER_DASHBOARD_API_URL": url or f"http://{self.service.listen}",
                "WORKER_DASHBOARD_API_TOKEN": token or self.viewer}

    def ask(self, *arguments, status=0, **remote):
        answer = self.site.wdctl(*arguments, **self.remote(**remote))
        self.assertEqual(answer.status, status, answer)
        return answer.document

    def test_a_commit_is_told(self):
        with Ears(self.remote()) as ears:
            ears.wait_live()
            began = time.monotonic()
            self.site.sql("INSERT INTO job_logs (job_id, job_type) VALUES ('told', 'sync')")
            told = ears.wait(rows=True, queues=False)
            self.assertLess(told["at"] / 1e6 - began, SECONDS)
            ears.rest()
            with Queues(self.site) as queues:
                queues.call(QUEUE, "add", "topup", {}, {})
            began = time.monotonic()
            told = ears.wait(queues=True)
            self.assertLess(told["at"] / 1e6 - began, SECONDS)
            ears.say("stats")
            self.assertGreater(ears.wait(error=None)["queued"], 0)
            ears.say("stop")
            ears.wait(database="off", redis="off")

    def test_a_service_that_comes_and_goes(self):
        service = self.start_service()
        url = f"http://{service.listen}"
        with Ears(self.remote(url)) as ears:
            ears.wait_live()
            self.assertEqual(service.stop(), 0)
            told = ears.wait(database="silent")
            self.assertTrue(told["database_reason"])
            self.site.sql("INSERT INTO job_logs (job_id, job_type) VALUES ('unheard', 'sync')")
            self.start_service(listen=service.listen)
            ears.wait(rows=True, queues=True)
            ears.wait(database="on", redis="on")

    def test_a_service_without_its_queues(self):
        with Ears(self.remote()) as ears:
            ears.wait_live()
            self.site.redis.stop()
            told = ears.wait(redis="silent")
            self.assertIn("lost its queues", told["redis_reason"])
            self.assertEqual(told["database"], "on")
            self.assertEqual(self.ask("stats")["pending_jobs"] >= 0, True)
            self.site.redis.start()
            ears.wait(redis="on")

    def test_queues(self):
        direct = self.site.wdctl("queues", "list").document
        self.assertEqual(self.ask("queues", "list"), direct)
        self.assertEqual(self.ask("queues", "pause", QUEUE, token=self.admin)["paused"], True)
        self.assertEqual({worker["queue"]: worker["paused"]
                          for worker in self.ask("stats")["workers"]}[QUEUE], True)
        self.assertEqual(self.ask("queues", "resume", QUEUE, token=self.admin)["paused"], False)
        self.assertIn("role admin", self.ask("queues", "pause", QUEUE, status=1)["error"])
        self.assertEqual(self.ask("queues", "pause", "nothing", token=self.admin,
                                  status=3)["code"], "not-found")
        self.forbid_layout()
        self.addCleanup(self.allow_layout)
        self.assertIn("BullMQ", self.ask("queues", "pause", QUEUE, token=self.admin,
                                         status=4)["error"])

    def pages(self, kind, *filters, **remote):
        """All rows of a list, page by page, and how many pages there were."""
        rows, n_pages, cursor = [], 0, []
        while True:
            page = self.ask(kind, "list", "--limit", "7", *filters, *cursor, **remote)
            rows += page[kind]
            n_pages += 1
            if page["next_cursor"] is None:
                return rows, n_pages
            cursor = ["--cursor", page["next_cursor"]]

    def test_lists(self):
        """Page by page, in the order of the server and with its search; ties come once."""
        wallets = self.site.add_wallets(9, start="Seek")
        self.site.sql("INSERT INTO job_logs (job_id, job_type, wallet_address, created_at) "
                      "SELECT 'list-' || i, 'sync', %s, '2026-01-01' "
                      "FROM generate_series(1, 20) i", wallets[0])
        for kind, filters, count in (("jobs", ["--wallet", wallets[0]], 20),
                                     ("jobs", ["--search", "LIST-1"], 11),
                                     ("wallets", ["--search", "seek"], 9),
                                     ("wallets", ["--search", "seek", "--min-balance", "13"], 0)):
            direct = self.site.wdctl(kind, "list", "--limit", "100", *filters).document[kind]
            self.assertEqual(len(direct), count)
            log = len(self.service.log())
            rows, n_pages = self.pages(kind, *filters)
            self.assertEqual([row["created_at"] for row in rows],
                             [row["created_at"] for row in direct])
            self.assertEqual([row.get("id") for row in rows], [row.get("id") for row in direct])
            self.assertEqual(n_pages, max(1, -(-count // 7)))
            asked = [line["path"] for line in self.service.log()[log:] if "path" in line]
            # A process that has not asked yet asks first what there is to ask for.
            self.assertLessEqual(len(asked), 2 * n_pages)

    def silent(self, **switches):
        """Why nothing is heard of a server like that."""
        for name, value in switches.items():
            setattr(self.web, name, value)
        with Ears(self.remote(self.web.url)) as ears:
            told = ears.wait(database="silent")
            self.assertEqual(told["redis"], "off")
        return told["database_reason"]

    def test_servers_that_do_not_tell(self):
        """The deployed one is not even asked; nothing that comes is held without end."""
        self.assertIn("does not tell of changes", self.silent())
        self.assertEqual(self.web.count("GET", "/api/events"), 0)
        self.assertIn("does not show its queues",
                      self.ask("queues", "list", url=self.web.url, status=1)["error"])
        self.assertIn("404", self.silent(offers="events"))
        self.assertIn("too long", self.silent(events=[b"data: " + b"x" * 20000]))
        self.assertIn("too long", self.silent(events=[b"data: " + b"x" * 9000 + b"\n"] * 9))
        self.assertIn("ended", self.silent(events=[b"data: {}\n\n", b"event: new\ndata: x\n\n"]))
        self.assertTrue(self.silent(events=[b"event: state\ndata: nothing\n\n"]))
        other = WebDashboard(self.site.postgres.connect)
        self.addCleanup(other.close)
        other.events = [b"event: resync\ndata: {}\n\n"]
        self.assertIn("ended", self.silent(events=other.url))
        self.assertIn("Authorization", self.web.requests[-1]["headers"])
        self.assertNotIn("Authorization", other.requests[-1]["headers"])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""wdctl through a remote dashboard: the deployed server with all its deviations."""

import contextlib
import signal
import threading
import unittest
import uuid

import rest_case
from fixtures.processes import wait_until
from fixtures.relay import Relay
from fixtures.web_dashboard import WebDashboard
from rest_case import RestCase

TOKEN = "wd-secret-token-0123456789"
setUpModule = rest_case.set_up_module
NO_CONNECTION, USAGE, NOT_FOUND, REFUSED, FAILED = 5, 2, 3, 4, 1


class Lists(RestCase):
    def list_all(self, *arguments, limit=7):
        """Every page of a list, and the ids as they came."""
        ids, cursor, pages = [], None, 0
        while True:
            page = self.ask(*arguments, "--limit", str(limit),
                            *(["--cursor", cursor] if cursor else []))
            rows = page.get("jobs", page.get("wallets"))
            ids += [row.get("id") or row["address"] for row in rows]
            pages += 1
            cursor = page["next_cursor"]
            self.assertLess(pages, 100)
            if cursor is None:
                return ids

    def test_pages_of_ties_and_nulls(self):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, created_at) "
                      "SELECT 'n' || i, 'sync', 'failed', CASE WHEN i < 4 THEN NULL "
                      "WHEN i < 6 THEN 'infinity' WHEN i < 40 THEN '2026-01-01 00:00:00.123456+00' "
                      "ELSE '2026-01-01'::timestamptz - i * interval '1 minute' END "
                      "FROM generate_series(1, 60) i")
        ids = self.list_all("jobs", "list")
        self.assertEqual(len(ids), 60)
        self.assertEqual(len(set(ids)), 60)
        expected = [row[0] for row in self.site.sql(
            "SELECT id::text FROM job_logs ORDER BY created_at DESC NULLS FIRST, id DESC")]
        self.assertEqual(ids, expected)

    def test_total_is_known_only_at_the_end(self):
        self.add_jobs(30)
        page = self.ask("jobs", "list", "--limit", "10")
        self.assertEqual((len(page["jobs"]), page["total"], page["total_is_exact"]),
                         (10, 11, False), "there is one more at least")
        page = self.ask("jobs", "list", "--limit", "30")
        self.assertEqual((page["total"], page["total_is_exact"], page["next_cursor"]),
                         (30, True, None))

    def test_more_than_an_answer_holds(self):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, created_at) "
                      "SELECT 't' || i, 'sync', 'completed', '2026-01-01 00:00:00+00' "
                      "FROM generate_series(1, 2300) i")
        ids = self.list_all("jobs", "list", limit=1000)
        self.assertEqual(len(set(ids)), 2300)

    def test_both_vocabularies(self):
        self.site.sql("ALTER TABLE job_logs DROP CONSTRAINT IF EXISTS job_logs_status_check")
        self.add_jobs(2, status="active")
        self.add_jobs(3, status="processing")
        self.add_jobs(1, status="failed", job_type="consolidation")
        self.assertEqual(len(self.ask("jobs", "list", "--status", "active")["jobs"]), 5)
        self.assertEqual(len(self.ask("jobs", "list", "--status", "active", "--status",
                                      "failed")["jobs"]), 6)
        self.assertEqual(len(self.ask("jobs", "list", "--status", "failed", "--type", "sync")
                             ["jobs"]), 0)

    def test_what_cannot_be_asked_for_is_refused(self):
        self.add_jobs(2)
        document = self.ask("jobs", "list", "--search", "W", status=FAILED)
        self.assertEqual(document["code"], "not-supported")
        self.assertIn("a part of a text", document["error"])
        # It is asked what it can do, and not for what it would ignore.
        self.assertEqual([request["query"] for request in self.web.requests], ["limit=1&offset=0"])

    def test_exact_data(self):
        job = self.add_jobs(1, wallet_address="Wü+&?#1", data='{"n": 18446744073709551617}')[0]
        found = self.ask("jobs", "list", "--wallet", "Wü+&?#1")["jobs"]
        self.assertEqual([row["id"] for row in found], [job])
        self.assertEqual(self.ask("jobs", "show", job)["queue_job"], None)

    def test_show(self):
        job = self.add_jobs(1)[0]
        self.assertEqual(self.ask("jobs", "show", job)["id"], job)
        found = self.ask("jobs", "list", "--filter", f"id:{job}")["jobs"]
        self.assertEqual([row["id"] for row in found], [job])
        self.assertEqual(self.ask("jobs", "show", str(uuid.uuid4()), status=NOT_FOUND)["code"],
                         "not-found")
        self.assertEqual(self.ask("jobs", "show", "topup-1", status=FAILED)["code"],
                         "not-supported")

    def test_wallets(self):
        self.site.sql("INSERT INTO user_wallets (address, balance, network, needs_gas, created_at) "
                      "SELECT 'W' || i, CASE i WHEN 1 THEN 1e-18 WHEN 2 THEN 'NaN' WHEN 3 "
                      "THEN 1e-7 ELSE i END, (ARRAY['tron', 'eth'])[1 + i % 2], i % 3 = 0, "
                      "now() - i * interval '1 s' FROM generate_series(1, 25) i")
        wallets = self.ask("wallets", "list", "--limit", "30")["wallets"]
        self.assertEqual([wallet["address"] for wallet in wallets],
                         [f"W{i}" for i in range(1, 26)])
        self.assertEqual([wallet["balance"] for wallet in wallets[:4]],
                         ["0.000000000000000001", "NaN", "0.0000001", "4"])
        self.assertEqual(len(self.list_all("wallets", "list")), 25)
        self.assertEqual(self.ask("wallets", "list", "--needs-gas=true")["total"], 8)
        page = self.ask("wallets", "list", "--network", "tron", "--min-balance", "5",
                        "--max-balance", "10")
        self.assertEqual([wallet["address"] for wallet in page["wallets"]], ["W6", "W8", "W10"])
        self.assertEqual((page["total"], page["total_is_exact"]), (3, True))
        self.assertEqual(self.ask("wallets", "list", "--search", "w1")["total"], 11)

    def test_statistics(self):
        self.add_jobs(2, status="active")
        self.add_jobs(3, status="failed")
        stats = self.ask("stats")
        sync = next(worker for worker in stats["workers"] if worker["job_type"] == "sync")
        self.assertEqual((sync["active_jobs"], sync["failed_jobs"], sync["status"]),
                         (2, 3, "active"))
        self.assertIsNone(sync["last_active"], "it is made up")
        self.assertEqual(stats["active_jobs"], 2)
        self.web.down = True
        document = self.ask("stats", status=FAILED)
        self.assertIn("Failed to fetch jobs", document["error"])


class Between(RestCase):
    """What stands between this program and the dashboard."""

    def test_token(self):
        self.web.token = TOKEN
        document = self.ask("jobs", "list", status=NO_CONNECTION)
        self.assertEqual(document["code"], "authentication")
        self.ask("jobs", "list", WORKER_DASHBOARD_API_TOKEN=TOKEN)
        path = self.site.household.write("token", TOKEN + "\n")
        self.ask("jobs", "list", WORKER_DASHBOARD_API_TOKEN_FILE=path)
        self.assertNotIn(TOKEN, str(document))

    def test_authority(self):
        web = WebDashboard(self.site.postgres.connect,
                           certificate=self.site.authority.server_certificate("web"))
        self.addCleanup(web.close)
        document = self.ask("jobs", "list", status=NO_CONNECTION,
                            WORKER_DASHBOARD_API_URL=web.url)
        self.assertIn("not signed by an authority trusted here", document["error"])
        self.assertEqual(web.requests, [])
        for url in (web.url, web.url.replace("localhost", "127.0.0.1")):
            self.ask("jobs", "list", WORKER_DASHBOARD_API_URL=url,
                     WORKER_DASHBOARD_CA_FILE=self.site.authority.certificate)

    def test_redirects(self):
        """On the same host they are followed; another one is not told the token."""
        wallet = self.site.add_wallets(1)[0]
        for url in (self.web.url + "/", self.web.url + "/old"):
            self.ask("dispatch", "sync", "--wallet", wallet, "--force",
                     WORKER_DASHBOARD_API_URL=url, WORKER_DASHBOARD_API_TOKEN=TOKEN)
            self.assertIn("Authorization", self.web.requests[-1]["headers"])
        self.assertEqual(self.count(wallet_address=wallet), 2)
        other = WebDashboard(self.site.postgres.connect)
        self.addCleanup(other.close)
        self.web.moved_to = other.url
        self.assertEqual(len(self.ask("jobs", "list", WORKER_DASHBOARD_API_TOKEN=TOKEN)["jobs"]), 2)
        self.assertIn("Authorization", self.web.requests[-1]["headers"])
        self.assertNotIn("Authorization", other.requests[-1]["headers"])
        document = self.ask("dispatch", "sync", "--wallet", wallet, "--force", status=FAILED)
        self.assertIn("nothing was written", document["error"])
        self.assertEqual(other.count("POST", "/"), 0)

    def test_markup_is_never_shown(self):
        self.web.page = (502, 9)
        document = self.ask("jobs", "list", status=NO_CONNECTION)
        self.assertIn("502 Bad Gateway", document["error"])
        self.assertNotIn("<", document["error"])
        self.web.page = (405, 9)
        self.assertIn("405", self.ask("jobs", "list", status=FAILED)["error"])
        self.web.page = (404, 9)
        self.assertIn("there is no dashboard at this address",
                      self.ask("jobs", "list", status=FAILED)["error"])
        self.web.page = (200, 9)
        document = self.ask("jobs", "list", status=FAILED)
        self.assertEqual(document["code"], "protocol")
        self.assertNotIn("<", document["error"])

    def test_reads_are_tried_again(self):
        self.web.page = (503, 2)
        self.ask("jobs", "list")
        self.assertEqual(self.web.count("GET", "/api/jobs/list"), 3)

    def test_wait_as_told(self):
        self.web.retry_after = 3600
        document = self.ask("jobs", "list", status=FAILED)
        self.assertEqual(document["code"], "busy")
        self.assertIn("3600 seconds", document["error"])
        self.assertEqual(len(self.web.requests), 1)

    def test_huge(self):
        self.web.huge = True
        self.assertIn("32 MB", self.ask("jobs", "list", status=FAILED)["error"])

    def test_interrupt(self):
        """Whoever waits for a slow one need not."""
        self.web.wait_ms = 60000
        with self.start("jobs", "list", WORKER_DASHBOARD_API_URL=self.web.url, DATABASE_URL="",
                        REDIS_URL="") as process:
            wait_until(lambda: self.web.requests, 10, "the request")
            process.send_signal(signal.SIGINT)
            _out, err = process.communicate(timeout=30)
            self.assertEqual(process.returncode, FAILED, err)

    def test_no_plain_http_elsewhere(self):
        document = self.ask("jobs", "list", status=USAGE,
                            WORKER_DASHBOARD_API_URL="http://dashboard.example.com")
        self.assertIn("https://", document["error"])

    def test_nobody_there(self):
        other = WebDashboard(self.site.postgres.connect)
        other.close()
        self.assertEqual(self.ask("stats", status=NO_CONNECTION,
                                  WORKER_DASHBOARD_API_URL=other.url)["code"], "no-connection")

    def test_proxy_of_the_desktop(self):
        with contextlib.closing(Relay(self.web.port)) as proxy:
            self.ask("jobs", "list", http_proxy=proxy.url, no_proxy="")
            self.assertRegex(proxy.seen[0], rf"^GET http://127\.0\.0\.1:{self.web.port}/api/jobs/")
            seen = len(proxy.seen)
            self.ask("jobs", "list", http_proxy=proxy.url, no_proxy="127.0.0.1")
            self.assertEqual(len(proxy.seen), seen)

    def test_what_it_does_not_serve(self):
        for command in (["outbox", "list"], ["audit", "list"], ["health"],
                        ["migrate", "--dry-run"]):
            document = self.ask(*command, status=FAILED)
            self.assertEqual(document["code"], "not-supported", command)
        self.assertEqual(self.web.requests, [])
        # Others do serve these: it is asked once what it is.
        for command in (["queues", "list"], ["queues", "pause", "sync-balances"],
                        ["jobs", "errors"], ["bulk", "list"]):
            document = self.ask(*command, status=FAILED)
            self.assertEqual(document["code"], "not-supported", command)
        self.assertEqual({request["path"] for request in self.web.requests}, {"/api/jobs/list"})
        checks = {check["name"]: check["status"] for check in self.ask("doctor")["checks"]}
        self.assertEqual(checks, {"remote-jobs": "ok", "remote-statistics": "ok",
                                  "remote-keys": "warning", "remote-offers": "ok"})


class Writes(RestCase):
    def setUp(self):
        super().setUp()
        self.wallet = self.site.add_wallets(1)[0]

    def dispatch(self, *arguments, status=0, **changes):
        return self.ask("dispatch", "gas-topup", "--wallet", self.wallet, *arguments,
                        status=status, **changes)

    def test_dispatch(self):
        document = self.dispatch("--priority", "high")
        self.assertTrue(document["success"])
        self.assertEqual(document["jobs"][0]["data"]["priority"], 10)
        self.assertEqual(self.count(wallet_address=self.wallet, status="pending"), 1)
        self.assertRegex(self.posts()[0]["headers"]["Idempotency-Key"], "^[0-9a-f-]{36}$")
        # The server would take it; whoever orders is asked first.
        document = self.dispatch(status=REFUSED)
        self.assertEqual(document["code"], "duplicate")
        self.assertEqual(len(self.posts()), 1)
        self.dispatch("--force")
        self.assertEqual(self.count(wallet_address=self.wallet), 2)

    def test_unknown_wallet(self):
        document = self.ask("dispatch", "sync", "--wallet", "nobody", status=NOT_FOUND)
        self.assertEqual(document["refused"][0]["code"], "not-found")
        self.assertEqual(self.posts(), [])

    def test_lost_answer(self):
        """It was written: it is shown, and not sent again."""
        self.web.cut = ("after", 1)
        document = self.dispatch(status=NO_CONNECTION)
        self.assertEqual(document["code"], "unknown-outcome")
        job = self.site.sql("SELECT id::text FROM job_logs WHERE wallet_address = %s", self.wallet)
        self.assertEqual(len(job), 1)
        self.assertIn(job[0][0], document["refused"][0]["error"])
        self.assertEqual(len(self.posts()), 1)

    def test_lost_order(self):
        """It was not written, which nobody can know: not sent again either."""
        self.web.cut = ("before", 1)
        document = self.dispatch(status=NO_CONNECTION)
        self.assertEqual(document["code"], "unknown-outcome")
        self.assertIn("has got no such job since then", document["refused"][0]["error"])
        self.assertEqual(len(self.posts()), 1)

    def test_nothing_is_sent_into_a_silence(self):
        others = self.site.add_wallets(2)
        self.web.cut = ("after", 1)
        document = self.dispatch("--wallet", others[0], "--wallet", others[1],
                                 status=NO_CONNECTION)
        self.assertEqual([refusal["code"] for refusal in document["refused"]],
                         ["unknown-outcome", "no-connection", "no-connection"])
        self.assertEqual(len(self.posts()), 1)

    def test_markup_leaves_it_unknown(self):
        self.web.page = (502, 0)
        lost = threading.Event()

        def serve(handler, body, plain=self.web.serve):
            if body is not None and not lost.is_set():
                lost.set()
                self.web.page = (502, 1)
            plain(handler, body)

        self.web.serve = serve
        self.addCleanup(delattr, self.web, "serve")
        self.assertEqual(self.dispatch(status=NO_CONNECTION)["code"], "unknown-outcome")

    def test_read_only_writes_nothing(self):
        self.site.household.make_folder("config/worker-dashboard")
        self.site.household.write(
            "config/worker-dashboard/profiles.conf",
            f"[Remote]\nurl={self.web.url}\nread-only=true\nkeyring=false\n")
        document = self.ask("--profile", "Remote", "dispatch", "sync", "--wallet", self.wallet,
                            status=REFUSED,
                            XDG_CONFIG_HOME=self.site.household.path("config"))
        self.assertEqual(document["code"], "read-only")
        self.assertEqual(self.web.requests, [])

    def test_retry(self):
        job = self.site.add_failed_jobs(1)[0]
        self.assertTrue(self.ask("jobs", "retry", job)["success"])
        self.assertEqual(self.count(status="pending", retry_count=1), 1)
        document = self.ask("jobs", "retry", job, status=REFUSED)
        self.assertEqual(document["refused"][0]["code"], "not-failed")
        self.site.sql("UPDATE job_logs SET status = 'failed', retry_count = 3")
        document = self.ask("jobs", "retry", job, status=REFUSED)
        self.assertEqual(document["refused"][0]["code"], "retries-exhausted")
        self.assertTrue(self.ask("jobs", "retry", job, "--reset")["success"])
        self.assertEqual(self.count(status="pending", retry_count=0), 1)
        document = self.ask("jobs", "retry", str(uuid.uuid4()), status=NOT_FOUND)
        self.assertEqual(document["refused"][0]["code"], "not-found")

    def test_retry_beside_another_job(self):
        """The server would take it; whoever orders is asked first."""
        job = self.site.add_failed_jobs(1)[0]
        self.site.sql("UPDATE job_logs SET wallet_address = %s WHERE id = %s", self.wallet, job)
        other = self.dispatch()["jobs"][0]["id"]
        document = self.ask("jobs", "retry", job, status=REFUSED)
        self.assertEqual(document["refused"][0]["code"], "duplicate")
        self.assertIn(other, document["error"])
        self.assertEqual(len(self.posts()), 1)
        self.ask("jobs", "retry", "--force", job)
        self.assertEqual(self.count(status="pending"), 2)

    def test_all_failed_are_not_retried_at_once(self):
        self.site.add_failed_jobs(2)
        self.assertEqual(self.ask("jobs", "retry", "--all-failed", status=FAILED)["code"],
                         "not-supported")
        self.assertEqual(self.web.requests, [])

    def test_retry_without_a_database(self):
        """“Not found” is believed only where the rows can be read."""
        job = self.site.add_failed_jobs(1)[0]
        self.web.down = True
        document = self.ask("jobs", "retry", job, status=NO_CONNECTION)
        self.assertIn("Nothing was written", document["error"])
        self.assertEqual(self.count(status="failed"), 1)

    def test_lost_retry(self):
        job = self.site.add_failed_jobs(1)[0]
        self.web.cut = ("after", 1)
        document = self.ask("jobs", "retry", job, status=NO_CONNECTION)
        self.assertEqual(document["code"], "unknown-outcome")
        self.assertIn("“pending”", document["refused"][0]["error"])
        self.assertEqual(len(self.posts()), 1)

    def test_flags(self):
        wallet = self.ask("wallets", "set-flags", self.wallet, "--needs-gas=true")["wallet"]
        self.assertEqual((wallet["needs_gas"], wallet["needs_consolidation"]), (True, False))
        self.assertEqual(self.ask("wallets", "set-flags", "nobody", "--needs-gas=true",
                                  status=NOT_FOUND)["code"], "not-found")
        self.web.cut = ("after", 1)
        document = self.ask("wallets", "set-flags", self.wallet, "--needs-gas=false",
                            status=NO_CONNECTION)
        self.assertEqual(document["code"], "unknown-outcome")


if __name__ == "__main__":
    unittest.main()

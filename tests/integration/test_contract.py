#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One contract, whoever answers: the stores themselves, our service, and the deployed dashboard."""

import unittest
import uuid

from fixtures.processes import wait_until
from fixtures.service import Service, make_token
from fixtures.site import Site
from fixtures.web_dashboard import WebDashboard
from fixtures.workers import Queues
from raw_case import ABSENT, AS_OURS, TABLE, RawHttp
from wdctl_case import JOB, WdctlCase

FAILED, NOT_FOUND, REFUSED = 1, 3, 4
SAME = "2026-01-01 00:00:00+00"


def setUpModule():  # pylint: disable=invalid-name
    """One site, asked in four ways."""
    Contract.site = Table.site = Site()
    unittest.addModuleCleanup(Contract.site.close)


class Contract:
    """What holds for each way of asking."""

    # What they write reaches a queue.
    delivers = True

    def list_jobs(self, *filters):
        """All pages of a list of jobs."""
        jobs, cursor = [], None
        while True:
            page = self.ask("jobs", "list", "--limit", "9", *filters,
                            *(["--cursor", cursor] if cursor else []))
            jobs += page["jobs"]
            cursor = page["next_cursor"]
            if cursor is None:
                return jobs

    def fail_job(self):
        """A failed job, in its queue as a worker leaves it, and its row."""
        row = self.site.add_failed_jobs(1)[0]
        with Queues(self.site) as queues:
            queues.call("gas-topup", "add", "topup", {}, {"jobId": row, "attempts": 1})
        redis = self.site.redis.client()
        redis.lrem("bull:gas-topup:wait", 1, row)
        redis.hset(f"bull:gas-topup:{row}", mapping={"finishedOn": "2", "atm": "1"})
        redis.zadd("bull:gas-topup:failed", {row: 2})
        return row

    def waiting(self):
        redis = self.site.redis.client()
        return (redis.lrange("bull:gas-topup:wait", 0, -1)
                + redis.zrange("bull:gas-topup:prioritized", 0, -1))

    def test_jobs(self):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, data, created_at) "
                      "SELECT 'c' || i, CASE WHEN i % 2 = 0 THEN 'sync' ELSE 'consolidation' END, "
                      "'failed', '{\"n\": 18446744073709551617}', CASE WHEN i = 1 THEN NULL "
                      f"WHEN i < 20 THEN '{SAME}'::timestamptz "
                      f"ELSE '{SAME}'::timestamptz - i * interval '1 s' END "
                      "FROM generate_series(1, 40) i")
        order = [row[0] for row in self.site.sql(
            "SELECT id::text FROM job_logs ORDER BY created_at DESC NULLS FIRST, id DESC")]
        jobs = self.list_jobs()
        self.assertEqual([job["id"] for job in jobs], order)
        self.assertLessEqual(set(JOB), set(jobs[0]))
        self.assertEqual({job["data"]["n"] for job in jobs}, {18446744073709551617})
        self.assertEqual(len(self.list_jobs("--type", "sync", "--status", "failed")), 20)
        self.assertEqual(self.list_jobs("--type", "gas-topup"), [])
        shown = self.ask("jobs", "show", order[3])
        self.assertEqual((shown["id"], shown["status"]), (order[3], "failed"))
        self.assertEqual(self.ask("jobs", "show", str(uuid.uuid4()), status=NOT_FOUND)["code"],
                         "not-found")

    def test_wallets(self):
        self.site.sql("INSERT INTO user_wallets (address, balance, network, needs_gas, created_at) "
                      "SELECT 'W' || i, CASE i WHEN 1 THEN 1e-18 ELSE i * 1.5 END, 'tron', "
                      "i % 3 = 0, now() - i * interval '1 s' FROM generate_series(1, 12) i")
        wallets = self.ask("wallets", "list", "--limit", "20")["wallets"]
        self.assertEqual([wallet["address"] for wallet in wallets],
                         [f"W{i}" for i in range(1, 13)])
        self.assertEqual([float(wallet["balance"]) for wallet in wallets[:2]], [1e-18, 3.0])
        self.assertEqual(len(self.ask("wallets", "list", "--needs-gas=true")["wallets"]), 4)
        changed = self.ask("wallets", "set-flags", "W1", "--needs-gas=true")["wallet"]
        self.assertEqual((changed["address"], changed["needs_gas"]), ("W1", True))
        self.assertEqual(self.site.sql("SELECT count(*) FROM user_wallets WHERE needs_gas"),
                         [(5,)])
        self.assertEqual(self.ask("wallets", "set-flags", "nobody", "--needs-gas=true",
                                  status=NOT_FOUND)["code"], "not-found")

    def test_statistics(self):
        self.site.add_failed_jobs(3)
        stats = self.ask("stats")
        worker = next(worker for worker in stats["workers"] if worker["job_type"] == "gas-topup")
        self.assertEqual((worker["failed_jobs"], stats["pending_jobs"]), (3, 0))

    def test_workers_that_are_not_seen(self):
        """A worker of another language is not listed, and a late job wants one: so it is told."""
        redis = self.site.redis.client()
        redis.set("bull:gas-topup:stalled-check", "1", px=60000)
        with Queues(self.site) as queues:
            queues.call("gas-topup", "add", "topup", {}, {"jobId": "late-1", "delay": 3600000})
        redis.zadd("bull:gas-topup:delayed", {"late-1": (int(redis.time()[0]) - 300) * 1000 * 4096})
        worker = next(worker for worker in self.ask("stats")["workers"]
                      if worker["job_type"] == "gas-topup")
        self.assertEqual([worker[name] for name in (
            "queue", "connected_workers", "overdue_jobs", "signs_of_workers",
            "workers_can_be_seen")],
            ["gas-topup", None, 1, True, True] if self.delivers else [None] * 5)

    def test_dispatch(self):
        wallet = self.site.add_wallets(1)[0]
        document = self.ask("dispatch", "gas-topup", "--wallet", wallet, "--priority", "high")
        job = document["jobs"][0]
        self.assertEqual((job["wallet_address"], job["data"]["priority"]), (wallet, 10))
        self.assertEqual(self.site.sql("SELECT id::text, status FROM job_logs"),
                         [(job["id"], "pending")])
        again = self.ask("dispatch", "gas-topup", "--wallet", wallet, status=REFUSED)
        self.assertEqual(again["code"], "duplicate")
        self.ask("dispatch", "gas-topup", "--wallet", "nobody", status=NOT_FOUND)
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(1,)])
        self.assertEqual(self.waiting(), [job["job_id"]] if self.delivers else [])

    def test_retry(self):
        row = self.fail_job()
        self.assertEqual(self.ask("jobs", "retry", row)["jobs"][0]["status"], "pending")
        self.assertEqual(self.site.sql("SELECT status, error_message FROM job_logs"),
                         [("pending", None)])
        self.assertEqual(self.waiting(), [row] if self.delivers else [])
        again = self.ask("jobs", "retry", row, status=REFUSED)
        self.assertEqual(again["refused"][0]["code"], "not-failed")
        missing = self.ask("jobs", "retry", str(uuid.uuid4()), status=NOT_FOUND)
        self.assertEqual(missing["refused"][0]["code"], "not-found")

    def test_errors(self):
        for i in range(3):
            self.site.add_failed_jobs(1)
            self.site.sql("UPDATE job_logs SET error_message = %s WHERE error_message = "
                          "'out of energy'", f"block {i} is late")
        self.site.add_failed_jobs(2)
        report = self.ask("jobs", "errors")
        self.assertEqual([(group["failed_jobs"], group["job_types"]) for group in report["groups"]],
                         [(3, ["gas-topup"]), (2, ["gas-topup"])])
        self.assertEqual((report["total"], report["failed_jobs"], report["is_complete"]),
                         (2, 5, True))
        group = f'group:"{report["groups"][0]["error_group"]}"'
        self.assertEqual(len(self.list_jobs("--filter", f"{group} -type:sync retries:>=1")), 3)
        self.assertEqual(self.list_jobs("--filter", f"{group} status:completed,active"), [])
        self.assertEqual(self.ask("bulk", "retry", "--filter", group)["total"], 3)

    def run_bulk(self, run):
        """Lets a bulk run go on until it is done."""
        return self.ask("bulk", "run", run["id"])

    def numbers(self, run):
        return tuple(run[name] for name in ("state", "total", "done", "refused_count", "is_running",
                                            "last_error", "undelivered"))

    def test_bulk_dispatch(self):
        self.site.sql("TRUNCATE worker_dashboard.bulk_run CASCADE")
        self.site.sql("INSERT INTO user_wallets (address, network, needs_gas) SELECT 'W' || i, "
                      "'tron', i % 3 = 0 FROM generate_series(1, 12) i")
        self.ask("dispatch", "gas-topup", "--wallet", "W3")
        run = self.ask("bulk", "dispatch", "gas-topup", "--needs-gas=true", "--priority", "high")
        self.assertEqual(self.numbers(run), ("frozen", 4, 0, 0, False, None, 0))
        self.assertEqual((run["counts"], run["priority"], run["force"]),
                         ([{"job_type": "gas-topup", "network": "tron", "n": 4}], 10, False))
        self.assertEqual([(one["code"], one["n"]) for one in run["forecast"]], [("duplicate", 1)])
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(1,)])
        done = self.run_bulk(run)
        self.assertEqual(self.numbers(done), ("done", 4, 3, 1, False, None, 0))
        self.assertEqual([one["wallet_address"] for one in done["refused"]], ["W3"])
        self.assertEqual(self.ask("bulk", "show", run["id"]), done)
        self.assertEqual([one["id"] for one in self.ask("bulk", "list")["runs"]], [run["id"]])
        self.assertEqual(len(self.waiting()), 4)
        self.ask("bulk", "discard", run["id"], status=REFUSED)
        self.ask("bulk", "show", str(uuid.uuid4()), status=NOT_FOUND)

    def test_bulk_retry_and_flags(self):
        self.site.sql("TRUNCATE worker_dashboard.bulk_run CASCADE")
        row = self.fail_job()
        spent = self.site.add_failed_jobs(1)[0]
        self.site.sql("UPDATE job_logs SET retry_count = 3 WHERE id = %s", spent)
        run = self.ask("bulk", "retry", row, spent)
        self.assertEqual([(one["code"], one["n"]) for one in run["forecast"]],
                         [("retries-exhausted", 1)])
        self.assertEqual(self.ask("bulk", "discard", run["id"])["state"], "discarded")
        run = self.ask("bulk", "retry", "--type", "gas-topup")
        self.assertEqual((run["total"], run["reset"]), (2, False))
        self.assertEqual(self.numbers(self.run_bulk(run)), ("done", 2, 1, 1, False, None, 0))
        self.assertEqual(self.waiting(), [row])
        wallet = self.site.add_wallets(1)[0]
        run = self.ask("bulk", "set-flags", "--set-needs-gas=true", "--wallet", wallet)
        self.assertEqual((run["needs_gas"], run["needs_consolidation"]), (True, None))
        self.assertEqual(self.run_bulk(run)["done"], 1)
        self.assertEqual(self.site.sql("SELECT needs_gas FROM user_wallets"), [(True,)])


class Direct(Contract, WdctlCase):
    """wdctl upon the stores."""

    @classmethod
    def setUpClass(cls):
        pass


class Remote(WdctlCase):
    """wdctl upon a URL."""

    url = token = None

    def ask(self, *arguments, status=0, **changes):
        return super().ask(*arguments, status=status, **{
            "WORKER_DASHBOARD_API_URL": self.url, "WORKER_DASHBOARD_API_TOKEN": self.token,
            "DATABASE_URL": "", "REDIS_URL": "", **changes})


class ThroughService(Contract, Remote):
    """Our client to our service."""

    @classmethod
    def setUpClass(cls):
        cls.token = make_token(cls.site, cls.__name__, "operator")
        service = Service(cls.site, "--rate-limit", "0", name=cls.__name__)
        cls.addClassCleanup(service.close)
        cls.url = f"http://127.0.0.1:{service.port}"


class ThroughDeployed(Contract, Remote):
    """Our client to a server that only writes rows."""

    delivers = False

    @classmethod
    def setUpClass(cls):
        web = WebDashboard(cls.site.postgres.connect)
        cls.addClassCleanup(web.close)
        cls.token, cls.url = "none", web.url

    def test_bulk_dispatch(self):
        """What it does not have is refused with the reason, and nothing is asked of it."""
        for words in (("dispatch", "sync", "--all"), ("list",), ("show", str(uuid.uuid4())),
                      ("run", str(uuid.uuid4())), ("pause", str(uuid.uuid4()))):
            refused = self.ask("bulk", *words, status=FAILED)
            self.assertEqual(refused["code"], "not-supported")
            self.assertIn("takes jobs one by one", refused["error"])

    test_bulk_retry_and_flags = None

    def test_errors(self):
        for words, said in ((("errors",), "does not group errors"),
                            (("list", "--filter", "retries:>=1"), "the number of retries")):
            refused = self.ask("jobs", *words, status=FAILED)
            self.assertEqual(refused["code"], "not-supported")
            self.assertIn(said, refused["error"])


class Table:
    """The rows of the API's table, one behind the other."""

    deployed = False

    def test_table(self):
        self.site.add_wallets(1)
        self.site.sql("UPDATE user_wallets SET address = 'W1', balance = 1e-18")
        failed, spent = self.site.add_failed_jobs(2)
        self.site.sql("UPDATE job_logs SET retry_count = 3 WHERE id = %s", spent)
        for request, body, ours, deployed in TABLE:
            expected = ours if not self.deployed or deployed is AS_OURS else deployed
            if expected is ABSENT:
                continue
            request = request.format(failed=failed)
            if isinstance(body, dict) and str(body.get("job_id")).startswith("{"):
                body = {**body, "job_id": body["job_id"].format(failed=failed, spent=spent)}
            with self.subTest(request=request, body=body):
                document = self.check_row(request, body, expected)
                if request.startswith("POST dispatch") and expected[0] == 200:
                    self.check_dispatched(body, document["job"])
                if request == "POST jobs/retry" and expected[0] == 200:
                    self.assertEqual([document["job"][name] for name in (
                        "id", "status", "error_message", "started_at", "completed_at",
                        "retry_count")],
                        [body["job_id"], "pending", None, None, None,
                         0 if body.get("reset_retry_count") else 1])
                if not self.deployed and expected[0] >= 400:
                    self.assertIsInstance(document["code"], str)

    def check_dispatched(self, order, job):
        self.assertEqual((job["status"], job["retry_count"], job["max_retries"],
                          job["triggered_by"]),
                         ("pending", 0, 3, order.get("triggered_by", "manual")))
        wanted = {"priority": 5, **order, "created_at": job["data"]["created_at"]}
        wanted.pop("triggered_by", None)
        self.assertEqual(job["data"], wanted)
        self.assertRegex(job["data"]["created_at"], r"T\d\d:\d\d:\d\d\.\d{3}Z$")


class ThroughHttp(Contract, Table, RawHttp):
    """Nothing of ours but the service."""

    def run_bulk(self, run):
        self.ask("bulk", "run", run["id"])
        wait_until(lambda: self.ask("bulk", "show", run["id"])["state"] == "done", 30, "the run")
        return self.ask("bulk", "show", run["id"])

    @classmethod
    def setUpClass(cls):
        ThroughService.setUpClass.__func__(cls)


class TableOfDeployed(Table, RawHttp):
    """The server that is written for the tests deviates as the table says, and else does not."""

    deployed = True

    @classmethod
    def setUpClass(cls):
        ThroughDeployed.setUpClass.__func__(cls)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is stuck, with real workers; wallets in trouble, against a plain computation."""

import datetime
import random
import unittest

from fixtures.processes import wait_until
from fixtures.workers import Queues, Workers
from wdctl_case import WdctlCase

QUEUE = "sync-balances"
FINDING = ["kind", "queue", "job_type", "since", "count", "at_least", "connected_workers",
           "job_ids", "message", "advice"]
TROUBLES = ("failures", "flag", "sync", "deposit", "uncleared")
# What the settings say for these tests, in seconds.
FLAG, SYNC, DEPOSIT = 3600, 86400, 21600
FLAGS = (("needs_gas", "gas-topup"), ("needs_consolidation", "consolidation"))
HOUR = datetime.timedelta(hours=1)


class HealthCase(WdctlCase):
    def setUp(self):
        super().setUp()
        self.site.sql("DELETE FROM worker_dashboard.setting WHERE key LIKE 'health.%'")
        self.site.sql("DELETE FROM worker_dashboard.wallet_flag WHERE address <> ''")

    def limit(self, **limits):
        for name, value in limits.items():
            self.site.sql("INSERT INTO worker_dashboard.setting (key, value) VALUES (%s, %s) "
                          "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                          "health." + name.replace("_", "-"), str(value))

    def findings(self, **changes):
        """What is wrong with the queues, by kind."""
        found = self.ask("health", **changes)["findings"]
        self.assertTrue(all(list(finding) == FINDING for finding in found), found)
        self.assertTrue(all(finding["message"] and finding["advice"] for finding in found), found)
        by_kind = {finding["kind"]: finding for finding in found}
        self.assertEqual(len(by_kind), len(found), "one finding of a kind for a queue")
        return by_kind

    def wait_for(self, *kinds):
        def come():
            found = self.findings()
            return (found,) if set(found) == set(kinds) else None

        return wait_until(come, 30, f"findings {kinds}")[0]


class Stuck(HealthCase):
    """Every way in which jobs can be stuck, and those that only look like it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queues = Queues(cls.site)
        cls.addClassCleanup(cls.queues.close)
        cls.redis = cls.site.redis.client()
        cls.addClassCleanup(cls.redis.close)

    def key(self, suffix):
        return f"bull:{QUEUE}:{suffix}"

    def add(self, *ids, **options):
        for job_id in ids:
            self.queues.call(QUEUE, "add", "sync", {}, {"jobId": job_id, **options})

    def workers(self, **options):
        workers = Workers(self.site, queues=[QUEUE], fast=True, **options)
        self.addCleanup(workers.close)
        return workers

    def wait_until_active(self, *ids):
        wait_until(lambda: set(self.redis.lrange(self.key("active"), 0, -1)) == set(ids), 30,
                   f"{ids} to be active")

    def test_a_worker_killed_in_a_job(self):
        """Killed by SIGKILL: its lock expires, a worker takes the job again, the job ends."""
        killed = self.workers(hold=True)
        self.add("dies-1")
        self.wait_until_active("dies-1")
        self.assertEqual(self.findings(), {}, "a job that runs is not stuck")
        killed.kill()
        # What takes half a minute and a check of BullMQ's, without the wait.
        self.redis.pexpire(self.key("dies-1:lock"), 1)
        lost = self.wait_for("lost-lock")["lost-lock"]
        self.assertEqual((lost["queue"], lost["job_type"], lost["count"], lost["job_ids"]),
                         (QUEUE, "sync", 1, ["dies-1"]))
        self.assertIsNotNone(lost["since"])
        card = [w for w in self.ask("stats")["workers"] if w["queue"] == QUEUE][0]
        self.assertEqual(card["status"], "stopped", "nobody is connected")
        self.redis.delete(self.key("stalled-check"))
        self.redis.sadd(self.key("stalled"), "dies-1")
        again = self.workers(hold=True)
        self.wait_until_active("dies-1")
        stalled = self.wait_for("stalled")["stalled"]
        self.assertEqual((stalled["count"], stalled["job_ids"]), (1, ["dies-1"]))
        again.release()
        self.wait_for()

    def test_no_worker(self):
        self.add("waits-1", "waits-2")
        self.add("urgent-1", priority=3)
        found = self.findings()["no-worker"]
        self.assertEqual((found["count"], found["connected_workers"], found["at_least"]),
                         (3, 0, False))
        self.assertIn("3 jobs wait", found["message"])
        status, out, err = self.text("health")
        self.assertEqual(status, 0, err)
        self.assertIn("no worker is connected", out)
        self.queues.call(QUEUE, "pause")
        self.assertEqual(self.findings(), {}, "a paused queue waits because somebody wants it to")
        self.queues.call(QUEUE, "resume")
        self.assertEqual(set(self.findings()), {"no-worker"})

    def test_delayed_jobs_do_not_wait(self):
        self.add("later-1", delay=3600000)
        self.assertEqual(self.findings(), {})
        status, out, _ = self.text("health")
        self.assertEqual((status, out.strip()), (0, "Nothing is stuck, and no wallet is in "
                                                 "trouble."))

    def test_workers_that_cannot_be_seen(self):
        """Without CLIENT LIST nobody says that there is no worker; that nothing ends is true."""
        self.add("waits-1")
        self.addCleanup(self.site.redis.limit, "+client|list", user="default")
        self.site.redis.limit("-client|list", user="default")
        self.assertEqual(self.findings(), {})
        self.limit(idle_seconds=1)
        self.redis.hset(self.key("waits-1"), "timestamp", 1700000000000)
        found = self.findings()
        self.assertEqual(set(found), {"nothing-ends"})
        self.assertIsNone(found["nothing-ends"]["connected_workers"])
        self.assertIn("cannot be seen", found["nothing-ends"]["message"])

    def test_queues_that_cannot_be_looked_into(self):
        self.addCleanup(self.site.redis.limit, "+eval", "+evalsha", user="default")
        self.site.redis.limit("-eval", "-evalsha", user="default")
        self.assertIn(QUEUE, self.ask("health")["unread_queues"])
        self.assertEqual(self.text("health")[:2], (0, ""))

    def test_a_worker_that_does_not_name_itself(self):
        """What only a living worker renews speaks against there being none."""
        self.add("waits-1")
        self.redis.set(self.key("stalled-check"), "1", px=30000)
        self.assertEqual(self.findings(), {})

    def test_nothing_ends(self):
        self.workers(hold=True)
        self.add("runs-1")
        self.wait_until_active("runs-1")
        self.add("waits-1")
        self.assertEqual(self.findings(), {}, "ten minutes are allowed")
        self.limit(idle_seconds=1)
        found = self.wait_for("nothing-ends")["nothing-ends"]
        self.assertEqual((found["count"], found["connected_workers"]), (1, 1))

    def test_longer_than_usual(self):
        """By the 99th percentile of its type, once enough of them are known."""
        self.workers(hold=True)
        self.add("slow-1")
        self.wait_until_active("slow-1")
        ago = int(self.redis.time()[0] - 100) * 1000
        self.redis.hset(self.key("slow-1"), "processedOn", ago)
        self.add_runs(99, 20)
        self.assertEqual(self.findings(), {}, "99 are too few to know what is usual")
        self.add_runs(100, 20)
        found = self.findings()["long-run"]
        self.assertEqual((found["count"], found["job_ids"]), (1, ["slow-1"]))
        since = datetime.datetime.fromisoformat(found["since"].replace("Z", "+00:00"))
        # Stuck since it has run for three times what 99 of 100 take, about 20 s.
        self.assertAlmostEqual(since.timestamp() - ago / 1000, 60, delta=7)
        self.limit(run_factor=6)
        self.assertEqual(self.findings(), {})

    def test_shorter_than_a_minute(self):
        """Where jobs take milliseconds, one of some seconds is not stuck."""
        self.workers(hold=True)
        self.add("quick-1")
        self.wait_until_active("quick-1")
        self.add_runs(200, 0.01)
        self.redis.hset(self.key("quick-1"), "processedOn", int(self.redis.time()[0] - 30) * 1000)
        self.assertEqual(self.findings(), {})
        self.limit(least_run_seconds=10)
        self.assertEqual(set(self.findings()), {"long-run"})

    def test_without_queues(self):
        """Where workers poll the database only a row says that a job runs."""
        self.add_runs(150, 20)
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, started_at) "
                      "VALUES ('polled-1', 'sync', 'active', now() - interval '2 minutes'), "
                      "('polled-2', 'sync', 'active', now() - interval '20 seconds'), "
                      "('other-1', 'gas-topup', 'active', now() - interval '2 days')")
        found = self.findings(REDIS_URL="")
        self.assertEqual(set(found), {"long-run"})
        self.assertEqual((found["long-run"]["queue"], found["long-run"]["job_ids"]),
                         (None, ["polled-1"]))
        self.assertEqual(self.findings(), {}, "where there are queues, they say what runs")

    def add_runs(self, count, seconds):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, started_at, completed_at) "
                      "SELECT gen_random_uuid()::text, 'sync', 'completed', "
                      "now() - interval '1 minute' - %s * interval '1 second', "
                      "now() - interval '1 minute' FROM generate_series(1, %s)", seconds, count)

    def test_what_is_no_queue(self):
        """A key of the wrong type, ids without a record, and times that are none."""
        self.redis.set(self.key("wait"), "text")
        self.assertEqual(self.findings(), {})
        self.redis.delete(self.key("wait"))
        self.redis.rpush(self.key("active"), "ghost")
        self.assertIsNone(self.findings()["lost-lock"]["since"])
        self.redis.hset(self.key("ghost"), mapping={"processedOn": "x", "opts": "[", "stc": "y"})
        self.assertIsNone(self.findings()["lost-lock"]["since"])

    def test_many(self):
        """A thousand are looked at, and that there are more is said."""
        self.redis.rpush(self.key("active"), *(f"a-{n}" for n in range(1200)))
        found = self.findings()["lost-lock"]
        self.assertEqual((found["count"], found["at_least"]), (1000, True))
        self.assertEqual(found["job_ids"], [f"a-{n}" for n in range(1199, 1194, -1)])


class Model:
    """Wallets and jobs as they are inserted, and who is in trouble by plain rules."""

    ERRORS = {
        "energy": "Not enough energy: {n} needed, {m} available",
        "nonce": "nonce too low: next nonce {n}, tx nonce {m}",
        "node": "connect ECONNREFUSED 10.4.{n}.7:8545",
        None: None,
    }

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.now = datetime.datetime.now(datetime.timezone.utc)
        self.wallets = [self.make_wallet(n) for n in range(150)]
        self.jobs = [self.make_job(n) for n in range(2200)]

    def ago(self, most_hours):
        # Nothing within a minute of a limit, for the test takes time.
        hours = self.random.uniform(0.05, most_hours)
        return self.now - hours * HOUR - datetime.timedelta(minutes=2)

    def make_wallet(self, number):
        pick = self.random.choice
        created = self.ago(200)
        return {
            "address": f"T{number:03}{self.random.randrange(16 ** 8):08x}",
            "balance": pick(["0", "0", "1.5", None]), "created_at": created,
            "updated_at": max(created, self.ago(4)),
            "needs_gas": pick([True, False, False, None]),
            "needs_consolidation": pick([True, False, False, None]),
            "last_sync": pick([self.ago(40), self.ago(20), None]),
        }

    def make_job(self, number):
        pick = self.random.choice
        status = pick(["completed", "failed", "failed", "failed", "pending", "cancelled"])
        group = pick(list(self.ERRORS)[:self.random.choice((1, 4))]) if status == "failed" else None
        text = self.ERRORS[group]
        wallet = pick(self.wallets)["address"] if self.random.random() < 0.95 else None
        types = ["gas-topup", "sync", "deposit-detection"]
        return {
            "job_id": f"job-{number}", "status": status, "group": group,
            "job_type": pick(types + ["consolidation"] * (not wallet or wallet[3] in "02468")),
            "wallet_address": wallet,
            "created_at": self.ago(pick([3, 30, 200])),
            "error_message": text and text.format(n=self.random.randrange(1000, 9999),
                                                  m=self.random.randrange(1000, 9999)),
        }

    def jobs_of(self, wallet, job_type):
        return sorted((job for job in self.jobs if job["wallet_address"] == wallet["address"]
                       and job["job_type"] == job_type), key=lambda job: job["created_at"])

    def keeps_failing(self, wallet):
        for job_type in ("gas-topup", "consolidation", "sync", "deposit-detection"):
            last = [job for job in self.jobs_of(wallet, job_type)
                    if job["status"] in ("completed", "failed")][-3:]
            if len(last) == 3 and all(job["status"] == "failed" for job in last) \
                    and len({job["group"] for job in last}) == 1:
                return True
        return False

    def has_forgotten_flag(self, wallet, since):
        for flag, job_type in FLAGS:
            if not wallet[flag]:
                continue
            limit = self.now - datetime.timedelta(seconds=FLAG)
            jobs = self.jobs_of(wallet, job_type)
            if since[flag] < limit and not any(
                    job["status"] == "pending" or job["created_at"] > limit for job in jobs):
                return True
        return False

    def is_unsynced(self, wallet):
        return (wallet["last_sync"] or wallet["created_at"]) \
            < self.now - datetime.timedelta(seconds=SYNC)

    def has_deposit(self, wallet):
        limit = self.now - datetime.timedelta(seconds=DEPOSIT)
        deposits = [job["created_at"] for job in self.jobs_of(wallet, "deposit-detection")
                    if job["status"] == "completed" and job["created_at"] < limit]
        has_money = wallet["needs_consolidation"] or wallet["balance"] == "1.5"
        return bool(deposits and has_money) and not any(
            job["created_at"] > deposits[-1] for job in self.jobs_of(wallet, "consolidation"))


class Wallets(HealthCase):
    def fill(self, model):
        for table, rows, columns in (
                ("user_wallets", model.wallets, list(model.wallets[0])),
                ("job_logs", model.jobs, [c for c in model.jobs[0] if c != "group"])):
            for row in rows:
                self.site.sql(f"INSERT INTO {table} ({', '.join(columns)}) "
                              f"VALUES ({', '.join(['%s'] * len(columns))})",
                              *(row[column] for column in columns))

    def listed(self, text):
        document = self.ask("wallets", "list", "--limit", "1000", "--filter", text)
        addresses = [wallet["address"] for wallet in document["wallets"]]
        self.assertEqual(document["total"], len(addresses))
        self.assertEqual(len(set(addresses)), len(addresses))
        return set(addresses)

    def test_against_a_plain_computation(self):
        for seed in (1, 2):
            with self.subTest(seed=seed):
                self.site.sql("TRUNCATE job_logs, user_wallets")
                model = Model(seed)
                self.fill(model)
                flags = {wallet["address"]: dict.fromkeys(
                    ("needs_gas", "needs_consolidation"), wallet["updated_at"])
                    for wallet in model.wallets}
                expected = {
                    "failures": {w["address"] for w in model.wallets if model.keeps_failing(w)},
                    "flag": {w["address"] for w in model.wallets
                             if model.has_forgotten_flag(w, flags[w["address"]])},
                    "sync": {w["address"] for w in model.wallets if model.is_unsynced(w)},
                    "deposit": {w["address"] for w in model.wallets if model.has_deposit(w)},
                }
                expected["any"] = set().union(*expected.values())
                every = {w["address"] for w in model.wallets}
                for word, addresses in expected.items():
                    self.assertEqual(self.listed(f"trouble:{word}"), addresses, word)
                    self.assertEqual(self.listed(f"-trouble:{word}"), every - addresses, word)
                    self.assertTrue(0 < len(addresses) < len(every), f"{word}: {len(addresses)}")
                self.assertEqual(self.listed("trouble:sync,flag"),
                                 expected["sync"] | expected["flag"])
                counts = {c["trouble"]: c for c in self.ask("health")["wallets_in_trouble"]}
                self.assertEqual({word: c["count"] for word, c in counts.items()},
                                 {"uncleared": 0, **{word: len(addresses)
                                                     for word, addresses in expected.items()}})
                self.assertTrue(all(bool(c["since"]) == bool(c["count"]) and not c["at_least"]
                                    for c in counts.values()))

    def test_since_when_a_flag_is_set(self):
        """By when it changed, whatever else changes in the wallet's row."""
        address, = self.site.add_wallets(1)
        self.site.sql("UPDATE user_wallets SET created_at = now() - interval '9 days', "
                      "last_sync = now()")
        self.site.sql("UPDATE user_wallets SET needs_gas = true")
        self.assertEqual(self.listed("trouble:flag"), set())
        self.site.sql("UPDATE worker_dashboard.wallet_flag SET since = now() - interval '2 hours' "
                      "WHERE address = %s AND flag = 'needs_gas'", address)
        self.site.sql("UPDATE user_wallets SET balance = 3, updated_at = now()")
        self.assertEqual(self.listed("trouble:flag"), {address})
        self.site.sql("UPDATE user_wallets SET needs_consolidation = true")
        self.assertEqual(self.listed("trouble:flag"), {address})
        self.add_jobs(1, job_type="gas-topup", status="failed", wallet_address=address)
        self.assertEqual(self.listed("trouble:flag"), set(), "a job was made a minute ago")
        self.site.sql("UPDATE user_wallets SET needs_gas = false")
        self.site.sql("TRUNCATE job_logs")
        self.site.sql("UPDATE user_wallets SET needs_gas = true")
        self.assertEqual(self.listed("trouble:flag"), set(), "set anew")

    def test_limits_are_the_sites(self):
        self.site.add_wallets(2)
        self.site.sql("UPDATE user_wallets SET last_sync = now() - interval '2 hours'")
        self.assertEqual(self.listed("trouble:sync"), set())
        self.limit(sync_seconds=3600)
        self.assertEqual(len(self.listed("trouble:sync")), 2)
        self.limit(sync_seconds="a day")
        self.assertEqual(self.listed("trouble:sync"), set(), "what is no number is left out")

    def test_words(self):
        """Another word needs quotes, and then no wallet is in that trouble."""
        self.site.add_wallets(1)
        self.ask("wallets", "list", "--filter", "trouble:bad", status=2)
        self.assertEqual(self.listed('trouble:"bad"'), set())
        self.assertEqual(len(self.listed('-trouble:"bad"')), 1)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wallets in trouble, against a plain computation."""

import datetime
import random
import unittest

from health_case import HealthCase

TROUBLES = ("failures", "flag", "sync", "deposit", "uncleared")
# What the settings say for these tests, in seconds.
FLAG, SYNC, DEPOSIT = 3600, 86400, 21600
FLAGS = (("needs_gas", "gas-topup"), ("needs_consolidation", "consolidation"))
HOUR = datetime.timedelta(hours=1)


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
            "updated_at": self.ago(pick([0.5, 200])),
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
                    job["created_at"] > limit
                    or job["status"] == "pending" and job["updated_at"] > limit for job in jobs):
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
            job["created_at"] > deposits[-1] and job["status"] not in ("failed", "cancelled")
            for job in self.jobs_of(wallet, "consolidation"))


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

    def test_failures_of_one_type_hide_no_others(self):
        address, = self.site.add_wallets(1)
        self.add_jobs(3, job_type="gas-topup", status="failed", wallet_address=address,
                      error_message="out of energy")
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, error_message, created_at) "
                      "SELECT 'sync-' || n, 'sync', 'failed', 'no node', "
                      "now() + interval '1 minute' FROM generate_series(1, 10001) n")
        self.assertEqual(self.listed("trouble:failures"), {address})
        # Of types that nobody listed, too.
        self.site.sql("ALTER TABLE job_logs DROP CONSTRAINT IF EXISTS job_logs_job_type_check")
        self.site.sql("UPDATE job_logs SET job_type = 'a-kind-of-its-own' "
                      "WHERE job_type = 'gas-topup'")
        self.assertEqual(self.listed("trouble:failures"), {address})

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

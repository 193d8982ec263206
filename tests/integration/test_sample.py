#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo: its data are the same for the same seed, in both stores, and it keeps moving."""

import datetime
import random
import unittest

from fixtures.processes import wait_until
from fixtures.sample_jobs import FAILED_KEPT, KINDS, make_jobs
from fixtures.sample_wallets import make_wallets
from fixtures.wallet_platform import Platform
from fixtures.workers import Queues

NOW = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.timezone.utc)


def make(seed):
    chance = random.Random(seed)
    wallets = make_wallets(chance, 200, NOW)
    return wallets, make_jobs(chance, 5000, wallets, NOW)


class Data(unittest.TestCase):
    def test_a_seed_is_repeated(self):
        self.assertEqual(make(1), make(1))
        self.assertNotEqual(make(1), make(2))

    def test_rows_are_believable(self):
        wallets, jobs = make(1)
        self.assertEqual(len({wallet["address"] for wallet in wallets}), 200)
        self.assertEqual(len({job["job_id"] for job in jobs}), 5000)
        self.assertEqual({job["status"] for job in jobs}, {"pending", "completed", "failed"})
        self.assertEqual({job["job_type"] for job in jobs}, {kind.job_type for kind in KINDS})
        for job in jobs:
            with self.subTest(job=job):
                self.assertLess(job["created_at"], NOW)
                if job["completed_at"]:
                    self.assertLess(job["created_at"], job["started_at"])
                    self.assertLess(job["started_at"], job["completed_at"])
                    self.assertLessEqual(job["completed_at"], NOW)
                self.assertEqual(job["completed_at"] is None, job["status"] == "pending")
                if job["status"] == "failed":
                    self.assertTrue(job["error_message"])


class AtWork(unittest.TestCase):
    def count(self, platform, condition):
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM job_logs WHERE {condition}")
            return cursor.fetchone()[0]

    def start(self, **options):
        platform = Platform(wallets=200, jobs=5000, **options)
        self.addCleanup(platform.close)
        self.connection = platform.postgres.connect()
        self.addCleanup(self.connection.close)
        return platform

    def test_both_stores_agree(self):
        for major in (5, 6):
            with self.subTest(major=major):
                platform = self.start(major=major, idle=True)
                with Queues(platform) as queues:
                    counts = [queues.call(kind.queue, "getJobCounts", "waiting", "failed",
                                          major=major) for kind in KINDS]
                self.assertEqual(sum(count["waiting"] for count in counts),
                                 self.count(platform, "status = 'pending'"))
                self.assertEqual(sum(count["failed"] for count in counts),
                                 self.count(platform, "status = 'failed' AND created_at > now() "
                                            f"- interval '{FAILED_KEPT.days} days'"))

    def test_it_keeps_moving(self):
        platform = self.start(major=6)
        wait_until(lambda: self.count(platform, "completed_at > now() - interval '1 minute'") > 9,
                   60, "workers to complete jobs")
        wait_until(lambda: self.count(platform, "created_at > now() - interval '10 seconds'") > 2,
                   60, "new jobs to come in")


if __name__ == "__main__":
    unittest.main(verbosity=2)

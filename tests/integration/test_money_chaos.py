#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many programs at once dispatch, retry, send and discard, and die anywhere; queues refuse now and
then. Whatever happens, a row and its job agree in the end, and nothing runs more often than it was
told to."""

import collections
import concurrent.futures
import os
import random
import subprocess
import time
import unittest

from fixtures.processes import wait_until
from fixtures.workers import Workers
from money_case import QUEUE, MoneyCase

ROUNDS = int(os.environ.get("WD_CHAOS_ROUNDS", "120"))
AT_ONCE = 4
KILLED = 0.5


class Chaos(MoneyCase):
    def setUp(self):
        super().setUp()
        self.dice = random.Random(20261124)
        self.life = 0.3

    def run_wdctl(self, arguments, dice):
        """Runs wdctl, and kills half of them somewhere in their lives."""
        begin = time.monotonic()
        with self.site.start_wdctl(*arguments) as process:
            limit = dice.uniform(0, 1.2 * self.life) if dice.random() < KILLED else 60
            try:
                process.communicate(timeout=limit)
                self.life = 0.8 * self.life + 0.2 * (time.monotonic() - begin)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()

    def choose(self, dice):
        """One of the things people and programs do."""
        number = dice.random()
        with self.site.postgres.connect() as database, database.cursor() as cursor:
            if number < 0.5:
                wallets = [f"W{dice.getrandbits(60):x}" for _ in range(2)]
                cursor.execute("INSERT INTO user_wallets (user_id, address, balance, network) "
                               "SELECT gen_random_uuid(), unnest(%s), 1, 'tron'", (wallets,))
                return ["dispatch", "gas-topup", *[f"--wallet={wallet}" for wallet in wallets]]
            if number < 0.6:
                return ["outbox", "send"]
            if number < 0.75:
                cursor.execute("SELECT id::text FROM worker_dashboard.outbox ORDER BY random() "
                               "LIMIT 1")
                found = cursor.fetchall()
                if found:
                    return ["outbox", dice.choice(["discard", "send"]), found[0][0]]
            cursor.execute("SELECT id::text FROM job_logs WHERE status = 'failed' "
                           "ORDER BY random() LIMIT 1")
            found = cursor.fetchall()
            return ["jobs", "retry", found[0][0]] if found else ["outbox", "send"]

    def one_round(self, seed):
        dice = random.Random(seed)
        self.run_wdctl(self.choose(dice), dice)

    def test_row_and_job_agree(self):
        record = self.site.household.path("chaos")
        with Workers(self.site, major=6, queues=[QUEUE], fast=True, record=record) as workers, \
                concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            rounds = [pool.submit(self.one_round, self.dice.random()) for _ in range(ROUNDS)]
            while not all(a_round.done() for a_round in rounds):
                self.forbid_layout()
                concurrent.futures.wait(rounds, timeout=self.dice.uniform(0, 0.2))
                self.allow_layout()
                concurrent.futures.wait(rounds, timeout=self.dice.uniform(0, 1.5))
            for a_round in rounds:
                a_round.result()
            self.allow_layout()
            self.site.wdctl("outbox", "send")
            self.assertEqual(self.site.outbox(), [])
            wait_until(lambda: not self.site.sql("SELECT 1 FROM job_logs WHERE status NOT IN "
                                                 "('completed', 'failed')"), 60, "every job to end")
            runs = collections.Counter(run["id"] for run in workers.runs())
        rows = dict(self.site.sql("SELECT id::text, status FROM job_logs"))
        self.assertGreater(len(runs), ROUNDS / 10)
        self.assertEqual({row: runs[row] for row, status in rows.items()
                          if runs[row] != (status == "completed")}, {},
                         "what completed ran once, what failed was never queued")
        self.assertLessEqual(set(runs), set(rows))
        self.assertEqual((self.site.outbox(), self.queued()), ([], []))


if __name__ == "__main__":
    unittest.main()

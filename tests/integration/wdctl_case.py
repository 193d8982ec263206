# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of wdctl share: one site for a class, emptied before each test."""

import os
import subprocess
import unittest

from fixtures.processes import dies_with_parent
from fixtures.site import Site
from fixtures.stack import wdctl_path

JOB = ["id", "job_id", "job_type", "status", "wallet_address", "user_id", "triggered_by", "data",
       "error_message", "started_at", "completed_at", "retry_count", "max_retries", "created_at",
       "updated_at"]
WALLET = {"id", "user_id", "address", "balance", "network", "needs_consolidation", "needs_gas",
          "last_sync", "created_at", "updated_at", "on_chain_balance", "trx_balance",
          "locked_balance", "total_balance"}


class WdctlCase(unittest.TestCase):
    """Every test begins with empty tables and an empty Redis."""

    options = {}

    @classmethod
    def setUpClass(cls):
        cls.site = Site(**cls.options)
        cls.addClassCleanup(cls.site.close)

    def setUp(self):
        self.site.sql("TRUNCATE job_logs, user_wallets, worker_dashboard.outbox")
        self.site.redis.flush()

    def environment(self, **changes):
        """The variables wdctl gets; None takes one away."""
        variables = {**os.environ, **self.site.environment(), "LC_ALL": "C.UTF-8", "LANGUAGE": "C",
                     "XDG_CONFIG_HOME": self.site.household.path("config"), **changes}
        return {name: value for name, value in variables.items() if value is not None}

    def start(self, *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **changes):
        return subprocess.Popen(
            [wdctl_path(), *arguments], env=self.environment(**changes), stdin=subprocess.DEVNULL,
            stdout=stdout, stderr=stderr, text=True, preexec_fn=dies_with_parent())

    def text(self, *arguments, **changes):
        """Runs wdctl as a person would; returns status, output and messages."""
        with self.start(*arguments, **changes) as process:
            out, err = process.communicate(timeout=60)
            return process.returncode, out, err

    def ask(self, *arguments, status=0, **changes):
        """Runs wdctl --json; returns the document after a look at the exit status."""
        answer = self.site.wdctl(*arguments, **{"LC_ALL": "C.UTF-8", "LANGUAGE": "C", **changes})
        self.assertEqual(answer.status, status, answer)
        self.assertIsInstance(answer.document, dict, answer)
        self.assertEqual("error" in answer.document, status != 0, answer)
        self.assertEqual("code" in answer.document, status != 0, answer)
        if status != 0:
            self.assertIn("wdctl: ", answer.err)
        return answer.document

    def add_jobs(self, count, **columns):
        """Inserts rows a minute apart, the newest first in the answer; returns their ids."""
        names = ["job_type", "status", "wallet_address", "triggered_by", *columns]
        values = {"job_type": "sync", "status": "completed", "wallet_address": "W",
                  "triggered_by": "system", **columns}
        names = list(dict.fromkeys(names))
        rows = self.site.sql(
            f"INSERT INTO job_logs (job_id, created_at, {', '.join(names)}) "
            "SELECT gen_random_uuid()::text, now() - i * interval '1 minute', "
            f"{', '.join(['%s'] * len(names))} FROM generate_series(1, {int(count)}) i "
            "RETURNING id::text, created_at", *(values[name] for name in names))
        return [row[0] for row in sorted(rows, key=lambda row: row[1], reverse=True)]

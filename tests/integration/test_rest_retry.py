#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Retries through a remote dashboard that does not look for other jobs of the same wallet."""

import signal
import unittest

import rest_case
from fixtures.processes import wait_until
from fixtures.web_dashboard import Refused
from rest_case import RestCase

setUpModule = rest_case.set_up_module
FAILED, REFUSED, NO_CONNECTION = 1, 4, 5


class OfOneWallet(RestCase):
    def setUp(self):
        super().setUp()
        self.wallet = self.site.add_wallets(1)[0]
        # The newest first.
        self.rows = self.add_jobs(3, job_type="gas-topup", status="failed",
                                  wallet_address=self.wallet, retry_count=0, max_retries=3)

    def end_at_once(self):
        """A job that is retried ends before anybody can look at it again."""
        def retry(order, plain=self.web._retry):
            answer = plain(order)
            self.site.sql("UPDATE job_logs SET status = 'completed' WHERE id = %s",
                          order["job_id"])
            return answer

        self.web._retry = retry
        self.addCleanup(delattr, self.web, "_retry")

    def statuses(self):
        return [self.site.sql("SELECT status FROM job_logs WHERE id = %s", row)[0][0]
                for row in self.rows]

    def test_the_newest_goes(self):
        document = self.ask("jobs", "retry", *self.rows[::-1], status=REFUSED)
        self.assertEqual([job["id"] for job in document["jobs"]], self.rows[:1])
        self.assertEqual({one["id"]: one["code"] for one in document["refused"]},
                         dict.fromkeys(self.rows[1:], "duplicate"))
        for refusal in document["refused"]:
            self.assertTrue(refusal["error"].endswith(f"was retried instead: {self.rows[0]}"))
        self.assertEqual(self.statuses(), ["pending", "failed", "failed"])
        self.assertEqual(len(self.posts()), 1)

    def test_each_is_read_once(self):
        self.ask("jobs", "retry", *self.rows, status=REFUSED)
        for row in self.rows:
            self.assertEqual(self.web.count("GET", f"/api/jobs/{row}"), 1)

    def test_one_that_has_ended(self):
        """Nothing is under way then, and a second one would pay once more all the same."""
        self.end_at_once()
        self.ask("jobs", "retry", *self.rows, status=REFUSED)
        self.assertEqual(self.statuses(), ["completed", "failed", "failed"])

    def test_one_that_is_refused_is_in_nobodys_way(self):
        self.site.sql("UPDATE job_logs SET retry_count = 3 WHERE id = %s", self.rows[0])
        document = self.ask("jobs", "retry", *self.rows, status=REFUSED)
        self.assertEqual([job["id"] for job in document["jobs"]], self.rows[1:2])

    def test_lost_answer(self):
        """What was not begun is told as that, in whatever order they were named."""
        self.web.cut = ("after", 1)
        document = self.ask("jobs", "retry", *self.rows[::-1], status=NO_CONNECTION)
        self.assertEqual({one["id"]: one["code"] for one in document["refused"]},
                         {self.rows[0]: "unknown-outcome", self.rows[1]: "no-connection",
                          self.rows[2]: "no-connection"})
        self.assertEqual(len(document["refused"]), 3)

    def test_rows_that_cannot_be_read(self):
        """Nobody can tell then what else is under way for the wallet."""
        def job(_id):
            raise Refused(500, "Failed to fetch job details")

        self.web._job = job
        self.addCleanup(delattr, self.web, "_job")
        document = self.ask("jobs", "retry", self.rows[0], status=NO_CONNECTION)
        self.assertIn("Nothing was written", document["error"])
        self.assertEqual(self.posts(), [])

    def test_by_force(self):
        self.ask("jobs", "retry", "--force", *self.rows)
        self.assertEqual(self.statuses(), ["pending"] * 3)

    def test_interrupted(self):
        """While it is looked up what else is under way."""
        def list_jobs(query, plain=self.web._list_jobs):
            if query.get("wallet_address"):
                self.web.wait.wait(60)
            return plain(query)

        self.web._list_jobs = list_jobs
        self.addCleanup(delattr, self.web, "_list_jobs")
        with self.start("jobs", "retry", *self.rows, WORKER_DASHBOARD_API_URL=self.web.url,
                        DATABASE_URL="", REDIS_URL="") as process:
            wait_until(lambda: any(request["query"].startswith("wallet_address")
                                   for request in self.web.requests), 10, "the look-up")
            process.send_signal(signal.SIGINT)
            _out, err = process.communicate(timeout=30)
            self.assertEqual(process.returncode, FAILED, err)
        self.assertEqual(self.posts(), [])
        self.web.wait.set()


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The "Retry Job" dialog: what it says of a job before, and what it then does."""

import re

import window as harness
from actions_case import QUEUE, ActionsCase
from fixtures.workers import Workers

RETRY = "Retry Job"


class Retry(ActionsCase):
    """The "Retry Job" dialog."""

    def open_for(self, *rows, title=RETRY, others=0):
        """Selects the newest jobs of a table with so many older ones."""
        total = len(rows) + others
        self.open("jobs")
        table = self.table("Jobs")
        table.wait_total(f"{total} job{'s' if total > 1 else ''}")
        self.select(table, 0, len(rows))
        self.button_below("Retry…").click()
        self.dialog(title)

    def button_below(self, name):
        return self.window.find("push button", name)

    def status(self, row, columns="status, retry_count"):
        return self.site.sql(f"SELECT {columns} FROM job_logs WHERE id = %s", row)[0]

    def tick_reset(self):
        self.focus("check box", "Reset retry count", RETRY)
        self.window.key("space")

    def test_plain(self):
        row = self.fail_job()
        with Workers(self.site, queues=[QUEUE], fast=True):
            self.open_for(row)
            self.says("One more attempt now")
            self.says("Gas top-up, failed, 1 of 3 retries made\nout of energy")
            self.window.screenshot("retry")
            self.go(RETRY)
            self.closed(RETRY)
            self.says("1 job is retried")
            self.window.click("push button", re.compile("(Show )?Show"))
            self.says("Completed")
        self.assertEqual(self.status(row, "status")[0], "completed")

    def test_reset(self):
        row = self.fail_job(retry_count=3)
        self.open_for(row)
        self.says("All its retries are used.*")
        self.wait_enabled(RETRY, RETRY, enabled=False)
        self.tick_reset()
        self.says("Up to 3 attempts, as for a new job")
        self.window.screenshot("retry-reset")
        self.go(RETRY)
        self.closed(RETRY)
        self.assertEqual(self.status(row), ("pending", 0))
        self.assertEqual(self.waiting(), [row])

    def test_record_is_gone(self):
        """What cannot be made again is not said to be."""
        row = self.fail_job(in_queue=False, job_id="gas-topup/12")
        self.open_for(row)
        self.says("The queue’s record of this job is gone, and no job can be added under its id.*")
        self.wait_enabled(RETRY, RETRY, enabled=False)
        self.window.screenshot("retry-not-again")
        self.site.sql("UPDATE job_logs SET job_id = id::text WHERE id = %s", row)
        self.says("The queue’s record of this job is gone: it will be added again under its id.")
        self.window.screenshot("retry-gone")
        self.go(RETRY)
        self.closed(RETRY)
        self.assertEqual(self.waiting(), [row])

    def test_runs_by_itself(self):
        row = self.fail_job(state="delayed")
        self.open_for(row)
        self.says("In its queue the job is delayed: BullMQ runs it by itself at .*")
        self.wait_enabled(RETRY, RETRY, enabled=False)
        self.assertEqual(self.status(row, "status")[0], "failed")

    def tick_second(self, title):
        ticks = self.window.tree().find("dialog", title).all("check box", "Queue a second one")
        self.assertEqual(len(ticks), 1)
        self.window.press(ticks[0].path, aside=0)

    def test_another_is_under_way(self):
        """It is shown, and a second one is retried only where that is said."""
        row = self.fail_job(wallet_address="W1")
        self.add_job_under_way("W1")
        self.open_for(row, others=1)
        self.says("Gas top-up, active, 4. s ago")
        self.wait_enabled(RETRY, RETRY, enabled=False)
        self.window.find("push button", re.compile("(Show )?Show"), within=("dialog", RETRY))
        self.window.screenshot("retry-duplicate")
        self.tick_second(RETRY)
        self.go(RETRY)
        self.closed(RETRY)
        self.assertEqual((self.status(row, "status"), self.waiting()), (("pending",), [row]))

    def test_one_for_each_wallet(self):
        older, newer = [self.fail_job(wallet_address="W1") for _ in range(2)]
        self.open_for(newer, older, title="Retry Jobs")
        self.says("A newer one for this wallet is retried")
        self.says("1 of 2 failed jobs is retried now.")
        # Of a list Tab gets to one row; to the others the arrow keys lead.
        self.window.screenshot("retry-repeated", keyboard=False)
        self.go("Retry Jobs", RETRY)
        self.closed("Retry Jobs")
        self.assertEqual(self.waiting(), [newer])

    def test_several_and_not_all_failed(self):
        rows = [self.fail_job() for _ in range(3)]
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE id = %s", rows[0])
        self.open_for(*rows, title="Retry Jobs")
        self.says("2 of 3 selected jobs are failed; the others are left out.")
        self.window.screenshot("retry-several")
        self.go("Retry Jobs", "Retry 2 Jobs")
        self.closed("Retry Jobs")
        self.says("2 jobs are retried")
        self.assertEqual(self.waiting(), sorted(rows[1:]))


if __name__ == "__main__":
    harness.main()

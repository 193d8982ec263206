#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an admin does with a queue as a whole, in the window."""

import uuid

import window as harness
from actions_case import QUEUE, ActionsCase
from fixtures.workers import Queues


class QueueOrders(ActionsCase):
    """What is done with the jobs of a queue: listed, confirmed by the number, told."""

    def queue_jobs(self, count, **options):
        ids = [str(uuid.uuid4()) for _ in range(count)]
        with Queues(self.site) as queues:
            for job_id in ids:
                self.site.sql("INSERT INTO job_logs (id, job_id, job_type, status, wallet_address) "
                              "VALUES (%s, %s, 'gas-topup', 'pending', 'W1')", job_id, job_id)
                queues.call(QUEUE, "add", "topup", {}, {"jobId": job_id, **options})
        return ids

    def order(self, item, title):
        self.window.find("push button", f"Actions of {QUEUE}").children[0].click()
        self.window.click("menu item", item)
        self.dialog(title)

    def answer(self, question, action, number=None):
        self.dialog(question)
        if number:
            self.assertFalse(self.is_enabled(action, question))
            self.type(number)
            self.wait_enabled(action, question)
        self.window.key("Return")
        self.window.wait_gone("dialog", question)

    def test_drain_and_promote(self):
        waiting, delayed = self.queue_jobs(3), self.queue_jobs(2, delay=3600_000)
        self.open("queues")
        self.order("Drain…", "Drain Queue")
        self.says("3 jobs")
        self.window.find("label", waiting[0], within=("dialog", "Drain Queue"))
        self.window.screenshot("queue-drain")
        self.go("Drain Queue", "Remove 3 Jobs")
        self.answer(f"Take 3 jobs out of “{QUEUE}”?", "Remove 3 Jobs", "3")
        self.says("3 jobs were taken out of the queue.")
        self.window.screenshot("queue-drained")
        self.assertEqual(self.jobs("status, error_message", "status <> 'pending'"),
                         [("failed", "removed from the queue by an admin")] * 3)
        self.window.focus_other("Drain Queue")
        self.window.key("Escape")
        self.closed("Drain Queue")
        self.order("Promote Delayed Jobs…", "Promote Delayed Jobs")
        self.go("Promote Delayed Jobs", "Promote 2 Jobs")
        self.answer(f"Let 2 jobs of “{QUEUE}” run now?", "Promote 2 Jobs")
        self.says("2 jobs can run now.")
        self.assertEqual(self.waiting(), sorted(delayed))

    def test_clean(self):
        failed = self.fail_job()
        self.open("queues")
        self.order("Clean…", "Clean Queue")
        self.says("There is no such job.")
        self.choose("Jobs that", "failed", "Clean Queue")
        self.says("1 job")
        self.window.screenshot("queue-clean")
        self.go("Clean Queue", "Forget 1 Job")
        self.answer(f"Let “{QUEUE}” forget 1 job?", "Forget 1 Job", "1")
        self.says("The queue has forgotten 1 job.")
        self.assertEqual(self.jobs("id::text, status"), [(failed, "failed")])
        self.assertEqual(self.site.redis.client().zcard(f"bull:{QUEUE}:failed"), 0)

    def test_retry_failed(self):
        """The failed jobs of its types, by their rows, each once."""
        failed = self.fail_job()
        self.site.add_failed_jobs(1, job_type="sync")
        self.open("queues")
        self.order("Retry Failed Jobs…", "Retry Jobs")
        self.says("1 job")
        self.window.screenshot("queue-retry")
        self.go("Retry Jobs", "Retry 1 Job")
        self.closed("Retry Jobs")
        self.window.wait(lambda: self.waiting() == [failed], "its job in the queue")
        self.assertEqual(self.jobs("job_type, status"),
                         [("gas-topup", "pending"), ("sync", "failed")])

    def test_what_cannot_be_done(self):
        """A server that is gone is told in the dialog; nothing was done."""
        self.queue_jobs(1)
        self.open("queues")
        self.order("Drain…", "Drain Queue")
        self.says("1 job")
        self.site.redis.stop()
        self.go("Drain Queue", "Remove 1 Job")
        self.answer(f"Take 1 job out of “{QUEUE}”?", "Remove 1 Job", "1")
        self.window.find(None, "Nothing was done", within=("dialog", "Drain Queue"))
        self.window.screenshot("queue-failed")
        self.assertEqual(self.jobs("status"), [("pending",)])


if __name__ == "__main__":
    harness.main()

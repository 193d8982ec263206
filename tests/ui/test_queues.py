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

    def schedule(self, key, repeat, **template):
        with Queues(self.site) as queues:
            queues.call(QUEUE, "upsertJobScheduler", key, repeat, {"name": "topup", **template})

    def test_schedulers(self):
        """What makes jobs again and again: listed, described, removed when its key is typed."""
        self.schedule("nightly", {"pattern": "0 2 * * *", "tz": "Europe/Berlin", "limit": 9},
                      data={"global": True}, opts={"attempts": 3})
        self.schedule("broken", {"every": 3600_000, "startDate": 4102444800000})
        redis = self.site.redis.client()
        redis.delete(f"bull:{QUEUE}:repeat:broken:4102444800000")
        redis.zrem(f"bull:{QUEUE}:delayed", "repeat:broken:4102444800000")
        self.open("queues")
        self.says(".*2 schedulers.*")
        self.order("Schedulers…", "Schedulers")
        self.says("2 schedulers · 1 needs a look · as of .*")
        table = self.table("Schedulers")
        self.assertEqual([(row["State"], row["Scheduler"], row["When"]) for row in table.rows()],
                         [("Planned", "nightly", "every day at 02:00 (Europe/Berlin)"),
                          ("Broken", "broken", "every hour")])
        self.assertFalse(self.is_enabled("Remove…", "Schedulers"))
        table.press(1)
        self.says("Its next job is gone: it will never run again.*")
        table.press(0)
        self.says("0 2 \\* \\* \\*")
        self.window.screenshot("schedulers")
        self.go("Schedulers", "Remove…")
        self.dialog("Remove the Scheduler “nightly”?")
        self.window.screenshot("scheduler-remove")
        self.answer("Remove the Scheduler “nightly”?", "Remove Scheduler", "nightly")
        self.says("1 scheduler · .*")
        self.assertEqual(redis.zrange(f"bull:{QUEUE}:repeat", 0, -1), ["broken"])
        self.assertEqual(redis.zcard(f"bull:{QUEUE}:delayed"), 0)
        self.site.redis.stop()
        self.window.focus_other("Schedulers")
        self.window.key("F5")
        self.says("The schedulers could not be looked up")
        self.window.screenshot("schedulers-failed")

    def test_limits(self):
        """What its workers do together: set, shown, asked for by name in production."""
        self.queue_jobs(1)
        redis = self.site.redis.client()
        self.open_profile("queues", production="true")
        self.order("Limits…", "Queue Limits")
        self.wait_enabled("Set Limits", "Queue Limits", False)
        self.focus("check box", "Limit jobs at once", "Queue Limits")
        self.window.key("space")
        self.focus("spin button", "At most", "Queue Limits")
        self.window.key("ctrl+a")
        self.type("3")
        self.go("Queue Limits", "Set Limits")
        self.answer(f"Set the Limits of “{QUEUE}”?", "Set Limits", QUEUE)
        self.closed("Queue Limits")
        self.says(".*at most 3 at once.*")
        self.window.screenshot("queue-limited")
        self.assertEqual(redis.hget(f"bull:{QUEUE}:meta", "concurrency"), "3")
        redis.hset(f"bull:{QUEUE}:meta", "version", "bullmq:5.40.0")
        self.order("Limits…", "Queue Limits")
        self.says("Its settings say bullmq:5.40.0.*")
        self.window.screenshot("queue-limits")
        redis.hset(f"bull:{QUEUE}:meta", "concurrency", "7")
        self.focus("check box", "Limit jobs at once", "Queue Limits")
        self.window.key("space")
        self.go("Queue Limits", "Set Limits")
        self.answer(f"Set the Limits of “{QUEUE}”?", "Set Limits", QUEUE)
        self.says("The limits were not set")
        self.window.screenshot("queue-limits-changed")
        self.assertEqual(redis.hget(f"bull:{QUEUE}:meta", "concurrency"), "7")


if __name__ == "__main__":
    harness.main()

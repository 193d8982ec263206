#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an admin does with a queue as a whole, in the window."""

import re
import uuid

import window as harness
from actions_case import QUEUE, ActionsCase
from fixtures.workers import Queues
from table import Table


class QueuesCase(ActionsCase):
    """A queue with real jobs."""

    def queue_jobs(self, count, **options):
        ids = [str(uuid.uuid4()) for _ in range(count)]
        with Queues(self.site) as queues:
            for job_id in ids:
                self.site.sql("INSERT INTO job_logs (id, job_id, job_type, status, wallet_address) "
                              "VALUES (%s, %s, 'gas-topup', 'pending', 'W1')", job_id, job_id)
                queues.call(QUEUE, "add", "topup", {}, {"jobId": job_id, **options})
        return ids

    def schedule(self, key, repeat, **template):
        with Queues(self.site) as queues:
            queues.call(QUEUE, "upsertJobScheduler", key, repeat, {"name": "topup", **template})


class QueueOrders(QueuesCase):
    """What is done with the jobs of a queue: listed, confirmed by the number, told."""

    def order(self, item, title):
        self.window.find("push button", f"Actions of {QUEUE}").children[0].click()
        self.window.click("menu item", item)
        self.dialog(title)

    def answer(self, question, action, number=None):
        self.dialog(question)
        self.window.screenshot("queue-question")
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
        self.choose("State", "Failed", "Clean Queue")
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
        self.window.find(None, "Nothing was done.", within=("dialog", "Drain Queue"))
        self.window.screenshot("queue-failed")
        self.assertEqual(self.jobs("status"), [("pending",)])

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
        self.says("The Schedulers Could Not Be Looked Up")
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


class QueuePage(QueuesCase):
    """The jobs of a queue by state, those without a row too; flows."""

    def wait_title(self, title):
        self.window.wait(lambda: self.window.title() == title,
                         lambda: f"page {title}: it is {self.window.title()}")

    def open_queue(self, count, state):
        self.window.click("push button", f"{QUEUE}: {count} {state}")
        self.wait_title("Queue")
        self.window.find("tree table", "Jobs in the queue")
        return Table(self.window, "Jobs in the queue", "job")

    def choose_state(self, label):
        self.window.click("push button", label)

    def back(self):
        self.window.key("Escape")

    def press_still(self, pattern):
        """Clicks a row of a tree once nothing slides any more."""
        self.window.press_still(self.window.find("list item", re.compile(pattern)).path)

    def test_jobs(self):
        """By state, a page at a time, each opened from the keyboard; live, with its selection."""
        rows = self.queue_jobs(2)
        self.queue_jobs(1, delay=3600_000)
        with Queues(self.site) as queues:
            queues.call(QUEUE, "add", "alone", {"amount": "0.5"}, {"jobId": "alone-1"})
            queues.command(QUEUE, "addMany", count=58, name="many")
            self.open("queues")
            table = self.open_queue(61, "waiting")
            table.wait_rows([rows[0], rows[1], "alone-1"], lambda row: row["Id"])
            self.assertEqual([row["Row"] for row in table.rows(3)],
                             ["Pending", "Pending", "No row"])
            self.says("1–50 of 61")
            self.window.screenshot("queue-page")
            table.press(2)
            queues.call(QUEUE, "add", "more", {}, {"jobId": "more-1"})
            self.says("1–50 of 62")
            self.window.key("Return")
            self.says("No row in job_logs is about this job.*")
            self.says("amount")
            self.window.screenshot("queue-job")
            self.back()
            self.wait_title("Queue")
        table.press(0)
        self.window.key("Return")
        self.wait_title("Job")
        self.back()
        self.wait_title("Queue")
        self.window.key("ctrl+Page_Down")
        self.says("51–62 of 62")
        self.choose_state("Delayed 1")
        self.says("1–1 of 1")
        self.assertIn("Due", Table(self.window, "Jobs in the queue", "job").titles())
        self.choose_state("Active 0")
        self.says("No Job Is Active")
        self.window.screenshot("queue-page-empty")
        self.site.redis.stop()
        self.choose_state("Waiting 62")
        self.says("The Jobs Could Not Be Read")
        self.window.screenshot("queue-page-failed")

    def test_flow(self):
        """A tree across queues; a job in it opens its own page, with its row or without."""
        child = self.fail_job()
        with Queues(self.site) as queues:
            queues.command(QUEUE, "flow", args=[{
                "name": "root", "queueName": QUEUE, "data": {}, "opts": {"jobId": "root-1"},
                "children": [{"name": f"step-{i}", "queueName": "sync-balances", "data": {},
                              "opts": {"jobId": f"step-{i}"}} for i in range(3)]}])
        self.site.sql("UPDATE job_logs SET job_id = 'step-1', job_type = 'sync' WHERE id = %s",
                      child)
        self.open("queues")
        self.window.find("push button", f"Actions of {QUEUE}").children[0].click()
        self.window.click("menu item", "Jobs")
        self.wait_title("Queue")
        self.choose_state("Waiting for its children 1")
        self.says("1–1 of 1")
        table = Table(self.window, "Jobs in the queue", "job")
        table.wait_rows(["root-1"], lambda row: row["Id"])
        table.press(0)
        self.window.key("Return")
        self.window.find("list", "Flow: jobs with those they wait for")
        self.says("this job")
        self.window.screenshot("queue-flow")
        self.press_still("step-0.*")
        self.says("No row in job_logs is about this job.*")
        self.window.find("label", re.compile("its parent waits for it · this job"))
        self.back()
        self.window.wait(lambda: self.window.is_there("label", "this job"), "the root again")
        self.press_still("step-1.*")
        self.window.find("label", "Row id")
        self.window.find("label", re.compile("its parent waits for it · this job"))


if __name__ == "__main__":
    harness.main()

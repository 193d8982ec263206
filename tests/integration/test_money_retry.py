#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A retry that is not carried out leaves the row as it was, and only what it wrote itself."""

import signal
import unittest

from fixtures.workers import Queues
from money_case import QUEUE, MoneyCase

COLUMNS = "status, error_message, started_at, completed_at, retry_count"


class Restored(MoneyCase):
    def assert_restored(self, row, *options, columns=COLUMNS):
        before = self.row(row, columns)
        sender, entry = self.stop_retry(row, "delivery:before-send", *options)
        self.assertEqual(self.row(row)[0], "pending")
        self.ask("outbox", "discard", entry)
        self.site.go_on(sender)
        self.assertEqual(self.row(row, columns), before)
        self.assertEqual((self.queued(), self.site.outbox()), ([], []))

    def test_all_columns(self):
        self.assert_restored(self.fail_job())

    def test_nothing_that_was_not_there(self):
        self.assert_restored(self.fail_job(error_message=None, started_at=None, completed_at=None,
                                           retry_count=None))

    def test_reset(self):
        self.assert_restored(self.fail_job(retry_count=3), "--reset")
        self.assert_restored(self.fail_job(retry_count=None), "--reset")

    def test_processed_at(self):
        """Deployed tables have either column, or both."""
        self.site.sql("ALTER TABLE job_logs ADD processed_at timestamptz")
        self.addCleanup(self.site.sql, "ALTER TABLE job_logs DROP processed_at")
        columns = COLUMNS + ", processed_at"
        self.assert_restored(self.fail_job(processed_at="2026-01-02 03:04:05.678901Z"),
                             columns=columns)
        self.assert_restored(self.fail_job(processed_at="2026-01-02 03:04:05Z", started_at=None),
                             columns=columns)

    def test_started_at_is_not_there(self):
        self.site.sql("ALTER TABLE job_logs RENAME started_at TO processed_at")
        self.addCleanup(self.site.sql, "ALTER TABLE job_logs RENAME processed_at TO started_at")
        self.assert_restored(self.fail_job_polled(), columns="status, processed_at")

    def fail_job_polled(self):
        row = self.add_jobs(1, status="failed", job_type="gas-topup", processed_at="2026-01-02Z",
                            data='{"priority": 5}')[0]
        return row

    def test_dispatch_where_started_at_is_not_there(self):
        self.site.sql("ALTER TABLE job_logs RENAME started_at TO processed_at")
        self.addCleanup(self.site.sql, "ALTER TABLE job_logs RENAME processed_at TO started_at")
        row, entry = self.die_at("deliver:begin")
        self.ask("outbox", "discard", entry)
        self.assertEqual(self.row(row, "status, processed_at"), ("failed", None))

    def test_counts_of_workers_stand(self):
        """The retry count is theirs: whoever wrote it meanwhile was right."""
        row = self.fail_job()
        sender, entry = self.stop_retry(row)
        self.site.sql("UPDATE job_logs SET retry_count = 2 WHERE id = %s", row)
        self.ask("outbox", "discard", entry)
        self.site.go_on(sender)
        self.assertEqual(self.row(row, "status, retry_count"), ("failed", 2))

    def test_row_that_went_on_stands(self):
        row = self.fail_job()
        sender, entry = self.stop_retry(row)
        self.site.sql("UPDATE job_logs SET status = 'active' WHERE id = %s", row)
        self.ask("outbox", "discard", entry)
        self.site.go_on(sender)
        self.assertEqual(self.row(row)[0], "active")


class OldPromises(MoneyCase):
    def test_settled_by_the_next_retry(self):
        """A row that failed has had its turn: an entry still open about it is of the past."""
        row, _first = self.die_at("delivery:after-send")
        self.site.redis.flush()
        self.site.sql("UPDATE job_logs SET status = 'failed' WHERE id = %s", row)
        self.ask("jobs", "retry", row)
        self.assertEqual((self.row(row)[0], self.queued()), ("pending", [row]))
        self.assertEqual(self.site.outbox(), [])

    def test_not_while_somebody_works_on_it(self):
        row, first = self.die_at("deliver:begin")
        recoverer = self.site.wdctl_stopped_at("delivery:before-send", "outbox", "send")
        self.addCleanup(self.end, recoverer)
        self.site.sql("UPDATE job_logs SET status = 'failed' WHERE id = %s", row)
        answer = self.site.wdctl("jobs", "retry", row)
        self.assertNotEqual(answer.status, 0)
        self.assertEqual((self.row(row)[0], self.site.outbox()), ("failed", [first]))
        self.site.go_on(recoverer)
        self.assertEqual(self.queued(), [row])


class GivenAgain(MoneyCase):
    """A queue that was emptied counts its ids from the beginning."""

    def fail_one(self, state="failed"):
        """The next job of its queue, run as BullMQ keeps it; returns its id and its birth."""
        with Queues(self.site) as queues:
            queue_id = queues.call(QUEUE, "add", "topup", {}, {"attempts": 1})["id"]
        self.redis.lrem(self.key("wait"), 1, queue_id)
        self.redis.hset(self.key(queue_id), mapping={"finishedOn": "2", "atm": "1"})
        self.redis.zadd(self.key(state), {queue_id: 2})
        return queue_id, int(self.redis.hget(self.key(queue_id), "timestamp")) / 1000

    @staticmethod
    def key(suffix):
        return f"bull:{QUEUE}:{suffix}"

    def row_about(self, job_id, created):
        row = self.site.add_failed_jobs(1)[0]
        self.site.sql("UPDATE job_logs SET job_id = %s, created_at = to_timestamp(%s) "
                      "WHERE id = %s", job_id, created, row)
        return row

    def test_another_job_is_let_alone(self):
        for name in (f"{QUEUE}/{{}}", "{}"):
            for state in ("failed", "completed"):
                with self.subTest(name=name, state=state):
                    self.setUp()
                    queue_id, made = self.fail_one(state)
                    row = self.row_about(name.format(queue_id), made - 3600)
                    refused = self.ask("jobs", "retry", row, status=4)["refused"]
                    self.assertIn("another job", refused[0]["error"])
                    self.assertEqual((self.row(row)[0], self.queued(), self.site.outbox()),
                                     ("failed", [], []))

    def test_found_by_recovery(self):
        """Whoever takes up the promise knows as much."""
        queue_id, made = self.fail_one()
        row = self.row_about(f"{QUEUE}/{queue_id}", made)
        answer = self.site.wdctl("jobs", "retry", row, WD_FAULT="delivery:before-send")
        self.assertEqual(answer.status, -signal.SIGKILL, answer)
        self.redis.hset(self.key(queue_id), "timestamp", round((made + 3600) * 1000))
        self.site.wdctl("outbox", "send")
        self.assertEqual((self.row(row)[0], self.queued(), self.site.outbox()), ("failed", [], []))

    def test_its_own_job_is_retried(self):
        """A site that writes its own rows may do so long after the job was made."""
        for name, later in ((f"{QUEUE}/{{}}", 0), (f"{QUEUE}/{{}}", 30), (f"{QUEUE}/{{}}", -30),
                            ("{}", 0), ("{}", 3600)):
            with self.subTest(name=name, later=later):
                self.setUp()
                queue_id, made = self.fail_one()
                row = self.row_about(name.format(queue_id), made + later)
                self.ask("jobs", "retry", row)
                self.assertEqual((self.row(row)[0], self.queued()), ("pending", [queue_id]))


class AddedAgain(MoneyCase):
    def test_not_without_its_data(self):
        """A worker would take an empty order for a real one."""
        row = self.fail_job(in_queue=False, data=None)
        document = self.ask("jobs", "retry", row, status=4)
        self.assertIn("data", document["refused"][0]["error"])
        self.assertEqual((self.row(row)[0], self.queued()), ("failed", []))

    def test_what_was_told_while_it_looked(self):
        """The script reads what came after the events that were read before it."""
        completed, added, failed = "completed", "added", "failed"
        for told, status in (((completed,), "completed"), ((completed, added, failed), "pending"),
                             ((added, completed), "completed")):
            with self.subTest(told=told):
                self.setUp()
                row = self.fail_job(in_queue=False)
                self.redis.hset(f"bull:{QUEUE}:meta", "opts.maxLenEvents", 10000)
                self.redis.xadd(f"bull:{QUEUE}:events", {"event": added, "jobId": "other"})
                sender, _entry = self.stop_retry(row, "bullmq:events-read")
                for event in told:
                    self.redis.xadd(f"bull:{QUEUE}:events", {"event": event, "jobId": row})
                self.site.go_on(sender)
                self.assertEqual(self.row(row)[0], status)
                self.assertEqual((self.queued(), self.site.outbox()),
                                 ([row] if status == "pending" else [], []))

    def test_by_two_at_once(self):
        row = self.fail_job(in_queue=False)
        sender, entry = self.stop_retry(row, "bullmq:retry-slice")
        self.assertEqual(self.ask("outbox", "send")["sent"], [entry])
        self.site.go_on(sender)
        self.assertEqual((self.queued(), self.site.outbox()), ([row], []))


if __name__ == "__main__":
    unittest.main()

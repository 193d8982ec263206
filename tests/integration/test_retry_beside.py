#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A retry does not run beside what BullMQ is about to do, whatever the rows say of that."""

import unittest

from fixtures.workers import Queues
from guard_case import GuardCase
from money_case import QUEUE


class ByItself(GuardCase):
    """What BullMQ is about to do, though its row says that it has ended, no other one does too."""

    PLACES = {"delayed": "delayed", "waiting": "waiting", "prioritized": "waiting by priority",
              "active": "active"}

    def finish(self, row):
        """What a worker leaves of a delayed job that it has done: its row alone."""
        self.redis.zrem(f"bull:{QUEUE}:delayed", row)
        self.redis.delete(f"bull:{QUEUE}:{row}")
        self.site.sql("UPDATE job_logs SET status = 'completed', completed_at = now() "
                      "WHERE id::text = %s", row)

    def only_of(self, row, other, **options):
        """A retry is refused because of another one."""
        document = self.ask("jobs", "retry", row, status=4, **options)
        self.assertEqual((self.refusals(document), document["jobs"]), ({row: "duplicate"}, []))
        self.assertIn(other, document["error"])
        self.assertEqual((self.row(row)[0], self.site.outbox()), ("failed", []))
        return document["error"]

    def clear(self):
        self.site.sql("TRUNCATE job_logs, worker_dashboard.outbox")
        self.site.redis.flush()

    def test_older_one_named_alone(self):
        for place, word in self.PLACES.items():
            with self.subTest(place):
                rows = self.add_failed(2)
                self.put(rows[0], place)
                self.assertIn(f"is {word} in its queue, and BullMQ runs it by itself: {rows[0]}",
                              self.only_of(rows[1], rows[0]))
                self.clear()

    def test_newer_one_named_alone(self):
        rows = self.add_failed(2)
        self.put(rows[1], "delayed")
        self.only_of(rows[0], rows[1])

    def test_row_that_says_cancelled(self):
        row, other = self.add_failed(2)
        self.site.sql("UPDATE job_logs SET status = 'cancelled' WHERE id::text = %s", other)
        self.put(other, "waiting")
        self.only_of(row, other)

    def test_record_that_no_worker_finds(self):
        """It was in a list that is gone: two releases of BullMQ have paused its queue together."""
        rows = self.add_failed(2)
        with Queues(self.site) as queues:
            queues.call(QUEUE, "pause", major=5)
            queues.call(QUEUE, "add", "gas-topup", {}, {}, major=5)
            queues.call(QUEUE, "add", "gas-topup", {}, {"jobId": rows[0]}, major=6)
            queues.call(QUEUE, "resume", major=5)
            self.assertEqual(queues.call(QUEUE, "describe", major=6, id=rows[0])["state"],
                             "unknown")
        self.ask("jobs", "retry", rows[1])
        self.assertIn(rows[1], self.queued())
        # Of its own retry the queue is left to decide.
        self.ask("jobs", "retry", "--force", rows[0], status=4)

    def test_record_that_may_run(self):
        """In no list, and all the same nobody can say that it does not run."""
        for fields in ({"ats": "2", "atm": "1"}, {"gid": "one"}, {"finishedOn": "2"},
                       {"opts": '{"group":{"id":"one"}}'}):
            with self.subTest(**fields):
                rows = self.add_failed(2)
                self.leave_nowhere(rows[0], **fields)
                self.assertIn("has a record of it", self.only_of(rows[1], rows[0]))
                self.clear()
        for key in ("lock", "stalled", "groups"):
            with self.subTest(key):
                rows = self.add_failed(2)
                self.leave_nowhere(rows[0], ats="1", atm="1")
                if key == "lock":
                    self.redis.set(f"bull:{QUEUE}:{rows[0]}:lock", "token")
                else:
                    self.redis.sadd(f"bull:{QUEUE}:{key}", rows[0])
                self.assertIn("has a record of it", self.only_of(rows[1], rows[0]))
                self.redis.delete(*(f"bull:{QUEUE}:{name}"
                                    for name in (f"{rows[0]}:lock", "stalled", "groups")))
                self.ask("jobs", "retry", rows[1])
                self.clear()

    def test_lists_that_are_too_long(self):
        rows = self.add_failed(2)
        self.leave_nowhere(rows[0])
        self.fill_waiting()
        self.assertIn("has a record of it", self.only_of(rows[1], rows[0]))

    def test_automatic_id(self):
        """A job that was given the id since is another one."""
        row, other = self.add_failed(2)
        with Queues(self.site) as queues:
            queue_id = queues.call(QUEUE, "add", "gas-topup", {}, {"delay": 60000})["id"]
        self.site.sql("UPDATE job_logs SET job_id = %s, created_at = now() WHERE id::text = %s",
                      f"{QUEUE}/{queue_id}", other)
        self.only_of(row, other)
        self.site.sql("UPDATE job_logs SET created_at = now() - interval '1 hour' "
                      "WHERE id::text = %s", other)
        self.ask("jobs", "retry", row)

    def test_done(self):
        """What its queue has done is in the way of an older one, and of no newer one."""
        rows = self.add_failed(3)
        self.put(rows[1], "completed")
        self.assertIn("completed in its queue", self.only_of(rows[2], rows[1]))
        self.ask("jobs", "retry", rows[0])
        self.assertEqual(self.queued(), rows[:1])

    def test_failed_for_good(self):
        rows = self.add_failed(2)
        self.put(rows[0], "failed")
        self.ask("jobs", "retry", rows[1])
        self.assertEqual(self.queued(), rows[1:])

    def test_of_those_named(self):
        rows = self.add_failed(2)
        self.put(rows[0], "delayed")
        document = self.ask("jobs", "retry", *rows, status=4)
        self.assertEqual(self.refusals(document),
                         {rows[0]: "not-failed", rows[1]: "duplicate"})
        self.assertEqual(self.statuses(*rows), ["failed", "failed"])
        # By force both may go: of one the queue is left to decide.
        document = self.ask("jobs", "retry", "--force", *rows, status=4)
        self.assertEqual([job["id"] for job in document["jobs"]], rows[1:])

    def test_of_all_failed(self):
        """However many stand between them."""
        rows, others = self.add_failed(2), self.site.add_failed_jobs(600)
        self.site.sql("UPDATE job_logs SET created_at = CASE id::text WHEN %s THEN "
                      "now() - interval '1 day' WHEN %s THEN now() ELSE now() - interval '1 hour' "
                      "END", rows[1], rows[0])
        self.put(rows[0], "delayed")
        document = self.ask("jobs", "retry", "--all-failed", status=4)
        self.assertEqual(self.refusals(document),
                         {rows[0]: "not-failed", rows[1]: "duplicate"})
        self.assertEqual(self.queued(), sorted(others))

    def test_done_between_two_slices(self):
        """One order does not do twice what its queue was about to do when it began."""
        rows, others = self.add_failed(2), self.site.add_failed_jobs(600)
        self.site.sql("UPDATE job_logs SET created_at = CASE id::text WHEN %s THEN "
                      "now() - interval '1 day' WHEN %s THEN now() ELSE now() - interval '1 hour' "
                      "END", rows[1], rows[0])
        self.put(rows[1], "delayed")
        process = self.site.wdctl_stopped_at("retry:begin:2", "jobs", "retry", "--all-failed")
        self.finish(rows[1])
        answer = self.site.go_on(process)
        self.assertEqual(self.refusals(answer.document),
                         {rows[1]: "not-failed", rows[0]: "duplicate"})
        self.assertEqual(self.queued(), sorted(others))

    def test_begins_while_it_is_asked(self):
        """The queue is asked when the wallet is locked: what was seen before does not count."""
        rows = self.add_failed(2)
        self.put(rows[0], "failed")
        retrier = self.site.wdctl_stopped_at("retry:begin", "jobs", "retry", rows[1])
        self.addCleanup(self.end, retrier)
        self.redis.zrem(f"bull:{QUEUE}:failed", rows[0])
        self.redis.lpush(f"bull:{QUEUE}:wait", rows[0])
        answer = self.site.go_on(retrier)
        self.assertEqual((answer.status, self.statuses(*rows)), (4, ["failed"] * 2), answer)

    def test_where_workers_poll(self):
        """Rows tell everything there, and a Redis is asked nothing."""
        rows = self.add_failed(2)
        self.put(rows[0], "delayed")
        self.site.sql("INSERT INTO worker_dashboard.setting VALUES ('delivery', 'poll') "
                      "ON CONFLICT (key) DO UPDATE SET value = 'poll'")
        self.addCleanup(self.site.sql, "DELETE FROM worker_dashboard.setting "
                                       "WHERE key = 'delivery'")
        self.ask("jobs", "retry", rows[1])

    def test_bulk(self):
        """A run refuses what its preview said, and whatever begins to run since."""
        for order in (1, -1):
            for place in ("delayed", "waiting", "completed"):
                with self.subTest(order=order, place=place):
                    rows = self.add_failed(2)
                    self.put(rows[0], place)
                    run = self.ask("bulk", "retry", *rows[::order])
                    self.assertEqual(sorted(line["code"] for line in run["forecast"]),
                                     ["duplicate", "not-failed"])
                    done = self.ask("bulk", "run", run["id"])
                    self.assertEqual((done["done"], set(self.refusals(done))), (0, set(rows)))
                    [error] = [one["error"] for one in done["refused"] if one["id"] == rows[1]]
                    self.assertIn(rows[0], error)
                    self.assertIn(place, error)
                    self.clear()

    def test_bulk_beside_the_run(self):
        """Also because of one that the run leaves out."""
        rows = self.add_failed(2)
        run = self.ask("bulk", "retry", rows[1])
        self.assertEqual(run["forecast"], [])
        self.put(rows[0], "delayed")
        again = self.ask("bulk", "retry", rows[1])
        self.assertEqual([line["code"] for line in again["forecast"]], ["duplicate"])
        for one in (run, again):
            done = self.ask("bulk", "run", one["id"])
            self.assertEqual([one["id"] for one in done["refused"]], rows[1:])
            self.assertIn(f"BullMQ runs it by itself: {rows[0]}", done["refused"][0]["error"])
        self.assertEqual((self.statuses(*rows), self.queued()), (["failed"] * 2, []))

    def test_bulk_of_what_is_done_since(self):
        """The preview said that it does not go, so it does not."""
        rows = self.add_failed(2)
        self.put(rows[0], "delayed")
        run = self.ask("bulk", "retry", rows[1])
        self.assertEqual([line["code"] for line in run["forecast"]], ["duplicate"])
        self.finish(rows[0])
        done = self.ask("bulk", "run", run["id"])
        self.assertEqual(list(self.refusals(done)), rows[1:])
        self.assertEqual((self.statuses(rows[1]), self.queued()), (["failed"], []))

    def test_bulk_forecast_adds_up(self):
        """One is under way by its row, the other by its queue: they are told together."""
        rows = self.add_failed(2)
        self.put(rows[0], "delayed")
        other = self.site.add_wallets(1)[0]
        busy = self.add_failed(wallet=other)[0]
        self.add_jobs(1, job_type="gas-topup", wallet_address=other, status="active")
        run = self.ask("bulk", "retry", rows[1], busy)
        self.assertEqual([(line["code"], line["n"]) for line in run["forecast"]],
                         [("duplicate", 2)])

    def test_bulk_by_force(self):
        rows = self.add_failed(2)
        self.put(rows[0], "delayed")
        run = self.ask("bulk", "retry", rows[1], "--force")
        self.assertEqual(run["forecast"], [])
        self.assertEqual(self.ask("bulk", "run", run["id"])["done"], 1)


if __name__ == "__main__":
    unittest.main()

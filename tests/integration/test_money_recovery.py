#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Promises left open: what may be sent, what must not, and that one never hinders another."""

import os
import signal
import unittest

from fixtures.processes import wait_until
from money_case import QUEUE, MoneyCase


class Looking(MoneyCase):
    def test_writes_nothing(self):
        """Also what identifies a Redis is written by those who mean to send, not by readers."""
        self.die_at("deliver:begin")
        self.site.redis.flush()
        folder = self.site.household.path("config", "worker-dashboard")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "profiles.conf"), "w", encoding="utf-8") as file:
            file.write(f"[Look]\ndatabase-url={self.site.postgres.url()}\n"
                       f"redis-url={self.site.redis.url()}\nread-only=true\n")
        status, out, _err = self.text("--profile", "Look", "--json", "outbox", "list",
                                      DATABASE_URL=None, REDIS_URL=None)
        self.assertEqual(status, 0, out)
        self.assertIn("flushed", out)
        self.assertEqual(self.redis.keys("*"), [])

    def test_says_what_is_known(self):
        self.site.redis.limit("-info", user="default")
        self.addCleanup(self.site.redis.limit, "+info", user="default")
        self.die_at("deliver:begin")
        self.site.redis.limit("+info", user="default")
        verdict = self.ask("outbox", "list")["entries"][0]["verdict"]
        self.assertIn("INFO", verdict)
        self.assertNotIn("flushed", verdict)


class Evidence(MoneyCase):
    def assert_left(self, entry, word, status=5):
        document = self.ask("outbox", "send", status=status)
        self.assertEqual(document["sent"], [])
        self.assertEqual([left["id"] for left in document["left"]], [entry])
        self.assertIn(word, document["left"][0]["error"])

    def test_receipt_evicted(self):
        """The job ran and was removed, and Redis threw its receipt away for want of memory."""
        row, entry = self.die_at("delivery:after-send")
        self.redis.delete(f"bull:gas-topup:{row}", "bull:gas-topup:prioritized")
        self.redis.config_set("maxmemory-policy", "volatile-ttl")
        self.redis.config_set("maxmemory", 1)
        try:
            wait_until(lambda: not self.redis.exists(f"bull:gas-topup:wd-receipt:{entry}"), 10,
                       "the receipt to be evicted")
        finally:
            self.redis.config_set("maxmemory", 0)
            self.redis.config_set("maxmemory-policy", "noeviction")
        self.assertTrue(self.redis.exists("bull:worker-dashboard:site"))
        self.assert_left(entry, "evicted")
        self.assertEqual(self.queued(), [])

    def test_other_prefix(self):
        """Through another prefix nothing of it is known, least of all that Redis was flushed."""
        row, entry = self.die_at("deliver:begin")
        there = {"WORKER_DASHBOARD_PREFIX": "other"}
        for arguments in (["outbox", "send"], ["outbox", "send", entry]):
            document = self.ask(*arguments, status=5, **there)
            self.assertEqual(document["sent"], [])
            self.assertIn("“bull”", document["left"][0]["error"])
        self.assertIn("“bull”", self.ask("outbox", "list", **there)["entries"][0]["verdict"])
        self.assertEqual(self.ask("outbox", "send")["sent"], [entry])
        self.assertEqual(self.queued(), [row])

    def test_order_reaches_a_redis_that_was_not_noted(self):
        row, entry = self.die_at("deliver:begin")
        self.site.sql("UPDATE worker_dashboard.outbox SET created_at = now() - interval '1 hour'")
        sender = self.site.wdctl_stopped_at("postgres:after-commit", "outbox", "send", entry)
        self.addCleanup(self.end, sender)
        self.site.redis.restart_empty()
        answer = self.site.go_on(sender)
        self.assertEqual(answer.document["sent"], [], answer)
        self.assertEqual(self.queued(), [])
        self.assertEqual(self.ask("outbox", "send", entry)["sent"], [entry])
        self.assertEqual(self.queued(), [row])

    def test_row_gone(self):
        _row, entry = self.die_at("deliver:begin")
        self.site.sql("DELETE FROM job_logs")
        self.assert_left(entry, "row")
        document = self.ask("outbox", "send", entry, status=5)
        self.assertNotIn("Send or", document["left"][0]["error"])
        self.assertEqual(self.ask("outbox", "discard", entry)["discarded"], [entry])
        self.assertEqual((self.queued(), self.site.outbox()), ([], []))


class Hindered(MoneyCase):
    """One that cannot be looked into or sent leaves the others alone."""

    def setUp(self):
        super().setUp()
        self.bad = self.die_at("deliver:begin")
        self.good = self.die_at("deliver:begin", job_type="consolidation")

    def assert_good_alone_is_sent(self, status=5):
        document = self.ask("outbox", "send", status=status)
        self.assertEqual(document["sent"], [self.good[1]])
        self.assertEqual([left["id"] for left in document["left"]], [self.bad[1]])
        self.assertEqual(self.queued("consolidation"), [self.good[0]])

    def test_broken_queue(self):
        self.redis.hset("bull:gas-topup:delayed", "x", "1")
        verdicts = [entry["verdict"] for entry in self.ask("outbox", "list")["entries"]]
        self.assertIn("WRONGTYPE", verdicts[0])
        self.assertIn("sent safely", verdicts[1])
        self.assert_good_alone_is_sent()
        self.assertEqual(self.ask("outbox", "discard", self.bad[1])["discarded"], [self.bad[1]])

    def test_forbidden_queue(self):
        self.site.redis.limit("resetkeys", "%R~*", "~bull:consolidation:*",
                              "~bull:worker-dashboard:*", user="default")
        self.addCleanup(self.site.redis.limit, "~*", user="default")
        self.assert_good_alone_is_sent()

    def test_entry_of_another_program(self):
        for change in ("options = '[]'", "options = '{}'", "options = '{\"name\": 7}'",
                       "options = 'null'", "queue = 'a:b'", "queue = ''", "job_id = ''",
                       "prefix = ''"):
            with self.subTest(change):
                self.site.sql(f"UPDATE worker_dashboard.outbox SET {change} WHERE id = %s",
                              self.bad[1])
                self.ask("outbox", "list")
                self.site.wdctl("outbox", "send")
                self.assertEqual(self.site.outbox(), [self.bad[1]])
        self.assertEqual(self.queued("consolidation"), [self.good[0]])
        self.assertEqual(self.queued(), [])


class Large(MoneyCase):
    """Requests of more than one transaction."""

    def test_named_twice(self):
        wallets = self.site.add_wallets(501)
        options = [f"--wallet={wallet}" for wallet in [*wallets, wallets[0]]]
        document = self.ask("dispatch", "gas-topup", *options, "--force", status=4)
        self.assertEqual(len(document["jobs"]), 501)
        self.assertEqual(len(self.queued()), 501)

    def stop_between(self):
        options = [f"--wallet={wallet}" for wallet in self.site.add_wallets(501)]
        sender = self.site.wdctl_stopped_at("settle:end", "dispatch", "gas-topup", *options)
        self.addCleanup(self.end, sender)
        return sender

    def test_redis_gone_in_the_middle(self):
        """What cannot be queued is not written either."""
        sender = self.stop_between()
        self.site.redis.stop()
        self.addCleanup(self.site.redis.start)
        answer = self.site.go_on(sender)
        self.assertEqual((answer.status, len(answer.document["jobs"])), (5, 500))
        self.assertEqual(len(answer.document["refused"]), 1)
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(500,)])
        self.assertEqual(self.site.outbox(), [])

    def test_redis_restarted_in_the_middle(self):
        sender = self.stop_between()
        self.site.redis.restart_empty()
        answer = self.site.go_on(sender)
        self.assertEqual((answer.status, len(self.queued())), (0, 1), answer.err)
        self.assertEqual(self.site.outbox(), [])


    def leave_201(self):
        """Entries of two transactions, whose sender died."""
        options = [f"--wallet={wallet}" for wallet in self.site.add_wallets(201)]
        answer = self.site.wdctl("dispatch", "gas-topup", *options, WD_FAULT="deliver:begin")
        self.assertEqual(answer.status, -signal.SIGKILL, answer)
        return self.site.outbox()

    def test_sent_before_redis_went(self):
        """What was settled before a failure is said beside it."""
        entries = self.leave_201()
        for commits, ids in ((1, []), (2, entries)):
            with self.subTest(ordered=bool(ids)):
                sender = self.site.wdctl_stopped_at(f"postgres:after-commit:{commits}", "outbox",
                                                    "send", *ids)
                self.addCleanup(self.end, sender)
                self.site.redis.stop()
                answer = self.site.go_on(sender)
                self.site.redis.start()
                [left] = answer.document["left"]
                self.assertEqual((answer.status, len(answer.document["sent"])), (5, 200), answer)
                self.assertEqual((left["code"], answer.document["code"]), ("no-connection",) * 2)
                [open_entry] = self.site.outbox()
                self.assertNotIn(open_entry, answer.document["sent"])
                self.assertIn(left["id"], (open_entry, "the remaining entries"))
            if not ids:
                self.site.sql("TRUNCATE worker_dashboard.outbox, job_logs CASCADE")
                entries[:] = self.leave_201()

    def test_sent_before_the_database_went(self):
        """Of a transaction that failed nothing is said to be settled."""
        self.leave_201()
        sender = self.site.wdctl_stopped_at("recovery:before-delete:2", "outbox", "send")
        self.addCleanup(self.end, sender)
        self.site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                      "WHERE state = 'idle in transaction'")
        answer = self.site.go_on(sender)
        [left] = answer.document["left"]
        self.assertEqual((answer.status, len(answer.document["sent"]), left["code"]),
                         (5, 200, "unknown-outcome"), answer)
        self.assertIn("each once", left["error"])
        self.assertEqual(self.site.outbox(), [left["id"]])
        self.assertEqual(self.ask("outbox", "send")["sent"], [left["id"]])
        self.assertEqual(len(self.queued()), 201)

    def test_retry_of_all_of_unknown_fate(self):
        """Of pages that were never read it is known that they were not begun."""
        self.ask("dispatch", "sync", "--wallet", self.site.add_wallets(1)[0])
        self.site.add_failed_jobs(1100)
        self.site.sql("UPDATE job_logs SET data = NULL WHERE id IN (SELECT id FROM job_logs "
                      "WHERE status = 'failed' ORDER BY created_at, id LIMIT 500)")
        owner = self.site.postgres.connect(user="postgres")
        self.addCleanup(owner.close)
        cursor = owner.cursor()
        retry = self.site.wdctl_stopped_at("postgres:before-commit", "jobs", "retry",
                                           "--all-failed")
        self.addCleanup(self.end, retry)
        cursor.execute("ALTER ROLE platform NOLOGIN")
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                       "WHERE state = 'idle in transaction'")
        answer = self.site.go_on(retry)
        cursor.execute("ALTER ROLE platform LOGIN")
        refused = answer.document["refused"]
        self.assertEqual((answer.status, answer.document["jobs"], len(refused)), (5, [], 1001))
        self.assertEqual({one["code"] for one in refused[500:1000]}, {"unknown-outcome"})
        self.assertEqual((refused[1000]["code"], refused[1000]["id"]),
                         ("no-connection", "the remaining failed jobs"))
        self.assertIn("It was not begun", refused[1000]["error"])

    def test_retry_of_all_stops(self):
        """A server that is gone is waited for once, not once for each page."""
        self.site.add_failed_jobs(2100)
        retry = self.site.wdctl_stopped_at("settle:end", "jobs", "retry", "--all-failed")
        self.addCleanup(self.end, retry)
        self.site.redis.stop()
        self.addCleanup(self.site.redis.start)
        answer = self.site.go_on(retry)
        self.assertEqual((answer.status, len(answer.document["jobs"])), (5, 500))
        self.assertEqual(len(answer.document["refused"]), 500 + 1)
        self.assertEqual(self.site.sql("SELECT status, count(*) FROM job_logs "
                                       "GROUP BY 1 ORDER BY 1"),
                         [("failed", 1600), ("pending", 500)])
        self.assertEqual(self.site.outbox(), [])


class LongLists(MoneyCase):
    """Looking for an absent id costs as many looks as its queue has ids, and they are limited."""

    def fill(self, count):
        self.redis.hset(f"bull:{QUEUE}:meta", "opts.maxLenEvents", 10000)
        self.redis.lpush(f"bull:{QUEUE}:wait", *(f"other-{number}" for number in range(count)))

    def promised(self):
        return self.redis.zcard(f"bull:{QUEUE}:prioritized")

    def test_what_was_never_queued_is_sent(self):
        options = [f"--wallet={wallet}" for wallet in self.site.add_wallets(200)]
        answer = self.site.wdctl("dispatch", "gas-topup", *options, WD_FAULT="delivery:before-send")
        self.assertEqual(answer.status, -signal.SIGKILL, answer)
        self.fill(10000)
        entries = self.ask("outbox", "list")["entries"]
        self.assertEqual({entry["verdict"].split(":")[0] for entry in entries},
                         {"Not queued yet"})
        self.assertEqual(len(self.ask("outbox", "send")["sent"]), 200)
        self.assertEqual((self.promised(), self.site.outbox()), (200, []))

    def test_what_is_gone_is_retried(self):
        self.site.add_failed_jobs(150)
        self.fill(11000)
        document = self.ask("jobs", "retry", "--all-failed")
        self.assertEqual((len(document["jobs"]), document["refused"]), (150, []))
        self.assertEqual((self.redis.llen(f"bull:{QUEUE}:wait") + self.promised(),
                          self.site.outbox()), (11150, []))

    def test_too_long_to_look(self):
        """Somebody may have left the id there: it would run twice."""
        self.site.add_failed_jobs(1)
        self.fill(1000001)
        refused = self.ask("jobs", "retry", "--all-failed", status=4)["refused"]
        self.assertIn("too long", refused[0]["error"])
        self.assertEqual(self.promised(), 0)


class Swallowed(MoneyCase):
    def test_row_that_was_not_written(self):
        """A trigger of the site drops a row: no promise about it may stand."""
        wallets = self.site.add_wallets(3)
        self.site.sql("CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS "
                      f"$$BEGIN IF new.wallet_address = '{wallets[1]}' THEN RETURN NULL; END IF; "
                      "RETURN new; END$$")
        self.site.sql("CREATE TRIGGER drop_row BEFORE INSERT ON job_logs FOR EACH ROW "
                      "EXECUTE FUNCTION drop_row()")
        self.addCleanup(self.site.sql, "DROP FUNCTION drop_row CASCADE")
        document = self.ask("dispatch", "gas-topup", *[f"--wallet={w}" for w in wallets], status=1)
        self.assertEqual(document["jobs"], [])
        self.assertIn("othing was written", document["error"])
        self.assertEqual((self.site.outbox(), self.queued()), ([], []))
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(0,)])


if __name__ == "__main__":
    unittest.main()

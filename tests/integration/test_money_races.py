#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several programs about one promise, and one that was only believed dead."""

import unittest

from money_case import QUEUE, MoneyCase

EIGHT = 8
UNSURE = "discarded; not known whether it had been queued"


class Refused(MoneyCase):
    """A refusal takes the row back: after it nobody may queue the job any more."""

    def test_by_another_while_the_sender_sleeps(self):
        sender, row, entry = self.stop_dispatch()
        self.forbid_layout()
        answer = self.site.wdctl("outbox", "send")
        self.assertEqual((answer.document["sent"], answer.status), ([], 4), answer)
        self.assertEqual(self.row(row), ("failed", "refused by its queue before it was queued"))
        self.allow_layout()
        answer = self.site.go_on(sender)
        self.assertEqual(self.queued(), [], "the row says failed")
        self.assertEqual((answer.status, answer.document["jobs"]), (4, []), answer)
        self.assertEqual(self.redis.get(f"bull:gas-topup:wd-receipt:{entry}"), "discarded")

    def test_rows_are_looked_up_by_their_keys(self):
        """Statistics lag behind what is done to many rows: no table is read through for them."""
        self.site.sql("CREATE TABLE seen (said text)")
        self.site.sql("CREATE FUNCTION see () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                      "INSERT INTO public.seen VALUES (current_setting ('enable_seqscan')); "
                      "RETURN NULL; END $$")
        self.site.sql("CREATE TRIGGER sees AFTER UPDATE ON job_logs FOR EACH ROW "
                      "WHEN (NEW.status = 'failed') EXECUTE FUNCTION see ()")
        self.addCleanup(self.site.sql, "DROP TABLE seen")
        self.addCleanup(self.site.sql, "DROP FUNCTION see CASCADE")
        row, entry = self.die_at("delivery:before-send")
        self.ask("outbox", "discard", entry)
        self.assertEqual((self.row(row)[0], self.site.sql("SELECT said FROM seen")),
                         ("failed", [("off",)]))

    def test_and_the_database_gone(self):
        """What was said to be refused is not queued by whoever comes next."""
        sender, row, _entry = self.stop_dispatch()
        self.forbid_layout()
        self.site.postgres.stop()
        answer = self.site.go_on(sender)
        self.site.postgres.start()
        self.site.reconnect()
        self.allow_layout()
        self.assertEqual((answer.status, answer.document["jobs"]), (4, []), answer)
        self.site.wdctl("outbox", "send")
        self.assertEqual(self.queued(), [])
        self.assertEqual(self.row(row)[0], "failed")
        self.assertEqual(self.site.outbox(), [])

    def test_without_a_tombstone_nothing_is_taken_back(self):
        """Redis refuses the job and then the tombstone too: the promise stays open."""
        sender, row, entry = self.stop_dispatch()
        self.site.redis.limit("-lpush", "-zadd", "-set", user="default")
        self.addCleanup(self.site.redis.limit, "+@all", user="default")
        answer = self.site.go_on(sender)
        self.site.redis.limit("+@all", user="default")
        self.assertEqual(answer.status, 5, answer)
        self.assertFalse(answer.document["jobs"][0]["delivered"])
        self.assertEqual(self.row(row)[0], "pending")
        self.assertEqual(self.site.outbox(), [entry])
        self.assertEqual(self.site.wdctl("outbox", "send").document["sent"], [entry])
        self.assertEqual(self.queued(), [row])

    def test_retry_in_a_state_of_its_own(self):
        """The job left the failed ones while the sender slept; the row is as it was."""
        row = self.fail_job()
        sender, entry = self.stop_retry(row)
        self.redis.zrem("bull:gas-topup:failed", row)
        self.redis.lpush("bull:gas-topup:active", row)
        answer = self.site.go_on(sender)
        self.assertEqual((answer.status, answer.document["code"]), (4, "not-failed"), answer)
        self.assertEqual(self.row(row), ("failed", "out of energy"))
        self.assertEqual(self.redis.get(f"bull:gas-topup:wd-receipt:{entry}"), "discarded")
        self.assertEqual(self.site.outbox(), [])


class Discarded(MoneyCase):
    def test_the_sender_says_so(self):
        sender, row, entry = self.stop_dispatch()
        self.ask("outbox", "discard", entry)
        answer = self.site.go_on(sender)
        self.assertEqual((answer.status, answer.document["jobs"]), (4, []), answer)
        self.assertIn("iscarded", answer.document["refused"][0]["error"])
        self.assertNotIn("Do not dispatch", answer.document["message"])
        self.assertEqual((self.queued(), self.row(row)[0]), ([], "failed"))

    def test_tombstone_without_its_transaction(self):
        """Whoever discarded died in between: the sender finishes it."""
        sender, row, entry = self.stop_dispatch()
        self.site.wdctl("outbox", "discard", entry, WD_FAULT="discard:tombstone")
        self.assertEqual(self.row(row)[0], "pending")
        self.site.go_on(sender)
        self.assertEqual(self.row(row), ("failed", "discarded before it was queued"))
        self.assertEqual((self.queued(), self.site.outbox()), ([], []))

    def test_queued_without_a_receipt(self):
        """Thirty days later the receipt is gone and the job still waits in a paused queue."""
        row, entry = self.die_at("delivery:after-send")
        self.redis.delete(f"bull:gas-topup:wd-receipt:{entry}")
        document = self.ask("outbox", "discard", entry, status=4)
        self.assertIn("lready sent", document["left"][0]["error"])
        self.assertEqual((self.row(row)[0], self.queued()), ("pending", [row]))
        self.assertEqual(self.site.outbox(), [])

    def test_retried_job_is_under_way_without_a_receipt(self):
        row = self.fail_job()
        answer = self.site.wdctl("jobs", "retry", row, WD_FAULT="delivery:after-send")
        self.assertLess(answer.status, 0)
        entry = self.site.outbox()[0]
        self.redis.delete(f"bull:gas-topup:wd-receipt:{entry}")
        self.ask("outbox", "discard", entry, status=4)
        self.assertEqual((self.row(row)[0], self.queued()), ("pending", [row]))

    def test_not_known_whether_it_was_queued(self):
        """Redis forgot receipt and job, which may have run: neither row nor trail denies that."""
        row, entry = self.die_at("delivery:after-send")
        failed = self.fail_job()
        answer = self.site.wdctl("jobs", "retry", failed, WD_FAULT="delivery:after-send")
        self.assertLess(answer.status, 0)
        [retry] = set(self.site.outbox()) - {entry}
        self.site.redis.flush()
        status, _out, err = self.text("outbox", "discard", entry)
        self.assertEqual(status, 0)
        self.assertIn("not known whether it had been queued", err)
        self.assertEqual(self.ask("outbox", "discard", retry),
                         {"discarded": [retry], "perhaps_queued": [retry], "left": []})
        for one in (row, failed):
            self.assertEqual(self.row(one), ("failed", UNSURE))
            trail = self.site.sql("SELECT after ->> 'error_message', after ->> 'note' FROM "
                                  "worker_dashboard.audit WHERE action = 'discard' "
                                  "AND target_id = %s", one)
            self.assertEqual(trail, [(UNSURE, UNSURE)])

    def test_not_swept_up(self):
        """What may have run is retried by its id alone, not with all that failed."""
        row, entry = self.die_at("delivery:after-send")
        self.site.redis.flush()
        self.ask("outbox", "discard", entry)
        failed = self.fail_job()
        document = self.ask("jobs", "retry", "--all-failed", status=4)
        self.assertEqual([job["id"] for job in document["jobs"]], [failed])
        self.assertEqual([(one["id"], one["code"]) for one in document["refused"]],
                         [(row, "refused")])
        run = self.ask("bulk", "run", self.ask("bulk", "retry")["id"])
        self.assertEqual((run["done"], run["refused_count"]), (0, 1), run)
        self.assertEqual((self.queued(), self.row(row)), ([failed], ("failed", UNSURE)))
        self.ask("jobs", "retry", row)
        self.assertEqual(self.queued(), sorted([row, failed]))

    def test_only_its_age_speaks_against_it(self):
        """The Redis of every attempt still knows: it was never queued."""
        row, entry = self.die_at("deliver:begin")
        for age, word in (("1 hour", "discarded before it was queued"), ("31 days", UNSURE)):
            with self.subTest(age):
                self.site.sql("UPDATE worker_dashboard.outbox SET created_at = now() - "
                              "%s::interval", age)
                self.ask("outbox", "discard", entry)
                self.assertEqual(self.row(row), ("failed", word))
            row, entry = self.die_at("deliver:begin")

    def test_flushed_while_it_is_discarded(self):
        """What was known before the tombstone says nothing of a Redis that has forgotten since."""
        row, entry = self.die_at("delivery:after-send")
        discarder = self.site.wdctl_stopped_at("discard:begin", "outbox", "discard", entry)
        self.addCleanup(self.end, discarder)
        self.site.redis.flush()
        self.site.go_on(discarder)
        self.assertEqual(self.row(row), ("failed", UNSURE))

    def test_tombstone_found_where_it_may_have_been_queued(self):
        """Whoever finishes what another began to discard says no more than is known."""
        row, entry = self.die_at("delivery:after-send")
        self.site.redis.flush()
        self.site.wdctl("outbox", "discard", entry, WD_FAULT="discard:tombstone")
        self.assertEqual(self.row(row)[0], "pending")
        self.ask("outbox", "send", status=4)
        self.assertEqual(self.row(row), ("failed", UNSURE))

    def test_in_part(self):
        """Redis fails in the middle: what got its tombstone is discarded, the rest is said."""
        row, first = self.die_at("deliver:begin")
        other, second = self.die_at("deliver:begin", job_type="consolidation")
        self.site.redis.limit("resetkeys", "~bull:gas-topup:*", "~bull:worker-dashboard:*",
                              user="default")
        self.addCleanup(self.site.redis.limit, "~*", user="default")
        document = self.ask("outbox", "discard", first, second, status=1)
        self.site.redis.limit("~*", user="default")
        self.assertEqual(document["discarded"], [first])
        self.assertEqual([left["id"] for left in document["left"]], [second])
        self.assertEqual((self.row(row)[0], self.row(other)[0]), ("failed", "pending"))
        self.assertEqual(self.site.outbox(), [second])


class AtOnce(MoneyCase):
    def test_lock_lost_in_the_middle_of_a_recovery(self):
        row, entry = self.die_at("deliver:begin")
        first = self.site.wdctl_stopped_at("delivery:before-send", "outbox", "send")
        self.addCleanup(self.end, first)
        self.assertEqual(self.ask("outbox", "send"), {"sent": [], "left": []})
        self.site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                      "WHERE state = 'idle in transaction'")
        self.assertEqual(self.ask("outbox", "send"), {"sent": [entry], "left": []})
        self.site.go_on(first)
        self.assertEqual(self.queued(), [row])
        self.assertEqual(self.row(row)[0], "pending")

    def test_eight_retries_of_one_row(self):
        row = self.fail_job()
        retries = [self.site.start_wdctl("jobs", "retry", row) for _ in range(EIGHT)]
        for retry in retries:
            retry.communicate(timeout=60)
        self.assertEqual(sorted(retry.returncode for retry in retries), [0] + [4] * (EIGHT - 1))
        self.assertEqual((self.queued(), self.site.outbox()), ([row], []))

    def test_one_row_named_twice(self):
        row = self.fail_job(job_id="topup-7", in_queue=False)
        document = self.ask("jobs", "retry", row, "topup-7", row)
        self.assertEqual([job["id"] for job in document["jobs"]], [row])
        self.assertEqual(self.queued(), ["topup-7"])


class Lost(MoneyCase):
    """Calling a job lost invites to queue another by force."""

    def stop_second(self, change=None):
        wallet = self.site.add_wallets(1)[0]
        row = self.ask("dispatch", "gas-topup", "--wallet", wallet)["jobs"][0]["id"]
        if change:
            change(row)
        second = self.site.wdctl_stopped_at("lost-jobs:begin", "dispatch", "gas-topup", "--wallet",
                                            wallet)
        self.addCleanup(self.end, second)
        self.redis.delete(f"bull:gas-topup:{row}", "bull:gas-topup:prioritized")
        return second, row

    def test_done_meanwhile(self):
        second, row = self.stop_second()
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE id = %s", row)
        answer = self.site.go_on(second)
        self.assertNotIn("force", answer.document["refused"][0]["error"])

    def refusal(self, second):
        answer = self.site.go_on(second)
        self.assertEqual(answer.status, 4, answer)
        return answer.document["refused"][0]["error"]

    def test_lost(self):
        second, _row = self.stop_second()
        self.assertIn("force", self.refusal(second))

    def test_completed_without_its_row_being_told(self):
        """Workers that write no rows, and jobs that are removed once they are done."""
        second, row = self.stop_second()
        for event in ("active", "completed"):
            self.redis.xadd(f"bull:{QUEUE}:events", {"event": event, "jobId": row})
        error = self.refusal(second)
        self.assertIn("say that it completed", error)
        self.assertNotIn("force", error)

    def test_perhaps_ran(self):
        """It came to a worker, its row says when it began, or its events are gone."""
        def begins(row):
            self.redis.xadd(f"bull:{QUEUE}:events", {"event": "active", "jobId": row})

        def is_told(row):
            self.site.sql("UPDATE job_logs SET started_at = now() WHERE id = %s", row)

        def is_cut(_row):
            self.redis.delete(f"bull:{QUEUE}:events")

        for change in (begins, is_cut, is_told):
            with self.subTest(change.__name__):
                error = self.refusal(self.stop_second(change)[0])
                self.assertIn("Nothing proves that it did not run", error)
                self.assertNotIn("force", error)


class Locked(MoneyCase):
    """Somebody else holds the rows: it is said what was done and what was not."""

    def lock(self, table):
        other = self.site.postgres.connect()
        other.autocommit = False
        self.addCleanup(other.close)
        other.cursor().execute(f"SELECT 1 FROM {table} FOR UPDATE")
        return other

    def test_wallet_or_row(self):
        wallet, row = self.site.add_wallets(1)[0], self.fail_job()
        for table, arguments in (("user_wallets", ["dispatch", "gas-topup", "--wallet", wallet]),
                                 ("job_logs", ["jobs", "retry", row])):
            with self.subTest(table):
                other = self.lock(table)
                document = self.ask(*arguments, status=1)
                self.assertEqual(document["code"], "busy")
                self.assertIn("Nothing was written", document["error"])
                other.rollback()
        self.assertEqual((self.site.outbox(), self.queued()), ([], []))

    def test_row_of_what_is_discarded(self):
        row, entry = self.die_at("deliver:begin")
        other = self.lock("job_logs")
        # The tombstone stands: that is no “nothing was done”.
        document = self.ask("outbox", "discard", entry, status=5)
        self.assertEqual(document["code"], "unknown-outcome")
        self.assertIn("Discarded for good", document["error"])
        other.rollback()
        self.ask("outbox", "send", status=4)
        self.assertEqual((self.row(row)[0], self.queued(), self.site.outbox()), ("failed", [], []))


class LostCommit(MoneyCase):
    """The number of a transaction means nothing on a server that lost it."""

    def setUp(self):
        super().setUp()
        self.ask("dispatch", "sync", "--wallet", self.site.add_wallets(1)[0])
        self.site.postgres.snapshot("before")
        self.site.reconnect()

    def lose(self, *arguments):
        """The server comes back without the sender's transaction; its number is another's."""
        sender = self.site.wdctl_stopped_at("postgres:before-commit", *arguments)
        self.addCleanup(self.end, sender)
        number = int(self.site.sql("SELECT backend_xid::text FROM pg_stat_activity "
                                   "WHERE state = 'idle in transaction'")[0][0])
        self.site.postgres.restore("before")
        self.site.reconnect()
        while int(self.site.sql("SELECT pg_current_xact_id()::text")[0][0]) <= number:
            pass
        self.assertEqual(self.site.sql("SELECT pg_xact_status(%s::text::xid8)", number),
                         [("committed",)])
        return self.site.go_on(sender)

    def test_dispatch(self):
        wallet = self.site.sql("SELECT address FROM user_wallets")[0][0]
        answer = self.lose("dispatch", "gas-topup", "--wallet", wallet)
        self.assertEqual(answer.status, 5, answer)
        self.assertEqual(self.queued(), [], "there is no row for it")

    def test_retry(self):
        row = self.fail_job()
        self.site.postgres.snapshot("before")
        self.site.reconnect()
        answer = self.lose("jobs", "retry", row)
        self.assertEqual(answer.status, 5, answer)
        self.assertEqual((self.queued(), self.row(row)[0]), ([], "failed"))


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One job of a type is enough for a wallet: a retry does not run beside another one."""

import unittest

from fixtures.processes import wait_until
from fixtures.workers import Queues, Workers
from guard_case import GuardCase

EIGHT = 8


class OneIsEnough(GuardCase):
    def test_another_under_way(self):
        for status in ("pending", "active", "processing", "retrying"):
            with self.subTest(status):
                row = self.add_failed()[0]
                other = self.add_jobs(1, job_type="gas-topup", wallet_address=self.wallet,
                                      status=status)[0]
                document = self.ask("jobs", "retry", row, status=4)
                self.assertEqual((document["code"], self.refusals(document)),
                                 ("duplicate", {row: "duplicate"}))
                self.assertIn(other, document["error"])
                self.assertEqual((self.row(row)[0], self.queued(), self.site.outbox()),
                                 ("failed", [], []))
                self.site.sql("TRUNCATE job_logs")

    def test_in_the_words_of_a_dispatch(self):
        row = self.add_failed()[0]
        dispatched = self.ask("dispatch", "gas-topup", "--wallet", self.wallet)["jobs"][0]["id"]
        error = self.ask("jobs", "retry", row, status=4)["error"]
        self.assertRegex(error, "^A Gas top-up job for this wallet is already pending "
                                rf"\([^,]+, {dispatched}\)$")
        self.assertEqual(self.queued(), [dispatched])

    def test_other_work_is_not_in_the_way(self):
        for column, value in (("job_type", "sync"), ("wallet_address", "another"),
                              ("status", "completed"), ("status", "failed")):
            with self.subTest(column=column, value=value):
                row = self.add_failed()[0]
                self.add_jobs(1, **{"job_type": "gas-topup", "status": "active",
                                    "wallet_address": self.wallet, column: value})
                self.ask("jobs", "retry", row)
                self.site.sql("TRUNCATE job_logs, worker_dashboard.outbox")
                self.site.redis.flush()

    def test_newest_of_those_named(self):
        rows = self.add_failed(3)
        document = self.ask("jobs", "retry", rows[1], rows[0], rows[2], status=4)
        self.assertEqual([job["id"] for job in document["jobs"]], rows[:1])
        self.assertEqual(self.refusals(document), dict.fromkeys(rows[1:], "duplicate"))
        for refusal in document["refused"]:
            self.assertTrue(refusal["error"].endswith(f"was retried instead: {rows[0]}"), refusal)
        self.assertEqual((self.statuses(*rows), self.queued()),
                         (["pending", "failed", "failed"], rows[:1]))

    def test_chosen_one_that_is_not_retried(self):
        """Nobody is told that it was."""
        rows = self.add_failed(2)
        sender = self.site.wdctl_stopped_at("delivery:before-send", "jobs", "retry", *rows)
        self.addCleanup(self.end, sender)
        self.forbid_layout()
        answer = self.site.go_on(sender)
        self.allow_layout()
        self.assertEqual((answer.status, answer.document["jobs"]), (4, []), answer)
        errors = {one["id"]: one["error"] for one in answer.document["refused"]}
        self.assertTrue(errors[rows[1]].endswith(f"and was not retried: {rows[0]}"), errors)
        self.assertEqual((self.statuses(*rows), self.queued()), (["failed"] * 2, []))

    def test_chosen_one_that_is_promised(self):
        """It may be queued later or not, so nobody is told that it was retried."""
        rows = self.add_failed(2)
        sender = self.site.wdctl_stopped_at("deliver:begin", "jobs", "retry", *rows)
        self.addCleanup(self.end, sender)
        self.site.redis.stop()
        self.addCleanup(self.site.redis.start)
        answer = self.site.go_on(sender)
        self.assertIs(answer.document["jobs"][0]["delivered"], False)
        [refused] = answer.document["refused"]
        self.assertTrue(refused["error"].endswith(
            f"was chosen instead, and is not known to be queued yet: {rows[0]}"), refused)

    def test_newest_of_many_transactions(self):
        """However many stand between those of one wallet, in whatever order they are named."""
        rows, others = self.add_failed(2), self.site.add_failed_jobs(600)
        self.site.sql("UPDATE job_logs SET created_at = now() - CASE WHEN id::text = %s "
                      "THEN interval '1 day' ELSE interval '1 hour' END WHERE id::text <> %s",
                      rows[1], rows[0])
        self.end_at_once()
        document = self.ask("jobs", "retry", rows[1], *others, rows[0], status=4)
        self.assertEqual(self.refusals(document), {rows[1]: "duplicate"})
        self.assertEqual(self.statuses(*rows), ["completed", "failed"])

    def test_newest_that_was_done(self):
        """Its queue has completed what its row says failed: an older one would pay once more."""
        rows, others = self.add_failed(2), self.site.add_failed_jobs(600)
        self.site.sql("UPDATE job_logs SET created_at = now() - CASE WHEN id::text = %s "
                      "THEN interval '1 day' ELSE interval '1 hour' END WHERE id::text <> %s",
                      rows[1], rows[0])
        with Queues(self.site) as queues, Workers(self.site, queues=["gas-topup"]):
            queues.call("gas-topup", "add", "gas-topup", {}, {"jobId": rows[0]})
            wait_until(lambda: queues.call("gas-topup", "getCompletedCount") == 1, 20, "it")
        self.site.sql("UPDATE job_logs SET status = 'failed' WHERE id::text = %s", rows[0])
        document = self.ask("jobs", "retry", rows[1], *others, rows[0], status=4)
        self.assertEqual(self.refusals(document),
                         {rows[0]: "not-failed", rows[1]: "duplicate"})
        self.assertEqual(self.statuses(*rows), ["completed", "failed"])

    def test_oldest_of_all_failed(self):
        rows, syncs = self.add_failed(3), self.add_failed(2, job_type="sync")
        document = self.ask("jobs", "retry", "--all-failed", status=4)
        self.assertCountEqual([job["id"] for job in document["jobs"]], [rows[2], syncs[1]])
        self.assertEqual(self.refusals(document),
                         dict.fromkeys([*rows[:2], syncs[0]], "duplicate"))

    def test_first_of_many_transactions(self):
        """More than one slice holds: the same one goes wherever a slice ends."""
        rows = self.add_failed(1203, job_type="sync")
        document = self.ask("jobs", "retry", "--all-failed", status=4)
        self.assertEqual([job["id"] for job in document["jobs"]], rows[-1:])
        self.assertEqual(len(document["refused"]), 1202)

    def test_one_that_has_ended_before_the_next_transaction(self):
        """Nothing is under way then, and a second one would pay once more all the same."""
        self.end_at_once()
        last = self.add_failed()[0]
        self.site.add_failed_jobs(600)
        first = self.add_failed()[0]
        self.site.sql("UPDATE job_logs SET created_at = CASE id::text WHEN %s THEN "
                      "now() - interval '1 day' WHEN %s THEN now() ELSE now() - interval '1 hour' "
                      "END", first, last)
        document = self.ask("jobs", "retry", "--all-failed", status=4)
        self.assertEqual(self.refusals(document), {last: "duplicate"})
        self.assertEqual(self.statuses(first, last), ["completed", "failed"])

    def test_one_that_is_not_taken_is_in_nobodys_way(self):
        """The newest is refused for its queue: the next one goes."""
        rows = self.add_failed(2)
        self.site.sql("UPDATE job_logs SET data = NULL WHERE id = %s", rows[0])
        document = self.ask("jobs", "retry", *rows, status=4)
        self.assertEqual([job["id"] for job in document["jobs"]], rows[1:])

    def test_jobs_that_stand_for_something_else(self):
        deposits = self.add_failed(3, job_type="deposit-detection")
        self.ask("jobs", "retry", *deposits)
        self.assertEqual(self.queued("deposit-detection"), sorted(deposits))

    def test_rows_without_a_wallet(self):
        rows = self.add_failed(2, wallet=None)
        self.ask("jobs", "retry", *rows)
        self.assertEqual(self.queued(), sorted(rows))

    def test_row_that_was_retried_before(self):
        """A row is not in its own way, nor is what is promised about it."""
        row = self.add_failed()[0]
        self.ask("jobs", "retry", row)
        self.site.sql("UPDATE job_logs SET status = 'failed' WHERE id = %s", row)
        self.site.redis.flush()
        self.ask("jobs", "retry", row)
        document = self.ask("jobs", "retry", row, status=4)
        self.assertEqual(self.refusals(document), {row: "not-failed"})

    def test_force(self):
        rows = self.add_failed(2)
        self.add_jobs(1, job_type="gas-topup", wallet_address=self.wallet, status="active")
        self.ask("jobs", "retry", *rows, status=4)
        self.ask("jobs", "retry", "--force", *rows)
        self.assertEqual((self.statuses(*rows), self.queued()), (["pending"] * 2, sorted(rows)))
        forced = self.site.sql("SELECT DISTINCT after ->> 'forced' FROM worker_dashboard.audit "
                               "WHERE target_id = ANY (%s)", rows)
        self.assertEqual(forced, [("true",)])

    def test_force_lifts_nothing_else(self):
        row = self.add_failed(retry_count=3, max_retries=3)[0]
        document = self.ask("jobs", "retry", "--force", row, status=4)
        self.assertEqual(self.refusals(document), {row: "retries-exhausted"})

    def test_lost_one_in_the_way(self):
        """A pending row whose job its queue lost is named as that, as a dispatch does."""
        row = self.add_failed()[0]
        self.ask("dispatch", "gas-topup", "--wallet", self.wallet)
        self.site.redis.flush()
        document = self.ask("jobs", "retry", row, status=4)
        self.assertIn("no longer holds it", document["error"])


class InBulk(GuardCase):
    """The preview says what the run then refuses."""

    def freeze(self, *arguments):
        run = self.ask("bulk", "retry", *arguments)
        return run["id"], [(line["code"], line["n"]) for line in run["forecast"]]

    def run_and_compare(self, run):
        """Those of which it was said are refused, and no others."""
        done = self.ask("bulk", "run", run)
        self.assertEqual(self.site.sql(
            "SELECT n, forecast, result FROM worker_dashboard.bulk_item WHERE run_id = %s "
            "AND (forecast IS NULL) <> (result = 'done')", run), [])
        return done

    def test_first_of_several(self):
        rows = self.add_failed(3)
        self.add_failed(2, job_type="sync")
        self.add_failed(2, job_type="deposit-detection")
        run, forecast = self.freeze()
        self.assertEqual(forecast, [("duplicate", 3)])
        self.run_and_compare(run)
        self.assertEqual(self.queued(), rows[2:])

    def test_under_way(self):
        self.add_failed(2)
        other = self.add_jobs(1, job_type="gas-topup", wallet_address=self.wallet,
                              status="retrying")[0]
        run, forecast = self.freeze()
        self.assertEqual(forecast, [("duplicate", 2)])
        done = self.run_and_compare(run)
        self.assertEqual((done["done"], done["refused_count"]), (0, 2))
        self.assertIn(other, done["refused"][0]["error"])

    def test_first_that_its_queue_takes(self):
        rows = self.add_failed(3)
        self.site.sql("UPDATE job_logs SET data = NULL WHERE id = %s", rows[2])
        run, forecast = self.freeze(*rows[::-1])
        self.assertCountEqual(forecast, [("duplicate", 1), ("not-in-queue", 1)])
        self.run_and_compare(run)
        self.assertEqual(self.queued(), rows[1:2])

    def test_what_may_have_run(self):
        """It is retried by itself, and the next one goes."""
        rows = self.add_failed(3)
        self.site.sql("UPDATE job_logs SET error_message = %s WHERE id = %s",
                      "discarded; not known whether it had been queued", rows[2])
        for options in ((), ("--reset",)):
            _run, forecast = self.freeze(*options)
            self.assertCountEqual(forecast, [("refused", 1), ("duplicate", 1)])
        _run, forecast = self.freeze("--force")
        self.assertEqual(forecast, [("refused", 1)])
        run, forecast = self.freeze(*rows)
        self.run_and_compare(run)
        self.assertEqual(self.queued(), rows[:1])

    def test_told_in_a_run(self):
        """One that the preview knew to be refused, and is no more, goes before the chosen one."""
        rows = self.add_failed(3)
        self.site.sql("UPDATE job_logs SET data = NULL WHERE id = %s", rows[2])
        run, _forecast = self.freeze()
        self.site.sql("UPDATE job_logs SET data = '{}' WHERE id = %s", rows[2])
        done = self.ask("bulk", "run", run)
        errors = {one["id"]: one["error"] for one in done["refused"]}
        self.assertEqual(self.queued(), rows[2:])
        self.assertTrue(errors[rows[1]].endswith(f"was retried instead: {rows[2]}"), errors)
        self.assertTrue(errors[rows[0]].endswith("was chosen instead"), errors)

    def test_came_since(self):
        """What is dispatched after the preview is in the way of the run."""
        row = self.add_failed()[0]
        run, forecast = self.freeze()
        self.assertEqual(forecast, [])
        self.ask("dispatch", "gas-topup", "--wallet", self.wallet)
        done = self.ask("bulk", "run", run)
        self.assertEqual([one["id"] for one in done["refused"]], [row])

    def test_one_that_has_ended_before_the_next_slice(self):
        self.end_at_once()
        rows = self.add_failed(2)
        self.site.add_failed_jobs(600)
        self.site.sql("UPDATE job_logs SET created_at = CASE id::text WHEN %s THEN "
                      "now() - interval '1 day' WHEN %s THEN now() ELSE now() - interval '1 hour' "
                      "END", *rows)
        run, forecast = self.freeze()
        self.assertEqual(forecast, [("duplicate", 1)])
        self.run_and_compare(run)
        self.assertEqual(sorted(self.statuses(*rows)), ["completed", "failed"])

    def test_more_than_a_slice(self):
        rows = self.add_failed(1103, job_type="sync")
        run, forecast = self.freeze()
        self.assertEqual(forecast, [("duplicate", 1102)])
        self.run_and_compare(run)
        self.assertEqual(self.queued("sync-balances"), rows[-1:])

    def test_force(self):
        rows = self.add_failed(2)
        self.add_jobs(1, job_type="gas-topup", wallet_address=self.wallet, status="active")
        run, forecast = self.freeze("--force")
        self.assertEqual(forecast, [])
        self.run_and_compare(run)
        self.assertEqual(self.queued(), sorted(rows))

    def test_gone_on_with(self):
        """What a run that was killed has retried is in nobody's way but the others'."""
        rows = self.add_failed(2)
        run, _forecast = self.freeze()
        self.site.wdctl("bulk", "run", run, WD_FAULT="delivery:before-send")
        self.ask("outbox", "send")
        self.site.sql("UPDATE worker_dashboard.bulk_run SET heartbeat = "
                      "heartbeat - interval '61 seconds'")
        self.run_and_compare(run)
        self.assertEqual(self.queued(), rows[1:])


class AtOnce(GuardCase):
    def run_together(self, commands):
        processes = [self.site.start_wdctl(*command) for command in commands]
        for process in processes:
            process.communicate(timeout=60)
        return sorted(process.returncode for process in processes)

    def test_retries_and_dispatches_of_one_wallet(self):
        for attempt in range(3):
            with self.subTest(attempt):
                rows = self.add_failed(EIGHT // 2)
                commands = [("jobs", "retry", row) for row in rows]
                commands += [("dispatch", "gas-topup", "--wallet", self.wallet)] * (EIGHT // 2)
                self.assertEqual(self.run_together(commands), [0] + [4] * (EIGHT - 1))
                self.assertEqual((len(self.queued()), self.site.outbox()), (1, []))
                self.setUp()

    def test_rings(self):
        """Many wallets, named in any order: nobody waits for another who waits for him."""
        wallets = self.site.add_wallets(30)
        rows = [self.add_failed(wallet=wallet)[0] for wallet in wallets]
        commands = []
        for turned in (False, True) * (EIGHT // 4):
            order = -1 if turned else 1
            commands.append(("jobs", "retry", *rows[::order]))
            commands.append(("dispatch", "gas-topup",
                             *(word for wallet in wallets[::-order]
                               for word in ("--wallet", wallet))))
        self.assertTrue(set(self.run_together(commands)) <= {0, 4})
        self.assertEqual((len(self.queued()), self.site.outbox()), (30, []))

    def test_forced_one_is_seen(self):
        """Who does not force waits for who does, and then knows of it."""
        rows = self.add_failed(2)
        sender = self.site.wdctl_stopped_at("postgres:before-commit", "jobs", "retry", "--force",
                                            rows[0])
        self.addCleanup(self.end, sender)
        document = self.ask("jobs", "retry", rows[1], status=1)
        self.assertEqual(document["code"], "busy")
        self.assertEqual(self.site.go_on(sender).status, 0)
        self.ask("jobs", "retry", rows[1], status=4)


if __name__ == "__main__":
    unittest.main()

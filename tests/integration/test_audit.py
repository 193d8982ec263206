#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every write leaves its entry in the audit trail, in its own transaction, and exactly one."""

import getpass
import os
import signal
import socket
import unittest

from audit_case import AuditCase
from fixtures.site import OWNER
from money_case import QUEUE


class Written(AuditCase):
    def test_who(self):
        self.ask("dispatch", "sync", "--wallet", self.site.add_wallets(1)[0])
        [(user, host, role, client)] = self.trail("os_user, host, db_role, client")
        self.assertEqual((user, host, role), (getpass.getuser(), socket.gethostname(), "platform"))
        self.assertRegex(client, r"^wdctl \d+\.\d+")

    def test_dispatch(self):
        first, second = self.site.add_wallets(2)
        self.ask("dispatch", "gas-topup", "--wallet", first, "--priority", "high")
        self.ask("dispatch", "gas-topup", "--wallet", first, "--wallet", second,
                 "--wallet", "nobody", status=4)
        self.ask("dispatch", "gas-topup", "--wallet", first, "--force")
        rows = self.site.sql("SELECT id::text, wallet_address FROM job_logs ORDER BY created_at")
        self.assertEqual([row[1] for row in rows], [first, second, first])
        common = {"job_type": "gas-topup", "status": "pending", "user_id": OWNER, "queue": QUEUE}
        self.assert_trail(
            *(("dispatch", "job", row, None, {**common, "wallet_address": wallet,
                                              "priority": priority, "forced": forced})
              for (row, wallet), priority, forced in zip(rows, (10, 5, 5), (False, False, True))),
            columns="action, target_type, target_id, before, after")

    def test_many(self):
        """More than one transaction: one entry for each row."""
        wallets = self.site.add_wallets(1201)
        self.ask("dispatch", "sync", *(f"--wallet={wallet}" for wallet in wallets))
        missing = self.site.sql(
            "SELECT count(*) FROM job_logs j FULL JOIN worker_dashboard.audit a "
            "ON a.target_id = j.id::text WHERE a.id IS NULL OR j.id IS NULL")
        self.assertEqual((missing, len(self.trail())), ([(0,)], 1201))

    def test_retry(self):
        plain, reset = self.fail_job(retry_count=2), self.fail_job(retry_count=2)
        self.ask("jobs", "retry", plain)
        self.ask("jobs", "retry", reset, "--reset")
        for (row, before, after), count in zip(self.trail("target_id, before, after"), (2, 0)):
            self.assertEqual((before["status"], before["retry_count"], before["error_message"]),
                             ("failed", 2, "out of energy"))
            self.assertEqual(after, {
                "status": "pending", "retry_count": count, "reset": count == 0, "job_id": row,
                "job_type": "gas-topup", "wallet_address": "W" + row, "queue": QUEUE})
        self.assert_trail(("retry", plain), ("retry", reset))

    def test_retry_many(self):
        rows = self.site.add_failed_jobs(700)
        self.ask("jobs", "retry", "--all-failed")
        self.assertEqual(sorted(self.trail()), sorted(("retry", row) for row in rows))

    def test_retry_refused_before_it_was_written(self):
        row = self.add_jobs(1, status="completed")[0]
        self.ask("jobs", "retry", row, status=4)
        self.assert_trail()

    def test_retry_refused_by_its_queue(self):
        """Between our look and the script the job went on: both entries say what happened."""
        row = self.fail_job()
        sender, _entry = self.stop_retry(row)
        self.redis.zrem(f"bull:{QUEUE}:failed", row)
        self.redis.lpush(f"bull:{QUEUE}:wait", row)
        answer = self.site.go_on(sender)
        self.assertEqual(answer.status, 4, answer)
        self.assertEqual(self.row(row)[0], "failed")
        retried, refused = self.trail("action, target_id, before ->> 'status', "
                                      "after ->> 'status', after ->> 'note'")
        self.assertEqual(retried, ("retry", row, "failed", "pending", None))
        self.assertEqual(refused[:4], ("refused", row, "pending", "failed"))
        self.assertIn("wait", refused[4])

    def test_retry_of_what_completed(self):
        row = self.fail_job()
        sender, _entry = self.stop_retry(row)
        self.redis.zrem(f"bull:{QUEUE}:failed", row)
        self.redis.zadd(f"bull:{QUEUE}:completed", {row: 3})
        self.assertEqual(self.site.go_on(sender).status, 4)
        self.assert_trail(("retry", "failed", "pending"),
                          ("found-completed", "pending", "completed"),
                          columns="action, before ->> 'status', after ->> 'status'")

    def test_flags(self):
        wallet = self.site.add_wallets(1)[0]
        self.ask("wallets", "set-flags", wallet, "--needs-gas=true")
        self.ask("wallets", "set-flags", "nobody", "--needs-gas=true", status=3)
        [(action, target, before, after)] = self.trail("action, target_id, before, after")
        self.assertEqual((action, target), ("set-flags", wallet))
        self.assertEqual((before["needs_gas"], after["needs_gas"]), (False, True))

    def test_setting(self):
        self.site.sql("DELETE FROM worker_dashboard.setting")
        for wallet in self.site.add_wallets(2):
            self.ask("dispatch", "sync", "--wallet", wallet)
        self.assertEqual([row[0] for row in self.trail()], ["set-setting", "dispatch", "dispatch"])
        self.assertEqual(self.trail("target_type, target_id, after")[0],
                         ("setting", "delivery", {"value": "bullmq"}))

    def test_poll(self):
        """Where workers poll there is no queue to name."""
        self.site.sql("UPDATE worker_dashboard.setting SET value = 'poll'")
        self.addCleanup(self.site.sql, "DELETE FROM worker_dashboard.setting")
        wallet = self.site.add_wallets(1)[0]
        self.assertEqual(self.text("dispatch", "sync", "--wallet", wallet, REDIS_URL=None)[0], 0)
        row = self.site.sql("UPDATE job_logs SET status = 'failed' RETURNING id::text")[0][0]
        self.assertEqual(self.text("jobs", "retry", row, REDIS_URL=None)[0], 0)
        self.assert_trail(("dispatch", row, None), ("retry", row, None),
                          columns="action, target_id, after ->> 'queue'")

    def test_discard(self):
        row, entry = self.die_at("deliver:begin")
        self.ask("outbox", "discard", entry)
        dispatched, discarded = self.trail("action, target_id, before, after")
        self.assertEqual(dispatched[:2], ("dispatch", row))
        self.assertEqual(discarded[:2], ("discard", row))
        self.assertEqual((discarded[2]["status"], discarded[2]["outbox_id"]), ("pending", entry))
        self.assertEqual((discarded[3]["status"], discarded[3]["error_message"]),
                         ("failed", "discarded before it was queued"))
        self.ask("outbox", "discard", entry, status=3)
        self.assertEqual(len(self.trail()), 2)

    def test_discard_of_a_retry(self):
        row = self.fail_job()
        sender, entry = self.stop_retry(row)
        self.ask("outbox", "discard", entry)
        self.site.go_on(sender)
        self.assert_trail(("retry", "failed", "pending"), ("discard", "pending", "failed"),
                          columns="action, before ->> 'status', after ->> 'status'")

    def test_discard_whose_row_is_gone(self):
        row, entry = self.die_at("deliver:begin")
        self.site.sql("DELETE FROM job_logs")
        self.ask("outbox", "discard", entry)
        self.assert_trail(("dispatch", row), ("discard", row))

    def test_discard_that_comes_too_late(self):
        row, entry = self.die_at("delivery:after-send")
        self.ask("outbox", "discard", entry, status=4)
        self.assert_trail(("dispatch", row))

    def test_order_to_send(self):
        """Unknown: an admin's word sends it, and is written down before it is."""
        row, entry = self.die_at("delivery:after-send")
        self.site.redis.flush()
        self.assertEqual(self.ask("outbox", "send", status=5)["sent"], [])
        self.assert_trail(("dispatch", row))
        self.assertEqual(self.ask("outbox", "send", entry)["sent"], [entry])
        self.assert_trail(("dispatch", row), ("send", row))
        self.assertEqual(self.queued(), [row])

    def test_order_not_carried_out(self):
        row, entry = self.die_at("deliver:begin")
        self.ask("outbox", "send", entry, status=5, WORKER_DASHBOARD_PREFIX="other")
        self.assert_trail(("dispatch", row), ("send", row), ("not-sent", row))
        self.assertIn("“bull”", self.trail("after ->> 'note'")[2][0])

    def test_delivered_later(self):
        """Nobody decided anything: the dispatch has its entry already."""
        row, _entry = self.die_at("deliver:begin")
        self.ask("outbox", "send")
        self.assert_trail(("dispatch", row))

    def test_pause(self):
        self.ask("queues", "pause", QUEUE)
        self.ask("queues", "resume", QUEUE)
        self.ask("queues", "pause", "nothing-of-ours", status=3)
        self.assert_trail(("pause-queue", "queue", QUEUE, False, True),
                          ("resume-queue", "queue", QUEUE, True, False),
                          columns="action, target_type, target_id, (before ->> 'paused')::boolean, "
                                  "(after ->> 'paused')::boolean")

    def test_pause_that_fails(self):
        self.forbid_layout()
        self.ask("queues", "pause", QUEUE, status=4)
        self.assertEqual(self.trail()[0], ("pause-queue", QUEUE))
        self.assertEqual(self.trail()[1], ("not-paused", QUEUE))
        self.assertIsNotNone(self.trail("after ->> 'note'")[1][0])

    def test_pause_whose_answer_is_lost(self):
        """That it failed is not known either."""
        process = self.site.wdctl_stopped_at("pause:audited", "queues", "pause", QUEUE)
        answer = self.site.go_on_unanswered(process)
        self.assertEqual((answer.status, answer.document["code"]), (5, "unknown-outcome"), answer)
        self.assert_trail(("pause-queue", QUEUE), ("perhaps-paused", QUEUE))
        found = self.site.wdctl("audit", "list", "--action=perhaps-paused").document["entries"]
        self.assertEqual([entry["target_id"] for entry in found], [QUEUE])
        self.assertIsNotNone(found[0]["after"]["note"])

    def test_pause_without_redis(self):
        self.ask("queues", "pause", QUEUE, status=5, REDIS_URL="redis://127.0.0.1:1")
        self.assert_trail()


class Killed(AuditCase):
    """Whatever dies: a row and its entry are both there or neither is, and none is there twice."""

    def points(self, *arguments):
        log = self.site.household.path("points")
        self.assertEqual(self.site.wdctl(*arguments, WD_FAULT_LOG=log).status, 0)
        with open(log, encoding="ascii") as lines:
            points = list(dict.fromkeys(line.strip() for line in lines))
        os.unlink(log)
        return points

    def kill_at(self, point, *arguments):
        answer = self.site.wdctl(*arguments, WD_FAULT=point)
        self.assertEqual(answer.status, -signal.SIGKILL, (point, answer))

    def test_dispatch(self):
        points = self.points("dispatch", QUEUE, "--wallet", self.site.add_wallets(1)[0])
        self.assertGreaterEqual(len(points), 5)
        for point in points:
            wallet = self.site.add_wallets(1)[0]
            self.kill_at(point, "dispatch", QUEUE, "--wallet", wallet)
        self.ask("outbox", "send")
        rows = self.site.sql("SELECT id::text FROM job_logs ORDER BY created_at")
        self.assertLess(len(rows), len(points) + 1, "none was killed before its COMMIT")
        self.assert_trail(*(("dispatch", row) for row, in rows))

    def test_retry(self):
        points = self.points("jobs", "retry", self.fail_job())
        for point in points:
            self.kill_at(point, "jobs", "retry", self.fail_job())
        self.ask("outbox", "send")
        rows = self.site.sql("SELECT id::text FROM job_logs WHERE status = 'pending' "
                             "ORDER BY updated_at")
        self.assertTrue(1 < len(rows) < len(points) + 1, points)
        self.assert_trail(*(("retry", row) for row, in rows))

    def test_discard(self):
        """The order dies with its tombstone: whoever finds that finishes it, and says so."""
        row, entry = self.die_at("deliver:begin")
        self.kill_at("discard:tombstone", "outbox", "discard", entry)
        self.assert_trail(("dispatch", row))
        self.ask("outbox", "send", status=4)
        self.assert_trail(("dispatch", row), ("found-discarded", row))
        self.assertEqual(self.row(row)[0], "failed")

    def test_order(self):
        row, entry = self.die_at("delivery:after-send")
        self.site.redis.flush()
        self.kill_at("delivery:after-send", "outbox", "send", entry)
        self.assert_trail(("dispatch", row), ("send", row))
        self.ask("outbox", "send")
        self.assert_trail(("dispatch", row), ("send", row))
        self.assertEqual(self.queued(), [row])

    def test_pause(self):
        self.kill_at("pause:audited", "queues", "pause", QUEUE)
        self.assert_trail(("pause-queue", QUEUE))
        self.assertFalse(self.redis.hexists(f"bull:{QUEUE}:meta", "paused"))


class Refused(AuditCase):
    """Who may not write does not, and leaves nothing: neither a change nor an entry."""

    def commands(self):
        """What writes, with what it would write to."""
        row, self.wallet = self.fail_job(), self.site.add_wallets(1)[0]
        self.die_at("deliver:begin")
        entry = self.site.outbox()[0]
        self.site.sql("TRUNCATE worker_dashboard.audit")
        return [["dispatch", "sync", "--wallet", self.wallet], ["jobs", "retry", row],
                ["jobs", "retry", "--all-failed"],
                ["wallets", "set-flags", self.wallet, "--needs-gas=true"],
                ["queues", "pause", QUEUE], ["queues", "resume", QUEUE],
                ["outbox", "send"], ["outbox", "send", entry], ["outbox", "discard", entry]]

    def everything(self):
        return (self.site.sql("SELECT id, status, updated_at FROM job_logs ORDER BY id"),
                self.site.sql("SELECT address, needs_gas, updated_at FROM user_wallets ORDER BY 1"),
                self.site.sql("SELECT id, attempts, sites FROM worker_dashboard.outbox"),
                self.trail(), sorted(self.redis.keys("*")), self.queued())

    def test_read_only_profile(self):
        folder = self.site.household.path("config", "worker-dashboard")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "profiles.conf"), "w", encoding="utf-8") as file:
            file.write(f"[Look]\ndatabase-url={self.site.postgres.url()}\n"
                       f"redis-url={self.site.redis.url()}\nread-only=true\n")
        here = {"XDG_CONFIG_HOME": self.site.household.path("config")}
        commands = self.commands() + [["migrate"]]
        before = self.everything()
        for arguments in commands:
            with self.subTest(arguments):
                document = self.ask("--profile", "Look", *arguments, status=4, **here)
                self.assertEqual(document["code"], "read-only")
                self.assertEqual(self.everything(), before)
        self.assertEqual(self.ask("--profile", "Look", "audit", "list", **here)["entries"], [])

    def test_role_that_may_not_write_the_trail(self):
        """Some writes reach Redis first, so it is asked before any of them begins."""
        owner = self.site.postgres.connect(user="postgres")
        self.addCleanup(owner.close)
        with owner.cursor() as cursor:
            cursor.execute("""
                CREATE ROLE clerk LOGIN;
                GRANT SELECT, INSERT, UPDATE ON public.job_logs, public.user_wallets TO clerk;
                GRANT USAGE ON SCHEMA worker_dashboard TO clerk;
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA worker_dashboard
                  TO clerk;
                GRANT USAGE ON ALL SEQUENCES IN SCHEMA worker_dashboard TO clerk;
                GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA worker_dashboard TO clerk;
                REVOKE INSERT ON worker_dashboard.audit FROM clerk""")
        clerk = {"DATABASE_URL": self.site.postgres.url(user="clerk"), "PGUSER": "clerk"}
        commands = self.commands()
        before = self.everything()
        for arguments in commands:
            with self.subTest(arguments):
                document = self.ask(*arguments, status=1, **clerk)
                self.assertEqual(document["code"], "permission")
                self.assertIn("GRANT INSERT ON worker_dashboard.audit TO clerk", document["error"])
                self.assertEqual(self.everything(), before)
        # With the grants the README names it may, and is named.
        self.site.sql("GRANT INSERT ON worker_dashboard.audit TO clerk")
        self.ask("wallets", "set-flags", self.wallet, "--needs-gas=true", **clerk)
        self.assert_trail(("set-flags", "clerk"), columns="action, db_role")


del AuditCase

if __name__ == "__main__":
    unittest.main()

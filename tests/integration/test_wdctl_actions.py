#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What wdctl does: its documents, its refusals, its exit statuses."""

import json
import unittest
import uuid

from fixtures.site import OWNER
from fixtures.workers import Queues
from wdctl_case import JOB, WALLET, WdctlCase

ACTION = {"success", "jobs", "refused", "message"}
FAILURE = {"error", "code"}


class Dispatch(WdctlCase):
    def count(self):
        return self.site.sql("SELECT count(*) FROM job_logs")[0][0]

    def test_queues_a_job(self):
        wallet = self.site.add_wallets(1)[0]
        document = self.ask("dispatch", "gas-topup", "--wallet", wallet, "--priority", "high")
        self.assertEqual(set(document), ACTION)
        self.assertIs(document["success"], True)
        self.assertEqual(document["refused"], [])
        job = document["jobs"][0]
        self.assertEqual(list(job), JOB + ["delivered", "note"])
        self.assertIs(job["delivered"], True)
        self.assertEqual((job["status"], job["triggered_by"], job["wallet_address"],
                          job["user_id"]),
                         ("pending", "manual", wallet, OWNER))
        self.assertEqual((job["retry_count"], job["max_retries"]), (0, 3))
        queued = self.site.redis.client().hgetall(f"bull:gas-topup:{job['job_id']}")
        self.assertEqual(queued["name"], "topup")
        self.assertEqual(queued["priority"], "1")
        self.assertEqual(json.loads(queued["data"]), job["data"])
        self.assertEqual(job["data"]["priority"], 10)
        self.assertEqual(self.site.outbox(), [])

    def test_types(self):
        for job_type, queue in (("gas-topup", "gas-topup"), ("consolidation", "consolidation"),
                                ("sync", "sync-balances")):
            wallet = self.site.add_wallets(1)[0]
            job = self.ask("dispatch", job_type, "--wallet", wallet)["jobs"][0]
            self.assertTrue(self.site.redis.client().exists(f"bull:{queue}:{job['job_id']}"))

    def test_refusals(self):
        known, busy = self.site.add_wallets(2)
        self.ask("dispatch", "sync", "--wallet", busy)
        cases = [
            (["--wallet", "nobody"], 3, {"nobody": "not-found"}),
            (["--wallet", busy], 4, {busy: "duplicate"}),
            (["--wallet", "nobody", "--wallet", busy], 4,
             {"nobody": "not-found", busy: "duplicate"}),
        ]
        for arguments, status, refused in cases:
            with self.subTest(arguments):
                document = self.ask("dispatch", "sync", *arguments, status=status)
                self.assertEqual(set(document), ACTION | FAILURE)
                self.assertIs(document["success"], False)
                self.assertEqual(document["jobs"], [])
                self.assertEqual({r["wallet_address"]: r["code"] for r in document["refused"]},
                                 refused)
        document = self.ask("dispatch", "sync", "--wallet", known, "--wallet=nobody", status=3)
        self.assertEqual([job["wallet_address"] for job in document["jobs"]], [known])
        self.assertIs(document["success"], False)
        self.assertEqual(self.count(), 2)

    def test_named_twice(self):
        wallet = self.site.add_wallets(1)[0]
        document = self.ask("dispatch", "sync", "--wallet", wallet, "--wallet", wallet, status=4)
        self.assertEqual(len(document["jobs"]), 1)
        self.assertEqual(document["refused"][0]["wallet_address"], wallet)

    def test_force(self):
        wallet = self.site.add_wallets(1)[0]
        for address in (wallet, wallet, "nobody"):
            self.ask("dispatch", "sync", "--wallet", address, "--force")
        self.assertEqual(self.count(), 3)

    def test_wrong_usage_writes_nothing(self):
        wallet = self.site.add_wallets(1)[0]
        for arguments in (["deposit-detection", "--wallet", wallet], ["topup", "--wallet", wallet],
                          ["sync"], ["sync", wallet], ["--wallet", wallet],
                          ["sync", "--wallet", wallet, "--priority", "5"],
                          ["sync", "--wallet", wallet, "--user", "me"],
                          ["sync", "--wallet", wallet, "--wallet", ""],
                          ["sync", "--wallet", wallet, "--forced"]):
            with self.subTest(arguments):
                self.assertEqual(self.ask("dispatch", *arguments, status=2)["code"],
                                 "invalid-argument")
        self.assertIn("--wallet ADDRESS", self.ask("dispatch", "sync", status=2)["error"])
        self.assertEqual(self.count(), 0)

    def test_user(self):
        wallet, user = self.site.add_wallets(1)[0], str(uuid.uuid4())
        job = self.ask("dispatch", "sync", "--wallet", wallet, "--user", user)["jobs"][0]
        self.assertEqual((job["user_id"], job["data"]["user_id"]), (user, user))

    def test_for_people(self):
        wallet = self.site.add_wallets(1)[0]
        status, out, err = self.text("dispatch", "sync", "--wallet", wallet, "--wallet", "nobody")
        self.assertEqual(status, 3)
        self.assertEqual(len(out.splitlines()), 1)
        self.assertIn(f"queued  {wallet}", out)
        self.assertIn("nobody: ", err)
        self.assertEqual(len(err.splitlines()), 2)


class Retry(WdctlCase):
    def fail_jobs(self, count, **columns):
        """Rows that failed, and their jobs as BullMQ leaves them."""
        ids = self.site.add_failed_jobs(count)
        for name, value in columns.items():
            self.site.sql(f"UPDATE job_logs SET {name} = %s WHERE id = ANY(%s::uuid[])", value, ids)
        with Queues(self.site) as queues:
            for row in ids:
                queues.call("gas-topup", "add", "topup", {}, {"jobId": row, "attempts": 1})
        client = self.site.redis.client()
        for row in ids:
            client.lrem("bull:gas-topup:wait", 1, row)
            client.hset(f"bull:gas-topup:{row}", mapping={"failedReason": "x", "finishedOn": "2",
                                                         "atm": "1", "attemptsMade": "1"})
            client.zadd("bull:gas-topup:failed", {row: 2})
        return ids

    def test_by_row_and_by_job_id(self):
        rows = self.fail_jobs(2)
        self.site.sql("UPDATE job_logs SET job_id = 'topup-7' WHERE id = %s", rows[1])
        client = self.site.redis.client()
        client.rename(f"bull:gas-topup:{rows[1]}", "bull:gas-topup:topup-7")
        client.zrem("bull:gas-topup:failed", rows[1])
        client.zadd("bull:gas-topup:failed", {"topup-7": 2})
        document = self.ask("jobs", "retry", rows[0], "topup-7")
        self.assertEqual(set(document), ACTION)
        self.assertEqual({job["id"] for job in document["jobs"]}, set(rows))
        for job in document["jobs"]:
            self.assertEqual((job["status"], job["error_message"], job["retry_count"]),
                             ("pending", None, 1))
            self.assertIs(job["delivered"], True)
        self.assertEqual(client.zcard("bull:gas-topup:failed"), 0)
        self.assertEqual(client.llen("bull:gas-topup:wait"), 2)

    def test_reset(self):
        row = self.fail_jobs(1)[0]
        self.assertEqual(self.ask("jobs", "retry", row, "--reset")["jobs"][0]["retry_count"], 0)

    def test_refusals(self):
        done = self.add_jobs(1)[0]
        spent = self.fail_jobs(1, retry_count=3)[0]
        cases = [
            ([str(uuid.uuid4())], 3, "not-found"),
            (["no such job"], 3, "not-found"),
            ([done], 4, "not-failed"),
            ([spent], 4, "retries-exhausted"),
            ([str(uuid.uuid4()), done], 4, "not-failed"),
        ]
        for arguments, status, code in cases:
            with self.subTest(arguments):
                document = self.ask("jobs", "retry", *arguments, status=status)
                self.assertEqual(document["code"], code)
                self.assertEqual([refusal["id"] for refusal in document["refused"]], arguments)
                self.assertIs(document["success"], False)
        self.ask("jobs", "retry", spent, "--reset")

    def test_all_failed(self):
        rows = self.fail_jobs(3)
        self.add_jobs(2)
        document = self.ask("jobs", "retry", "--all-failed", "--search", rows[0])
        self.assertEqual([job["id"] for job in document["jobs"]], [rows[0]])
        document = self.ask("jobs", "retry", "--all-failed", "--type", "gas-topup")
        self.assertEqual({job["id"] for job in document["jobs"]}, set(rows[1:]))
        self.assertEqual(self.ask("jobs", "retry", "--all-failed")["jobs"], [])

    def test_wrong_usage(self):
        for arguments in ([], ["x", "--all-failed"], ["x", "--type", "sync"],
                          ["--all-failed", "--status", "completed"]):
            with self.subTest(arguments):
                self.ask("jobs", "retry", *arguments, status=2)


class Flags(WdctlCase):
    def test_sets(self):
        wallet = self.site.add_wallets(1)[0]
        document = self.ask("wallets", "set-flags", wallet, "--needs-gas=true")
        self.assertEqual(set(document), {"success", "wallet", "message"})
        self.assertEqual(set(document["wallet"]), WALLET)
        self.assertIs(document["wallet"]["needs_gas"], True)
        document = self.ask("wallets", "set-flags", wallet, "--needs-gas", "false",
                            "--needs-consolidation", "true")
        self.assertIs(document["wallet"]["needs_gas"], False)
        self.assertEqual(self.site.sql("SELECT needs_gas, needs_consolidation FROM user_wallets"),
                         [(False, True)])

    def test_refusals(self):
        wallet = self.site.add_wallets(1)[0]
        document = self.ask("wallets", "set-flags", "nobody", "--needs-gas=true", status=3)
        self.assertEqual((document["success"], document["wallet"]), (False, None))
        for arguments in ([wallet], [wallet, "--needs-gas"], [wallet, "--needs-gas=1"],
                          ["--needs-gas=true"], ["", "--needs-gas=true"]):
            self.ask("wallets", "set-flags", *arguments, status=2)


class Pausing(WdctlCase):
    def test_one(self):
        document = self.ask("queues", "pause", "sync-balances")
        self.assertEqual(document, {"success": True, "queue": "sync-balances", "paused": True})
        with Queues(self.site) as queues:
            self.assertTrue(queues.call("sync-balances", "isPaused"))
            self.assertFalse(queues.call("gas-topup", "isPaused"))
        document = self.ask("queues", "resume", "sync-balances")
        self.assertEqual(document, {"success": True, "queue": "sync-balances", "paused": False})

    def test_all(self):
        document = self.ask("queues", "pause")
        self.assertEqual((document["success"], document["queue"], document["paused"]),
                         (True, None, True))
        self.assertEqual(len(document["queues"]), 4)
        self.assertTrue(all(queue["paused"] for queue in self.ask("queues", "list")["queues"]))

    def test_unknown(self):
        document = self.ask("queues", "pause", "nothing", status=3)
        self.assertEqual((document["success"], document["queue"], document["paused"]),
                         (False, "nothing", None))


class Outbox(WdctlCase):
    def test_list_send_discard(self):
        wallets = self.site.add_wallets(3)
        for wallet in wallets:
            self.site.wdctl("dispatch", "sync", "--wallet", wallet, WD_FAULT="deliver:begin")
        first, second, third = self.site.outbox()
        entries = self.ask("outbox", "list")["entries"]
        self.assertEqual([entry["id"] for entry in entries], [first, second, third])
        self.assertEqual(set(entries[0]), {"id", "job_id", "operation", "queue", "created_at",
                                           "attempts", "last_error", "verdict"})
        self.assertEqual((entries[0]["operation"], entries[0]["queue"]),
                         ("dispatch", "sync-balances"))
        self.assertEqual(self.ask("stats")["undelivered_jobs"], 3)

        self.assertEqual(self.ask("outbox", "discard", first), {"discarded": [first], "left": []})
        self.assertEqual(self.ask("outbox", "send", second), {"sent": [second], "left": []})
        self.assertEqual(self.ask("outbox", "send"), {"sent": [third], "left": []})
        self.assertEqual(self.ask("outbox", "list"), {"entries": []})
        self.assertEqual(self.ask("outbox", "send"), {"sent": [], "left": []})

    def test_unknown_entry(self):
        entry = str(uuid.uuid4())
        for command, member in (("send", "sent"), ("discard", "discarded")):
            document = self.ask("outbox", command, entry, status=3)
            self.assertEqual(document[member], [])
            self.assertEqual([left["id"] for left in document["left"]], [entry])
            self.ask("outbox", command, "x", status=2)
        self.ask("outbox", "discard", status=2)


if __name__ == "__main__":
    unittest.main()

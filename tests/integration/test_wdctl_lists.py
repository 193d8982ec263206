#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""wdctl's lists: filters, pages, and documents that lose no digit."""

import unittest
import uuid

from wdctl_case import JOB, WALLET, WdctlCase

USER = "0b5c9d1e-6f70-4c1b-8a4f-9f3f2d1c0b5a"


class Jobs(WdctlCase):
    def ids(self, *arguments):
        return [job["id"] for job in self.ask("jobs", "list", *arguments)["jobs"]]

    def test_empty(self):
        self.assertEqual(self.ask("jobs", "list"), {
            "jobs": [], "total": 0, "total_is_exact": True, "next_cursor": None})

    def test_document(self):
        self.site.sql(
            "INSERT INTO job_logs (job_id, job_type, status, data, created_at, updated_at, "
            "retry_count, max_retries, started_at) VALUES ('topup-1', 'gas-topup', 'active', "
            "'{\"amount\": 123456789.123456789123456789, \"n\": 18446744073709551617}', "
            "'2026-11-23 12:00:00.123456+01', '2026-11-23 11:00:00+00', NULL, 3, 'infinity')")
        status, out, _err = self.text("--json", "jobs", "list")
        self.assertEqual(status, 0)
        self.assertIn('"amount": 123456789.123456789123456789', out)
        self.assertIn('"n": 18446744073709551617', out)
        job = self.ask("jobs", "list")["jobs"][0]
        self.assertEqual(list(job), JOB)
        self.assertEqual(job["job_id"], "topup-1")
        self.assertEqual(job["created_at"], "2026-11-23T11:00:00.123456Z")
        self.assertEqual(job["updated_at"], "2026-11-23T11:00:00Z")
        self.assertEqual(job["started_at"], "infinity")
        for name in ("wallet_address", "user_id", "error_message", "completed_at", "retry_count"):
            self.assertIsNone(job[name], name)
        self.assertEqual(job["max_retries"], 3)

    def test_filters(self):
        made = {
            "plain": self.add_jobs(1)[0],
            "status": self.add_jobs(1, status="failed")[0],
            "type": self.add_jobs(1, job_type="gas-topup")[0],
            "trigger": self.add_jobs(1, triggered_by="manual")[0],
            "wallet": self.add_jobs(1, wallet_address="TXYZ")[0],
            "user": self.add_jobs(1, user_id=USER)[0],
        }
        old = self.site.sql("INSERT INTO job_logs (job_id, job_type, created_at) VALUES "
                            "('old_%1', 'deposit-detection', '2020-02-29 23:59:59.999999+00') "
                            "RETURNING id::text")[0][0]
        cases = [
            (["--status", "failed"], {made["status"]}),
            (["--status=failed", "--status=pending"], {made["status"], old}),
            (["--status", "Failed"], set()),
            (["--type", "gas-topup"], {made["type"]}),
            (["--type", "gas-topup", "--type", "deposit-detection"], {made["type"], old}),
            (["--trigger", "manual"], {made["trigger"]}),
            (["--wallet", "TXYZ"], {made["wallet"]}),
            (["--wallet", "txyz"], set()),
            (["--user", USER], {made["user"]}),
            (["--user", str(uuid.uuid4())], set()),
            (["--from", "2020-02-29", "--to", "2020-02-29"], {old}),
            (["--to", "2020-02-29T23:59:59.999999Z"], {old}),
            (["--to", "2020-02-29T23:59:59.999998Z"], set()),
            (["--from", "2020-03-01"], set(made.values())),
            (["--search", "txy"], {made["wallet"]}),
            (["--search", "OLD_%"], {old}),
            (["--search", "old__"], set()),
            (["--search", made["plain"][9:18].upper()], {made["plain"]}),
            (["--search", "'; DROP TABLE job_logs; --"], set()),
            (["--status", "completed", "--trigger", "manual"], {made["trigger"]}),
            (["--filter", "status:failed"], {made["status"]}),
            (["--filter", "-status:failed,completed"], {old}),
            (["--filter", f"user:{USER} type:sync,gas-topup created:>-1h"], {made["user"]}),
            (["--filter", "created:..2020-03-01 OLD_%"], {old}),
            (["--filter", "status:\"Failed\""], set()),
            (["--filter", "retries:>99"], set()),
        ]
        for arguments, expected in cases:
            with self.subTest(arguments):
                document = self.ask("jobs", "list", *arguments)
                self.assertEqual({job["id"] for job in document["jobs"]}, expected)
                self.assertEqual(document["total"], len(expected))

    def test_wrong_filter(self):
        for arguments, said in (
                (["--filter", "größe status:faild"], "--filter, character 14: status: has no"),
                (["--filter", "stats:failed"], "character 1: There is no “stats:”"),
                (["--filter", "type:sync", "--status", "failed"], "what --status says"),
                (["--filter", "type:sync", "--completed-from", "2020-01-01"],
                 "what --completed-from says"),
                (["--filter", "type:sync", "--completed-to", "2020-01-01"],
                 "what --completed-to says")):
            with self.subTest(arguments):
                document = self.ask("jobs", "list", *arguments, status=2)
                self.assertEqual(document["code"], "invalid-argument")
                self.assertIn(said, document["error"])
        document = self.ask("jobs", "retry", "--all-failed", "--filter", "-status:failed", status=2)
        self.assertEqual(document["code"], "invalid-argument")

    def test_active_finds_processing(self):
        self.site.sql("ALTER TABLE job_logs DROP CONSTRAINT IF EXISTS job_logs_status_check")
        job = self.add_jobs(1, status="processing")[0]
        self.assertEqual(self.ids("--status", "active"), [job])
        self.assertEqual(self.ask("jobs", "list")["jobs"][0]["status"], "processing")

    def test_pages_show_each_job_once(self):
        """Also with many of the same moment, and with new ones arriving meanwhile."""
        self.add_jobs(120)
        self.site.sql("UPDATE job_logs SET created_at = date_trunc('hour', created_at)")
        expected = [row[0] for row in self.site.sql(
            "SELECT id::text FROM job_logs ORDER BY created_at DESC, id DESC")]
        document = self.ask("jobs", "list", "--limit", "50")
        self.assertEqual(document["total"], 120)
        seen = [job["id"] for job in document["jobs"]]
        while document["next_cursor"]:
            self.site.sql("INSERT INTO job_logs (job_id, job_type) VALUES (%s, 'sync')",
                          str(uuid.uuid4()))
            document = self.ask("jobs", "list", "--limit=50", "--cursor", document["next_cursor"])
            seen += [job["id"] for job in document["jobs"]]
        self.assertEqual(sorted(seen), sorted(expected))
        self.assertEqual(len(set(seen)), 120)

    def test_default_and_largest_page(self):
        self.add_jobs(60)
        self.assertEqual(len(self.ids()), 50)
        self.assertEqual(len(self.ids("--limit", "1000")), 60)
        self.ask("jobs", "list", "--limit", "1001", status=2)

    def test_wrong_cursor(self):
        self.add_jobs(2)
        for cursor in ("x", "", "MQ", "????"):
            self.assertEqual(self.ask("jobs", "list", "--cursor", cursor, status=2)["code"],
                             "invalid-argument")

    def test_for_people(self):
        self.add_jobs(3, error_message="red \033[31m alert\nand more", status="failed")
        status, out, err = self.text("jobs", "list", "--limit", "2")
        lines = out.splitlines()
        self.assertEqual(status, 0)
        self.assertEqual(len(lines), 3)
        self.assertTrue(lines[0].startswith("ID "))
        self.assertIn("red ␛[31m alert␊and more", lines[1])
        self.assertIn("2 of 3; the next ones: --cursor ", err)
        self.assertNotIn("\033", out)


class Errors(WdctlCase):
    """Messages that differ only in what differs from one failure to the next are one group."""

    def fail(self, *messages, **columns):
        for message in messages:
            self.add_jobs(1, status="failed", error_message=message, **columns)

    def groups(self, *arguments):
        return {group["error_group"]: group
                for group in self.ask("jobs", "errors", *arguments)["groups"]}

    def test_groups(self):
        together = {
            "insufficient balance: wallet … has … TRX, needs … TRX": (
                "insufficient balance: wallet TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE has 0.5 TRX, "
                "needs 12.5 TRX",
                "insufficient balance: wallet TJmmqjb1DK9TTZbQXzRQ2AuA94z4gKAPFh  has "
                "1204.000000000000000001 TRX, needs 30 TRX"),
            "tx … reverted after …": (
                "tx 0x8f3c1de1 reverted after 17ms",
                "tx 0x11a2d9fb52e0a3f4c1d2e3f40506070809000a0b0c0d0e0f1011121314151617 reverted "
                "after 2.5s"),
            "job … at …: gone": (
                "job 6f1c2a9e-51d0-4a0e-9d54-0a8f2b6c7d8e at 2026-11-24T10:00:00.123Z: gone",
                "job 6F1C2A9E-51d0-4a0e-9d54-0a8f2b6c7d8f at 2026-11-25 11:00: gone"),
            "connect ECONNREFUSED …": ("connect ECONNREFUSED 10.4.18.7:8545",
                                       "connect ECONNREFUSED 10.4.18.8:8545"),
            "OUT_OF_ENERGY: Not enough energy for TRC-20 transfer: … needed": (
                "OUT_OF_ENERGY: Not enough energy for TRC-20 transfer: 31895 needed",
                "OUT_OF_ENERGY: Not enough energy for TRC-20 transfer: 7 needed"),
            "": (None, ""),
        }
        apart = ("Request failed with status code 429", "Request failed with status code 502",
                 "100% of 'em \\_ failed", "HTTP 404", "… itself")
        for messages in (*together.values(), apart):
            self.fail(*messages)
        found = self.groups()
        self.assertEqual({name: group["failed_jobs"] for name, group in found.items()},
                         {**dict.fromkeys(together, 2), **dict.fromkeys(apart, 1)})
        for name, group in found.items():
            with self.subTest(name):
                listed = self.ask("jobs", "list", "--error-group", name, "--status", "failed")
                self.assertEqual(len(listed["jobs"]), group["failed_jobs"])
                self.assertEqual(listed["jobs"][0]["id"], group["id"])

    def test_group(self):
        self.fail("Timeout after 100 ms", wallet_address="T1", completed_at="2026-11-01T10:00:00Z")
        self.fail("Timeout after 200 ms", wallet_address="T2", completed_at="2026-11-02T10:00:00Z",
                  job_type="gas-topup")
        self.fail("Timeout after 300 ms", wallet_address="T2")
        self.add_jobs(3, error_message="Timeout after 400 ms")
        document = self.ask("jobs", "errors")
        newest = self.ask("jobs", "list", "--status", "failed")["jobs"]
        self.assertEqual((document["total"], document["failed_jobs"], document["is_complete"]),
                         (1, 3, True))
        group = document["groups"][0]
        self.assertEqual(
            (group["failed_jobs"], group["failed_last_day"], group["failed_day_before"],
             group["wallets"], group["job_types"], group["first_failed_at"]),
            (3, 1, 0, 2, ["gas-topup", "sync"], "2026-11-01T10:00:00Z"))
        latest = next(job for job in newest if job["id"] == group["id"])
        self.assertIsNone(latest["completed_at"])
        self.assertEqual(latest["error_message"], group["error_message"])
        self.assertEqual(self.groups("--type", "gas-topup")["Timeout after … ms"]["failed_jobs"],
                         1)
        self.assertEqual(self.groups("--type", "consolidation"), {})

    def test_long(self):
        """A long word is no empty message."""
        self.fail("x" * 500, "x" * 450, "one two " + "x" * 500, "")
        self.assertEqual({name: group["failed_jobs"] for name, group in self.groups().items()},
                         {"x" * 400: 2, "one two": 1, "": 1})
        for name, n_jobs in (("x" * 400, 2), ("one two", 1), ("", 1)):
            self.assertEqual(self.ask("jobs", "list", "--error-group", name)["total"], n_jobs)

    def test_only_the_newest(self):
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, error_message, created_at) "
                      "SELECT i::text, 'sync', 'failed', repeat('x', 390) || ' ' || i || "
                      "md5(i::text) || repeat(' more', 50), now() - i * interval '1 second' "
                      "FROM generate_series(1, 20001) i")
        self.assertEqual(list(self.groups()), ["x" * 390])
        document = self.ask("jobs", "errors")
        self.assertEqual((document["failed_jobs"], document["is_complete"]), (20000, False))
        document = self.ask("jobs", "errors", "--all")
        self.assertEqual((document["failed_jobs"], document["is_complete"]), (20001, True))
        _status, _out, messages = self.text("jobs", "errors")
        self.assertIn("Only the newest 20000 failed jobs", messages)


class Wallets(WdctlCase):
    def addresses(self, *arguments):
        return {wallet["address"] for wallet in self.ask("wallets", "list", *arguments)["wallets"]}

    def test_document(self):
        balance = "12345678901234.000000000000000001"
        self.site.sql("INSERT INTO user_wallets (user_id, address, balance, network, needs_gas, "
                      f"needs_consolidation) VALUES (%s, 'T1', {balance}, 'tron', NULL, true)",
                      USER)
        document = self.ask("wallets", "list")
        wallet = document["wallets"][0]
        self.assertEqual(set(wallet), WALLET)
        self.assertEqual(wallet["balance"], balance)
        self.assertIsNone(wallet["needs_gas"])
        self.assertIs(wallet["needs_consolidation"], True)
        self.assertEqual((document["total"], document["total_is_exact"], document["next_cursor"]),
                         (1, True, None))

    def test_filters(self):
        rows = [("Tron1", "0.1", "tron", True, False), ("Tron2", "2", "tron", False, True),
                ("Eth_1", "10.000000000000000001", "ethereum", None, None),
                ("Bsc%1", "100", "bsc", False, False)]
        for address, balance, network, gas, consolidation in rows:
            self.site.sql("INSERT INTO user_wallets (user_id, address, balance, network, "
                          "needs_gas, needs_consolidation) "
                          "VALUES (%s, %s, %s::numeric, %s, %s, %s)",
                          USER, address, balance, network, gas, consolidation)
        cases = [
            ([], {"Tron1", "Tron2", "Eth_1", "Bsc%1"}),
            (["--needs-gas=true"], {"Tron1"}),
            (["--needs-gas", "false"], {"Tron2", "Bsc%1"}),
            (["--needs-consolidation=true"], {"Tron2"}),
            (["--network", "tron"], {"Tron1", "Tron2"}),
            (["--network", "tron", "--network", "bsc"], {"Tron1", "Tron2", "Bsc%1"}),
            (["--min-balance", "10.000000000000000001"], {"Eth_1", "Bsc%1"}),
            (["--min-balance", "10.000000000000000002"], {"Bsc%1"}),
            (["--max-balance", "0.1"], {"Tron1"}),
            (["--min-balance=1", "--max-balance=50"], {"Tron2", "Eth_1"}),
            (["--search", "TRON"], {"Tron1", "Tron2"}),
            (["--search", "%"], {"Bsc%1"}),
            (["--search", "_"], {"Eth_1"}),
            (["--filter", "needs:gas"], {"Tron1"}),
            (["--filter", "-needs:gas network:tron,bsc"], {"Tron2", "Bsc%1"}),
            (["--filter", "balance:>10.000000000000000001"], {"Bsc%1"}),
            (["--filter", "balance:2..100 -network:bsc"], {"Tron2", "Eth_1"}),
            (["--filter", "address:tron ron2"], {"Tron2"}),
        ]
        for arguments, expected in cases:
            with self.subTest(arguments):
                self.assertEqual(self.addresses(*arguments), expected)

    def test_pages(self):
        added = set(self.site.add_wallets(120))
        document, seen = self.ask("wallets", "list"), []
        self.assertEqual((len(document["wallets"]), document["total"]), (50, 120))
        seen += [wallet["address"] for wallet in document["wallets"]]
        while document["next_cursor"]:
            document = self.ask("wallets", "list", "--cursor", document["next_cursor"])
            seen += [wallet["address"] for wallet in document["wallets"]]
        self.assertEqual((len(seen), set(seen)), (120, added))


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Behind pgbouncer in transaction mode everything works but migrating, which says where to go."""

import signal
import unittest

from fixtures.site import Site


class Pooler(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(pgbouncer=True)

    @classmethod
    def tearDownClass(cls):
        cls.site.close()

    def wdctl(self, *arguments, **environment):
        return self.site.wdctl(*arguments, DATABASE_URL=self.site.pgbouncer.url(), **environment)

    def test_dispatch_and_lists(self):
        wallets = self.site.add_wallets(20)
        answer = self.wdctl("dispatch", "gas-topup", *[f"--wallet={wallet}" for wallet in wallets])
        self.assertEqual((answer.status, len(answer.document["jobs"])), (0, 20), answer)
        self.assertEqual(self.wdctl("dispatch", "gas-topup", "--wallet", wallets[0]).status, 4)
        listed = self.wdctl("jobs", "list", "--limit", "5").document
        self.assertEqual(len(listed["jobs"]), 5)
        self.assertEqual(self.wdctl("stats").status, 0)
        self.assertEqual(self.wdctl("wallets", "list", "--limit", "3").status, 0)
        answer = self.wdctl("wallets", "set-flags", wallets[0], "--needs-gas=true")
        self.assertTrue(answer.document["wallet"]["needs_gas"], answer)

    def test_retry_and_recovery(self):
        ids = self.site.add_failed_jobs(3)
        answer = self.wdctl("jobs", "retry", *ids)
        self.assertEqual((answer.status, len(answer.document["jobs"])), (0, 3), answer)
        wallet = self.site.add_wallets(1)[0]
        answer = self.wdctl("dispatch", "sync", "--wallet", wallet, WD_FAULT="deliver:begin")
        self.assertEqual(answer.status, -signal.SIGKILL)
        answer = self.wdctl("outbox", "send")
        self.assertEqual((answer.status, len(answer.document["sent"])), (0, 1), answer)

    def test_bulk(self):
        """Two connections of one run, each transaction on whichever server is free."""
        wallets = self.site.add_wallets(600, start="BULK")
        frozen = self.wdctl("bulk", "dispatch", "consolidation", "--all").document
        done = self.wdctl("bulk", "run", frozen["id"]).document
        self.assertEqual((done["state"], done["refused_count"]), ("done", 0), done)
        self.assertGreaterEqual(done["done"], len(wallets))
        self.assertEqual((done["undelivered"], self.site.outbox()), (0, []))

    def test_export(self):
        """A cursor of one transaction stays on one server, whoever else is served meanwhile."""
        self.site.sql("INSERT INTO job_logs (job_id, job_type) SELECT 'export-' || i, 'sync' "
                      "FROM generate_series(1, 5000) i")
        with self.site.start_wdctl("jobs", "list", "--format=csv", "--search=export-",
                                   json_document=False,
                                   DATABASE_URL=self.site.pgbouncer.url()) as process:
            first = process.stdout.read(10)
            for _ in range(5):
                self.assertEqual(self.wdctl("wallets", "list").status, 0)
            rows = (first + process.stdout.read()).splitlines()
            self.assertEqual((process.stderr.read(), process.wait(60)), ("", 0))
        self.assertEqual(len(rows), 5001)
        self.assertEqual(len({row.split(",")[1] for row in rows}), 5001)

    def test_migrate_says_where_to_go(self):
        answer = self.wdctl("migrate")
        self.assertEqual(answer.status, 4, answer)
        self.assertIn("pooler", answer.document["error"].lower())
        self.assertEqual(self.wdctl("migrate", "--dry-run").status, 0)

    def test_doctor_names_the_pooler(self):
        checks = {check["name"]: check for check in self.wdctl("doctor").document["checks"]}
        self.assertIn("pooler", checks["postgres-pooler"]["message"].lower())


if __name__ == "__main__":
    unittest.main(verbosity=2)

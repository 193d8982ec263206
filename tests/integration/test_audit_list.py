#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit trail as it is read: documents, pages and filters."""

import unittest

from audit_case import AuditCase

ENTRY = ["id", "at", "os_user", "host", "db_role", "client", "action", "target_type", "target_id",
         "before", "after"]


class Migrated(AuditCase):
    def test_each_file_once(self):
        """Also those that came before the trail, and none again by a second run."""
        name = "audited"
        owner = self.site.postgres.connect(user="postgres")
        self.addCleanup(owner.close)
        with owner.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} OWNER platform")
        there = {"DATABASE_URL": self.site.postgres.url(database=name)}
        self.assertEqual(self.ask("audit", "list", status=4, **there)["code"], "not-migrated")
        names = self.ask("migrate", **there)["applied"]
        self.ask("migrate", **there)
        entries = self.ask("audit", "list", **there)["entries"]
        self.assertEqual([entry["target_id"] for entry in reversed(entries)], names)
        self.assertEqual({(entry["action"], entry["target_type"], entry["db_role"])
                          for entry in entries}, {("migrate", "migration", "platform")})
        self.assertRegex(entries[0]["after"]["checksum"], "^[0-9a-f]{64}$")


class Listed(AuditCase):
    def setUp(self):
        super().setUp()
        self.site.sql(
            "INSERT INTO worker_dashboard.audit (at, os_user, host, db_role, client, action, "
            "target_type, target_id, before, after) "
            "SELECT '2026-03-01Z'::timestamptz + i * interval '1 hour', "
            "CASE WHEN i % 2 = 0 THEN 'ann' ELSE 'bob' END, 'desk', 'ops', 'wdctl 0', "
            "CASE WHEN i % 3 = 0 THEN 'retry' ELSE 'dispatch' END, 'job', 'row-' || i, NULL, "
            "jsonb_build_object('wallet_address', 'TW' || i, 'queue', 'q' || i % 5) "
            "FROM generate_series(1, 120) i")

    def ids(self, *arguments):
        document = self.ask("audit", "list", *arguments, "--limit", "1000")
        return [entry["target_id"] for entry in document["entries"]]

    def test_document(self):
        document = self.ask("audit", "list")
        self.assertEqual(list(document), ["entries", "total", "total_is_exact", "next_cursor"])
        self.assertEqual((len(document["entries"]), document["total"], document["total_is_exact"]),
                         (50, 120, True))
        entry = document["entries"][0]
        self.assertEqual(list(entry), ENTRY)
        self.assertEqual((entry["target_id"], entry["at"], entry["os_user"], entry["before"],
                          entry["after"]),
                         ("row-120", "2026-03-06T00:00:00Z", "ann", None,
                          {"wallet_address": "TW120", "queue": "q0"}))

    def test_pages(self):
        """Each entry once, newest first, also when newer ones come in between."""
        seen, cursor = [], None
        while True:
            arguments = ["--cursor", cursor] if cursor else []
            document = self.ask("audit", "list", "--limit", "37", "--who", "ops", *arguments)
            seen += [entry["target_id"] for entry in document["entries"]]
            cursor = document["next_cursor"]
            if not cursor:
                break
            self.site.sql("INSERT INTO worker_dashboard.audit (action, db_role) "
                          "VALUES ('x', 'ops')")
        self.assertEqual(seen, [f"row-{i}" for i in range(120, 0, -1)])
        self.ask("audit", "list", "--who", "other", "--cursor", "MSBh", status=2)

    def test_filters(self):
        every = range(120, 0, -1)
        cases = [
            (["--action", "retry"], [i for i in every if i % 3 == 0]),
            (["--action", "retry", "--action", "dispatch"], list(every)),
            (["--action", "migrate"], []),
            (["--who", "ANN@de"], [i for i in every if i % 2 == 0]),
            (["--who", "ops"], list(every)),
            (["--who", "o_s"], []),
            (["--target", "tw12"], [i for i in every if str(i).startswith("12")]),
            (["--target", "row-7"], [i for i in every if str(i).startswith("7")]),
            (["--target", "q4"], [i for i in every if i % 5 == 4]),
            (["--from", "2026-03-02", "--to", "2026-03-02"], list(range(47, 23, -1))),
            (["--from", "2026-03-05T23:00:00Z"], [120, 119]),
            (["--action", "retry", "--who", "bob", "--target", "q3", "--to", "2026-03-02"],
             [33, 3]),
        ]
        for arguments, expected in cases:
            with self.subTest(arguments):
                self.assertEqual(self.ids(*arguments), [f"row-{i}" for i in expected])
        self.ask("audit", "list", "--from", "2026-03-03", "--to", "2026-03-01", status=2)

    def test_text(self):
        self.site.sql("UPDATE worker_dashboard.audit SET os_user = E'e\\x1b[31mvil' "
                      "WHERE target_id = 'row-120'")
        status, out, err = self.text("audit", "list", "--limit", "2")
        self.assertEqual(status, 0, err)
        self.assertIn("bob@desk", out)
        self.assertNotIn("\x1b", out)
        self.assertIn("--cursor", err)


del AuditCase

if __name__ == "__main__":
    unittest.main()

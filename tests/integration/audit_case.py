# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the audit trail share: a site whose trail is empty."""

from money_case import MoneyCase


class AuditCase(MoneyCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        # The first write of a site settles how it delivers: that is a test of its own.
        self.site.sql("INSERT INTO worker_dashboard.setting VALUES ('delivery', 'bullmq') "
                      "ON CONFLICT DO NOTHING")
        self.site.sql("TRUNCATE worker_dashboard.audit")

    def trail(self, columns="action, target_id"):
        """The entries from old to new."""
        return self.site.sql(f"SELECT {columns} FROM worker_dashboard.audit ORDER BY at, id")

    def assert_trail(self, *expected, columns="action, target_id"):
        self.assertEqual(self.trail(columns), list(expected))

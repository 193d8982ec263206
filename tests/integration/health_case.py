# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of what is wrong share."""

from fixtures.processes import wait_until
from wdctl_case import WdctlCase

FINDING = ["kind", "queue", "job_type", "since", "count", "at_least", "connected_workers",
           "job_ids", "message", "advice"]


class HealthCase(WdctlCase):
    def setUp(self):
        super().setUp()
        self.site.sql("DELETE FROM worker_dashboard.setting WHERE key LIKE 'health.%'")
        self.site.sql("DELETE FROM worker_dashboard.wallet_flag WHERE address <> ''")

    def limit(self, **limits):
        for name, value in limits.items():
            self.site.sql("INSERT INTO worker_dashboard.setting (key, value) VALUES (%s, %s) "
                          "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                          "health." + name.replace("_", "-"), str(value))

    def findings(self, **changes):
        """What is wrong with the queues, by kind."""
        found = self.ask("health", **changes)["findings"]
        self.assertTrue(all(list(finding) == FINDING for finding in found), found)
        self.assertTrue(all(finding["message"] and finding["advice"] for finding in found), found)
        by_kind = {finding["kind"]: finding for finding in found}
        self.assertEqual(len(by_kind), len(found), "one finding of a kind for a queue")
        return by_kind

    def wait_for(self, *kinds):
        def come():
            found = self.findings()
            return (found,) if set(found) == set(kinds) else None

        return wait_until(come, 30, f"findings {kinds}")[0]

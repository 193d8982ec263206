# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of bulk work share."""

import collections

from money_case import QUEUE, MoneyCase

# Two slices.
JOBS = 600


class BulkCase(MoneyCase):
    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE worker_dashboard.bulk_run CASCADE")

    def freeze(self, *arguments):
        return self.ask("bulk", "retry", *arguments)

    def added(self):
        """How often each job was put into the queue."""
        events = self.redis.xrange(f"bull:{QUEUE}:events")
        return collections.Counter(fields["jobId"] for _id, fields in events
                                   if fields["event"] == "added")

    def dispatch(self, *arguments):
        return self.ask("bulk", "dispatch", "gas-topup", *arguments)

    def grow_old(self):
        """As if nothing had been heard of a run's owner for a minute."""
        self.site.sql("UPDATE worker_dashboard.bulk_run SET heartbeat = "
                      "heartbeat - interval '61 seconds'")

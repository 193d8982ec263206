# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A site, its queues as real Queue objects, and its Redis, for the tests of a class."""

import unittest

from fixtures.site import Site
from fixtures.workers import Queues, Workers


class SiteCase(unittest.TestCase):
    number = 0

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.queues = Queues(cls.site)
        cls.addClassCleanup(cls.queues.close)
        cls.redis = cls.site.redis.client()
        cls.addClassCleanup(cls.redis.close)

    def empty(self, queue, *tables):
        """A Redis without a key, and tables without a row."""
        self.redis.flushall()
        self.queues.command(queue, "close")
        self.site.sql(f"TRUNCATE {', '.join(tables)}")

    def start_workers(self, *queues, major=5, **options):
        """Workers that write no rows, with a record of what they ran."""
        self.number += 1
        record = self.site.household.path(f"{self.id()}-{self.number}.runs")
        workers = Workers(self.site, major=major, queues=list(queues), record=record,
                          **{"database": False, "fast": True, **options})
        self.addCleanup(workers.close)
        return workers

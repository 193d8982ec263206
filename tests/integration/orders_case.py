# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A site with one queue, real Queue objects and workers, and orders given by wdctl."""

import unittest

from fixtures.site import Site
from fixtures.workers import Queues, Workers

QUEUE = "sync-balances"


class OrdersCase(unittest.TestCase):
    number = 0

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.queues = Queues(cls.site)
        cls.addClassCleanup(cls.queues.close)
        cls.redis = cls.site.redis.client()
        cls.addClassCleanup(cls.redis.close)

    def setUp(self):
        self.redis.flushall()
        self.queues.command(QUEUE, "close")
        self.site.sql("TRUNCATE job_logs, worker_dashboard.audit")

    def key(self, suffix, queue=QUEUE):
        return f"bull:{queue}:{suffix}"

    def workers(self, major=5, **options):
        self.number += 1
        record = self.site.household.path(f"{self.id()}-{self.number}.runs")
        workers = Workers(self.site, major=major, queues=[QUEUE], record=record, fast=True,
                          database=False, **options)
        self.addCleanup(workers.close)
        return workers

    def wdctl(self, *arguments, status=0):
        answer = self.site.wdctl("queues", *arguments)
        self.assertEqual(answer.status, status, answer)
        return answer.document

    def audited(self):
        return self.site.sql("SELECT action, target_id, before, after FROM worker_dashboard.audit "
                             "WHERE target_type = 'queue' ORDER BY id")

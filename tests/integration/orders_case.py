# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A site with one queue, real Queue objects and workers, and orders given by wdctl."""

from site_case import SiteCase

QUEUE = "sync-balances"


class OrdersCase(SiteCase):
    def setUp(self):
        self.empty(QUEUE, "job_logs", "worker_dashboard.audit")

    def key(self, suffix, queue=QUEUE):
        return f"bull:{queue}:{suffix}"

    def workers(self, **options):
        return self.start_workers(QUEUE, **options)

    def wdctl(self, *arguments, status=0):
        answer = self.site.wdctl("queues", *arguments)
        self.assertEqual(answer.status, status, answer)
        return answer.document

    def audited(self):
        return self.site.sql("SELECT action, target_id, before, after FROM worker_dashboard.audit "
                             "WHERE target_type = 'queue' ORDER BY id")

# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the ways money could move twice or never share."""

import signal

from fixtures.workers import Queues
from wdctl_case import WdctlCase

QUEUE = "gas-topup"


class MoneyCase(WdctlCase):
    """Steps of a dispatch and a retry, and what both stores say afterwards."""

    @property
    def redis(self):
        return self.site.redis.client()

    def die_at(self, point, wallet=None, job_type="gas-topup"):
        """A dispatch whose sender dies there; returns the row's id and the entry's."""
        wallet = wallet or self.site.add_wallets(1)[0]
        answer = self.site.wdctl("dispatch", job_type, "--wallet", wallet, WD_FAULT=point)
        self.assertEqual(answer.status, -signal.SIGKILL, answer)
        return self.site.sql("SELECT job_log_id::text, id::text FROM worker_dashboard.outbox "
                             "ORDER BY created_at DESC LIMIT 1")[0]

    def stop_dispatch(self, point="delivery:before-send", **environment):
        """A dispatch that stands still there; returns process, row id and entry id."""
        sender = self.site.wdctl_stopped_at(point, "dispatch", "gas-topup", "--wallet",
                                            self.site.add_wallets(1)[0], **environment)
        self.addCleanup(self.end, sender)
        row, entry = self.site.sql("SELECT job_log_id::text, id::text "
                                   "FROM worker_dashboard.outbox")[0]
        return sender, row, entry

    def stop_retry(self, row, point="delivery:before-send", *options):
        """A retry that stands still there; returns process and entry id."""
        sender = self.site.wdctl_stopped_at(point, "jobs", "retry", row, *options)
        self.addCleanup(self.end, sender)
        return sender, self.site.outbox()[-1]

    @staticmethod
    def end(process):
        process.kill()
        process.communicate()

    def fail_job(self, in_queue=True, **columns):
        """A row that failed and, unless told otherwise, its job as BullMQ keeps it."""
        row = self.site.add_failed_jobs(1)[0]
        for name, value in columns.items():
            self.site.sql(f"UPDATE job_logs SET {name} = %s WHERE id = %s", value, row)
        if in_queue:
            with Queues(self.site) as queues:
                queues.call(QUEUE, "add", "topup", {}, {"jobId": row, "attempts": 1})
            self.redis.lrem(f"bull:{QUEUE}:wait", 1, row)
            self.redis.hset(f"bull:{QUEUE}:{row}", mapping={"finishedOn": "2", "atm": "1"})
            self.redis.zadd(f"bull:{QUEUE}:failed", {row: 2})
        return row

    def queued(self, queue=QUEUE):
        """Ids of the jobs that a worker of QUEUE would run."""
        return sorted(self.redis.lrange(f"bull:{queue}:wait", 0, -1)
                      + self.redis.zrange(f"bull:{queue}:prioritized", 0, -1))

    def row(self, row, columns="status, error_message"):
        return self.site.sql(f"SELECT {columns} FROM job_logs WHERE id = %s", row)[0]

    def forbid_layout(self):
        """Makes the queue one of BullMQ 3, which nobody may write to."""
        self.redis.zadd(f"bull:{QUEUE}:priority", {"x": 1})

    def allow_layout(self):
        self.redis.delete(f"bull:{QUEUE}:priority")

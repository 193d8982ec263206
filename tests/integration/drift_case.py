# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of drift share: rows and jobs that once agreed, and are of the past."""

import time
import uuid

from fixtures.workers import Queues
from money_case import QUEUE, MoneyCase

PAST_MS = 300_000


class DriftCase(MoneyCase):
    prefix = "bull"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queues = Queues(cls.site)
        cls.addClassCleanup(cls.queues.close)

    def key(self, suffix, queue=QUEUE):
        return f"{self.prefix}:{queue}:{suffix}"

    def add_rows(self, count=1, status="pending", job_type="gas-topup", **columns):
        """Rows five minutes old, each with an id for its job; returns the ids."""
        ids = [str(uuid.uuid4()) for _ in range(count)]
        names = "".join(f", {name}" for name in columns)
        self.site.sql(
            "INSERT INTO job_logs (id, job_id, job_type, status, wallet_address, data, created_at, "
            f"updated_at{names}) SELECT i::uuid, i, %s, %s, 'W' || i, '{{\"priority\": 10}}', "
            "now() - interval '5 minutes', now() - interval '5 minutes'"
            f"{', %s' * len(columns)} FROM unnest(%s) i", job_type, status, *columns.values(), ids)
        return ids

    def add_jobs_for(self, ids, queue=QUEUE, major=5, **opts):
        """Real jobs that were made five minutes ago."""
        self.queues.command(queue, "addAll", major=major, jobs=[
            {"name": "topup", "data": {"wallet_address": "W" + name},
             "opts": {"jobId": name, "timestamp": int(time.time() * 1000) - PAST_MS, **opts}}
            for name in ids])

    def add_both(self, count=1, status="pending", major=5, opts=None, **columns):
        ids = self.add_rows(count, status=status, **columns)
        self.add_jobs_for(ids, major=major, **(opts or {}))
        return ids

    def put(self, job_id, place, age_ms=PAST_MS, atm=1):
        """Moves a waiting job of QUEUE where a worker would have put it."""
        ended = int(time.time() * 1000) - age_ms
        self.redis.lrem(self.key("wait"), 0, job_id)
        fields = {"processedOn": ended, "ats": 1}
        if place == "active":
            self.redis.lpush(self.key("active"), job_id)
        else:
            self.redis.zadd(self.key(place), {job_id: ended})
            fields.update({"finishedOn": ended, "atm": atm})
        if place == "failed":
            fields["failedReason"] = "out of energy"
        self.redis.hset(self.key(job_id), mapping=fields)

    def age(self, row, **columns):
        """Lets five minutes pass over a row, whose trigger would say that it has just changed."""
        self.site.sql("ALTER TABLE job_logs DISABLE TRIGGER update_job_logs_updated_at")
        for name, value in columns.items():
            self.site.sql(f"UPDATE job_logs SET {name} = %s WHERE id = %s", value, row)
        self.site.sql("UPDATE job_logs SET created_at = now() - interval '5 minutes', "
                      "updated_at = now() - interval '5 minutes', started_at = started_at - "
                      "interval '5 minutes' WHERE id = %s", row)
        self.site.sql("ALTER TABLE job_logs ENABLE TRIGGER update_job_logs_updated_at")

    def check(self, **changes):
        return self.ask("drift", "check", **changes)

    def found(self, **changes):
        """(kind, queue id) of every finding."""
        return sorted((item["kind"], item["queue_job_id"])
                      for item in self.check(**changes)["items"])

    def only(self):
        items = self.check()["items"]
        self.assertEqual(len(items), 1, items)
        return items[0]

    def fix(self, remedy, *ids, options=(), status=0, **changes):
        return self.ask("drift", "fix", remedy, *ids, *options, status=status, **changes)

    def refused(self, remedy, *ids, **changes):
        document = self.fix(remedy, *ids, status=4, **changes)
        self.assertEqual(document["done"], [])
        return [left["error"] for left in document["left"]]

    def last_audit(self):
        return self.site.sql("SELECT action, target_id, before, after FROM worker_dashboard.audit "
                             "ORDER BY id DESC LIMIT 1")[0]

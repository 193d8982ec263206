#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the preview of a bulk retry says of its queues, beside what the run then refuses."""

import time
import unittest

from bulk_case import BulkCase
from money_case import QUEUE


class Forecast(BulkCase):
    def put(self, place, job_id, **record):
        """A job in its queue as BullMQ 5 keeps it; PLACE is one of its sets, or its list."""
        self.redis.hset(self.key("meta"), "version", "bullmq:5.81.5")
        self.redis.hset(self.key(job_id), mapping={
            "name": "topup", "data": "{}", "opts": "{}", "delay": 0, "priority": 0,
            "timestamp": round(time.time() * 1000), **record})
        if place == "wait":
            self.redis.lpush(self.key(place), job_id)
        elif place is not None:
            self.redis.zadd(self.key(place), {job_id: 1700000001000})

    @staticmethod
    def key(name):
        return f"bull:{QUEUE}:{name}"

    def fail_rows(self, *job_ids, **columns):
        """Failed rows whose jobs have these ids, None for that of the row."""
        ids = self.site.add_failed_jobs(len(job_ids))
        for row, job_id in zip(ids, job_ids):
            self.site.sql("UPDATE job_logs SET job_id = coalesce(%s, job_id) WHERE id = %s",
                          job_id, row)
        for name, value in columns.items():
            self.site.sql(f"UPDATE job_logs SET {name} = %s WHERE id = ANY (%s::uuid[])", value,
                          ids)
        return ids

    def test_what_will_be_refused(self):
        """The preview asks them, and the run refuses just those of which it said so."""
        ended = {"finishedOn": 1700000001000, "atm": 1}
        for number in range(4):
            self.put("failed", str(number), **ended)
        # Ids that BullMQ made, also where the site did not write the queue before them.
        self.fail_rows(*(f"{QUEUE}/{number}" for number in range(2, 9)), "77")
        self.fail_rows(None, None, data=None)
        self.fail_rows(f"{QUEUE}/99", retry_count=3)
        self.fail_rows("")
        stays = self.fail_rows(None, None, None)
        for place, row in zip(("failed", "completed", "delayed"), stays):
            self.put(place, row, **({} if place == "delayed" else ended))
        for place in ("wait", None):
            self.put(place, self.fail_rows(None)[0])
        self.fail_rows(None)
        frozen = self.freeze()
        self.assertEqual([(line["code"], line["n"]) for line in frozen["forecast"]],
                         [("not-in-queue", 6), ("not-failed", 3), ("not-in-queue", 2),
                          ("not-failed", 1), ("retries-exhausted", 1), ("refused", 1)])
        self.assertIn("dispatch a new job instead", frozen["forecast"][0]["reason"])
        self.assertEqual((frozen["total"], frozen["not_asked"]), (18, 0))
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["done"], done["refused_count"]), (4, 14))
        self.assertEqual(self.site.sql(
            "SELECT n, forecast, reason FROM worker_dashboard.bulk_item "
            "WHERE (forecast IS NULL) <> (result = 'done')"), [])

    def test_ids_given_again(self):
        """The queue was emptied since: the job that bears the id is no row's, and goes for none."""
        ended = {"finishedOn": 1700000001000, "atm": 1}
        for place, number in (("failed", "4"), ("wait", "5"), ("failed", "6")):
            self.put(place, number, **({} if place == "wait" else ended))
        past = self.fail_rows(f"{QUEUE}/4", f"{QUEUE}/5", wallet_address="W")
        self.site.sql("UPDATE job_logs SET created_at = now() - interval '1 hour'")
        self.fail_rows(f"{QUEUE}/6", wallet_address="W")
        frozen = self.freeze()
        self.assertEqual([(line["code"], line["n"]) for line in frozen["forecast"]],
                         [("not-in-queue", 2)])
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["done"], {one["id"] for one in done["refused"]}), (1, set(past)))
        self.assertEqual(self.queued(), ["5", "6"])

    def test_queues_that_are_not_asked(self):
        """Of no layout that is known, of no Redis that is known here, and of one that is gone."""
        self.fail_rows(None)
        self.assertEqual(self.ask("bulk", "run", self.freeze()["id"])["done"], 1)
        rows = self.fail_rows(f"{QUEUE}/98", None)
        frozen = self.ask("bulk", "retry", *rows, REDIS_URL="")
        self.assertEqual((frozen["forecast"], frozen["not_asked"]), ([], 2))
        self.forbid_layout()
        frozen = self.freeze(*rows)
        self.allow_layout()
        self.assertEqual([(line["code"], line["n"]) for line in frozen["forecast"]],
                         [("layout", 2)])
        self.site.redis.stop()
        status, out, _err = self.text("bulk", "retry", *rows)
        self.site.redis.start()
        self.assertEqual(status, 0)
        self.assertIn("The queues of 2 jobs could not be asked", out)
        self.assertNotIn("will be refused", out)


if __name__ == "__main__":
    unittest.main(verbosity=2)

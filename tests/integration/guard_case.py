# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests share of the guard that lets one job of a type go for a wallet."""

from fixtures.workers import Queues
from money_case import QUEUE, MoneyCase


class GuardCase(MoneyCase):
    def setUp(self):
        super().setUp()
        self.wallet = self.site.add_wallets(1)[0]

    def add_failed(self, count=1, wallet=True, job_type="gas-topup", **columns):
        """Failed jobs of one wallet, the newest first; their queue has forgotten them."""
        rows = self.add_jobs(count, status="failed", job_type=job_type, data='{"priority": 5}',
                             wallet_address=self.wallet if wallet is True else wallet, **columns)
        self.site.sql("UPDATE job_logs SET job_id = id::text WHERE id::text = ANY (%s)", rows)
        return rows

    def put(self, row, place, major=5):
        """A job for a row that has none."""
        options = {"delayed": {"delay": 60000}, "prioritized": {"priority": 7}}.get(place, {})
        with Queues(self.site) as queues:
            queues.call(QUEUE, "add", "gas-topup", {}, {"jobId": row, "attempts": 3, **options},
                        major=major)
        if place in ("waiting", "prioritized", "delayed"):
            return
        self.redis.lrem(f"bull:{QUEUE}:wait", 1, row)
        if place == "active":
            self.redis.lpush(f"bull:{QUEUE}:active", row)
        elif place is not None:
            self.redis.zadd(f"bull:{QUEUE}:{place}", {row: 2})

    def leave_nowhere(self, row, **fields):
        """A record in no list, which says that much."""
        self.put(row, None)
        if fields:
            self.redis.hset(f"bull:{QUEUE}:{row}", mapping=fields)

    def fill_waiting(self):
        """More jobs wait than are looked through."""
        self.redis.eval("local ids = {} for i = 1, 5000 do ids[i] = 'x' .. i end "
                        "for _ = 1, 201 do redis.call('RPUSH', KEYS[1], unpack(ids)) end", 1,
                        f"bull:{QUEUE}:wait")

    def end_at_once(self):
        """A job of the wallet ends before anybody can look at it again."""
        self.site.sql("CREATE FUNCTION end_it () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                      "UPDATE public.job_logs SET status = 'completed', completed_at = now() "
                      "WHERE id = NEW.id; RETURN NULL; END $$")
        self.site.sql("CREATE TRIGGER ends AFTER UPDATE ON job_logs FOR EACH ROW "
                      "WHEN (NEW.status = 'pending' AND NEW.wallet_address = '"
                      f"{self.wallet}') EXECUTE FUNCTION end_it ()")
        self.addCleanup(self.site.sql, "DROP FUNCTION end_it CASCADE")

    def refusals(self, document):
        return {refusal["id"]: refusal["code"] for refusal in document["refused"]}

    def statuses(self, *rows):
        return [self.row(row)[0] for row in rows]

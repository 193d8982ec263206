#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs for flags where not every wallet gets one, and how the database is asked for them."""

import unittest

from fixtures.processes import wait_until
from fixtures.workers import Queues
from flags_case import OFTEN, FlagsCase


class Room(FlagsCase):
    def test_refused_ones_take_no_room(self):
        """One round goes past wallets that get no job now, and those behind them get theirs."""
        self.redis.flushdb()
        queued = self.site.add_wallets(6, start="A")
        rows = self.site.sql(
            "INSERT INTO job_logs (job_id, job_type, status, wallet_address, completed_at, "
            "created_at) SELECT gen_random_uuid()::text, 'gas-topup', 'failed', w, "
            "now() - interval '2 days', now() - interval '2 days' FROM unnest (%s) AS w "
            "RETURNING job_id", queued)
        with Queues(self.site) as queues:
            for row, in rows:
                queues.call("gas-topup", "add", "topup", {}, {"jobId": row, "delay": 3600000})
        held = self.site.add_wallets(6, start="B")
        wallets = self.site.add_wallets(8, start="C")
        self.raise_flag("needs_gas", *queued, *held, *wallets)
        holder = self.site.postgres.connect()
        self.addCleanup(holder.close)
        holder.autocommit = False
        with holder.cursor() as cursor:
            cursor.execute("SELECT FROM user_wallets WHERE address = ANY (%s) FOR UPDATE", (held,))
        service = self.serve("--flags-per-minute", "5", WD_FAULT_SPAN="flags:sweep:600")
        wait_until(lambda: service.count("flags:looked") > 0, 40, "a round")
        self.assertEqual(self.site.sql("SELECT wallet_address FROM job_logs WHERE status = "
                                       "'pending' ORDER BY 1"),
                         [(wallet,) for wallet in sorted(wallets)[:5]])
        service.close()

    def test_by_keys(self):
        """What is done under the lock reads rows by their keys, whatever the statistics say."""
        self.site.sql(
            "CREATE TABLE seen (setting text); CREATE FUNCTION see() RETURNS trigger LANGUAGE "
            "plpgsql AS $$ BEGIN INSERT INTO public.seen VALUES (current_setting "
            "('enable_seqscan')); RETURN NULL; END $$; CREATE TRIGGER see AFTER INSERT OR UPDATE "
            "ON worker_dashboard.flag_served FOR EACH STATEMENT EXECUTE FUNCTION see()")
        self.addCleanup(self.site.sql, "DROP FUNCTION see CASCADE; DROP TABLE seen")
        wallet, = self.flagged(1)
        service = self.serve("--flags-cool-down", "3000", **OFTEN)
        self.wait_for_jobs(wallet)
        self.assertEqual(self.site.sql("SELECT DISTINCT setting FROM seen"), [("off",)])
        self.site.sql("TRUNCATE seen; UPDATE job_logs SET status = 'failed', "
                      "completed_at = now()")
        self.redis.flushdb()
        wait_until(lambda: self.site.sql("SELECT 1 FROM seen"), 40, "a note that it has ended")
        self.assertEqual(self.site.sql("SELECT DISTINCT setting FROM seen"), [("off",)])
        service.close()


if __name__ == "__main__":
    unittest.main()

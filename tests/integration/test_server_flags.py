#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs that the service makes for flags: each flag once, with real workers, whoever dies."""

import os
import signal
import unittest

from fixtures.processes import wait_stopped, wait_until
from fixtures.service import Service, run_server
from fixtures.workers import Queues, Workers
from flags_case import JOBS, OFTEN, FlagsCase

# Where a dispatch may die, the one that leaves nothing last.
POINTS = ("postgres:after-commit", "deliver:begin", "delivery:before-send", "delivery:after-send",
          "postgres:before-commit")


class Flags(FlagsCase):
    def test_gas_first(self):
        """Flags of before, both at once, and one set while it runs: told by the database."""
        gas, = self.flagged(1)
        consolidation, = self.flagged(1, "needs_consolidation")
        both, = self.flagged(1, "needs_gas", "needs_consolidation")
        calm, = self.site.add_wallets(1)
        with Workers(self.site, queues=list(JOBS.values()), fast=True, settle=True):
            service = self.serve(WD_FAULT_SPAN="flags:pause:1")
            self.wait_for_jobs(gas, consolidation, both, count=4, status="completed")
            self.raise_flag("needs_gas", calm)
            self.wait_for_jobs(calm, status="completed")
        done = "completed"
        self.assertEqual(self.jobs(gas), [("gas-topup", done)])
        self.assertEqual(self.jobs(consolidation), [("consolidation", done)])
        self.assertEqual(self.jobs(both), [("gas-topup", done), ("consolidation", done)])
        self.assertEqual(self.jobs(calm), [("gas-topup", done)])
        self.assertEqual(self.site.sql("SELECT DISTINCT triggered_by FROM job_logs"), [("system",)])
        trail = self.site.sql("SELECT os_user, split_part(client, ' ', 1), count(*)::int FROM "
                              "worker_dashboard.audit WHERE action = 'dispatch' GROUP BY 1, 2")
        self.assertEqual(trail, [("system", "worker-dashboard-server", 5)])
        self.assertEqual(self.ask("health")["wallets_in_trouble"][0]["count"], 0)
        service.close()

    def test_a_worker_that_never_clears_it(self):
        wallet, = self.flagged(1)
        with Workers(self.site, queues=["gas-topup"], fast=True):
            service = self.serve("--flags-cool-down", "1", **OFTEN)
            self.wait_said(service, "no more before tomorrow")
            self.wait_for_jobs(wallet, count=3, status="completed")
            self.assertEqual(self.jobs(wallet), [("gas-topup", "completed")] * 3)
            ends = self.site.sql("SELECT created_at - lag(completed_at) OVER (ORDER BY created_at) "
                                 ">= interval '1 second' FROM job_logs")
            self.assertEqual(ends, [(None,), (True,), (True,)])
            # Neither another service nor a flag set anew gets a fourth job today.
            service.close()
            service = self.serve("--flags-cool-down", "1", name="again", **OFTEN)
            self.site.sql("UPDATE user_wallets SET needs_gas = false")
            self.wait_rounds(service)
            self.assertEqual(self.uncleared(), [])
            self.raise_flag("needs_gas", wallet)
            self.wait_said(service, f"needs_gas of wallet {wallet}")
            self.wait_rounds(service)
            self.assertEqual(len(self.said(service, "no more before tomorrow")), 1)
            self.assertEqual(len(self.jobs(wallet)), 3)
            self.assertEqual(self.uncleared(), [wallet])
            trouble, = [trouble for trouble in self.ask("health")["wallets_in_trouble"]
                        if trouble["trouble"] == "uncleared"]
            self.assertEqual(trouble["count"], 1)
            status, text, _err = self.text("health")
            self.assertEqual(status, 0)
            self.assertRegex(text, "uncleared +1 .*as many jobs for a flag")
            self.site.sql("UPDATE worker_dashboard.flag_served SET day = day - 1")
            self.wait_for_jobs(wallet, count=4, status="completed")
            self.assertEqual(self.uncleared(), [])
            service.close()

    def uncleared(self):
        return [wallet["address"] for wallet in
                self.ask("wallets", "list", "--filter", "trouble:uncleared")["wallets"]]

    def test_a_service_that_dies(self):
        wallets = []
        for number, point in enumerate(POINTS):
            wallets += self.flagged(1)
            service = self.serve(name=f"dies-{number}", WD_FAULT=point)
            self.assertEqual(service.process.wait(timeout=90), -signal.SIGKILL, point)
            self.assertEqual(len(self.jobs(*wallets)), min(len(wallets), len(POINTS) - 1))
        service = self.serve(**OFTEN)
        self.wait_for_jobs(*wallets, count=len(POINTS))
        self.site.wdctl("outbox", "send")
        self.wait_rounds(service)
        rows = self.site.sql("SELECT job_id, wallet_address FROM job_logs")
        self.assertEqual(sorted(wallet for _id, wallet in rows), sorted(wallets))
        self.assertEqual(self.queued(), sorted(row for row, _wallet in rows))
        self.assertEqual(self.site.outbox(), [])
        counts = self.site.sql("SELECT DISTINCT n FROM worker_dashboard.flag_served")
        self.assertEqual(counts, [(1,)])
        service.close()

    def test_what_changes_before_its_turn(self):
        """What was read without a lock is looked at again under it."""
        cleared, done, begun, left = self.flagged(4)
        service = self.serve(WD_FAULT="flags:before-turn", WD_FAULT_ACTION="stop")
        wait_stopped(service.process.pid, "the service before its turn")
        self.site.sql("UPDATE user_wallets SET needs_gas = false WHERE address = %s", cleared)
        self.ask("dispatch", "gas-topup", "--wallet", done, "--wallet", begun)
        self.site.sql("UPDATE job_logs SET status = 'completed', completed_at = now() "
                      "WHERE wallet_address = %s", done)
        service.process.send_signal(signal.SIGCONT)
        self.wait_for_jobs(left)
        self.assertEqual(self.jobs(cleared), [])
        self.assertEqual(self.jobs(done), [("gas-topup", "completed")])
        self.assertEqual(self.jobs(begun), [("gas-topup", "pending")])
        self.assertEqual(self.site.sql("SELECT address FROM worker_dashboard.flag_served"),
                         [(left,)])
        service.close()

    def test_two_at_once(self):
        """One acts at a time: together they make what one would."""
        wallets = self.flagged(120, "needs_gas", "needs_consolidation")
        options = ("--flags-per-minute", "1000")
        first = self.serve(*options, name="first", WD_FAULT="postgres:before-commit",
                           WD_FAULT_ACTION="stop", **OFTEN)
        # Whoever comes second has to come when the first is at it.
        wait_stopped(first.process.pid, "the first in its dispatch")
        second = self.serve(*options, name="second", **OFTEN)
        self.wait_said(second, "this one stands by")
        self.assertEqual(self.jobs(*wallets), [])
        first.process.send_signal(signal.SIGCONT)
        self.wait_for_jobs(*wallets, count=120)
        with Workers(self.site, queues=["gas-topup"], fast=True, settle=True, concurrency=8):
            self.wait_for_jobs(*wallets, count=240)
        for service in (first, second):
            self.wait_rounds(service)
        counts = self.site.sql("SELECT job_type, count(*)::int, count(DISTINCT wallet_address)"
                               "::int FROM job_logs GROUP BY 1 ORDER BY 1")
        self.assertEqual(counts, [("consolidation", 120, 120), ("gas-topup", 120, 120)])
        self.assertEqual(len(self.queued("consolidation")), 120)
        # Again only after it had its turn: the first lets go between two dispatches.
        told = ["stands by" in line for line in self.said(second, "Flags: ")
                if "this one stands by" in line or " job " in line]
        self.assertNotIn((True, True), list(zip(told, told[1:])))
        for service in (first, second):
            service.close()

    def test_per_minute(self):
        wallets = self.flagged(12)
        service = self.serve("--flags-per-minute", "5", **OFTEN)
        for count in (5, 10, 12):
            self.wait_for_jobs(*wallets, count=count)
            self.wait_rounds(service)
            self.assertEqual(len(self.jobs(*wallets)), count)
            self.site.sql("UPDATE worker_dashboard.flag_served SET served_at = served_at - "
                          "interval '1 minute'")
        service.close()

    def test_options(self):
        for options in (["--flags-dry-run"], ["--dispatch-flags", "--flags-cool-down", "0"],
                        ["--dispatch-flags", "--flags-per-day", "0"],
                        ["--dispatch-flags", "--flags-per-minute", "-1"]):
            answer = run_server(self.site, *options)
            self.assertEqual(answer.returncode, 2, answer)
            self.assertIn(options[-2] if len(options) > 1 else options[0], answer.stderr)

    def test_a_service_that_may_not_write(self):
        """It is not let stand by for ever: what it was asked for it could never do."""
        folder = self.site.household.path("read-only")
        os.makedirs(os.path.join(folder, "worker-dashboard"))
        with open(os.path.join(folder, "worker-dashboard", "profiles.conf"), "w",
                  encoding="utf-8") as file:
            file.write(f"[Look]\ndatabase-url={self.site.postgres.url()}\n"
                       f"redis-url={self.site.redis.url()}\nread-only=true\nkeyring=false\n")
        for options in (["--read-only"], ["--profile", "Look"]):
            answer = run_server(self.site, *options, "--dispatch-flags", "--listen",
                                "127.0.0.1:0", XDG_CONFIG_HOME=folder)
            self.assertEqual(answer.returncode, 2, answer)
            self.assertIn("--dispatch-flags makes jobs", answer.stderr)
            for record in ("--record", "--record=gas-topup"):
                answer = run_server(self.site, *options, record, "--listen", "127.0.0.1:0",
                                    XDG_CONFIG_HOME=folder)
                self.assertEqual(answer.returncode, 2, answer)
                self.assertIn("--record writes job_logs", answer.stderr)
        self.flagged(1)
        self.site.wdctl("dispatch", "sync", "--wallet", self.site.add_wallets(1)[0],
                        WD_FAULT="delivery:before-send")
        self.site.sql("UPDATE worker_dashboard.outbox SET created_at = now() - interval '1 minute'")
        self.assertEqual(len(self.site.outbox()), 1)
        before = self.everything()
        service = self.serve("--flags-dry-run", "--read-only", **OFTEN)
        self.wait_said(service, "would make", 1)
        self.wait_rounds(service)
        self.assertEqual(self.everything(), before)
        service.close()

    def everything(self):
        """Each row of ours by its place and who wrote it, and each key of Redis."""
        tables = self.site.sql("SELECT schemaname || '.' || tablename FROM pg_tables WHERE "
                               "schemaname IN ('public', 'worker_dashboard') ORDER BY 1")
        return ({table: self.site.sql(f"SELECT ctid::text, xmin::text FROM {table} ORDER BY 1")
                 for table, in tables},
                sorted((key, self.redis.type(key)) for key in self.redis.keys("*")))

    def test_dry_run(self):
        gas, = self.flagged(1)
        both, = self.flagged(1, *JOBS)
        self.site.sql("DELETE FROM worker_dashboard.setting")
        self.addCleanup(self.site.sql, "INSERT INTO worker_dashboard.setting (key, value) "
                                       "VALUES ('delivery', 'bullmq')")
        before = self.site.sql("SELECT count(*) FROM worker_dashboard.audit")
        reader = self.make_reader()
        service = self.serve("--flags-dry-run", **OFTEN, **reader)
        self.wait_said(service, "would make", 2)
        self.wait_rounds(service)
        said = self.said(service, "would make")
        self.assertEqual(len(said), 2)
        for wallet in (gas, both):
            self.assertIn(f"would make a gas-topup job for wallet {wallet}: needs_gas is set since",
                          "".join(said))
        for table in ("job_logs", "worker_dashboard.flag_served", "worker_dashboard.outbox",
                      "worker_dashboard.setting"):
            self.assertEqual(self.site.sql(f"SELECT count(*) FROM {table}"), [(0,)])
        self.assertEqual(self.site.sql("SELECT count(*) FROM worker_dashboard.audit"), before)
        self.assertEqual(self.redis.keys("bull:*"), [])
        service.close()
        # The same role cannot make one either, and is told so once.
        service = self.serve(name="reader", **OFTEN, **reader)
        self.wait_said(service, "Flags: standing by")
        self.wait_rounds(service)
        self.assertEqual(len(self.said(service, "GRANT INSERT")), 1)
        self.assertEqual(len(self.said(service, "standing by")), 1)
        service.close()

    def make_reader(self):
        """The address for a role that reads what it needs, and writes nothing."""
        owner = self.site.postgres.connect(user="postgres")
        self.addCleanup(owner.close)
        with owner.cursor() as cursor:
            cursor.execute("CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA worker_dashboard TO "
                           "reader; GRANT SELECT ON ALL TABLES IN SCHEMA public, worker_dashboard "
                           "TO reader")
        return {"DATABASE_URL": self.site.postgres.url(user="reader"), "PGUSER": "reader"}

    def test_what_is_in_the_way(self):
        """One thing after another, and each is said once; then the job is made."""
        record, = self.site.sql("DELETE FROM worker_dashboard.migration WHERE name LIKE '0023%' "
                                "RETURNING name, checksum")
        service = self.serve("--flags-cool-down", "300", **OFTEN)
        with self.subTest("not migrated"):
            wallet, = self.flagged(1)
            self.wait_said(service, "lacks the migration")
            self.assertEqual(self.jobs(wallet), [])
            self.site.sql("INSERT INTO worker_dashboard.migration (name, checksum) VALUES (%s, %s)",
                          *record)
            self.wait_for_jobs(wallet)
            self.assertEqual(len(self.said(service, "standing by")), 1)
        with self.subTest("a paused queue"), Queues(self.site) as queues:
            queues.call("gas-topup", "pause")
            wallet, = self.flagged(1)
            self.wait_said(service, "no gas-topup jobs are made: The queue “gas-topup” is paused")
            other, = self.flagged(1, "needs_consolidation")
            self.wait_for_jobs(other)
            self.assertEqual(self.jobs(wallet), [])
            queues.call("gas-topup", "resume")
            self.wait_for_jobs(wallet)
            self.assertEqual(len(self.said(service, "no gas-topup jobs are made")), 1)
        with self.subTest("an admin's job"):
            wallet, = self.site.add_wallets(1)
            self.ask("dispatch", "gas-topup", "--wallet", wallet)
            self.raise_flag("needs_gas", wallet)
            marker, = self.flagged(1)
            self.wait_for_jobs(marker)
            self.assertEqual(len(self.jobs(wallet)), 1)
        with self.subTest("without Redis"):
            self.site.redis.stop()
            wallet, = self.flagged(1)
            self.wait_said(service, "standing by", 2)
            self.wait_rounds(service)
            self.assertEqual(len(self.said(service, "standing by")), 2)
            self.assertEqual(self.jobs(wallet), [])
            self.site.redis.start()
            self.wait_for_jobs(wallet)
            self.wait_said(service, "looked after again", 2)
        self.odd_wallets(service)
        with self.subTest("workers that poll"):
            self.site.sql("UPDATE worker_dashboard.setting SET value = 'poll'")
            self.addCleanup(self.site.sql,
                            "UPDATE worker_dashboard.setting SET value = 'bullmq'")
            wallet, = self.flagged(1)
            before = self.queued()
            self.wait_for_jobs(wallet)
            self.assertEqual((self.site.outbox(), self.queued()), ([], before))
        service.close()

    def odd_wallets(self, service):
        with self.subTest("an address twice, one that cannot be one, and one that is refused"):
            self.site.sql("ALTER TABLE user_wallets DROP CONSTRAINT user_wallets_address_key")
            self.addCleanup(self.site.sql,
                            "TRUNCATE user_wallets; ALTER TABLE user_wallets "
                            "ADD CONSTRAINT user_wallets_address_key UNIQUE (address)")
            self.site.sql(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
                "NEW.wallet_address LIKE 'REFUSED%%' THEN RAISE 'not this one'; END IF; RETURN "
                "NEW; END $$; CREATE TRIGGER refuse BEFORE INSERT ON job_logs FOR EACH ROW EXECUTE "
                "FUNCTION refuse()")
            self.addCleanup(self.site.sql, "DROP FUNCTION refuse CASCADE")
            self.site.sql("INSERT INTO user_wallets (address, needs_gas) VALUES ('twice', true), "
                          "('twice', false), (E'a\\nb', true)")
            refused, = self.site.add_wallets(1, start="REFUSED")
            last, = self.site.add_wallets(1, start="z")
            self.raise_flag("needs_gas", refused, last)
            self.wait_for_jobs("twice", last, count=2)
            self.wait_said(service, r"left out: a\nb")
            self.wait_said(service, f"no job for wallet {refused}")
            self.site.sql("UPDATE job_logs SET status = 'completed', completed_at = now() "
                          "WHERE wallet_address = 'twice'")
            self.wait_rounds(service)
            self.assertEqual(len(self.jobs("twice", last)), 2)
            self.assertEqual(self.jobs(refused), [])
            self.assertEqual(len(self.said(service, f"no job for wallet {refused}")), 1)


if __name__ == "__main__":
    unittest.main()

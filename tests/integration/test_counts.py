# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The counts are what the rows say: at any moment, whatever happens to the rows."""

import random
import select
import threading
import time
import unittest

import psycopg2
from psycopg2 import errorcodes

from fixtures.migrations import load_sample, migrate, migration_paths
from fixtures.processes import wait_until
from schema_case import COUNTS, SchemaCase

SESSIONS = 5
OPERATIONS = 250
INSERT = ("INSERT INTO job_logs (job_id, job_type, status, wallet_address, created_at) "
          "SELECT gen_random_uuid()::text, (ARRAY['sync', 'gas-topup'])[1 + n %% 2], 'pending', "
          "'w' || n, now() - random() * interval '30 days' FROM generate_series(1, %s) AS n")
SOME = "id IN (SELECT id FROM job_logs ORDER BY random() LIMIT %s FOR UPDATE SKIP LOCKED)"
WRITES = [
    (INSERT, 8),
    ("UPDATE job_logs SET status = 'active', started_at = now() "
     f"WHERE status = 'pending' AND {SOME}", 9),
    ("UPDATE job_logs SET status = (ARRAY['completed', 'failed'])[1 + floor(random() * 2)::int], "
     f"completed_at = now() - random() * interval '20 days' WHERE status = 'active' AND {SOME}", 9),
    (f"UPDATE job_logs SET created_at = NULL, completed_at = 'infinity' WHERE {SOME}", 2),
    (f"UPDATE job_logs SET error_message = 'x' WHERE {SOME}", 5),
    (f"DELETE FROM job_logs WHERE {SOME}", 3),
    ("INSERT INTO user_wallets (address, needs_gas) SELECT gen_random_uuid()::text, true "
     "FROM generate_series(1, %s)", 2),
    ("UPDATE user_wallets SET needs_gas = NOT needs_gas, needs_consolidation = NULL WHERE id IN "
     "(SELECT id FROM user_wallets ORDER BY random() LIMIT %s FOR UPDATE SKIP LOCKED)", 3),
]
HARMLESS = (errorcodes.SERIALIZATION_FAILURE, errorcodes.DEADLOCK_DETECTED)


class Writer(threading.Thread):
    """One session that writes at random, alone or in transactions, some of them undone."""

    def __init__(self, connection, seed, truncates):
        super().__init__(daemon=True)
        self.connection = connection
        self.random = random.Random(seed)
        self.truncates = truncates
        self.errors = []
        self.stopped = threading.Event()

    def stop(self):
        self.stopped.set()
        self.join()

    def run(self):
        for _ in range(OPERATIONS):
            if self.stopped.is_set():
                return
            try:
                self.transaction()
            except psycopg2.Error as error:
                with self.connection.cursor() as cursor:
                    cursor.execute("ROLLBACK")
                if error.pgcode not in HARMLESS:
                    self.errors.append(f"{error.pgcode}: {error}")
                    return

    def transaction(self):
        with self.connection.cursor() as cursor:
            if self.truncates and self.random.random() < 0.01:
                cursor.execute("TRUNCATE job_logs")
                return
            isolation = self.random.choice(["READ COMMITTED"] * 3 + ["REPEATABLE READ"])
            cursor.execute(f"BEGIN ISOLATION LEVEL {isolation}")
            for _ in range(self.random.randint(1, 3)):
                statement, most = self.random.choice(WRITES)
                cursor.execute(statement, (self.random.randint(1, most),))
            cursor.execute("ROLLBACK" if self.random.random() < 0.1 else "COMMIT")


class CountsTest(SchemaCase):

    def migrated(self, sample="job_logs_a"):
        name = self.database()
        load_sample(self.connect(name, "postgres"), "auth_users")
        owner = self.connect(name)
        load_sample(owner, "wallets_seed")
        load_sample(owner, sample)
        migrate(owner)
        return name, owner

    def start_writers(self, name, truncates=False):
        self.role("writer", "BYPASSRLS")
        writers = [Writer(self.connect(name, "writer"), seed, truncates)
                   for seed in range(SESSIONS)]
        for writer in writers:
            self.addCleanup(writer.stop)
            writer.start()
        return writers

    def grant(self, owner):
        self.role("writer", "BYPASSRLS")
        self.run_sql(owner, "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON job_logs, "
                     "user_wallets TO writer")

    def finish(self, writers):
        for writer in writers:
            writer.join(120)
            self.assertFalse(writer.is_alive())
            self.assertEqual(writer.errors, [])

    def test_first_count_while_workers_write(self):
        """Triggers are attached and full tables counted under running transactions."""
        for sample in ("job_logs_a", "job_logs_b"):
            with self.subTest(table=sample):
                name = self.database()
                load_sample(self.connect(name, "postgres"), "auth_users")
                owner = self.connect(name)
                load_sample(owner, "wallets_seed")
                load_sample(owner, sample)
                migrate(owner, migration_paths()[:2])
                self.run_sql(owner, INSERT, 20000)
                self.grant(owner)
                writers = self.start_writers(name)
                migrate(owner)
                self.assertTrue(any(writer.is_alive() for writer in writers), "nothing to disturb")
                self.check_while(writers, owner)
                self.finish(writers)
                self.assert_counts(owner)

    def check_while(self, writers, owner):
        """Every snapshot is right on its own, also while deltas are folded."""
        folder = self.connect(owner.info.dbname)
        looks = 0
        changes = (0, 0)
        while any(writer.is_alive() for writer in writers) or not looks:
            self.run_sql(folder, "SELECT worker_dashboard.fold_counts(%s)", random.randint(1, 500))
            self.assertEqual(self.differences(owner), {})
            now = self.rows(owner, "SELECT jobs, wallets FROM worker_dashboard.changes")[0]
            self.assertGreaterEqual(now, changes)
            changes = now
            looks += 1

    def test_truncate_among_writers(self):
        name, owner = self.migrated()
        self.grant(owner)
        writers = self.start_writers(name, truncates=True)
        self.check_while(writers, owner)
        self.finish(writers)
        self.assert_counts(owner)
        changes = self.rows(owner, "SELECT jobs, wallets FROM worker_dashboard.changes")[0]
        self.run_sql(owner, "TRUNCATE job_logs, user_wallets")
        self.assert_counts(owner)
        self.assertEqual(self.value(owner, "SELECT count(*) FROM worker_dashboard.job_totals"), 0)
        now = self.rows(owner, "SELECT jobs, wallets FROM worker_dashboard.changes")[0]
        self.assertTrue(now[0] > changes[0] and now[1] > changes[1])

    def test_fold(self):
        """Folding everything leaves no delta and no empty cell, and changes no number."""
        _name, owner = self.migrated("job_logs_b")
        self.run_sql(owner, INSERT, 3000)
        for word in ("processing", "failed", "pending", "completed"):
            self.run_sql(owner, f"UPDATE job_logs SET status = '{word}', completed_at = now(), "
                         "processed_at = now() - interval '1 min'")
        changes = self.rows(owner, "SELECT * FROM worker_dashboard.changes")
        while self.value(owner, "SELECT worker_dashboard.fold_counts(1000)"):
            self.assert_counts(owner)
        for table in ("job_count", "outcome_count", "duration_count"):
            self.assertEqual(self.value(
                owner, f"SELECT count(*) FROM worker_dashboard.{table} WHERE n <= 0"), 0)
        self.assertEqual(self.value(owner, "SELECT count(*) FROM worker_dashboard.job_delta"), 0)
        self.assertEqual(self.rows(owner, "SELECT * FROM worker_dashboard.changes"), changes)
        self.assert_counts(owner)

    def test_nothing_counted_nothing_written(self):
        _name, owner = self.migrated()
        self.run_sql(owner, INSERT, 100)
        changes = self.rows(owner, "SELECT * FROM worker_dashboard.changes")
        self.run_sql(owner, "UPDATE job_logs SET data = '{}', retry_count = 2, updated_at = now()")
        self.run_sql(owner, "UPDATE user_wallets SET balance = 5")
        self.run_sql(owner, "UPDATE job_logs SET status = 'failed' WHERE false")
        self.assertEqual(self.rows(owner, "SELECT * FROM worker_dashboard.changes"), changes)

    def test_odd_rows(self):
        """Rows that no form would make: no time, infinite times, unknown words, no word at all."""
        _name, owner = self.migrated()
        self.run_sql(owner, "ALTER TABLE job_logs DROP CONSTRAINT job_logs_status_check, "
                     "DROP CONSTRAINT job_logs_job_type_check, ALTER status DROP NOT NULL, "
                     "ALTER job_type DROP NOT NULL, ALTER triggered_by DROP NOT NULL")
        for times in ("NULL, NULL, NULL", "'infinity', '-infinity', 'infinity'",
                      "now(), now() - interval '1 day', now() - interval '2 days'",
                      "'0044-03-15 BC', '294276-01-01', '294276-01-01'"):
            for status in ("completed", "odd", "", None):
                self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type, status, triggered_by, "
                             "created_at, started_at, completed_at) VALUES "
                             f"(gen_random_uuid()::text, 'sync', %s, NULL, {times})", status)
        self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type, status) "
                     "VALUES ('n', NULL, NULL)")
        self.assert_counts(owner)
        self.assertEqual(self.rows(owner, "SELECT sum(cells)::int FROM worker_dashboard.recount()"),
                         [(0,)])

    def test_recount_mends(self):
        """What was missed with the triggers off is found, told and mended."""
        _name, owner = self.migrated()
        self.run_sql(owner, INSERT, 500)
        self.run_sql(owner, "ALTER TABLE job_logs DISABLE TRIGGER USER")
        self.run_sql(owner, "DELETE FROM job_logs WHERE wallet_address < 'w3'")
        self.run_sql(owner, "UPDATE job_logs SET status = 'failed', completed_at = now(), "
                     "started_at = created_at WHERE wallet_address > 'w7'")
        self.run_sql(owner, "ALTER TABLE job_logs ENABLE TRIGGER USER")
        wrong = {part: cells for part, cells, _rows in
                 self.rows(owner, "SELECT * FROM worker_dashboard.recount(false)")}
        self.assertTrue(wrong["jobs"] and wrong["outcomes"] and wrong["durations"])
        self.assertEqual(wrong["wallets"], 0)
        self.assertNotEqual(self.differences(owner), {})
        changes = self.rows(owner, "SELECT * FROM worker_dashboard.changes")
        self.run_sql(owner, "SELECT * FROM worker_dashboard.recount()")
        self.assert_counts(owner)
        self.assertNotEqual(self.rows(owner, "SELECT * FROM worker_dashboard.changes"), changes)
        with self.assertRaises(psycopg2.Error):
            self.run_sql(owner, "BEGIN ISOLATION LEVEL REPEATABLE READ")
            self.run_sql(owner, "SELECT * FROM worker_dashboard.recount()")
        self.run_sql(owner, "ROLLBACK")

    def test_broken_counting_harms_no_worker(self):
        """Where a delta cannot be written the worker's row is, and the gap is remembered."""
        name, owner = self.migrated()
        self.grant(owner)
        writer = self.connect(name, "writer")
        self.run_sql(owner, "ALTER TABLE worker_dashboard.job_delta RENAME TO elsewhere")
        self.run_sql(writer, "CREATE TEMP TABLE job_delta (n int)")
        self.assertEqual(self.run_sql(writer, INSERT, 10), 10)
        self.run_sql(writer, "DROP TABLE job_delta")
        self.run_sql(owner, "ALTER TABLE worker_dashboard.elsewhere RENAME TO job_delta")
        self.assertTrue(self.value(owner, "SELECT is_called FROM worker_dashboard.missed"))
        self.run_sql(owner, "SELECT * FROM worker_dashboard.recount()")
        self.assert_counts(owner)

    def test_durations(self):
        """A bucket's middle is within 5 % of every duration in it."""
        _name, owner = self.migrated()
        for seconds in (0.0011, 0.25, 1, 59.9, 3600, 86400, 604800):
            self.run_sql(owner, "TRUNCATE job_logs")
            self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type, status, created_at, "
                         "started_at, completed_at) "
                         "SELECT 'x', 'sync', 'failed', t, t + w, t + 3 * w "
                         "FROM (SELECT now() AS t, %s * interval '1 s' AS w) AS s", seconds)
            for measure, factor in (("wait", 1), ("run", 2)):
                shown = self.value(owner, "SELECT worker_dashboard.bucket_seconds(bucket) "
                                   "FROM worker_dashboard.job_durations "
                                   "WHERE span = 1440 AND measure = %s", measure)
                self.assertAlmostEqual(shown / (seconds * factor), 1, delta=0.05)

    def test_notify(self):
        """At most about four a second, waiting for nobody; the rest is seen in "changes"."""
        name, owner = self.migrated()
        listener = self.connect(name)
        self.run_sql(listener, "LISTEN worker_dashboard")
        holder = self.connect(name)
        self.run_sql(holder, "BEGIN")
        self.run_sql(holder, INSERT, 1)

        before = self.value(owner, "SELECT jobs FROM worker_dashboard.changes")
        start = time.monotonic()
        writes = 0
        while time.monotonic() - start < 2 or writes <= 20:
            self.run_sql(owner, INSERT, 1)
            writes += 1
        ticks = 4 * (time.monotonic() - start) + 2

        def heard():
            select.select([listener], [], [], 0.05)
            listener.poll()
            return listener.notifies

        wait_until(heard, 10, "a notification")
        self.assertLessEqual(len(listener.notifies), ticks)
        self.assertEqual({note.payload for note in listener.notifies}, {""})
        self.assertEqual(self.value(owner, "SELECT jobs FROM worker_dashboard.changes"),
                         before + writes)
        self.run_sql(holder, "COMMIT")

    def test_cost(self):
        """Prints what the triggers cost a worker; a figure, not a verdict."""
        name, owner = self.migrated()
        self.run_sql(owner, INSERT, 20000)
        self.run_sql(owner, "UPDATE job_logs SET job_id = 'j' || wallet_address")
        worker = self.connect(name)

        def rate():
            start = time.monotonic()
            for number in range(1500):
                self.run_sql(worker, "UPDATE job_logs SET status = CASE status WHEN 'active' "
                             "THEN 'pending' ELSE 'active' END WHERE job_id = %s",
                             f"jw{number % 20000 + 1}")
            return 1500 / (time.monotonic() - start)

        rates = {}
        rate()
        for state in ("DISABLE", "ENABLE") * 3:
            self.run_sql(owner, f"ALTER TABLE job_logs {state} TRIGGER wd_count_update")
            changes = self.value(owner, "SELECT jobs FROM worker_dashboard.changes")
            rates[state] = max(rates.get(state, 0), rate())
            changes = self.value(owner, "SELECT jobs FROM worker_dashboard.changes") - changes
            self.assertEqual(changes, 3000 if state == "ENABLE" else 0)
        print(f"updates a second: {rates['DISABLE']:.0f} without triggers, "
              f"{rates['ENABLE']:.0f} with ({1 - rates['ENABLE'] / rates['DISABLE']:.0%} less)")
        while self.value(owner, "SELECT worker_dashboard.fold_counts()"):
            pass
        start = time.monotonic()
        for part in COUNTS:
            self.rows(owner, COUNTS[part][0])
        print(f"all counts read in {(time.monotonic() - start) * 1000:.1f} ms")


if __name__ == "__main__":
    unittest.main(verbosity=2)

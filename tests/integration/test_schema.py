# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The migrations on every kind of database they may meet."""

import itertools
import unittest

import psycopg2

from fixtures.migrations import load_sample, migrate, migrate_with_psql, migration_paths
from fixtures.postgres import OWNER
from schema_case import SchemaCase

JOB_TABLES = {
    "no job_logs": [],
    "A": ["job_logs_a"],
    "B": ["job_logs_b"],
    "A then B": ["job_logs_a", "job_logs_b"],
    "B then A": ["job_logs_b", "job_logs_a"],
}
WALLET_TABLES = [None, "wallets_seed", "wallets_oldest", "wallets_text", "wallets_platform"]
STATUSES = ["pending", "active", "processing", "completed", "failed", "retrying", "cancelled"]
TYPES = ["gas-topup", "consolidation", "sync", "deposit-detection"]
TRIGGERS = ["system", "manual", "deposit", "schedule"]
TABLES = ("job_logs", "user_wallets")


class SchemaTest(SchemaCase):

    def site(self, jobs, wallets):
        """Makes a database as a site has it; returns its name and the owner's connection."""
        name = self.database()
        admin = self.connect(name, "postgres")
        load_sample(admin, "auth_users")
        owner = self.connect(name)
        if wallets:
            self.assertEqual(load_sample(owner, wallets), [])
        for sample in JOB_TABLES[jobs]:
            load_sample(owner, sample)
        return name, owner

    def test_every_kind_of_table(self):
        self.role("worker", "BYPASSRLS")
        for jobs, wallets in itertools.product(JOB_TABLES, WALLET_TABLES):
            with self.subTest(jobs=jobs, wallets=wallets):
                name, owner = self.site(jobs, wallets)
                before = self.fingerprint(owner)
                migrate(owner)
                self.check_untouched(owner, before)
                self.check_vocabulary(owner)
                self.check_worker(name, owner)
                self.check_second_time(name, owner)

    def test_optional(self):
        """The indexes to search by, where the extension is not there yet, or in Supabase's schema,
        or may not be made; workers write as before."""
        self.role("worker", "BYPASSRLS")
        search, data = migration_paths(optional=True)
        for jobs in JOB_TABLES:
            with self.subTest(jobs=jobs):
                name, owner = self.site(jobs, None)
                if jobs == "A":
                    self.run_sql(owner, "CREATE SCHEMA extensions")
                migrate(owner)
                with self.assertRaisesRegex(psycopg2.Error, "apply 0015_job_search first"):
                    migrate(owner, [data])
                self.run_sql(owner, "INSERT INTO public.job_logs (job_id, job_type, status) VALUES "
                             "('here', 'sync', 'pending')")
                for _ in range(2):
                    migrate(owner, [search])
                self.assertEqual(
                    self.value(owner, "SELECT extnamespace::regnamespace::text FROM pg_extension "
                               "WHERE extname = 'pg_trgm'"),
                    "extensions" if jobs == "A" else "public")
                if self.value(owner, "SELECT data_type FROM information_schema.columns WHERE "
                              "table_schema = 'public' AND table_name = 'job_logs' AND "
                              "column_name = 'data'") == "jsonb":
                    migrate(owner, [data])
                else:
                    with self.assertRaisesRegex(psycopg2.Error, "data is not jsonb"):
                        migrate(owner, [data])
                self.check_worker(name, owner)
                self.assertEqual(self.value(owner, "SELECT count(*) FROM pg_index "
                                            "WHERE NOT indisvalid"), 0)
                migrate_with_psql(self.environment(name), [search])

    def test_optional_refused(self):
        name, owner = self.site("A", None)
        migrate(owner)
        self.run_sql(self.connect(name, "postgres"),
                     f'REVOKE CREATE ON DATABASE "{name}" FROM {OWNER}')
        with self.assertRaisesRegex(psycopg2.errors.InsufficientPrivilege,
                                    "may not create the extension pg_trgm.*CREATE EXTENSION"):
            migrate(owner, migration_paths(optional=True)[:1])

    def fingerprint(self, owner):
        """Files, rows and row security of the tables that are there."""
        found = {}
        for table in TABLES:
            if self.value(owner, "SELECT to_regclass(%s)", f"public.{table}"):
                found[table] = (
                    self.rows(owner, "SELECT relfilenode, relrowsecurity, relacl FROM pg_class "
                              "WHERE oid = %s::regclass", f"public.{table}"),
                    [row for row, in self.rows(
                        owner, f"SELECT to_jsonb(t) FROM public.{table} AS t ORDER BY t::text")],
                    {row for row, in self.rows(owner, "SELECT indexname FROM pg_indexes "
                                               "WHERE tablename = %s", table)})
        return found

    def check_untouched(self, owner, before):
        """No rewrite, no row lost or changed, no index gone, security as it was."""
        after = self.fingerprint(owner)
        for table, (security, rows, indexes) in before.items():
            self.assertEqual(after[table][0], security)
            self.assertLessEqual(indexes, after[table][2])
            self.assertEqual(len(after[table][1]), len(rows))
            for row in rows:
                self.assertTrue(any(row.items() <= now.items() for now in after[table][1]), row)
        self.assertEqual(self.rows(owner, "SELECT conname FROM pg_constraint "
                                   "WHERE conrelid = 'job_logs'::regclass AND NOT convalidated"),
                         [])

    def check_vocabulary(self, owner):
        for column, words in (("status", STATUSES), ("job_type", TYPES),
                              ("triggered_by", TRIGGERS)):
            for word in words:
                self.run_sql(owner, "INSERT INTO public.job_logs (job_id, job_type, status, "
                             "triggered_by) VALUES (gen_random_uuid()::text, 'sync', 'failed', "
                             "'manual')")
                self.run_sql(owner, f"UPDATE public.job_logs SET {column} = %s, "
                             "started_at = now(), completed_at = now(), error_message = NULL, "
                             "retry_count = 0, max_retries = 3", word)
            with self.assertRaises(psycopg2.errors.CheckViolation):
                self.run_sql(owner, f"UPDATE public.job_logs SET {column} = 'nonsense'")
        self.assert_counts(owner)

    def check_worker(self, name, owner):
        """A worker that may only select, insert and update works as before."""
        self.run_sql(owner, "GRANT SELECT, INSERT, UPDATE ON public.job_logs, "
                     "public.user_wallets TO worker")
        worker = self.connect(name, "worker")
        self.run_sql(worker, "INSERT INTO public.job_logs (job_id, job_type, status) "
                     "VALUES ('mine', 'sync', 'pending')")
        self.run_sql(worker, "UPDATE public.job_logs SET status = 'completed', "
                     "started_at = now(), completed_at = now() WHERE job_id = 'mine'")
        self.run_sql(worker, "UPDATE public.user_wallets SET needs_gas = true, "
                     "needs_consolidation = NULL")
        with self.assertRaises(psycopg2.errors.InsufficientPrivilege):
            self.rows(worker, "SELECT * FROM worker_dashboard.outbox")
        self.assert_counts(owner)
        worker.close()

    def check_second_time(self, name, owner):
        definition = self.dump(name)
        rows = self.fingerprint(owner)
        changes = self.rows(owner, "SELECT jobs, wallets FROM worker_dashboard.changes")
        migrate(owner)
        migrate_with_psql(self.environment(name))
        self.assertEqual(self.dump(name), definition)
        self.assertEqual(self.fingerprint(owner), rows)
        self.assertEqual(self.rows(owner, "SELECT jobs, wallets FROM worker_dashboard.changes"),
                         changes)
        self.assert_counts(owner)

    def test_psql_alone(self):
        """psql makes the same of an empty database as the migrator does."""
        by_psql, by_migrator = self.database(), self.database()
        migrate_with_psql(self.environment(by_psql))
        migrate(self.connect(by_migrator))
        self.assertEqual(self.dump(by_psql), self.dump(by_migrator))

    def test_hosted_roles(self):
        """The roles behind a public key get nothing, whatever default privileges say."""
        for owns in (True, False):
            for sample in ((), ("wallets_seed", "job_logs_a")):
                with self.subTest(owns_the_tables=owns, tables=sample):
                    self.check_hosted_roles(owns, sample)

    def check_hosted_roles(self, owns, samples):
        name = self.database()
        admin = self.connect(name, "postgres")
        load_sample(admin, "auth_users")
        self.assertEqual(load_sample(admin, "supabase_like", OWNER=OWNER), [])
        owner = self.connect(name)
        for sample in samples:
            self.assertEqual(load_sample(owner, sample), [])
        grants = self.fingerprint(owner)
        if not owns and samples:
            self.role("site")
            self.run_sql(admin, f"GRANT site TO {OWNER}")
            self.run_sql(admin, "GRANT CREATE ON SCHEMA public TO site")
            for table in TABLES:
                self.run_sql(admin, f"ALTER TABLE public.{table} OWNER TO site")
            grants = self.fingerprint(owner)
        migrate(owner)
        for visitor in ("anon", "authenticated", "public"):
            self.assertEqual(self.rows(admin, """
                SELECT 'schema', nspname FROM pg_namespace, aclexplode(nspacl) AS a
                WHERE nspname = 'worker_dashboard' AND a.grantee = coalesce(to_regrole(%(who)s), 0)
                UNION ALL
                SELECT 'relation', relname FROM pg_class,
                  aclexplode(coalesce(relacl, acldefault(
                    CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))) AS a
                WHERE relnamespace = 'worker_dashboard'::regnamespace
                  AND relkind IN ('r', 'v', 'S') AND a.grantee = coalesce(to_regrole(%(who)s), 0)
                UNION ALL
                SELECT 'routine', proname FROM pg_proc,
                  aclexplode(coalesce(proacl, acldefault('f', proowner))) AS a
                WHERE pronamespace = 'worker_dashboard'::regnamespace
                  AND a.grantee = coalesce(to_regrole(%(who)s), 0)
                """.replace("%(who)s", f"'{visitor}'")), [], visitor)
        if samples:
            self.assertEqual(self.fingerprint(owner)["job_logs"][0], grants["job_logs"][0])
        else:
            for visitor, table in itertools.product(("anon", "authenticated"), TABLES):
                self.assertFalse(self.value(
                    admin, "SELECT has_table_privilege(%s, %s, 'SELECT, INSERT, UPDATE, DELETE')",
                    visitor, f"public.{table}"))
        self.run_sql(owner, "INSERT INTO public.job_logs (job_id, job_type) VALUES ('x', 'sync')")
        self.assert_counts(owner)

    def test_own_words_stay(self):
        """A site's wider, narrower or different checks keep what they allowed."""
        name = self.database()
        owner = self.connect(name)
        load_sample(owner, "wallets_seed")
        load_sample(owner, "job_logs_a")
        self.run_sql(owner, "ALTER TABLE job_logs DROP CONSTRAINT job_logs_status_check, "
                     "ADD CONSTRAINT our_words CHECK (status ~ '^stuck' OR status = 'pending'), "
                     "ADD CONSTRAINT times "
                     "CHECK (status <> 'completed' OR completed_at IS NOT NULL)")
        migrate(owner)
        for word in STATUSES + ["stuck", "stuck again"]:
            self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type, status, completed_at) "
                         "VALUES (%s, 'sync', %s, now())", word, word)
        for word, column in (("nonsense", "now()"), ("completed", "NULL")):
            with self.assertRaises(psycopg2.errors.CheckViolation):
                self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type, status, completed_at) "
                             f"VALUES ('x', 'sync', %s, {column})", word)
        self.assert_counts(owner)

    def test_rows_against_a_check(self):
        """A check that old rows break is widened all the same, and holds for new rows."""
        name = self.database()
        owner = self.connect(name)
        load_sample(owner, "wallets_seed")
        load_sample(owner, "job_logs_a")
        self.run_sql(owner, "ALTER TABLE job_logs DROP CONSTRAINT job_logs_status_check")
        self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type, status) "
                     "VALUES ('x', 'sync', 'odd')")
        self.run_sql(owner, "ALTER TABLE job_logs ADD CONSTRAINT job_logs_status_check "
                     "CHECK (status IN ('pending', 'active')) NOT VALID")
        migrate(owner)
        migrate(owner)
        self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type, status) "
                     "VALUES ('y', 'sync', 'cancelled')")
        self.assert_counts(owner)

    def test_invalid_index(self):
        """An index that a cancelled run left behind is made anew."""
        name, owner = self.site("A", "wallets_seed")
        self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type) "
                     "SELECT n::text, 'sync' FROM generate_series(1, 10) AS n")
        writer = self.connect(name)
        self.run_sql(writer, "BEGIN; UPDATE job_logs SET data = '{}'; "
                     "UPDATE user_wallets SET balance = 0")
        for table, index in (("job_logs", "wd_job_logs_created"),
                             ("user_wallets", "wd_user_wallets_needs_gas")):
            with self.assertRaises(psycopg2.errors.LockNotAvailable):
                self.run_sql(owner, "SET lock_timeout = '100ms'")
                self.run_sql(owner, f"CREATE INDEX CONCURRENTLY {index} ON {table} (user_id)")
        self.run_sql(writer, "ROLLBACK")
        self.run_sql(owner, "RESET lock_timeout")
        invalid = ("SELECT count(*) FROM pg_index WHERE NOT indisvalid "
                   "AND indexrelid::regclass::text LIKE 'wd%'")
        self.assertEqual(self.value(owner, invalid), 2)
        migrate(owner)
        self.assertEqual(self.value(owner, invalid), 0)
        self.assertIn("(created_at, id)", self.value(
            owner, "SELECT pg_get_indexdef('wd_job_logs_created'::regclass)"))

    def test_indexes_serve(self):
        """The lists' orders and the duplicate guard are answered from the indexes."""
        name, owner = self.site("B", "wallets_text")
        migrate(owner)
        self.run_sql(owner, "INSERT INTO job_logs (job_id, job_type, wallet_address, status, "
                     "completed_at) SELECT n::text, 'sync', 'w' || n, 'completed', now() "
                     "FROM generate_series(1, 5000) AS n")
        self.run_sql(owner, "ANALYZE job_logs")
        for query, index in (
                ("ORDER BY created_at DESC, id DESC LIMIT 50", "wd_job_logs_created"),
                ("WHERE status = 'completed' AND (created_at, id) < (now(), gen_random_uuid()) "
                 "ORDER BY created_at DESC, id DESC LIMIT 50", "wd_job_logs_"),
                ("WHERE wallet_address = 'w7' ORDER BY created_at DESC, id DESC LIMIT 50",
                 "wd_job_logs_wallet"),
                ("WHERE job_type = 'sync' AND wallet_address = 'w7' "
                 "AND status IN ('pending', 'active', 'processing', 'retrying')",
                 "wd_job_logs_under_way"),
                ("WHERE job_type = 'sync' AND wallet_address = 'w7' AND status "
                 "NOT IN ('pending', 'active', 'processing', 'retrying', 'completed')",
                 "wd_job_logs_ended")):
            plan = "\n".join(row for row, in self.rows(
                owner, f"EXPLAIN SELECT created_at, id FROM job_logs {query}"))
            self.assertIn(index, plan)
            self.assertNotIn("Seq Scan", plan)
        plan = "\n".join(row for row, in self.rows(
            owner, "EXPLAIN SELECT max(completed_at) FROM job_logs WHERE job_type = 'sync'"))
        self.assertIn("wd_job_logs_finished", plan)
        self.assertEqual({row for row, in self.rows(
            owner, "SELECT indexname FROM pg_indexes WHERE tablename = 'user_wallets'")},
            {"wd_user_wallets_address", "wd_user_wallets_created", "wd_user_wallets_network",
             "wd_user_wallets_needs_gas", "wd_user_wallets_needs_consolidation"})


if __name__ == "__main__":
    unittest.main(verbosity=2)

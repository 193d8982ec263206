#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What another role makes in a schema that it may write to is never run by ours."""

import unittest

from money_case import MoneyCase

STRANGER = "mallory"

# Nearer to a comparison of two varchar columns than PostgreSQL's own, which is of text.
TRAP = ("CREATE FUNCTION public.never (varchar, varchar) RETURNS boolean IMMUTABLE "
        "LANGUAGE sql AS $$ SELECT false $$",
        "CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, "
        "FUNCTION = public.never)")

CAUGHT = ("SELECT pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend AS d "
          "WHERE d.refobjid IN ('public.never'::regproc, 'public.=(varchar,varchar)'::regoperator) "
          "AND d.classid <> 'pg_operator'::regclass")


class SearchPath(MoneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        owner = cls.site.postgres.connect(user="postgres")
        cls.addClassCleanup(owner.close)
        with owner.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {STRANGER} LOGIN")
            cursor.execute("CREATE DATABASE other TEMPLATE template0 OWNER platform")

    def set_trap(self, database):
        admin = self.site.postgres.connect(user="postgres", database=database)
        stranger = self.site.postgres.connect(user=STRANGER, database=database)
        self.addCleanup(admin.close)
        self.addCleanup(stranger.close)
        with admin.cursor() as cursor:
            cursor.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
        with stranger.cursor() as cursor:
            for statement in TRAP:
                cursor.execute(statement)
        return admin

    def run_in(self, connection, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def test_guard_sees(self):
        admin = self.set_trap("platform")
        self.addCleanup(self.run_in, admin, "DROP FUNCTION public.never CASCADE")
        wallet, = self.site.add_wallets(1)
        self.ask("dispatch", "gas-topup", "--wallet", wallet)
        self.assertEqual(self.ask("dispatch", "gas-topup", "--wallet", wallet,
                                  status=4)["code"], "duplicate")
        self.assertEqual(len(self.queued()), 1)

    def test_migrations_are_not_caught(self):
        admin = self.set_trap("other")
        answer = self.site.wdctl("migrate", DATABASE_URL=self.site.postgres.url(database="other"))
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.run_in(admin, CAUGHT), [])

    def finding(self, name):
        checks = self.site.wdctl("doctor").document["checks"]
        return next(check["message"] for check in checks if check["name"] == name)

    def test_function_of_the_site(self):
        """A trigger that counts on a search_path says so, and nothing is done by half."""
        self.site.sql("CREATE TABLE public.noted (id uuid)")
        self.site.sql("CREATE FUNCTION public.note () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                      "INSERT INTO noted VALUES (NEW.id); RETURN NULL; END $$")
        self.site.sql("CREATE TRIGGER notes AFTER INSERT ON job_logs FOR EACH ROW "
                      "EXECUTE FUNCTION public.note ()")
        self.addCleanup(self.site.sql, "DROP TABLE public.noted")
        self.addCleanup(self.site.sql, "DROP FUNCTION public.note CASCADE")
        wallet, = self.site.add_wallets(1)
        self.assertIn("ALTER FUNCTION public.note() SET search_path = public;",
                      self.finding("postgres-functions"))
        error = self.ask("dispatch", "gas-topup", "--wallet", wallet, status=1)["error"]
        self.assertIn("ALTER FUNCTION … SET search_path", error)
        self.assertIn("public.note()", error)
        self.assertEqual((self.queued(), self.site.outbox()), ([], []))
        self.site.sql("ALTER FUNCTION public.note() SET search_path = public")
        self.ask("dispatch", "gas-topup", "--wallet", wallet)
        self.assertEqual(self.site.sql("SELECT count(*) FROM noted"), [(1,)])

    def test_policy_of_the_site(self):
        """So does one in SQL by which row security decides; nobody says that tables are missing."""
        self.site.sql("CREATE TABLE public.tenants (id integer)")
        self.addCleanup(self.site.sql, "DROP TABLE public.tenants")
        self.site.sql("CREATE FUNCTION public.sees () RETURNS boolean LANGUAGE sql AS "
                      "$$ SELECT EXISTS (SELECT FROM tenants) $$")
        self.addCleanup(self.site.sql, "DROP FUNCTION public.sees CASCADE")
        self.site.sql("CREATE POLICY seen ON job_logs USING (public.sees())")
        for word in ("ENABLE", "FORCE"):
            self.site.sql(f"ALTER TABLE job_logs {word} ROW LEVEL SECURITY")
        self.addCleanup(self.site.sql, "ALTER TABLE job_logs DISABLE ROW LEVEL SECURITY")
        self.addCleanup(self.site.sql, "ALTER TABLE job_logs NO FORCE ROW LEVEL SECURITY")
        error = self.ask("jobs", "list", status=1)["error"]
        self.assertIn("ALTER FUNCTION … SET search_path", error)
        self.assertIn("sees", error)
        self.assertIn("ALTER FUNCTION public.sees() SET search_path = public;",
                      self.finding("postgres-functions"))
        self.site.sql("ALTER FUNCTION public.sees() SET search_path = public")
        self.ask("jobs", "list")


if __name__ == "__main__":
    unittest.main()

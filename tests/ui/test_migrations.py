#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Migrations by the window that do not go straight to their end: refused, failing, stopped."""

import os
import re

import window as harness
from connection_case import ConnectionCase, button
from fixtures.migrations import migrate, migration_paths
from fixtures.stack import Stack

N_MIGRATIONS = len(migration_paths())
MIGRATIONS = "Migrations"


class Migrating(ConnectionCase):
    """A database with the platform's two tables alone."""

    def setUp(self):
        super().setUp()
        self.stack = Stack()
        self.addCleanup(self.stack.close)

    def sql(self, text, user="postgres"):
        connection = self.stack.postgres.connect(user=user)
        self.addCleanup(connection.close)
        with connection.cursor() as cursor:
            cursor.execute(text)
            return cursor.fetchall() if cursor.description else []

    def applied(self):
        """The names that the ledger has."""
        return [name for (name,) in
                self.sql("SELECT name FROM worker_dashboard.migration ORDER BY name")]

    def open_migrations(self, extra=""):
        self.write_file(f"[Live]\ndatabase-url={self.stack.postgres.url()}\n"
                        f"redis-url={self.stack.redis.url()}\nkeyring=false\n{extra}")
        window = self.open(self.stack, "--profile=Live", page="overview")
        self.press("Show Migrations…")
        last = os.path.splitext(os.path.basename(migration_paths()[-1]))[0]
        window.find("list item", f"{last}: Pending")
        return window

    def begin(self, count, typed=None):
        """Presses Apply, and again in the question, with TYPED in its entry first."""
        question = f"Apply {count} Migration{'' if count == 1 else 's'}?"
        self.press("Apply…", within=("dialog", MIGRATIONS))
        self.window.find("dialog", question)
        if typed:
            go = self.window.find("push button", button("Apply"), within=("dialog", question))
            self.assertFalse(go.has("sensitive"))
            entry = self.window.find("text", None, within=("dialog", question))
            entry.set_text(typed.lower())
            self.assertFalse(self.window.find("push button", button("Apply"),
                                              within=("dialog", question)).has("sensitive"))
            self.window.screenshot("connections-migrations-typed")
            entry.set_text(typed)
        self.press("Apply", within=("dialog", question))

    def says(self, pattern):
        return self.window.find("label", re.compile(pattern, re.DOTALL), seconds=60).name

    def test_failing(self):
        """Somebody else owns a table: what is applied, what failed, and why; then on from there."""
        with self.stack.postgres.connect(user="postgres") as admin:
            migrate(admin, migration_paths()[:2])
        self.sql("ALTER TABLE user_wallets OWNER TO platform; "
                 "GRANT ALL ON job_logs TO platform")
        window = self.open_migrations()
        self.begin(N_MIGRATIONS)
        text = self.says("Migration “0011_job_indexes”: .*")
        self.assertRegex(text, "must be owner of table job_logs\nApplied: 10. Still pending: "
                               f"{N_MIGRATIONS - 10}. Apply the rest as the role that owns the "
                               "tables, or .*")
        window.find("list item", "0010_first_count: Applied")
        window.find("list item", "0011_job_indexes: Failed")
        window.find("list item", "0012_wallet_indexes: Pending")
        window.screenshot("connections-migrations-failed")
        self.assertEqual(len(self.applied()), 10)
        self.sql("ALTER TABLE job_logs OWNER TO platform")
        self.begin(N_MIGRATIONS - 10)
        self.says("Every migration that is needed is applied")
        window.find("list item", "0011_job_indexes: Applied")
        self.assertEqual(len(self.applied()), N_MIGRATIONS)
        self.choose_optional(window)

    def choose_optional(self, window):
        """Optional ones say what they cost, and are applied only when somebody ticks them."""
        window.find("list item", "0015_job_search: Optional")
        window.find("list item", "0016_data_search: Optional")
        self.assertFalse(window.find("push button", button("Apply…"),
                                     within=("dialog", MIGRATIONS)).has("sensitive"))
        window.focus_other(MIGRATIONS)
        window.move_to("check box", "Apply 0015_job_search")
        self.says("1 migration is pending")
        window.screenshot("connections-migrations-optional")
        self.begin(1)
        window.find("list item", "0015_job_search: Applied")
        self.says("Every migration that is needed is applied")
        self.assertEqual([name for name in self.applied() if name[:4] in ("0015", "0016")],
                         ["0015_job_search"])

    def test_stopped(self):
        """Between two of them, then within one; on a production connection, by its typed name."""
        with self.stack.postgres.connect() as owner:
            migrate(owner, migration_paths()[:2])
        holder = self.stack.postgres.connect()
        self.addCleanup(holder.close)
        holder.autocommit = False
        window = self.open_migrations("production=true\n")
        # The triggers of user_wallets have to wait for this.
        with holder, holder.cursor() as cursor:
            cursor.execute("LOCK TABLE user_wallets IN ROW EXCLUSIVE MODE")
            self.begin(N_MIGRATIONS, typed="Live")
            window.find("list item", "0007_count_wallets: Running")
            self.says(r"Applying “0007_count_wallets”, statement . of . "
                      rf"\(migration 7 of {N_MIGRATIONS}\)")
            self.assertFalse(window.find("push button", button("Close"),
                                         within=("dialog", MIGRATIONS)).has("sensitive"))
            self.press("Stop", within=("dialog", MIGRATIONS))
            self.says("Stopping after “0007_count_wallets”.*")
            window.screenshot("connections-migrations-stopping")
        self.assertEqual(self.says(r"Stopped\. .*"),
                         f"Stopped. Applied: 7. Still pending: {N_MIGRATIONS - 7}.")
        self.assertEqual(len(self.applied()), 7)
        # So have its indexes, which are made without a transaction.
        with holder, holder.cursor() as cursor:
            cursor.execute("LOCK TABLE user_wallets IN ROW EXCLUSIVE MODE")
            self.begin(N_MIGRATIONS - 7, typed="Live")
            self.says("Applying “0012_wallet_indexes”.*")
            self.press("Stop", within=("dialog", MIGRATIONS))
            self.press("Stop Now", within=("dialog", MIGRATIONS))
            self.assertEqual(self.says(r"Stopped\. .*"),
                             f"Stopped. Applied: 4. Still pending: {N_MIGRATIONS - 11}.")
            window.find("list item", "0012_wallet_indexes: Pending")
            window.screenshot("connections-migrations-stopped")
        self.assertEqual(len(self.applied()), 11)
        self.begin(N_MIGRATIONS - 11, typed="Live")
        self.says("Every migration that is needed is applied")
        self.assertEqual(self.sql("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), [(0,)])


if __name__ == "__main__":
    harness.main()

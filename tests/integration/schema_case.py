# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the schema share: a cluster for the module, a database for each case."""

import atexit
import itertools
import os
import subprocess
import unittest

from fixtures.postgres import OWNER, PostgresCluster
from fixtures.processes import Household

_numbers = itertools.count(1)

# The parts of a count, each with its own reckoning of the truth: (view's query, rows' query).
_QUARTER = ("CASE WHEN isfinite({0}) THEN date_trunc('hour', {0}) + interval '15 min' * "
            "floor(date_part('minute', {0}) / 15) ELSE {0} END")
_WORDS = "coalesce(job_type, ''), coalesce(status, ''), coalesce(triggered_by, '')"
_FINISHED = "completed_at IS NOT NULL AND status IN ('completed', 'failed', 'cancelled')"
COUNTS = {
    "totals": (
        "SELECT job_type, status, triggered_by, n FROM worker_dashboard.job_totals",
        f"SELECT {_WORDS}, count(*) FROM public.job_logs GROUP BY 1, 2, 3"),
    "created by the quarter hour": (
        "SELECT since, job_type, status, triggered_by, n FROM worker_dashboard.jobs_created "
        "WHERE span = 15",
        f"SELECT coalesce({_QUARTER.format('created_at')}, '-infinity'), {_WORDS}, count(*) "
        "FROM public.job_logs GROUP BY 1, 2, 3, 4"),
    "created by the day": (
        "SELECT since, job_type, status, triggered_by, n FROM worker_dashboard.jobs_created "
        "WHERE span = 1440",
        f"SELECT coalesce(date_trunc('day', created_at), '-infinity'), {_WORDS}, count(*) "
        "FROM public.job_logs GROUP BY 1, 2, 3, 4"),
    "finished by the quarter hour": (
        "SELECT since, job_type, outcome, n FROM worker_dashboard.jobs_finished WHERE span = 15",
        f"SELECT {_QUARTER.format('completed_at')}, job_type, status, count(*) "
        f"FROM public.job_logs WHERE {_FINISHED} GROUP BY 1, 2, 3"),
    "finished ever": (
        "SELECT job_type, outcome, n FROM worker_dashboard.jobs_finished WHERE span = 0",
        f"SELECT job_type, status, count(*) FROM public.job_logs WHERE {_FINISHED} GROUP BY 1, 2"),
    "durations": (
        "SELECT measure, date_trunc('day', since), sum(n) FROM worker_dashboard.job_durations "
        "WHERE span = 1440 GROUP BY 1, 2",
        "SELECT measure, date_trunc('day', completed_at), count(*) FROM ("
        "SELECT completed_at, status, unnest(ARRAY['wait', 'run']) AS measure, "
        "unnest(ARRAY[created_at, %STARTED%]) AS since, "
        "unnest(ARRAY[%STARTED%, completed_at]) AS until FROM public.job_logs) AS t "
        f"WHERE {_FINISHED} AND isfinite(since) AND isfinite(until) GROUP BY 1, 2"),
    "wallets": (
        "SELECT needs_gas, needs_consolidation, sum(n) FROM worker_dashboard.wallet_totals "
        "GROUP BY 1, 2",
        "SELECT needs_gas, needs_consolidation, count(*) FROM public.user_wallets GROUP BY 1, 2"),
}


class SchemaCase(unittest.TestCase):
    """A test with a PostgreSQL of its own; `self.database ()` makes a database."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.household = Household()
        atexit.register(cls.household.close)
        cls.cluster = PostgresCluster(cls.household)
        cls.cluster.start()
        cls.addClassCleanup(atexit.unregister, cls.household.close)
        cls.addClassCleanup(cls.household.close)
        cls.addClassCleanup(cls.cluster.stop)
        cls.super = cls.cluster.connect(user="postgres", database="postgres")
        cls.addClassCleanup(cls.super.close)

    def database(self):
        """Makes an empty database that belongs to the platform's role; returns its name."""
        name = f"case_{next(_numbers)}"
        self.run_sql(self.super, f"CREATE DATABASE {name} TEMPLATE template0 OWNER {OWNER}")
        self.addCleanup(self.run_sql, self.super, f"DROP DATABASE {name} WITH (FORCE)")
        return name

    def connect(self, database, user=OWNER):
        connection = self.cluster.connect(user=user, database=database)
        self.addCleanup(connection.close)
        return connection

    def environment(self, database, user=OWNER):
        return {**self.cluster.environment(), "PGDATABASE": database, "PGUSER": user}

    def role(self, name, options=""):
        """Makes a role unless a test before did; roles belong to the cluster."""
        if not self.value(self.super, "SELECT to_regrole(%s) IS NOT NULL", name):
            self.run_sql(self.super, f"CREATE ROLE {name} LOGIN {options}")

    @staticmethod
    def run_sql(connection, sql, *parameters):
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters or None)
            return cursor.rowcount

    @staticmethod
    def rows(connection, sql, *parameters):
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters or None)
            return cursor.fetchall()

    def value(self, connection, sql, *parameters):
        return self.rows(connection, sql, *parameters)[0][0]

    def dump(self, database):
        """The database's definition as text, without what pg_dump makes up for each run."""
        result = subprocess.run(["pg_dump", "-s", "--no-comments"], check=True, text=True,
                                env={**os.environ, **self.environment(database, "postgres")},
                                capture_output=True)
        return [line for line in result.stdout.splitlines() if not line.startswith("\\")]

    def differences(self, connection, parts=COUNTS):
        """Every count that is not what the rows say, in one snapshot each; empty when right."""
        started = "started_at"
        if self.value(connection, "SELECT worker_dashboard.has_column('public.job_logs', %s)",
                      "processed_at"):
            started = "coalesce(started_at, processed_at)"
        wrong = {}
        for part in parts:
            shown, true = (query.replace("%STARTED%", started) for query in COUNTS[part])
            found = self.rows(connection, f"SELECT 'shown, not there', x::text FROM (({shown}) "
                              f"EXCEPT ALL ({true})) AS x UNION ALL "
                              f"SELECT 'there, not shown', x::text FROM (({true}) "
                              f"EXCEPT ALL ({shown})) AS x")
            if found:
                wrong[part] = found[:5]
        return wrong

    def assert_counts(self, connection):
        self.assertEqual(self.differences(connection), {})
        self.assertEqual(self.value(connection, "SELECT is_called FROM worker_dashboard.missed"),
                         False, "a trigger could not count")

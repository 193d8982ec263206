# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What counting costs PostgreSQL: the totals of millions of rows when they are read, and those who
write them, by the triggers."""

import os
import re
import statistics
import subprocess
import time

from fixtures.postgres import binary
from fixtures.processes import FixtureError, dies_with_parent

from .programs import Backend

# The first calls connect, look at the tables and fold what is not counted yet.
WARM_UP = 20
CLIENTS = 4
ROWS = 200000

# Rows anywhere in the table, so that no two clients want the same one.
SAMPLE = """
CREATE TABLE bench_row (n serial PRIMARY KEY, id uuid NOT NULL);
INSERT INTO bench_row (id) SELECT id FROM job_logs TABLESAMPLE SYSTEM (50) LIMIT %s;
ANALYZE bench_row;
"""
# As a worker does that finishes a job, or begins it: every one changes counts.
UPDATE = """
\\set n random(1, :rows)
UPDATE job_logs SET status = CASE status WHEN 'active' THEN 'completed' ELSE 'active' END,
  started_at = CASE status WHEN 'active' THEN started_at ELSE now() END,
  completed_at = CASE status WHEN 'active' THEN now() END, updated_at = now()
WHERE id = (SELECT id FROM bench_row WHERE n = :n);
"""
NAIVE = """
SELECT job_type, status, count(*),
  count(*) FILTER (WHERE completed_at >= now() - interval '1 hour'),
  count(*) FILTER (WHERE completed_at >= now() - interval '1 day'), max(completed_at)
FROM job_logs GROUP BY 1, 2
"""


def spent(cursor):
    """Returns the milliseconds that statements have cost so far, planning included."""
    cursor.execute("SELECT sum(total_exec_time + total_plan_time) FROM pg_stat_statements")
    return cursor.fetchone()[0]


def measure_cards(table, stack, cursor, refreshes):
    """All stat cards as the window asks for them, by the server's own clock."""
    with Backend(stack.environment()) as backend:
        for _ in range(WARM_UP):
            backend.call("stats")
        costs = []
        for _ in range(refreshes):
            before = spent(cursor)
            backend.call("stats")
            costs.append(spent(cursor) - before)
    before = spent(cursor)
    cursor.execute(NAIVE)
    cursor.fetchall()
    naive = spent(cursor) - before
    table.add("cards", statistics.median(costs), "all stat cards: PostgreSQL's time, median")
    table.add("cards-worst", max(costs), "  the slowest")
    table.add("cards-naive", naive, "  by count(*)")


class Writers:
    """pgbench with CLIENTS that update single rows."""

    def __init__(self, stack, cursor, backend, rows, waits):
        self._environment = stack.postgres.environment()
        self._cursor = cursor
        self._backend = backend
        self._rows = rows
        self._waits = waits
        self._script = stack.postgres.household.write("update.sql", UPDATE)
        self.lock_waits = 0

    def run(self, seconds, watched=True):
        """Returns the updates a second, a window looking on where WATCHED: without triggers it
        would count the rows one by one."""
        process = subprocess.Popen(
            [binary("pgbench"), "-n", "-c", str(CLIENTS), "-j", "1", "-T", str(seconds),
             "-M", "prepared", "-D", f"rows={self._rows}", "-f", self._script],
            env={**os.environ, **self._environment,
                 "PGOPTIONS": f"-c synchronous_commit={'on' if self._waits else 'off'}"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            preexec_fn=dies_with_parent())
        looked = 0.0
        while process.poll() is None:
            self._cursor.execute("SELECT count(*) FROM pg_stat_activity "
                                 "WHERE application_name = 'pgbench' AND wait_event_type = 'Lock'")
            self.lock_waits += self._cursor.fetchone()[0]
            if watched and time.monotonic() - looked > 1:
                looked = time.monotonic()
                self._backend.call("stats")
            time.sleep(0.02)
        said = process.stdout.read()
        speed = re.search(r"^tps = ([0-9.]+)", said, re.MULTILINE)
        if process.returncode or not speed:
            raise FixtureError(f"pgbench: {said}")
        return float(speed[1])


def switch_triggers(cursor, action):
    """ENABLE or DISABLE those of ours: the table has one of its own, that of updated_at."""
    cursor.execute("SELECT string_agg(format('%%s TRIGGER %%I', %s, tgname), ', ') FROM pg_trigger "
                   "WHERE tgrelid = 'job_logs'::regclass AND starts_with(tgname, 'wd_')",
                   (action,))
    cursor.execute("ALTER TABLE job_logs " + cursor.fetchone()[0])


def measure_triggers(table, stack, cursor, quick):
    """In turns, with the triggers and without them; by the server's default, by which a COMMIT
    waits for the disk, and without that wait, when there is less beside the triggers."""
    cursor.execute(SAMPLE, (ROWS,))
    cursor.execute("GRANT SELECT ON bench_row TO PUBLIC")
    cursor.execute("SELECT count(*) FROM bench_row")
    rows = cursor.fetchone()[0]
    seconds = 2 if quick else 10
    with Backend(stack.environment()) as backend:
        for waits, name in ((True, "triggers"), (False, "triggers-async")):
            writers = Writers(stack, cursor, backend, rows, waits)
            writers.run(seconds)
            lock_waits, counted, plain = 0, [], []
            for _ in range(2 if quick else 4):
                writers.lock_waits = 0
                counted.append(writers.run(seconds))
                lock_waits += writers.lock_waits
                switch_triggers(cursor, "DISABLE")
                plain.append(writers.run(seconds, watched=False))
                switch_triggers(cursor, "ENABLE")
            add_triggers(table, name, plain, counted, lock_waits)


def add_triggers(table, name, plain, counted, lock_waits):
    how = "COMMIT waits for the disk" if name == "triggers" else "it does not wait"
    without, having = statistics.median(plain), statistics.median(counted)
    table.add(name + "-without", without, f"updates a second by {CLIENTS} clients; {how}", plain)
    table.add(name + "-with", having, "  with the triggers, a window looking on", counted)
    table.add(name + "-cost", (without - having) * 100 / without, "  what the triggers cost")
    table.add(name + "-waits", lock_waits, "  looks that found one waiting for a lock")


def measure(table, stack, quick):
    """Fills TABLE with the figures of counting, on the BigTables STACK; its counts are wrong then,
    since what was written without triggers was not counted."""
    # Only a superuser may look at what statements cost.
    connection = stack.postgres.connect(user="postgres")
    with connection.cursor() as cursor:
        measure_cards(table, stack, cursor, 20 if quick else 100)
        measure_triggers(table, stack, cursor, quick)
    connection.close()

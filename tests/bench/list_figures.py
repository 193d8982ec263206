# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of millions of jobs: first rows of every filter, and jumps, without a window; beside OFFSET
and count(*) in the same run."""

import itertools
import random
import statistics
import time

from . import count_figures, history_figures, paint_figures
from .big_tables import BigTables
from .paint_figures import percentile
from .programs import Program, built
from .search_figures import measure_search

ROWS = 1000000
QUICK_ROWS = 100000

STATUSES = (None, ["pending"], ["active", "processing"], ["completed"], ["failed"], ["retrying"],
            ["cancelled"], ["failed", "cancelled"], ["pending", "active", "processing", "retrying"])
TYPES = (None, ["gas-topup"], ["consolidation"], ["sync"], ["deposit-detection"],
         ["gas-topup", "consolidation"])
TRIGGERS = (None, ["system"], ["manual"], ["deposit"], ["schedule"], ["manual", "deposit"])

COLUMNS = ("id, job_id, job_type, status, wallet_address, user_id, triggered_by, error_message, "
           "started_at, completed_at, retry_count, max_retries, created_at, updated_at")


class List(Program):
    """bench-list: a list without a window."""

    def __init__(self, environment):
        super().__init__(built("bench-list"), environment=environment)
        self.n_items = 0

    def ask(self, line):
        """Returns the milliseconds until the rows in sight were there."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        took, items = self.read_line().split()
        self.n_items = int(items)
        return float(took)

    def search(self, term):
        return self.ask(f'search "{term}"')

    def query(self, *words):
        return self.ask("query " + " ".join(",".join(some) if some else "-" for some in words))


def timed(cursor, sql, values=()):
    began = time.monotonic()
    cursor.execute(sql, values)
    cursor.fetchall()
    return (time.monotonic() - began) * 1000


def naive(cursor, words, offset=0):
    """What a page costs whose number is multiplied by its length, with its total."""
    conditions, values = ["TRUE"], []
    for column, some in zip(("status", "job_type", "triggered_by"), words):
        if some:
            conditions.append(f"{column} = ANY (%s)")
            values.append(some)
    where = " AND ".join(conditions)
    return (timed(cursor, f"SELECT {COLUMNS} FROM job_logs WHERE {where} "
                          f"ORDER BY created_at DESC LIMIT 50 OFFSET {offset}", values)
            + timed(cursor, f"SELECT count(*) FROM job_logs WHERE {where}", values))


def measure_first_rows(table, stack, cursor, quick):
    every = list(itertools.product(STATUSES, TYPES, TRIGGERS))
    random.Random(4).shuffle(every)
    with List(stack.environment()) as rows:
        for words in every[:60]:
            rows.query(*words)
        times = [rows.query(*words) for words in every]
    naives = [naive(cursor, words) for words in every[:10 if quick else 60]]
    table.add("list-first", percentile(times, 0.95),
              f"first rows and total of any of {len(every)} filters, p95")
    table.add("list-first-worst", max(times), "  the slowest of them")
    table.add("list-first-naive", percentile(naives, 0.95), "  with count(*), p95")


def measure_jumps(table, stack, cursor, quick):
    with List(stack.environment()) as rows, List(stack.environment()) as other:
        other.query(None, None, None)
        rows.query(None, None, None)
        began = time.monotonic()
        rows.process.stdin.write("pass\n")
        rows.process.stdin.flush()
        # What others feel while the whole index is passed over.
        meanwhile = [other.query(words, None, None) for words in STATUSES for _ in range(3)]
        rows.read_line()
        table.add("list-pass", time.monotonic() - began, "every place of the list is known after")
        table.add("list-pass-others", percentile(meanwhile, 0.95),
                  "  first rows of another client meanwhile, p95")
        rows.ask("jump 0")
        chance = random.Random(5)
        places = [chance.randrange(rows.n_items) for _ in range(50 if quick else 300)]
        times = [rows.ask(f"jump {place}") for place in places]
    offsets = [naive(cursor, (None, None, None), place) for place in places[:5 if quick else 20]]
    table.add("list-jump", percentile(times, 0.95), f"rows of any of {len(places)} places, p95")
    table.add("list-jump-worst", max(times), "  the slowest of them")
    table.add("list-jump-naive", statistics.median(offsets), "  by OFFSET with count(*), median")


def measure(table, quick):
    """Fills TABLE with the figures of long lists."""
    rows = QUICK_ROWS if quick else ROWS
    print(f"making {rows} jobs…", flush=True)
    with BigTables(rows) as stack:
        connection = stack.postgres.connect()
        with connection.cursor() as cursor:
            measure_first_rows(table, stack, cursor, quick)
            measure_jumps(table, stack, cursor, quick)
            history_figures.measure(table, stack, timed, cursor, quick)
            paint_figures.measure(table, stack, quick)
            count_figures.measure(table, stack, quick)
            measure_search(table, stack, cursor, List)
        connection.close()

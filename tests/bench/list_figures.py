# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of millions of jobs: first rows of every filter, jumps, scrolling; beside OFFSET and
count(*) in the same run."""

import itertools
import os
import random
import re
import statistics
import subprocess
import time

from fixtures.display import Display
from fixtures.processes import FixtureError

from .big_tables import BigTables
from .programs import Program, built
from .search_figures import measure_search
from .window_figures import JOBS_PAGE, Window, dashboard

ROWS = 1000000
QUICK_ROWS = 100000

STATUSES = (None, ["pending"], ["active", "processing"], ["completed"], ["failed"], ["retrying"],
            ["cancelled"], ["failed", "cancelled"], ["pending", "active", "processing", "retrying"])
TYPES = (None, ["gas-topup"], ["consolidation"], ["sync"], ["deposit-detection"],
         ["gas-topup", "consolidation"])
TRIGGERS = (None, ["system"], ["manual"], ["deposit"], ["schedule"], ["manual", "deposit"])

# A window that shows the end of its list paints hardly any.
LEAST_FRAMES_PER_SECOND = 10

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


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


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


def scroll(window, display, seconds):
    """Turns the wheel faster than a hand, two clicks a frame, until SECONDS are over."""
    environment = {**os.environ, **display.environment()}

    def xdotool(*arguments):
        subprocess.run(["xdotool", *arguments], env=environment, check=True)

    xdotool("mousemove", "700", "400")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        xdotool("click", "--repeat", "50", "--delay", "8", "5")
        if window.process.poll() is not None:
            raise FixtureError("the window ended while it was scrolled")


def measure_scrolling(table, stack, quick):
    seconds = 5 if quick else 60
    with Display() as display:
        environment = {**stack.environment(), **display.environment(), "GSK_RENDERER": "cairo",
                       "GSETTINGS_SCHEMA_DIR": os.path.join(os.environ["WD_BUILD_DIR"], "data")}
        with Window(environment, dashboard(), *JOBS_PAGE) as window:
            window.wait_until_calm()
            scroll(window, display, 2)
            before = window.memory()
            scroll(window, display, seconds)
            grown = window.memory() - before
            said = window.finish()
    frames = re.search(r"^frames (\d+) late (\d+) very-late (\d+)$", said, re.MULTILINE)
    if not frames or int(frames[1]) < LEAST_FRAMES_PER_SECOND * seconds:
        raise FixtureError(f"the window did not scroll: {said!r}")
    table.add("list-late", int(frames[2]) * 100 / int(frames[1]),
              f"of {frames[1]} frames while scrolling came after 33 ms")
    table.add("list-very-late", int(frames[3]), "  and after 100 ms")
    table.add("list-memory", grown, "PSS grown while scrolling")


def measure(table, quick):
    """Fills TABLE with the figures of long lists."""
    rows = QUICK_ROWS if quick else ROWS
    print(f"making {rows} jobs…", flush=True)
    with BigTables(rows) as stack:
        connection = stack.postgres.connect()
        with connection.cursor() as cursor:
            measure_first_rows(table, stack, cursor, quick)
            measure_jumps(table, stack, cursor, quick)
            measure_search(table, stack, cursor, List)
        connection.close()
        measure_scrolling(table, stack, quick)

# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a chart of a month costs at any number of jobs, beside reading them all."""

import statistics

from .programs import Backend

# The first calls connect, look at the tables and warm the caches.
WARM_UP = 3

# Bars by the day, of all jobs that ended in the last 30.
NAIVE = """
SELECT date_trunc('day', completed_at), count(*) FILTER (WHERE status = 'completed'),
  count(*) FILTER (WHERE status = 'failed'), avg(retry_count),
  percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY completed_at - started_at),
  percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY started_at - created_at)
FROM job_logs
WHERE completed_at >= date_trunc('day', now()) - interval '29 days'
GROUP BY 1
"""


def read(stack, times, **fields):
    with Backend(stack.environment()) as backend:
        for _ in range(WARM_UP):
            backend.call("history", **fields)
        return [backend.call("history", **fields)["ms"] for _ in range(times)]


def measure(table, stack, timed, cursor, quick):
    """Fills TABLE; TIMED (cursor, sql) gives the milliseconds of a statement."""
    times = 5 if quick else 20
    utc = read(stack, times, range="30d", zone="UTC")
    elsewhere = read(stack, times, range="30d", zone="Asia/Kathmandu")
    week = read(stack, times, range="7d", zone="UTC")
    table.add("history-month", statistics.median(utc + elsewhere),
              "charts of 30 days, median of two time zones")
    table.add("history-month-worst", max(utc + elsewhere), "  the slowest")
    table.add("history-week", max(week), "  of 7 days, the slowest")
    table.add("history-naive", timed(cursor, NAIVE), "  of 30 days from the rows")

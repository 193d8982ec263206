#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures the product against the limits below and prints a table; exit 1 when one is missed."""

import argparse
import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from bench import (bulk_figures, drift_figures, export_figures, kill_figures,  # noqa: E402
                   list_figures, live_figures, queue_figures, recording_figures, sample_figures,
                   server_figures, stats_figures, window_figures)
from bench.table import Table  # noqa: E402
from fixtures.runner import exit_on_signals  # noqa: E402

# name: unit and the most it may be; None is there to compare with. Ratios are to BullMQ 5.81.5, to
# an empty window, or between the service and a Node program, in the same run.
LIMITS = {
    "dispatch-bullmq5": ("ms", None),
    "dispatch-bullmq6": ("ms", None),
    "dispatch": ("ms", None),
    "dispatch-ratio": ("times", 3.0),
    "retry-bullmq5": ("ms", None),
    "retry-bullmq6": ("ms", None),
    "retry-queue": ("ms", None),
    "retry-ratio": ("times", 2.5),
    "retry-ranked": ("ms", None),
    "retry-rows": ("ms", 3000.0),
    "ping-p999": ("ms", 10.0),
    "ping-max": ("ms", None),
    "ping-bullmq": ("ms", None),
    "ping-bullmq-max": ("ms", None),
    "bulk-retry": ("s", 20.0),
    "bulk-retry-naive": ("s", None),
    "bulk-dispatch": ("s", 20.0),
    "bulk-dispatch-naive": ("s", None),
    "bulk-stop": ("ms", 200.0),
    "bulk-ping": ("ms", 10.0),
    "bulk-ping-max": ("ms", None),
    "drift": ("s", 5.0),
    "drift-naive": ("s", None),
    "drift-wrong": ("s", 5.0),
    "drift-ping": ("ms", 10.0),
    "drift-ping-max": ("ms", None),
    "stats-postgres": ("", 1),
    "stats-redis": ("", 1),
    "stats-time": ("ms", None),
    "export-copy": ("s", None),
    "export": ("s", None),
    "export-ratio": ("times", 2.0),
    "export-memory": ("MiB", None),
    "export-memory-growth": ("MiB", 4.0),
    "start-empty": ("ms", None),
    "start-rows": ("ms", None),
    "start-ratio": ("times", 3.0),
    "memory": ("MiB", 110.0),
    "idle": ("% CPU", 0.5),
    "stall": ("ms", 33.0),
    "stall-busy": ("ms", None),
    "sample-live": ("s", 5.0),
    "live-latency": ("ms", 300.0),
    "live-latency-worst": ("ms", None),
    "live-idle-commands": ("", 12.0),
    "live-idle-wakes": ("", 60.0),
    "live-flood-stall": ("ms", 33.0),
    "live-flood-memory": ("MiB", 4.0),
    "list-first": ("ms", 50.0),
    "list-first-worst": ("ms", None),
    "list-first-naive": ("ms", None),
    "list-pass": ("s", 10.0),
    "list-pass-others": ("ms", 50.0),
    "list-jump": ("ms", 150.0),
    "list-jump-worst": ("ms", None),
    "list-jump-naive": ("ms", None),
    "paint-first": ("ms", 50.0),
    "paint-first-worst": ("ms", None),
    "paint-drag": ("ms", 150.0),
    "paint-drag-worst": ("ms", None),
    "cards": ("ms", 5.0),
    "cards-worst": ("ms", None),
    "cards-naive": ("ms", None),
    "history-month": ("ms", 300.0),
    "history-month-worst": ("ms", None),
    "history-week": ("ms", 300.0),
    "history-naive": ("ms", None),
    "triggers-without": ("/s", None),
    "triggers-with": ("/s", None),
    "triggers-cost": ("%", 25.0),
    "triggers-waits": ("", 0),
    "triggers-async-without": ("/s", None),
    "triggers-async-with": ("/s", None),
    "triggers-async-cost": ("%", None),
    "triggers-async-waits": ("", 0),
    "search-scan-common": ("ms", 1000.0),
    "search-scan-none": ("ms", None),
    "search-naive-common": ("ms", None),
    "search-naive-rare": ("ms", None),
    "search-index": ("s", None),
    "search-index-size": ("MiB", None),
    "search-common": ("ms", 1000.0),
    "search-rare": ("ms", 1000.0),
    "list-late": ("%", 1.0),
    "list-very-late": ("", 0),
    "list-memory": ("MiB", 20.0),
    "server-list": ("/s", None),
    "server-list-p99": ("ms", None),
    "node-list": ("/s", None),
    "node-list-p99": ("ms", None),
    "list-share": ("times", 0.2),
    "server-stats": ("/s", None),
    "server-stats-p99": ("ms", None),
    "node-stats": ("/s", None),
    "node-stats-p99": ("ms", None),
    "server-dispatch": ("/s", None),
    "server-dispatch-p99": ("ms", None),
    "node-dispatch": ("/s", None),
    "node-dispatch-p99": ("ms", None),
    "server-memory": ("MiB", None),
    "node-memory": ("MiB", None),
    "memory-share": ("times", 0.1),
    "record": ("/s", None),
    "record-1000": ("s", 0.5),
    "kills": ("", 0),
}

GROUPS = {
    "queue": queue_figures.measure,
    "bulk": bulk_figures.measure,
    "drift": drift_figures.measure,
    "stats": stats_figures.measure,
    "export": export_figures.measure,
    "window": window_figures.measure,
    "sample": sample_figures.measure,
    "live": live_figures.measure,
    "lists": list_figures.measure,
    "server": server_figures.measure,
    "recording": recording_figures.measure,
    "kills": kill_figures.measure,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer jobs and runs: a look")
    parser.add_argument("--rows", type=int, default=list_figures.ROWS,
                        help="of the long lists, such as 10000000")
    parser.add_argument("groups", nargs="*", metavar="NAME", help=", ".join(GROUPS))
    arguments = parser.parse_args()
    unknown = set(arguments.groups) - set(GROUPS)
    if unknown:
        parser.error(f"no such figures: {', '.join(sorted(unknown))}")
    list_figures.ROWS = arguments.rows
    exit_on_signals()
    table = Table(LIMITS)
    for name, measure in GROUPS.items():
        if name in (arguments.groups or GROUPS):
            measure(table, arguments.quick)
    print()
    print(table.text())
    if table.missed:
        print(f"\nMissed: {', '.join(table.missed)}")
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())

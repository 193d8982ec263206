# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes that tell of themselves: how soon they are on screen, what it costs when there are none,
and when there are thousands."""

import os
import re
import time

from fixtures.display import Display
from fixtures.processes import FixtureError
from fixtures.sample_jobs import KINDS
from fixtures.wallet_platform import Platform

from .paint_figures import Silent, percentile
from .window_figures import JOBS_PAGE, Window, dashboard

EVENTS_PER_SECOND = 5000
BATCH = 250
NEWEST = "WHERE id = (SELECT id FROM job_logs ORDER BY created_at DESC LIMIT 1)"
UPDATES = (f"UPDATE job_logs SET status = 'active', completed_at = NULL {NEWEST}",
           f"UPDATE job_logs SET status = 'completed', completed_at = now() {NEWEST}")


def news(window):
    """Returns when a refresh was painted, in microseconds of the monotonic clock."""
    return [int(stamp) for stamp in re.findall(r"^news-painted (\d+)$", window.log(), re.MULTILINE)]


def measure_latency(table, platform, environment, n_changes):
    """From the COMMIT of a row on screen to the frame that shows it."""
    connection = platform.postgres.connect()
    with Silent({**environment, "GTK_A11Y": "none", "WD_TIMING": "2"}, page="jobs") as window, \
            connection.cursor() as cursor:
        window.wait(lambda: news(window), "rows")
        time.sleep(3)
        times = []
        for i in range(n_changes):
            # Until what follows the last one is over.
            time.sleep(2.5)
            before = len(news(window))
            cursor.execute(UPDATES[i % 2])
            began = time.monotonic()
            window.wait(lambda: len(news(window)) > before, "a change", 10)
            times.append(news(window)[before] / 1000 - began * 1000)
    connection.close()
    table.add("live-latency", percentile(times, 0.95),
              f"{n_changes} changes of a row, from COMMIT to screen, p95")
    table.add("live-latency-worst", max(times), "  the slowest of them")


def switches(pid):
    """Returns how often the threads of a process have woken up."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/status", encoding="ascii") as status:
            total += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status.read(),
                                   re.MULTILINE)[1])
    return total


def commands(redis):
    """Returns how many commands the server has had from others than us."""
    return sum(stats["calls"] for name, stats in redis.info("commandstats").items()
               if name != "cmdstat_info")


def measure_idle(table, platform, environment, seconds):
    """The jobs page with no worker at all, once rows and queues were compared for the first time:
    that comes two minutes after the start, and then once an hour."""
    redis = platform.redis.client()
    with Window(environment, dashboard(), *JOBS_PAGE) as window:
        time.sleep(10 if seconds < 60 else 150)
        before, woken = commands(redis), switches(window.process.pid)
        time.sleep(seconds)
        asked = commands(redis) - before
        woken = switches(window.process.pid) - woken
    redis.close()
    table.add("live-idle-commands", asked * 60 / seconds, "commands to Redis a minute, all quiet")
    table.add("live-idle-wakes", woken * 60 / seconds, "  and times that the program wakes up")


def measure_flood(table, platform, environment, seconds):
    """Events as a busy fleet makes them, on all queues."""
    redis = platform.redis.client()
    with Window(environment, dashboard(), *JOBS_PAGE) as window:
        window.wait_until_calm()
        began = time.monotonic()
        sent, memory = 0, None
        while (passed := time.monotonic() - began) < seconds:
            pipeline = redis.pipeline(transaction=False)
            for i in range(BATCH):
                pipeline.xadd(f"bull:{KINDS[i % len(KINDS)].queue}:events",
                              {"event": "waiting", "jobId": str(sent + i)}, maxlen=10000,
                              approximate=True)
            pipeline.execute()
            sent += BATCH
            if memory is None and passed > seconds / 4:
                memory = window.memory()
            time.sleep(max(0.0, began + sent / EVENTS_PER_SECOND - time.monotonic()))
        grown = window.memory() - memory
        said = window.finish()
    redis.close()
    stall = re.search(r"^longest-stall ([0-9.]+) busy ([0-9.]+)$", said, re.MULTILINE)
    if not stall:
        raise FixtureError(f"the window did not tell its longest stall: {said!r}")
    table.add("live-flood-stall", float(stall[1]),
              f"longest stall at {sent / seconds:.0f} events a second for {seconds} s")
    table.add("live-flood-memory", grown, "  PSS grown meanwhile")


def measure(table, quick):
    """Fills TABLE with the figures of live data."""
    with Platform(idle=True) as platform, Display() as display:
        os.environ.update(display.environment())
        environment = {**platform.environment(), **display.environment(),
                       "GSETTINGS_SCHEMA_DIR": os.path.join(os.environ["WD_BUILD_DIR"], "data")}
        measure_latency(table, platform, environment, 5 if quick else 40)
        measure_idle(table, platform, environment, 20 if quick else 120)
        measure_flood(table, platform, environment, 5 if quick else 60)

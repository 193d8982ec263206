# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows compared with their queues, and what another client of Redis feels of that."""

import time
import uuid

from fixtures.processes import FixtureError
from fixtures.site import Site
from fixtures.workers import Queues

from .paint_figures import percentile
from .programs import Pings

SHARES = (("gas-topup", "gas-topup", 0.7), ("consolidation", "consolidation", 0.2),
          ("sync", "sync-balances", 0.1))
BATCH = 5000
WRONG = 1000
NAIVE = 1000


def fill(site, queues, count):
    """Rows that wait, and their jobs, a few minutes old; returns ids of the longest queue."""
    made = int(time.time() * 1000) - 300_000
    longest = None
    for job_type, queue, share in SHARES:
        ids = [str(uuid.uuid4()) for _ in range(int(count * share))]
        longest = longest or ids
        site.sql("INSERT INTO job_logs (id, job_id, job_type, status, wallet_address, data, "
                 "created_at, updated_at) SELECT i::uuid, i, %s, 'pending', 'W' || i, '{}', "
                 "now() - interval '5 minutes', now() - interval '5 minutes' FROM unnest(%s) i",
                 job_type, ids)
        for first in range(0, len(ids), BATCH):
            queues.command(queue, "addAll", jobs=[
                {"name": "job", "data": {"wallet_address": "W" + name},
                 "opts": {"jobId": name, "timestamp": made}} for name in ids[first:first + BATCH]])
    site.sql("VACUUM ANALYZE job_logs")
    return longest


def check(site, expected):
    """Returns seconds and what the PINGs took meanwhile."""
    with Pings(site.redis) as felt:
        began = time.monotonic()
        answer = site.wdctl("drift", "check")
        seconds = time.monotonic() - began
    if answer.status != 0 or answer.document["total"] != expected:
        raise FixtureError(f"drift check: {answer.status}, {answer.document['counts']} instead of "
                           f"{expected}")
    return seconds, felt.times


def break_some(site, queues, ids):
    """Jobs that are gone, and such as nobody logged."""
    redis = site.redis.client()
    with redis.pipeline(transaction=False) as pipe:
        for job_id in ids[:WRONG]:
            pipe.delete(f"bull:gas-topup:{job_id}")
            pipe.lrem("bull:gas-topup:wait", -1, job_id)
        pipe.execute()
    redis.close()
    queues.command("consolidation", "addAll", jobs=[
        {"name": "job", "data": {}, "opts": {"jobId": f"foreign-{i}", "timestamp": 1700000000000}}
        for i in range(WRONG)])


def measure(table, quick):
    count = 10_000 if quick else 100_000
    rounds = 1 if quick else 3
    with Site() as site, Queues(site) as queues:
        ids = fill(site, queues, count)
        check(site, 0)
        runs = [check(site, 0) for _ in range(rounds)]
        table.add("drift", sorted(run[0] for run in runs)[rounds // 2],
                  f"{count} jobs and their rows compared, all of them right")
        pings = [ping for run in runs for ping in run[1]]
        queues.command("gas-topup", "states", ids=ids[:NAIVE])
        table.add("drift-naive", queues.milliseconds / 1000 * count / NAIVE,
                  f"  asking BullMQ for each state by itself ({NAIVE} of them, times "
                  f"{count // NAIVE})")
        break_some(site, queues, ids)
        runs = [check(site, 2 * WRONG) for _ in range(rounds)]
        table.add("drift-wrong", sorted(run[0] for run in runs)[rounds // 2],
                  f"  with {2 * WRONG} of them wrong, each looked at twice")
        pings += [ping for run in runs for ping in run[1]]
        table.add("drift-ping", percentile(pings, 0.999), "PING of another client, p99.9")
        table.add("drift-ping-max", max(pings), "  the slowest of them")

# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dispatch and retry of many jobs beside BullMQ's own Queue, on the same Redis."""

import json
import statistics
import uuid

from fixtures.site import Site
from fixtures.workers import Queues

from .programs import Backend, Pings

QUEUE = "gas-topup"
KEY = f"bull:{QUEUE}"
OLD_JOBS = 50000

# Failed jobs as a worker leaves them, from the hash of a real one.
FAIL = """
local fields, at = cjson.decode(ARGV[1]), ARGV[2]
for i = 3, #ARGV do
  local key = KEYS[1] .. ':' .. ARGV[i]
  redis.call('HSET', key, unpack(fields))
  redis.call('ZADD', KEYS[1] .. ':failed', at + i, ARGV[i])
end
"""
FAILURE = {
    "processedOn": "1763900000000", "finishedOn": "1763900001000", "atm": "1", "ats": "1",
    "failedReason": "OUT_OF_ENERGY: Not enough energy for TRC-20 transfer",
    "stacktrace": json.dumps(["Error: OUT_OF_ENERGY\n" + "    at transfer (worker.js:1:1)\n" * 8]),
}


def add_old_jobs(site):
    """What a site has done before, in its tables."""
    site.sql(
        "INSERT INTO job_logs (job_id, job_type, status, wallet_address, created_at, "
        "started_at, completed_at) SELECT 'old-' || i, 'sync', 'completed', 'W' "
        "|| mod (i, 2000), t, t + interval '2 s', t + interval '5 s' "
        "FROM generate_series(1, %s) i, "
        "LATERAL (SELECT now() - i * interval '50 s') AS a (t)", OLD_JOBS)


def empty_queue(redis):
    """Keeps what says which BullMQ it is."""
    meta = redis.hgetall(f"{KEY}:meta")
    redis.flushdb()
    redis.hset(f"{KEY}:meta", mapping=meta)


def fail_in_queue(redis, fields, ids):
    """Puts jobs of these FIELDS into the queue, failed."""
    flat = json.dumps([text for pair in {**fields, **FAILURE}.items() for text in pair])
    for first in range(0, len(ids), 1000):
        redis.eval(FAIL, 1, KEY, flat, 1763900001000 + first, *ids[first:first + 1000])


class QueueBench:
    """One platform with old rows; Node and ours take turns on it."""

    def __init__(self, quick):
        self.rounds = 1 if quick else 3
        self.site = Site()
        self.queues = Queues(self.site)
        self.backend = Backend(self.site.environment())
        self.redis = self.site.redis.client()
        self.calm_pings = []
        add_old_jobs(self.site)
        # One of each kind first: connections, compiled scripts, a warm Node; and a real job to
        # copy.
        for major in (5, 6):
            self.queues.command(QUEUE, "addMany", major=major, count=200)
            self.queues.call(QUEUE, "retryJobs", {"count": 1000}, major=major)
        self.backend.write("dispatch", 1, wallets=self.site.add_wallets(1))
        job = self.site.sql("SELECT job_id FROM job_logs WHERE status = 'pending'")[0][0]
        self.template = self.redis.hgetall(f"{KEY}:{job}")
        self.clear()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.backend.__exit__()
        self.queues.close()
        self.site.close()

    def clear(self):
        """Empties the queue and tidies the tables."""
        empty_queue(self.redis)
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE status = 'pending'")
        self.site.sql("VACUUM ANALYZE job_logs")
        self.site.sql("VACUUM ANALYZE worker_dashboard.outbox")

    def take_turns(self, candidates):
        """Runs each of CANDIDATES (name: function) in turn, backwards every other time.

        Returns for each its milliseconds and what the PINGs took meanwhile.
        """
        times = {name: [] for name in candidates}
        pings = {name: [] for name in candidates}
        for turn in range(self.rounds):
            for name in list(candidates)[::-1 if turn % 2 else 1]:
                prepare, run = candidates[name]
                arguments = prepare()
                with Pings(self.site.redis) as felt:
                    times[name].append(run(arguments))
                pings[name] += felt.times
                self.clear()
        return times, pings

    def measure_dispatch(self, count):
        """COUNT wallets in one request, each with row, outbox entry and receipt."""
        opts = json.loads(self.template["opts"])
        data = json.loads(self.template["data"])

        def node_jobs():
            return [{"name": self.template["name"], "opts": {**opts, "jobId": str(uuid.uuid4())},
                     "data": {**data, "wallet_address": f"W{uuid.uuid4().hex}"}}
                    for _ in range(count)]

        def node(major):
            def run(jobs):
                self.queues.command(QUEUE, "addAll", major=major, jobs=jobs)
                return self.queues.milliseconds
            return node_jobs, run

        return self.take_turns({
            "5": node(5), "6": node(6),
            "rows": (lambda: self.site.add_wallets(count),
                     lambda wallets: self.backend.write("dispatch", count, wallets=wallets))})

    def measure_retry(self, count):
        """COUNT failed jobs: the queue's part alone, and with rows, outbox and receipts."""
        ids = [str(uuid.uuid4()) for _ in range(count)]

        # BullMQ's retryJobs knows no priorities and puts every job into the same list.
        def fail_plain():
            fail_in_queue(self.redis, {**self.template, "priority": "0"}, ids)

        def fail_ranked():
            fail_in_queue(self.redis, self.template, ids)

        def fail_with_rows():
            self.site.sql("DELETE FROM job_logs WHERE job_id = ANY (%s)", ids)
            self.site.add_failed_jobs(count, ids=ids)
            self.site.sql("VACUUM ANALYZE job_logs")
            fail_ranked()

        def ours(_arguments):
            return self.backend.write("retry-queue", count, queue=QUEUE, ids=ids)

        def node(major):
            def run(_arguments):
                self.queues.call(QUEUE, "retryJobs", {"state": "failed", "count": 1000},
                                 major=major)
                return self.queues.milliseconds
            return fail_plain, run

        return self.take_turns({
            "5": node(5), "6": node(6), "queue": (fail_plain, ours), "ranked": (fail_ranked, ours),
            "rows": (fail_with_rows, lambda _: self.backend.write("retry", count))})


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(table, quick):
    """Fills TABLE with the figures of dispatch and retry."""
    jobs, failed = (2000, 4000) if quick else (10000, 20000)
    with QueueBench(quick) as bench:
        times, pings = bench.measure_dispatch(jobs)
        median = {name: statistics.median(values) for name, values in times.items()}
        table.add("dispatch-bullmq5", median["5"], f"addBulk of {jobs:,}, BullMQ 5", times["5"])
        table.add("dispatch-bullmq6", median["6"], f"addBulk of {jobs:,}, BullMQ 6", times["6"])
        table.add("dispatch", median["rows"], f"dispatch of {jobs:,} with rows, outbox, receipts",
                  times["rows"])
        table.add("dispatch-ratio", median["rows"] / median["5"], "dispatch to addBulk of BullMQ 5")
        felt, felt_of_node = pings["rows"], pings["5"] + pings["6"]

        times, pings = bench.measure_retry(failed)
        median = {name: statistics.median(values) for name, values in times.items()}
        table.add("retry-bullmq5", median["5"], f"retryJobs of {failed:,}, BullMQ 5", times["5"])
        table.add("retry-bullmq6", median["6"], f"retryJobs of {failed:,}, BullMQ 6", times["6"])
        table.add("retry-queue", median["queue"], f"retry of {failed:,}, the queue's part",
                  times["queue"])
        table.add("retry-ratio", median["queue"] / median["5"], "retry to retryJobs of BullMQ 5")
        table.add("retry-ranked", median["ranked"], "  the same with priorities, kept",
                  times["ranked"])
        table.add("retry-rows", median["rows"], f"retry of {failed:,} with rows, outbox, receipts",
                  times["rows"])
        felt += pings["queue"] + pings["ranked"] + pings["rows"]
        felt_of_node += pings["5"] + pings["6"]
    table.add("ping-p999", quantile(felt, 0.999), "another client's PING meanwhile, p99.9")
    table.add("ping-max", max(felt), "  longest of them")
    table.add("ping-bullmq", quantile(felt_of_node, 0.999), "  while BullMQ did the same, p99.9")
    table.add("ping-bullmq-max", max(felt_of_node), "  longest of those")

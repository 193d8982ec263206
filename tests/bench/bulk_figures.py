# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bulk work on many jobs and wallets, beside one request after another for single ones."""

import signal
import subprocess
import time
import uuid

from fixtures.processes import FixtureError
from fixtures.site import Site

from .programs import Backend, Pings
from .queue_figures import KEY, add_old_jobs, empty_queue, fail_in_queue, quantile

COUNT = 100000


class BulkBench:
    """One platform with old rows."""

    def __init__(self, quick):
        self.count = COUNT // 10 if quick else COUNT
        self.singles = 200 if quick else 500
        self.pings = []
        self.site = Site()
        self.redis = self.site.redis.client()
        self.backend = Backend(self.site.environment())
        add_old_jobs(self.site)
        self.backend.write("dispatch", 1, wallets=self.site.add_wallets(1))
        job = self.site.sql("SELECT job_id FROM job_logs WHERE status = 'pending'")[0][0]
        self.template = self.redis.hgetall(f"{KEY}:{job}")

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.backend.__exit__()
        self.site.close()

    def clear(self):
        """An empty queue that is still known to be BullMQ's, and no job under way."""
        empty_queue(self.redis)
        self.site.sql("DELETE FROM job_logs WHERE job_type <> 'sync'")
        self.site.sql("TRUNCATE user_wallets, worker_dashboard.bulk_run, "
                      "worker_dashboard.outbox CASCADE")
        for table in ("job_logs", "worker_dashboard.outbox"):
            self.site.sql(f"VACUUM ANALYZE {table}")

    def fail_jobs(self, count):
        """COUNT failed jobs, in their queue as a worker leaves them, and their rows."""
        self.clear()
        ids = [str(uuid.uuid4()) for _ in range(count)]
        fail_in_queue(self.redis, self.template, ids)
        self.site.add_failed_jobs(count, ids=ids)
        self.site.sql("VACUUM ANALYZE job_logs")
        return ids

    def add_wallets(self, count):
        self.clear()
        wallets = self.site.add_wallets(count)
        self.site.sql("VACUUM ANALYZE user_wallets")
        return wallets

    def freeze(self, *command):
        answer = self.site.wdctl("bulk", *command)
        if answer.status != 0:
            raise FixtureError(f"bulk {command[0]}: {answer}")
        return answer.document["id"]

    def run(self, *command):
        """Freezes and runs all. Returns the seconds of the run."""
        run = self.freeze(*command)
        with Pings(self.site.redis) as felt:
            began = time.monotonic()
            answer = self.site.wdctl("bulk", "run", run, seconds=600)
            seconds = time.monotonic() - began
        self.pings += felt.times
        if answer.status != 0 or answer.document["done"] != self.count:
            raise FixtureError(f"bulk run: {answer}")
        queued = self.redis.llen(f"{KEY}:wait") + self.redis.zcard(f"{KEY}:prioritized")
        if queued != self.count:
            raise FixtureError(f"bulk run: {queued} of {self.count} jobs are queued")
        return seconds

    def stop(self, *command):
        """Interrupts a run three times and goes on. Returns the most milliseconds it took."""
        run = self.freeze(*command)
        longest = 0
        for _turn in range(3):
            with self.site.start_wdctl("bulk", "run", run) as process:
                try:
                    process.wait(0.5)
                    raise FixtureError(f"bulk run: over too soon: {process.communicate()}")
                except subprocess.TimeoutExpired:
                    pass
                began = time.monotonic()
                process.send_signal(signal.SIGINT)
                process.communicate(timeout=60)
                longest = max(longest, (time.monotonic() - began) * 1000)
        told = self.site.wdctl("bulk", "show", run).document
        if told["state"] != "paused" or told["done"] == 0:
            raise FixtureError(f"bulk run: {told}")
        return longest

    def one_by_one(self, op, subjects):
        """One request after another for SUBJECTS. Returns seconds for as many as the runs have."""
        name = "wallets" if op == "dispatch" else "ids"
        spent = sum(self.backend.write(op, 1, **{name: [subject]}) for subject in subjects)
        return spent / 1000 / len(subjects) * self.count


def measure(table, quick):
    """Fills TABLE with the figures of bulk work."""
    with BulkBench(quick) as bench:
        scale, what = COUNT / bench.count, f"{bench.count:,}"
        bench.fail_jobs(bench.count)
        table.add("bulk-retry", bench.run("retry") * scale, f"bulk retry of {what}, for {COUNT:,}")
        bench.fail_jobs(bench.count)
        longest = bench.stop("retry")
        table.add("bulk-retry-naive", bench.one_by_one("retry", bench.fail_jobs(bench.singles))
                  * scale, "  one by one")
        bench.add_wallets(bench.count)
        table.add("bulk-dispatch", bench.run("dispatch", "gas-topup", "--all") * scale,
                  f"bulk dispatch for {what} wallets, for {COUNT:,}")
        bench.add_wallets(bench.count)
        longest = max(longest, bench.stop("dispatch", "gas-topup", "--all"))
        table.add("bulk-dispatch-naive",
                  bench.one_by_one("dispatch", bench.add_wallets(bench.singles)) * scale,
                  "  one by one")
        table.add("bulk-stop", longest, "from an interrupt to the end of wdctl, longest")
        table.add("bulk-ping", quantile(bench.pings, 0.999),
                  "another client's PING during the runs, p99.9")
        table.add("bulk-ping-max", max(bench.pings), "  longest of them")

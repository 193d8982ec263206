# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""How fast the service makes rows of what queues tell."""

import json
import time

from fixtures.processes import wait_until
from fixtures.service import Service
from fixtures.site import Site

QUEUE = "sync-balances"
STREAM = f"bull:{QUEUE}:events"
EVENTS_OF_A_JOB = 4


def read_places(site):
    return site.sql("SELECT n_read FROM worker_dashboard.recording WHERE gap_from IS NULL")


def begin(site):
    """From here on it is recorded."""
    service = Service(site, f"--record={QUEUE}", name="first")
    try:
        wait_until(lambda: read_places(site), 30, "recording to begin")
    finally:
        service.close()


def tell(redis, jobs):
    """What a queue tells of so many jobs, each beside its record."""
    pipe = redis.pipeline(transaction=False)
    for i in range(1, jobs + 1):
        pipe.hset(f"bull:{QUEUE}:{i}", mapping={
            "name": "sync", "opts": '{"attempts":3}', "timestamp": str(int(time.time() * 1000)),
            "data": json.dumps({"wallet_address": f"T{i:033}", "priority": 5}), "delay": "0",
            "priority": "0"})
        pipe.xadd(STREAM, {"event": "added", "jobId": i, "name": "sync"})
        pipe.xadd(STREAM, {"event": "waiting", "jobId": i})
        if i > 100:
            finish(pipe, i - 100)
        if i % 1000 == 0:
            pipe.execute()
    for i in range(jobs - 99, jobs + 1):
        finish(pipe, i)
    pipe.execute()


def finish(pipe, job):
    pipe.xadd(STREAM, {"event": "active", "jobId": job, "prev": "waiting"})
    pipe.xadd(STREAM, {"event": "completed", "jobId": job, "returnvalue": "{}", "prev": "active"})


def measure(table, quick):
    """Fills TABLE with how long a service takes that has much to catch up with."""
    jobs = 2000 if quick else 25000
    with Site() as site:
        begin(site)
        tell(site.redis.client(), jobs)
        began = time.monotonic()
        service = Service(site, f"--record={QUEUE}")
        try:
            wait_until(lambda: read_places(site)[0][0] >= EVENTS_OF_A_JOB * jobs, 300,
                       "all to be recorded")
            took = time.monotonic() - began
        finally:
            service.close()
        done = site.sql("SELECT count(*) FROM job_logs WHERE status = 'completed'")[0][0]
        if done != jobs:
            raise RuntimeError(f"{done} rows of {jobs} jobs")
    table.add("record", EVENTS_OF_A_JOB * jobs / took, "events recorded, from the start on")
    table.add("record-1000", 1000 * took / (EVENTS_OF_A_JOB * jobs), "1,000 events recorded")

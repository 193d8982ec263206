# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A private Redis, real BullMQ queues and the C library of queues, for tests."""

import contextlib
import json
import os
import select
import subprocess
import unittest

from fixtures.processes import FixtureError, Household, dies_with_parent, wait_until
from fixtures.redis_server import RedisServer
from fixtures.workers import Queues, Workers

ANSWER_SECONDS = 60.0
RUN_SECONDS = 30.0
QUEUE = "jobs"


class Servers:
    """Redis alone, in the shape that Queues and Workers expect of a stack."""

    def __init__(self):
        self.household = Household()
        self.redis = RedisServer(self.household)
        self.redis.start()

    def environment(self):
        return {"REDIS_URL": self.redis.url()}

    def close(self):
        self.redis.stop()
        self.household.close()


class Tool:
    """bullmq-tool: the C library, one JSON object a line."""

    def __init__(self, url):
        path = os.path.join(os.environ["WD_BUILD_DIR"], "tests", "integration", "bullmq-tool")
        self.process = subprocess.Popen(
            [path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, "REDIS_URL": url, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"},
            preexec_fn=dies_with_parent())

    def call(self, operation, **fields):
        request = json.dumps({"op": operation, "queue": QUEUE, **fields})
        self.process.stdin.write(request.encode() + b"\n")
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], ANSWER_SECONDS)[0]:
            raise FixtureError(f"no answer to {operation}")
        line = self.process.stdout.readline()
        if not line:
            raise FixtureError(f"bullmq-tool ended with {self.process.wait()} at {operation}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


class QueueCase(unittest.TestCase):
    """Every test begins with an empty Redis."""

    node = None

    @classmethod
    def setUpClass(cls):
        cls.servers = Servers()
        cls.addClassCleanup(cls.servers.close)
        cls.redis = cls.servers.redis.client()
        cls.addClassCleanup(cls.redis.close)
        cls.tool = Tool(cls.servers.redis.url())
        cls.addClassCleanup(cls.tool.close)

    def setUp(self):
        self.redis.flushall()
        self.number = 0

    @contextlib.contextmanager
    def fresh(self, **parameters):
        """One case of a table, on an empty Redis."""
        with self.subTest(**parameters):
            self.redis.flushall()
            yield

    def key(self, suffix):
        return f"bull:{QUEUE}:{suffix}"

    def queues(self):
        """Real Queue objects, made anew: each says in `meta` which major it is of."""
        if self.node is None:
            type(self).node = Queues(self.servers)
            self.addClassCleanup(self.node.close)
        self.node.command(QUEUE, "close")
        return self.node

    def workers(self, major=5, **options):
        self.number += 1
        record = self.servers.household.path(f"{self.id()}-{self.number}.runs")
        workers = Workers(self.servers, major=major, queues=[QUEUE], record=record,
                          database=False, fast=True, **options)
        self.addCleanup(workers.close)
        return workers

    def job(self, **fields):
        """A job for `add` and `retry`, with an outbox id and id of its own."""
        self.number += 1
        return {"id": f"job-{self.number}", "outbox_id": f"outbox-{self.number}", **fields}

    def outcomes(self, answer):
        self.assertNotIn("error", answer)
        return [result.get("outcome") for result in answer["results"]]

    def add(self, *jobs, **fields):
        return self.outcomes(self.tool.call("add", jobs=jobs, **fields))

    def retry(self, *jobs, **fields):
        return self.outcomes(self.tool.call("retry", jobs=jobs, **fields))

    def wait_for_runs(self, workers, ids):
        """Waits until just these jobs were run; returns their ids in the order of their runs."""
        def ran():
            runs = [run["id"] for run in workers.runs()]
            return runs if len(runs) >= len(ids) else None

        runs = wait_until(ran, RUN_SECONDS, f"runs of {ids}")
        self.assertCountEqual(runs, ids)
        return runs

    def wait_for_state(self, job_id, state):
        wait_until(lambda: self.tool.call("state", id=job_id).get("state") == state, RUN_SECONDS,
                   f"{job_id} to be {state}")

    def dump(self):
        """Everything in Redis, comparable."""
        return {key: self._value(key) for key in sorted(self.redis.keys("*"))}

    def _value(self, key):
        kind = self.redis.type(key)
        if kind == "string":
            return self.redis.get(key)
        if kind == "hash":
            return self.redis.hgetall(key)
        if kind == "list":
            return self.redis.lrange(key, 0, -1)
        if kind == "set":
            return sorted(self.redis.smembers(key))
        if kind == "zset":
            return self.redis.zrange(key, 0, -1, withscores=True)
        return self.redis.xrange(key)

    def containers_of(self, job_id):
        """In which lists and sets an id stands."""
        found = []
        for name in ("wait", "paused", "active"):
            found += [name] * self.redis.lrange(self.key(name), 0, -1).count(job_id)
        for name in ("prioritized", "delayed", "completed", "failed", "waiting-children"):
            if self.redis.zscore(self.key(name), job_id) is not None:
                found.append(name)
        return found

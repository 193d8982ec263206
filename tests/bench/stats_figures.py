# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one refresh of all stat cards costs."""

import contextlib
import os
import statistics

from fixtures.processes import FixtureError
from fixtures.wallet_platform import Platform

from .programs import Backend
from .proxy import CountingProxy

# The first calls connect, look at the tables and fold what is not counted yet.
WARM_UP = 20


@contextlib.contextmanager
def counted(platform):
    """Yields the environment that leads through proxies, and the two of them."""
    folder = platform.household.make_folder("proxy")
    name = f".s.PGSQL.{platform.postgres.port}"
    redis_path = os.path.join(folder, "redis.sock")
    postgres = CountingProxy(os.path.join(folder, name),
                             os.path.join(platform.postgres.socket_folder, name))
    redis = CountingProxy(redis_path, platform.redis.socket)
    try:
        yield ({"DATABASE_URL": platform.postgres.url().replace(
                    platform.postgres.socket_folder, folder),
                "REDIS_URL": platform.redis.url().replace(platform.redis.socket, redis_path)},
               postgres, redis)
    finally:
        postgres.close()
        redis.close()


def refresh(backend):
    answer = backend.call("stats")
    if answer["queue_error"]:
        raise FixtureError(f"stats: {answer['queue_error']}")
    return answer["ms"]


def measure(table, quick):
    """Fills TABLE with round trips and time of a refresh."""
    refreshes = 20 if quick else 200
    with Platform(idle=True) as platform:
        with counted(platform) as (environment, postgres, redis):
            with Backend(environment) as backend:
                for _ in range(WARM_UP):
                    refresh(backend)
                asked_postgres, asked_redis = [], []
                for _ in range(refreshes):
                    before = postgres.round_trips, redis.round_trips
                    refresh(backend)
                    asked_postgres.append(postgres.round_trips - before[0])
                    asked_redis.append(redis.round_trips - before[1])
        with Backend(platform.environment()) as backend:
            for _ in range(WARM_UP):
                refresh(backend)
            times = [refresh(backend) for _ in range(refreshes)]
    table.add("stats-postgres", max(asked_postgres), "all stat cards: round trips to PostgreSQL")
    table.add("stats-redis", max(asked_redis), "all stat cards: round trips to Redis")
    table.add("stats-time", statistics.median(times), "all stat cards, median time")

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Limits that the workers of a queue heed together, set and taken away again."""

import os
import time
import unittest

from fixtures.processes import wait_until
from orders_case import QUEUE, OrdersCase


class Limits(OrdersCase):
    def limits(self):
        [found] = [queue for queue in self.wdctl("limits", QUEUE)["queues"]]
        return found["concurrency"], found["rate_max"], found["rate_ms"]

    def set(self, *arguments, status=0):
        return self.wdctl("limits", QUEUE, *arguments, status=status)

    def active(self):
        return self.redis.llen(self.key("active"))

    def add(self, count, major=5):
        self.queues.command(QUEUE, "addMany", major=major, count=count, name="sync")

    def stays_at(self, number):
        """So many are active, and no other begins for a while."""
        wait_until(lambda: self.active() == number, 20, f"{number} active jobs")
        end = time.monotonic() + 0.7
        while time.monotonic() < end:
            self.assertEqual(self.active(), number)
            time.sleep(0.01)

    def test_concurrency(self):
        """As many run at once as we say, over all workers, from the moment we say it."""
        for major in (5, 6):
            with self.subTest(major=major):
                self.setUp()
                self.add(30, major)
                self.set("--concurrency=1")
                self.assertEqual(self.limits(), (1, None, None))
                self.assertEqual(self.queues.call(QUEUE, "getGlobalConcurrency", major=major), 1)
                # One that nobody wakes would look after that many seconds.
                fleet = [self.workers(major=major, concurrency=4, hold=True, drain_delay=300)
                         for _ in range(2)]
                self.stays_at(1)
                self.set("--concurrency=3")
                self.stays_at(3)
                self.set("--concurrency=none")
                wait_until(lambda: self.active() == 8, 20, "all that can run")
                self.assertEqual(self.limits(), (None, None, None))
                for workers in fleet:
                    workers.release()
                wait_until(lambda: self.redis.zcard(self.key("completed")) == 30, 20, "their end")
                self.set("--concurrency=1")
                self.add(200, major)
                wait_until(lambda: self.redis.zcard(self.key("completed")) == 230, 30, "their end")
                told = [(fields["event"], fields["jobId"]) for _at, fields in
                        self.redis.xrange(self.key("events")) if int(fields.get("jobId", 0)) > 30
                        and fields["event"] in ("active", "completed")]
                self.assertEqual(len(told), 400)
                for begun, ended in zip(told[::2], told[1::2]):
                    self.assertEqual((begun[0], ended[0], begun[1]),
                                     ("active", "completed", ended[1]))
                for workers in fleet:
                    workers.close()

    def begun(self):
        """When jobs became active, by Redis' own clock: a worker may be slow to say so."""
        return [int(at.split("-")[0]) for at, fields in self.redis.xrange(self.key("events"))
                if fields["event"] == "active"]

    def test_rate(self):
        """So many begin in a time; taken away, all begin at once."""
        for major in (5, 6):
            with self.subTest(major=major):
                self.setUp()
                self.add(1, major)
                self.set("--rate=5/60")
                workers = self.workers(major=major, concurrency=8)
                self.add(5, major)
                wait_until(lambda: len(workers.runs()) == 5, 20, "the first five")
                self.assertIsNotNone(self.wdctl("limits", QUEUE)["queues"][0]["limited_until"])
                workers.close()
                self.redis.delete(self.key("limiter"))
                self.set("--rate=5/1.25")
                self.assertEqual(self.limits(), (None, 5, 1250))
                self.assertEqual(self.queues.call(QUEUE, "getGlobalRateLimit", major=major),
                                 {"max": 5, "duration": 1250})
                begun = len(self.begun())
                self.add(14, major)
                workers = self.workers(major=major, concurrency=8)
                wait_until(lambda: len(workers.runs()) == 15, 30, "all")
                times = self.begun()[begun:]
                for first, sixth in zip(times, times[5:]):
                    self.assertGreater(sixth - first, 1000)
                self.set("--rate=none")
                self.assertEqual(self.limits(), (None, None, None))
                self.assertEqual(self.queues.call(QUEUE, "getGlobalRateLimit", major=major), None)
                wait_until(lambda: not self.redis.exists(self.key("limiter")), 10, "its end")
                # With the limit it would take them a hundred seconds.
                self.add(400, major)
                wait_until(lambda: len(workers.runs()) == 415, 15, "the others")
                times = self.begun()[-400:]
                self.assertLess(times[-1] - times[0], 40000)
                workers.close()

    def test_told(self):
        """The trail says what was and what is; others' settings are not written over."""
        self.add(1)
        self.set("--concurrency=2", "--rate=10/60")
        self.set("--rate=none")
        self.assertEqual([(row[0], row[2], row[3]) for row in self.audited()], [
            ("limit-queue", {"concurrency": None, "rate_max": None, "rate_ms": None},
             {"concurrency": 2, "rate_max": 10, "rate_ms": 60000}),
            ("limit-queue", {"concurrency": 2, "rate_max": 10, "rate_ms": 60000},
             {"concurrency": 2, "rate_max": None, "rate_ms": None})])
        process = self.site.wdctl_stopped_at("limit:audited", "queues", "limits", QUEUE,
                                             "--concurrency=5")
        self.queues.call(QUEUE, "setGlobalConcurrency", 9)
        answer = self.site.go_on(process)
        self.assertEqual((answer.status, answer.document["code"]), (4, "refused"))
        self.assertEqual(self.limits(), (9, None, None))
        self.assertEqual(self.audited()[-1][0], "not-limited")

    def test_without_effect(self):
        """A BullMQ that does not heed a limit is not given one; nonsense is named and mended."""
        self.add(1)
        self.redis.hset(self.key("meta"), "version", "bullmq:5.59.0")
        document = self.set("--rate=5/1", status=4)
        self.assertIn("5.60", document["error"])
        self.set("--concurrency=4")
        self.redis.hset(self.key("meta"), mapping={"concurrency": "many", "max": "5"})
        self.assertIn("no number", self.wdctl("limits", QUEUE)["queues"][0]["message"])
        self.set("--concurrency=none", status=2)
        self.set("--concurrency=none", "--rate=none")
        self.assertEqual(self.limits(), (None, None, None))
        for argument in ("--concurrency=0", "--concurrency=x", "--rate=5", "--rate=0/5",
                         "--rate=5/0", "--rate=5/x", "--rate=5/90000"):
            with self.subTest(argument):
                self.set(argument, status=2)
        self.assertEqual(self.redis.hkeys(self.key("meta")).count("concurrency"), 0)

    def test_profiles(self):
        """A production connection wants the queue's name; a read-only one nothing at all."""
        self.add(1)
        folder = self.site.household.path("config", "worker-dashboard")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "profiles.conf"), "w", encoding="utf-8") as file:
            for name, key in (("Live", "production"), ("Look", "read-only")):
                file.write(f"[{name}]\ndatabase-url={self.site.postgres.url()}\n"
                           f"redis-url={self.site.redis.url()}\n{key}=true\n")

        def limit(profile, *arguments):
            answer = self.site.wdctl("--profile", profile, "queues", "limits", QUEUE, *arguments,
                                     XDG_CONFIG_HOME=self.site.household.path("config"))
            return answer.status, (answer.document or {}).get("code")

        self.assertEqual(limit("Live", "--concurrency=1"), (4, "refused"))
        self.assertEqual(limit("Look", "--concurrency=1"), (4, "read-only"))
        self.assertEqual(self.limits(), (None, None, None))
        self.assertEqual(limit("Live", "--concurrency=1", f"--confirm={QUEUE}"), (0, None))
        self.assertEqual(limit("Look"), (0, None))


if __name__ == "__main__":
    unittest.main()

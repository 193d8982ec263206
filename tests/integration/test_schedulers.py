#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What makes jobs again and again, listed, and removed as BullMQ itself removes it."""

import concurrent.futures
import unittest

from fixtures.processes import wait_until
from orders_case import QUEUE, OrdersCase

HOUR_MS = 3600 * 1000
REMOVED = "removed from the queue by an admin"


class Schedulers(OrdersCase):
    def upsert(self, key, repeat, name="sync", data=None, major=5, queue=QUEUE, **options):
        return self.queues.call(queue, "upsertJobScheduler", key, repeat,
                                {"name": name, "data": data or {}, "opts": options}, major=major)

    def listed(self, *arguments):
        return self.wdctl("schedulers", QUEUE, *arguments)["schedulers"]

    def find(self, key):
        [found] = [item for item in self.listed("--limit=1000") if item["key"] == key]
        return found

    def word(self, key):
        return self.wdctl("remove-scheduler", QUEUE, key)["scheduler"]["confirm"]

    def remove(self, key, status=0):
        return self.wdctl("remove-scheduler", QUEUE, key, f"--confirm={self.word(key)}",
                          status=status)

    def keys_of(self, queue=QUEUE):
        """All but what counts events, in which no two queues are the same."""
        return {key.removeprefix(f"bull:{queue}:") for key in self.redis.keys(f"bull:{queue}:*")}

    def next_jobs(self, key):
        """Ids of the jobs of a scheduler that are yet to run."""
        return [job_id for job_id in [*self.redis.zrange(self.key("delayed"), 0, -1),
                                      *self.redis.lrange(self.key("wait"), 0, -1),
                                      *self.redis.lrange(self.key("active"), 0, -1)]
                if job_id.startswith(f"repeat:{key}:")]

    def test_listed(self):
        """Next run first, with all that defines each, of both majors; in pages."""
        self.upsert("nightly", {"pattern": "0 2 * * *", "tz": "Europe/Berlin", "limit": 9},
                    data={"global": True}, attempts=3)
        self.upsert("often", {"every": HOUR_MS, "startDate": 4102444800000,
                              "endDate": 4102448400000}, major=6)
        nightly, often = self.listed()
        self.assertEqual((nightly["key"], nightly["name"], nightly["pattern"], nightly["tz"],
                          nightly["limit"], nightly["iterations"], nightly["state"],
                          nightly["job_state"], nightly["last"], nightly["legacy"],
                          nightly["message"]),
                         ("nightly", "sync", "0 2 * * *", "Europe/Berlin", 9, 1, "delayed",
                          "delayed", None, False, None))
        self.assertEqual(nightly["data"], '{"global":true}')
        self.assertIn('"attempts":3', nightly["opts"])
        self.assertEqual(nightly["job_id"], self.redis.zrange(self.key("delayed"), 0, -1)[0])
        self.assertEqual((often["every"], often["start"], often["end"], often["next"]),
                         (HOUR_MS, "2100-01-01T00:00:00Z", "2100-01-01T01:00:00Z",
                          "2100-01-01T00:00:00Z"))
        for i in range(60):
            self.upsert(f"many-{i}", {"pattern": "0 3 * * *"})
        seen, cursor = [], []
        while cursor is not None:
            page = self.wdctl("schedulers", QUEUE, "--limit=25", *cursor)
            self.assertEqual(page["total"], 62)
            seen += [item["key"] for item in page["schedulers"]]
            cursor = [f"--cursor={page['next_cursor']}"] if page["next_cursor"] else None
        self.assertEqual((len(seen), len(set(seen))), (62, 62))
        self.assertEqual(self.wdctl("schedulers", "--limit=1000")["total"], 62)
        self.assertEqual(self.wdctl("schedulers", "nowhere", status=3)["code"], "not-found")

    def test_runs(self):
        """When it ran last, how often, and that it has ended; the one beside it goes on."""
        for major in (5, 6):
            with self.subTest(major=major):
                self.setUp()
                self.upsert("twice", {"every": 300, "limit": 2}, major=major)
                self.upsert("ever", {"every": 300}, major=major)
                workers = self.workers(major=major)
                wait_until(lambda: len([run for run in workers.runs()
                                        if run["id"].startswith("repeat:ever:")]) > 3, 30, "runs")
                workers.close()
                ended, ever = self.find("twice"), self.find("ever")
                self.assertEqual((ended["state"], ended["iterations"], ended["limit"]),
                                 ("ended", 2, 2))
                self.assertIn("ended", ended["message"])
                last = max(run["at"] for run in workers.runs()
                           if run["id"].startswith("repeat:ever:"))
                told = self.redis.hget(self.key(ever["job_id"]), "timestamp")
                self.assertLess(abs(int(told) - last), 5000)
                self.assertIsNotNone(ever["last"])
                self.assertGreater(ever["iterations"], 3)
                self.assertEqual(self.remove("twice")["done"], ["twice"])
                self.assertEqual([item["key"] for item in self.listed()], ["ever"])

    def test_removed_as_bullmq_does(self):
        """What is left in Redis is what the library leaves; the chain is at its end."""
        for major in (5, 6):
            with self.subTest(major=major):
                self.setUp()
                for queue in (QUEUE, "gas-topup"):
                    self.upsert("hourly", {"every": HOUR_MS, "startDate": 4102444800000},
                                data={"a": 1}, major=major, queue=queue)
                    self.upsert("stays", {"pattern": "0 4 1 1 *"}, major=major, queue=queue)
                self.queues.call("gas-topup", "removeJobScheduler", "hourly", major=major)
                shown = self.wdctl("remove-scheduler", QUEUE, "hourly")
                self.assertEqual([job["queue_state"] for job in shown["jobs"]], ["delayed"])
                self.assertEqual(len(self.listed()), 2)
                self.assertEqual(self.remove("hourly")["done"], ["hourly"])
                self.assertEqual(self.keys_of(), self.keys_of("gas-topup"))
                self.assertEqual([item["key"] for item in self.listed()], ["stays"])
                event = self.redis.xrevrange(self.key("events"), count=1)[0][1]
                self.assertEqual((event["event"], event["prev"]), ("removed", "delayed"))
                [(action, target, before, after)] = self.audited()
                self.assertEqual((action, target, before["scheduler"], before["data"],
                                  before["start"], after["jobs"]),
                                 ("remove-scheduler", QUEUE, "hourly", '{"a":1}',
                                  "2100-01-01T00:00:00Z", 1))
                self.assertEqual(self.wdctl("remove-scheduler", QUEUE, "hourly",
                                            status=3)["code"], "not-found")

    def test_legacy(self):
        """Repeatable jobs of before schedulers, with either kind of key."""
        old = "sync:::UTC:0 5 * * *"
        self.redis.zadd(self.key("repeat"), {old: 1})
        self.queues.call(QUEUE, "add", "sync", {"a": 1},
                         {"repeat": {"pattern": "0 5 * * *", "tz": "UTC"}})
        self.queues.call(QUEUE, "add", "often", {}, {"repeat": {"every": HOUR_MS}})
        self.redis.zadd(self.key("repeat"), {"bare:7:4102444800000::*/5 * * * *": 4102444000000})
        self.redis.zadd(self.key("repeat"),
                        {"far:8:9223372036854775807::*/7 * * * *": 4102444000000})
        items = {item["name"]: item for item in self.listed()}
        self.assertEqual((items["far"]["pattern"], items["far"]["end"]), ("*/7 * * * *", None))
        self.assertTrue(all(item["legacy"] for item in items.values()))
        self.assertEqual((items["sync"]["key"], items["sync"]["pattern"], items["sync"]["state"]),
                         (old, "0 5 * * *", "delayed"))
        self.assertEqual((items["often"]["every"], items["often"]["state"]), (HOUR_MS, "delayed"))
        self.assertEqual((items["bare"]["pattern"], items["bare"]["state"], items["bare"]["end"]),
                         ("*/5 * * * *", "broken", "2100-01-01T00:00:00Z"))
        self.assertIn("BullMQ 6", items["often"]["message"])
        for item in items.values():
            self.assertEqual(self.remove(item["key"])["done"], [item["key"]])
        self.assertEqual(self.redis.zcard(self.key("delayed")), 0)
        self.assertEqual([key for key in self.keys_of() if key.startswith("repeat")], [])

    def test_legacy_that_would_go_on(self):
        """BullMQ makes the next job of one that was removed while a job of it waits: left."""
        old = "sync:::UTC:*/1 * * * * *"
        self.redis.zadd(self.key("repeat"), {old: 1})
        self.queues.call(QUEUE, "add", "sync", {},
                         {"repeat": {"pattern": "*/1 * * * * *", "tz": "UTC"}})
        for job_id in self.redis.zrange(self.key("delayed"), 0, -1):
            self.queues.call_job(QUEUE, job_id, "promote")
        self.assertEqual(self.find(old)["state"], "waiting")
        document = self.wdctl("remove-scheduler", QUEUE, old, status=4)
        self.assertIn("could go on", document["error"])
        # So it does.
        self.queues.call(QUEUE, "removeRepeatableByKey", old)
        workers = self.workers()
        wait_until(lambda: len(workers.runs()) > 2, 30, "runs of what was removed")
        self.assertEqual(self.redis.exists(self.key("repeat")), 0)

    def test_odd_ones(self):
        """One without its next job never runs again; one whose job waits already makes no more."""
        self.upsert("broken", {"every": HOUR_MS, "startDate": 4102444800000})
        self.upsert("due", {"every": HOUR_MS})
        [job_id] = self.next_jobs("broken")
        self.redis.zrem(self.key("delayed"), job_id)
        self.redis.delete(self.key(job_id))
        broken = self.find("broken")
        self.assertEqual((broken["state"], broken["job_state"]), ("broken", "missing"))
        self.assertIn("never run again", broken["message"])
        self.remove("broken")
        [waiting] = self.next_jobs("due")
        self.assertEqual(self.find("due")["state"], "waiting")
        self.assertEqual(self.wdctl("remove-scheduler", QUEUE, "due")["jobs"], [])
        self.remove("due")
        self.assertEqual(self.next_jobs("due"), [waiting])
        workers = self.workers()
        wait_until(lambda: len(workers.runs()) == 1, 30, "its last job")
        wait_until(lambda: self.redis.zcard(self.key("completed")) == 1, 10, "its end")
        self.assertEqual(self.keys_of() & {"repeat", "delayed"}, set())

    def test_row_of_its_next_job(self):
        """It is listed before, and says failed after."""
        self.upsert("daily", {"pattern": "0 2 1 1 *"})
        [job_id] = self.next_jobs("daily")
        [(row,)] = self.site.sql("INSERT INTO job_logs (job_id, job_type, status, wallet_address) "
                                 "VALUES (%s, 'sync', 'pending', 'T1') RETURNING id::text", job_id)
        [job] = self.wdctl("remove-scheduler", QUEUE, "daily")["jobs"]
        self.assertEqual((job["id"], job["job_log_id"], job["status"]), (job_id, row, "pending"))
        self.assertEqual(self.remove("daily")["done"], ["daily"])
        self.assertEqual(self.site.sql("SELECT status, error_message FROM job_logs"),
                         [("failed", REMOVED)])
        self.assertEqual(self.site.sql("SELECT action FROM worker_dashboard.audit ORDER BY id"),
                         [("remove-scheduler",), ("remove-job",)])

    def test_connection_cut_amid_removal(self):
        """What is gone is said to be gone; of a row that may not say so, that and why."""
        for key, row in (("bare", False), ("daily", True)):
            with self.subTest(row=row):
                self.setUp()
                self.upsert(key, {"pattern": "0 2 1 1 *"})
                if row:
                    self.site.sql("INSERT INTO job_logs (job_id, job_type, status) "
                                  "VALUES (%s, 'sync', 'pending')", *self.next_jobs(key))
                process = self.site.wdctl_stopped_at(
                    "drain:evicted", "queues", "remove-scheduler", QUEUE, key,
                    f"--confirm={self.word(key)}")
                self.site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                              "WHERE state = 'idle in transaction'")
                answer = self.site.go_on(process)
                self.assertEqual((answer.status != 0, answer.document["done"]), (row, [key]))
                self.assertEqual(["taken out of the queue" in left["error"]
                                  for left in answer.document["left"]], [True] * row)
                self.assertEqual([action for action, *_rest in self.audited()],
                                 ["remove-scheduler"])
                self.assertEqual(self.keys_of() & {"repeat", "delayed"}, set())
        self.assertEqual(self.site.sql("SELECT status FROM job_logs"), [("pending",)])

    def test_changed_meanwhile(self):
        """What was confirmed is another scheduler by now, or it has another next job."""
        self.upsert("daily", {"pattern": "0 2 1 1 *"}, data={"a": 1})
        word = self.word("daily")
        self.upsert("daily", {"pattern": "0 2 1 1 *"}, data={"a": 2})
        self.wdctl("remove-scheduler", QUEUE, "daily", f"--confirm={word}", status=4)
        self.assertEqual(len(self.listed()), 1)
        word = self.word("daily")
        process = self.site.wdctl_stopped_at("queue-order:audited", "queues", "remove-scheduler",
                                             QUEUE, "daily", f"--confirm={word}")
        self.upsert("daily", {"pattern": "0 2 1 1 *"}, data={"a": 3})
        answer = self.site.go_on(process)
        self.assertEqual(answer.status, 4, answer)
        self.assertIn("changed meanwhile", answer.document["left"][0]["error"])
        [job_id] = self.next_jobs("daily")
        process = self.site.wdctl_stopped_at("queue-order:audited", "queues", "remove-scheduler",
                                             QUEUE, "daily", f"--confirm={self.word('daily')}")
        answer = self.site.go_on_unanswered(process)
        self.assertEqual(answer.document["left"][0]["code"], "unknown-outcome")
        self.assertEqual(self.next_jobs("daily"), [job_id])
        self.assertEqual([row[0] for row in self.audited()],
                         ["remove-scheduler", "not-removed", "remove-scheduler",
                          "perhaps-removed"])

        # Its job ran; that one had a row, so the next is not what was listed.
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status) "
                      "VALUES (%s, 'sync', 'pending')", job_id)
        process = self.site.wdctl_stopped_at("queue-order:audited", "queues", "remove-scheduler",
                                             QUEUE, "daily", f"--confirm={self.word('daily')}")
        self.queues.call_job(QUEUE, job_id, "promote")
        workers = self.workers()
        wait_until(lambda: len(workers.runs()) == 1 and self.next_jobs("daily") not in
                   ([], [job_id]), 30, "its next job")
        answer = self.site.go_on(process)
        self.assertEqual(answer.status, 4, answer)
        self.assertIn("ran meanwhile", answer.document["left"][0]["error"])
        self.assertEqual(len(self.next_jobs("daily")), 1)
        self.assertEqual(self.site.sql("SELECT status FROM job_logs"), [("pending",)])

    def test_beside_workers(self):
        """Schedulers are removed while they run: no job of theirs is left, no other is lost."""
        for major in (5, 6):
            with self.subTest(major=major):
                self.setUp()
                names = [f"s{i}" for i in range(100)]
                for i, name in enumerate(names):
                    self.upsert(name, {"every": 150 + 7 * i}, major=major, removeOnComplete=True)
                workers = self.workers(major=major, concurrency=4)
                wait_until(lambda: len(workers.runs()) > 200, 30, "runs")
                words = {item["key"]: item["confirm"] for item in self.listed("--limit=1000")}
                removed = names[:40]
                with concurrent.futures.ThreadPoolExecutor(4) as pool:
                    answers = list(pool.map(lambda name: self.site.wdctl(
                        "queues", "remove-scheduler", QUEUE, name, f"--confirm={words[name]}"),
                        removed))
                refused = [name for name, answer in zip(removed, answers) if answer.status != 0]
                for answer in answers:
                    self.assertIn(answer.status, (0, 4), answer)
                gone = set(removed) - set(refused)
                self.assertGreater(len(gone), 30)
                before = len(workers.runs())
                wait_until(lambda: len(workers.runs()) > before + 200, 30, "more runs")
                self.assertEqual({name for name in gone if self.next_jobs(name)}, set())
                workers.close()
                left = set(self.redis.zrange(self.key("repeat"), 0, -1))
                self.assertEqual(left, set(names) - gone)
                late = {run["id"].split(":")[1] for run in workers.runs()[before + 100:]}
                self.assertEqual(late & gone, set())
                for name in left:
                    self.assertEqual(len(self.next_jobs(name)), 1, name)
                self.assertEqual({key.split(":")[1] for key in self.keys_of()
                                  if key.startswith("repeat:")} & gone, set())

    def test_refused(self):
        """Where the layout is not known nothing is removed, and nothing set."""
        self.upsert("daily", {"pattern": "0 2 1 1 *"})
        word = self.word("daily")
        for version in ("bullmq:4.18.3", "bullmq:7.0.0", "other:1.0.0"):
            with self.subTest(version=version):
                self.redis.hset(self.key("meta"), "version", version)
                document = self.wdctl("remove-scheduler", QUEUE, "daily", f"--confirm={word}",
                                      status=4)
                self.assertEqual(document["code"], "layout")
                document = self.wdctl("limits", QUEUE, "--concurrency=1", status=4)
                self.assertEqual(document["code"], "layout")
        self.assertEqual(self.redis.hget(self.key("meta"), "concurrency"), None)
        self.assertEqual(len(self.next_jobs("daily")), 1)
        self.assertEqual(self.audited(), [])


if __name__ == "__main__":
    unittest.main()

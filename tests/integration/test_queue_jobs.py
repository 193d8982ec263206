#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The jobs of a queue by state, with a row and without, and flows: real BullMQ of both majors."""

import contextlib
import datetime
import unittest

from fixtures.processes import wait_until
from fixtures.workers import Workers
from site_case import SiteCase

QUEUE = "sync-balances"
OTHER = "gas-topup"
HOUR_MS = 3600 * 1000
MAJORS = (5, 6)
MANY = 10000


def when(text):
    """A time of a document; fractions have as many digits as they need."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class QueueJobs(SiteCase):
    def setUp(self):
        self.clear()

    def clear(self):
        self.empty(QUEUE, "job_logs")

    @contextlib.contextmanager
    def fresh(self, major):
        """One of the majors, with an empty platform."""
        with self.subTest(major=major):
            self.clear()
            yield

    def add(self, job_id=None, queue=QUEUE, major=5, data=None, name="sync", **options):
        if job_id:
            options["jobId"] = job_id
        return self.queues.call(queue, "add", name, data or {}, options, major=major)["id"]

    def add_row(self, job_id, job_type="sync", status="pending"):
        [(row,)] = self.site.sql(
            "INSERT INTO job_logs (job_id, job_type, status, wallet_address) "
            "VALUES (%s, %s, %s, 'W1') RETURNING id::text", job_id, job_type, status)
        return row

    def ask(self, command, *arguments, status=0):
        answer = self.site.wdctl("queues", command, *arguments)
        self.assertEqual(answer.status, status, answer)
        return answer.document

    def jobs(self, state="waiting", queue=QUEUE, **options):
        page = self.ask("jobs", queue, f"--state={state}",
                        *(f"--{name}={value}" for name, value in options.items()))
        self.assertTrue(all(job["queue_state"] == state for job in page["jobs"]))
        return page

    def ids(self, state="waiting", **options):
        return [job["id"] for job in self.jobs(state, **options)["jobs"]]

    # States

    def test_what_waits(self):
        """In the order of service, whichever list or set it is in."""
        for major in MAJORS:
            with self.fresh(major):
                self.add("first", major=major, data={"amount": "0.000000000000000001"})
                self.add("second", major=major, attempts=3)
                for priority in (9, 1, 5):
                    self.add(f"urgent-{priority}", major=major, priority=priority)
                self.add("late", major=major, delay=2 * HOUR_MS)
                self.add("soon", major=major, delay=HOUR_MS)
                page = self.jobs()
                self.assertEqual([job["id"] for job in page["jobs"]], ["first", "second"])
                self.assertEqual((page["total"], page["paused"], page["layout"]), (2, False, None))
                self.assertEqual(page["jobs"][0]["data"], {"amount": "0.000000000000000001"})
                self.assertEqual([job["attempts"] for job in page["jobs"]], [1, 3])
                self.assertEqual(self.ids("prioritized"), ["urgent-1", "urgent-5", "urgent-9"])
                self.assertEqual([job["priority"] for job in self.jobs("prioritized")["jobs"]],
                                 [1, 5, 9])
                delayed = self.jobs("delayed")["jobs"]
                self.assertEqual([job["id"] for job in delayed], ["soon", "late"])
                self.assertTrue(all(when(job["due_on"]) > when(job["added_on"])
                                    for job in delayed))
                self.assertEqual(self.ids("active"), [])
                self.assertEqual(self.ids(offset=1), ["second"])
                self.assertEqual(self.ids(limit=1), ["first"])

    def test_paused(self):
        """Version 5 puts what waits elsewhere; what stands there is taken first."""
        for major in MAJORS:
            with self.fresh(major):
                self.add("before", major=major)
                self.queues.call(QUEUE, "pause", major=major)
                self.add("while", major=major)
                page = self.jobs()
                self.assertTrue(page["paused"])
                self.assertEqual([job["id"] for job in page["jobs"]], ["before", "while"])
        # Both lists, as fleets of both majors leave them.
        self.redis.rpush(f"bull:{QUEUE}:paused", "moved")
        self.redis.hset(f"bull:{QUEUE}:moved", mapping={"name": "n", "timestamp": "1"})
        self.assertEqual(self.ids(), ["moved", "before", "while"])
        self.assertEqual(self.ids(offset=1, limit=1), ["before"])

    def test_what_runs_and_ended(self):
        for major in MAJORS:
            with self.fresh(major):
                with Workers(self.site, major=major, queues=[QUEUE], name="payer", database=False,
                             fast=True, fail_match="bad") as workers:
                    self.add("good", major=major)
                    self.add("bad", major=major, attempts=2)
                    wait_until(lambda: self.ids("completed") == ["good"]
                               and self.ids("failed") == ["bad"], 30, "the ends of two jobs")
                    [failed] = self.jobs("failed")["jobs"]
                    self.assertEqual((failed["attempts_made"], failed["attempts"]), (2, 2))
                    self.assertTrue(failed["failed_reason"])
                    self.assertGreaterEqual(when(failed["finished_on"]),
                                            when(failed["processed_on"]))
                    workers.hold()
                    self.add("running", major=major)
                    wait_until(lambda: self.ids("active") == ["running"], 30, "a job that runs")
                    [active] = self.jobs("active")["jobs"]
                    self.assertEqual((active["worker"], active["locked"]), ("payer", True))
                    workers.release()
                    wait_until(lambda: self.ids("completed") == ["running", "good"], 30, "its end")
                shown = self.ask("job", QUEUE, "bad")
                self.assertEqual(len(shown["stacktrace"]), 2)
                self.assertIsNone(shown["row"])
                self.assertIn("at", self.ask("job", QUEUE, "good")["return_value"])

    def test_rows(self):
        """A row is its job's in the queue of its type alone; others have none."""
        row = self.add_row("both")
        self.add_row("theirs", "gas-topup")
        automatic = self.add()
        numbered = self.add_row(f"{QUEUE}/{automatic}", status="active")
        for job_id in ("both", "theirs", "alone"):
            self.add(job_id)
        self.add("both", queue=OTHER)
        self.assertEqual([(job["id"], job["job_log_id"], job["status"])
                          for job in self.jobs()["jobs"]],
                         [(automatic, numbered, "active"), ("both", row, "pending"),
                          ("theirs", None, None), ("alone", None, None)])
        self.assertEqual([job["job_log_id"] for job in self.jobs(queue=OTHER)["jobs"]], [None])
        self.assertEqual(self.ask("job", QUEUE, "both")["row"]["id"], row)
        self.assertIsNone(self.ask("job", QUEUE, "alone")["row"])
        self.ask("job", QUEUE, "nobody", status=3)
        self.ask("jobs", "nowhere", status=3)
        self.ask("jobs", QUEUE, "--state=lost", status=2)

    def test_what_is_odd(self):
        """Ids without a record, marks of old versions, data of any size, a layout nobody knows."""
        self.add("small")
        self.add("large", data={"text": "x" * 200000})
        self.add("twice", deduplication={"id": "one"})
        self.add("not-added", deduplication={"id": "one"})
        self.redis.lpush(f"bull:{QUEUE}:wait", "ghost", "small", "0:0")
        page = self.jobs()
        self.assertEqual([job["id"] for job in page["jobs"]],
                         ["small", "large", "twice", "ghost"])
        self.assertEqual([job["has_record"] for job in page["jobs"]], [True, True, True, False])
        self.assertEqual((page["jobs"][1]["data"], page["jobs"][1]["data_size"] > 200000),
                         (None, True))
        self.assertEqual(page["jobs"][2]["deduplication_id"], "one")
        self.assertIn("text", self.ask("job", QUEUE, "large")["data"])
        self.redis.zadd(f"bull:{QUEUE}:priority", {"small": 1})
        self.assertIn("BullMQ 3", self.jobs()["layout"])
        self.redis.delete(f"bull:{QUEUE}:delayed")
        self.redis.hset(f"bull:{QUEUE}:delayed", "name", "broken")
        self.assertIn("delayed", self.ask("jobs", QUEUE, status=4)["error"])

    def test_rows_that_cannot_be_read(self):
        """The jobs are told of all the same; no table is read from end to end for them."""
        self.add("alone")
        self.site.sql("ALTER TABLE job_logs DROP CONSTRAINT job_logs_job_id_key")
        try:
            page = self.jobs()
            self.assertEqual([job["id"] for job in page["jobs"]], ["alone"])
            self.assertIn("index", page["rows_error"])
        finally:
            self.site.sql("ALTER TABLE job_logs ADD CONSTRAINT job_logs_job_id_key UNIQUE (job_id)")
        self.assertIsNone(self.jobs()["rows_error"])
        self.site.database.close()
        self.site.postgres.stop()
        try:
            page = self.jobs()
            self.assertEqual([job["id"] for job in page["jobs"]], ["alone"])
            self.assertTrue(page["rows_error"])
        finally:
            self.site.postgres.start()
            self.site.reconnect()

    # Many

    def seconds_used(self):
        """What Redis' one thread worked so far, however long it had to wait for a processor."""
        cpu = self.redis.info("cpu")
        return cpu["used_cpu_user_main_thread"] + cpu["used_cpu_sys_main_thread"]

    def test_many(self):
        """Each once, wherever one begins; no call holds Redis up for long."""
        self.queues.command(QUEUE, "addMany", count=MANY, batch=1000)
        self.redis.config_resetstat()
        found, used = [], self.seconds_used()
        for offset in range(0, MANY, 1000):
            page = self.jobs(limit=1000, offset=offset)
            self.assertEqual(page["total"], MANY)
            found += [job["data"]["i"] for job in page["jobs"]]
        self.assertEqual(found, list(range(MANY)))
        self.assertEqual(self.ids(limit=5, offset=MANY), [])
        used = self.seconds_used() - used
        stats = self.redis.info("commandstats")
        # A script a fifty jobs, and one that says how the queue is.
        self.assertLess(stats["cmdstat_evalsha"]["calls"], 10 * (1000 // 50 + 3))
        self.assertLess(used / stats["cmdstat_evalsha"]["calls"], 0.005)
        self.assertFalse({"cmdstat_keys", "cmdstat_hgetall"} & set(stats))
        # Where a job of a flow would have to be looked for among so many, nobody looks.
        self.flow(self.node("root-1", OTHER, [self.node("child-1", QUEUE)]), 5)
        [child] = self.read_flow("root-1", OTHER)["root"]["children"]
        self.assertEqual((child["id"], child["queue_state"]), ("child-1", "unsure"))

    def test_while_it_changes(self):
        """No page holds a job twice, or one of another state as it was read."""
        self.queues.command(QUEUE, "addMany", count=3000, batch=1000)
        with Workers(self.site, queues=[QUEUE], database=False, fast=True, concurrency=8):
            while self.redis.llen(f"bull:{QUEUE}:wait") > 600:
                for state in ("waiting", "completed"):
                    ids = self.ids(state, limit=500)
                    self.assertEqual(len(ids), len(set(ids)))

    def test_gone_before_it_was_told_of(self):
        """What is not told of with the first is left out once it stands in the list no more."""
        self.queues.command(QUEUE, "addMany", count=60, batch=60)
        key = f"bull:{QUEUE}"
        removed, forgotten = self.redis.lrange(f"{key}:wait", 0, 1)
        process = self.site.wdctl_stopped_at("bullmq:before-more-jobs", "queues", "jobs", QUEUE,
                                             "--limit=100")
        self.redis.lrem(f"{key}:wait", 0, removed)
        self.redis.delete(f"{key}:{removed}", f"{key}:{forgotten}")
        jobs = self.site.go_on(process).document["jobs"]
        self.assertEqual(len(jobs), 59)
        self.assertEqual((jobs[-1]["id"], jobs[-1]["has_record"]), (forgotten, False))

    # Flows

    def flow(self, tree, major):
        return self.queues.command(QUEUE, "flow", major=major, args=[tree])

    def node(self, name, queue, children=(), **options):
        return {"name": name, "queueName": queue, "data": {},
                "opts": {"jobId": name, **options}, "children": list(children)}

    def read_flow(self, job_id, queue=QUEUE):
        return self.ask("flow", queue, job_id)

    def find(self, node, job_id):
        if node["id"] == job_id:
            return node
        return next(filter(None, (self.find(child, job_id) for child in node["children"])), None)

    def test_flow(self):
        """Across queues, from whichever job one asks; what became of each child."""
        for major in MAJORS:
            with self.fresh(major):
                self.flow(self.node("root-1", QUEUE, [
                    self.node("done-1", OTHER),
                    self.node("minded-not-1", OTHER, ignoreDependencyOnFailure=True),
                    self.node("waits-1", "deposit-detection", [self.node("below-1", QUEUE)]),
                ]), major)
                row = self.add_row("done-1", "gas-topup", "completed")
                with Workers(self.site, major=major, queues=[OTHER], database=False, fast=True,
                             fail_match="minded-not"):
                    wait_until(lambda: self.redis.scard(f"bull:{QUEUE}:root-1:dependencies") == 1,
                               30, "two children to end")
                for queue, job_id in ((QUEUE, "root-1"), (OTHER, "done-1"), (QUEUE, "below-1")):
                    flow = self.read_flow(job_id, queue)
                    root = flow["root"]
                    self.assertEqual((flow["jobs"], flow["more_above"]), (5, False))
                    self.assertEqual((root["id"], root["queue_state"], root["link"]),
                                     ("root-1", "waiting-children", None))
                    self.assertEqual([root[kind] for kind in
                                      ("failed", "ignored", "pending", "processed", "more")],
                                     [0, 1, 1, 1, 0])
                    self.assertEqual(
                        {child["id"]: (child["queue"], child["queue_state"], child["link"])
                         for child in root["children"]},
                        {"done-1": (OTHER, "completed", "processed"),
                         "minded-not-1": (OTHER, "failed", "ignored"),
                         "waits-1": ("deposit-detection", "waiting-children", "pending")})
                    self.assertEqual(self.find(root, "below-1")["queue_state"], "waiting")
                    self.assertEqual(self.find(root, "done-1")["job_log_id"], row)
                    self.assertTrue(self.find(root, job_id)["asked_for"])
                self.assertEqual(self.jobs("waiting-children")["jobs"][0]["children"], 3)
                self.assertEqual(self.ask("job", QUEUE, "below-1")["parent"],
                                 {"queue": "deposit-detection", "id": "waits-1"})

    def test_a_child_that_fails_its_parent(self):
        for major in MAJORS:
            with self.fresh(major):
                self.flow(self.node("root-1", QUEUE, [
                    self.node("bad-1", OTHER, failParentOnFailure=True),
                    self.node("other-1", OTHER),
                ]), major)
                with Workers(self.site, major=major, queues=[OTHER], database=False, fast=True,
                             fail_match="bad"):
                    wait_until(lambda: self.read_flow("root-1")["root"]["processed"] == 1, 30,
                               "the other child")
                root = self.read_flow("root-1")["root"]
                self.assertEqual((root["failed"], root["pending"]), (1, 0))
                self.assertEqual(self.find(root, "bad-1")["link"], "failed")
                self.assertTrue(self.find(root, "bad-1")["failed_reason"])

    def test_flows_that_are_broken(self):
        """A child that is gone, one that was forgotten, a lost parent, a job below itself."""
        key = f"bull:{QUEUE}"
        self.flow(self.node("root-1", QUEUE, [
            self.node("gone-1", OTHER), self.node("forgotten-1", OTHER)]), 5)
        self.redis.delete(f"bull:{OTHER}:gone-1")
        self.redis.lrem(f"bull:{OTHER}:wait", 0, "gone-1")
        self.redis.srem(f"{key}:root-1:dependencies", f"bull:{OTHER}:forgotten-1")
        root = self.read_flow("forgotten-1", OTHER)["root"]
        self.assertEqual([(child["id"], child["queue_state"], child["link"])
                          for child in root["children"]],
                         [("forgotten-1", "waiting", "unlinked"), ("gone-1", None, "pending")])
        self.redis.delete(f"{key}:root-1")
        self.redis.zrem(f"{key}:waiting-children", "root-1")
        flow = self.read_flow("forgotten-1", OTHER)
        self.assertEqual((flow["root"]["id"], flow["jobs"]), ("forgotten-1", 1))

        for one, other in (("a-1", "b-1"), ("b-1", "a-1")):
            self.add(one)
            self.redis.hset(f"{key}:{one}", "parentKey", f"{key}:{other}")
            self.redis.sadd(f"{key}:{other}:dependencies", f"{key}:{one}")
        flow = self.read_flow("a-1")
        self.assertTrue(flow["more_above"])
        self.assertEqual(flow["root"]["id"], "b-1")
        [below] = flow["root"]["children"]
        self.assertEqual((below["id"], [child["repeated"] for child in below["children"]]),
                         ("a-1", [True]))
        self.ask("flow", QUEUE, "nobody", status=3)

    def test_a_flow_that_is_wide(self):
        """Some of its children and how many more; always the one that is asked for."""
        names = [f"child-{number:03d}" for number in range(120)]
        self.flow(self.node("root-1", QUEUE, [self.node(name, OTHER) for name in names]), 5)
        root = self.read_flow("root-1")["root"]
        self.assertEqual((len(root["children"]), root["more"], root["pending"]), (50, 70, 120))
        root = self.read_flow("child-119", OTHER)["root"]
        self.assertEqual((root["children"][0]["id"], root["children"][0]["link"]),
                         ("child-119", "pending"))
        self.assertEqual((len(root["children"]), root["more"]), (50, 70))
        text = self.site.start_wdctl("queues", "flow", QUEUE, "root-1", json_document=False)
        out, _err = text.communicate(timeout=60)
        self.assertIn("70 more", out)


if __name__ == "__main__":
    unittest.main()

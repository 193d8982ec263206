# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many failed jobs in one call, whatever they look like: none lost, none doubled."""

import unittest

from queue_case import QueueCase, Tool

from fixtures.redis_server import PASSWORD_IN_URL, USER

VERSIONS = ("bullmq:5.81.5", "bullmq:6.7.0")
FAILED_AT = 1700000001000


class RetryCase(QueueCase):
    """Failed jobs as BullMQ leaves them, and a user of Redis whose rights can be cut."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.redis.execute_command("ACL", "SETUSER", USER, "on", "~*", "&*", "+@all")
        socket = cls.servers.redis.socket
        cls.narrow = Tool(f"redis+unix://{USER}:{PASSWORD_IN_URL}@{socket}")
        cls.addClassCleanup(cls.narrow.close)

    def setUp(self):
        super().setUp()
        self.servers.redis.limit("+@all")
        self.open()

    def open(self, version="bullmq:5.81.5"):
        self.redis.hset(self.key("meta"), mapping={"version": version,
                                                   "opts.maxLenEvents": 10000})

    def add_failed(self, *ids, score=FAILED_AT, **fields):
        """Makes failed jobs; a field of None is left out."""
        record = {"name": "work", "data": "{}", "opts": "{}", "timestamp": 1700000000000,
                  "delay": 0, "priority": 0, "ats": 1, "atm": 1, "finishedOn": FAILED_AT,
                  "processedOn": FAILED_AT, "failedReason": "no", **fields}
        record = {name: value for name, value in record.items() if value is not None}
        with self.redis.pipeline() as pipe:
            for number, job_id in enumerate(ids):
                pipe.hset(self.key(job_id), mapping=record)
                pipe.zadd(self.key("failed"), {job_id: score + number})
            pipe.execute()

    def orders(self, *ids):
        return [self.job(id=job_id) for job_id in ids]

    def receipt(self, order):
        return self.redis.get(self.key("wd-receipt:" + order["outbox_id"]))

    def retry_narrowly(self, orders, *forbidden):
        """As a user without some commands. Returns the results."""
        self.servers.redis.limit("+@all")
        self.narrow.call("site")
        self.servers.redis.limit(*("-" + command for command in forbidden))
        answer = self.narrow.call("retry", jobs=orders, keep=1)
        self.assertNotIn("error", answer)
        return answer["results"]

    def assert_refused(self, result, state=None):
        self.assertEqual((result["outcome"], result["state"]), ("refused", state), result)


class Slices(RetryCase):
    def test_thousands_in_one_call(self):
        for version in VERSIONS:
            with self.fresh(version=version):
                self.open(version)
                ids = [f"many-{number}" for number in range(3300)]
                for priority in range(3):
                    self.add_failed(*ids[priority::3], priority=priority)
                orders = self.orders(*ids)
                self.assertEqual(self.retry(*orders), ["done"] * len(ids))
                self.assertEqual(self.redis.lrange(self.key("wait"), 0, -1)[::-1], ids[0::3])
                self.assertEqual(self.redis.zrange(self.key("prioritized"), 0, -1),
                                 ids[1::3] + ids[2::3])
                self.assertEqual(self.redis.zcard(self.key("failed")), 0)
                events = [fields for _, fields in self.redis.xrange(self.key("events"))]
                self.assertCountEqual([event["jobId"] for event in events], ids)
                self.assertEqual({(event["event"], event["prev"]) for event in events},
                                 {("waiting", "failed")})
                self.assertEqual(self.retry(*orders), ["already"] * len(ids))

    def test_each_is_answered_in_its_place(self):
        """Every kind of answer in one call, also beyond the first slice."""
        self.add_failed(*(f"good-{number}" for number in range(300)), priority=0)
        self.add(self.job(id="waits-1"), self.job(id="late-1", delay=60000))
        expected, orders = [], []
        for number in range(300):
            orders += self.orders(f"good-{number}", f"gone-{number}", "waits-1", "late-1")
            expected += [("done", None), ("refused", "missing"), ("refused", "waiting"),
                         ("refused", "delayed")]
        results = self.tool.call("retry", jobs=orders)["results"]
        self.assertEqual([(result["outcome"], result["state"]) for result in results], expected)
        for order, result in zip(orders, results):
            self.assertEqual(self.receipt(order), "sent" if result["outcome"] == "done" else None)

    def test_one_id_twice(self):
        self.add_failed("a-1", "a-2")
        orders = self.orders("a-1", "a-2", "a-1")
        results = self.tool.call("retry", jobs=orders + orders[:1])["results"]
        self.assertEqual([result["outcome"] for result in results],
                         ["done", "done", "refused", "already"])
        self.assert_refused(results[2], "waiting")
        self.assertEqual([self.receipt(order) for order in orders], ["sent", "sent", None])
        self.assertEqual(self.redis.lrange(self.key("wait"), 0, -1), ["a-2", "a-1"])

    def test_which_end(self):
        """As in BullMQ: a job retried by itself goes where it was meant to, many go last."""
        self.add(self.job(id="there-1"))
        self.add_failed("lifo-1", "lifo-2", opts='{"lifo":true}')
        self.assertEqual(self.retry(*self.orders("lifo-1")), ["done"])
        self.assertEqual(self.redis.lrange(self.key("wait"), 0, -1), ["there-1", "lifo-1"])
        self.add_failed("other-1")
        self.assertEqual(self.retry(*self.orders("lifo-2", "other-1")), ["done"] * 2)
        self.assertEqual(self.redis.lrange(self.key("wait"), 0, -1),
                         ["other-1", "lifo-2", "there-1", "lifo-1"])
        self.add_failed("bad-opts", opts='{"lifo":true')
        self.assertEqual(self.retry(*self.orders("bad-opts")), ["done"])

    def test_parents(self):
        """Only a child that had left its parent's list goes back there."""
        self.add_failed("lonely-1", parentKey="bull:up:p")
        self.add_failed("stopped-1", parentKey="bull:up:p")
        self.add_failed("ignored-1", parentKey="bull:up:p")
        self.redis.zadd("bull:up:p:unsuccessful", {self.key("stopped-1"): 1})
        self.redis.hset("bull:up:p:failed", self.key("ignored-1"), "no")
        self.assertEqual(self.retry(*self.orders("lonely-1", "stopped-1", "ignored-1")),
                         ["done"] * 3)
        self.assertEqual(self.redis.smembers("bull:up:p:dependencies"),
                         {self.key("stopped-1"), self.key("ignored-1")})
        self.assertFalse(self.redis.exists("bull:up:p:unsuccessful", "bull:up:p:failed"))
        self.add_failed("odd-1", parentKey="bull:up:odd")
        self.redis.set("bull:up:odd:unsuccessful", "x")
        self.assertEqual(self.retry(*self.orders("odd-1")), ["warned"])
        self.assertEqual(self.containers_of("odd-1"), ["wait"])


class OddJobs(RetryCase):
    """What BullMQ does not write, but somebody did."""

    def test_priorities(self):
        for priority, container in (("", "wait"), ("x", "wait"), (None, "wait"), ("0.0", "wait"),
                                    ("-0", "wait"), ("7", "prioritized"), ("-1", "prioritized"),
                                    ("1.5", "prioritized")):
            for others in ((), ("plain-1",)):
                with self.fresh(priority=priority, others=others):
                    self.open()
                    self.add_failed("odd-1", priority=priority)
                    self.add_failed(*others)
                    orders = self.orders("odd-1", *others)
                    self.assertEqual(self.retry(*orders), ["done"] * len(orders))
                    self.assertEqual(self.containers_of("odd-1"), [container])
                    self.assertEqual([self.receipt(order) for order in orders],
                                     ["sent"] * len(orders))

    def test_a_priority_without_a_place(self):
        self.add_failed("plain-1", "odd-1", priority="nan")
        self.redis.hset(self.key("plain-1"), "priority", 0)
        orders = self.orders("plain-1", "odd-1")
        self.assertEqual(self.retry(*orders), ["done", "refused"])
        self.assertEqual(self.redis.zscore(self.key("failed"), "odd-1"), FAILED_AT + 1)
        self.assertEqual([self.receipt(order) for order in orders], ["sent", None])

    def test_listed_as_failed_and_elsewhere(self):
        """A job whose record was lost and that was added anew must not run twice."""
        def in_list(name):
            return lambda job_id: self.redis.lpush(self.key(name), job_id)

        def in_set(name):
            return lambda job_id: self.redis.zadd(self.key(name), {job_id: 1700000000000 * 4096})

        cases = {"waiting": in_list("wait"), "paused": in_list("paused"),
                 "active": in_list("active"), "delayed": in_set("delayed"),
                 "prioritized": in_set("prioritized"), "completed": in_set("completed"),
                 "waiting-children": in_set("waiting-children")}
        for state, put in cases.items():
            with self.fresh(state=state):
                self.open()
                self.add_failed("good-1")
                # Only a job that ended says when.
                self.add_failed("two-1", finishedOn=FAILED_AT if state == "completed" else None)
                put("two-1")
                before = self.containers_of("two-1")
                orders = self.orders("good-1", "two-1")
                results = self.tool.call("retry", jobs=orders)["results"]
                self.assertEqual(results[0]["outcome"], "done")
                self.assert_refused(results[1], "waiting" if state == "paused" else state)
                self.assertEqual(self.containers_of("two-1"), before)
                self.assertIsNone(self.receipt(orders[1]))

    def test_failed_without_a_time(self):
        self.add_failed("timeless-1", finishedOn=None)
        self.assertEqual(self.retry(*self.orders("timeless-1")), ["done"])
        self.assertEqual(self.containers_of("timeless-1"), ["wait"])

    def test_keys_of_other_types(self):
        self.add_failed("good-1", "list-1", "good-2")
        orders = self.orders("good-1", "list-1", "good-2")
        self.redis.delete(self.key("list-1"))
        self.redis.lpush(self.key("list-1"), "x")
        self.redis.lpush(self.key("wd-receipt:" + orders[2]["outbox_id"]), "x")
        results = self.tool.call("retry", jobs=orders)["results"]
        self.assertEqual([result["outcome"] for result in results], ["done", "refused", "refused"])
        self.assertIn("WRONGTYPE", results[1]["message"])
        self.assertEqual([self.containers_of(order["id"]) for order in orders],
                         [["wait"], ["failed"], ["failed"]])
        self.assertIsNone(self.receipt(orders[1]))

    def test_made_at_another_time(self):
        """An id that the queue gave again is another job's."""
        made = 1700000000000
        self.add_failed("plain-1", "dated-1", "young-1", "old-1", "timeless-1", timestamp=made)
        self.redis.hdel(self.key("timeless-1"), "timestamp")
        orders = self.orders("plain-1", "dated-1", "young-1", "old-1", "timeless-1")
        limits = ((0, 0), (made, made), (made - 2, made - 1), (made + 1, 0), (made, made))
        for order, (since, until) in zip(orders, limits):
            order.update(made_since=since, made_until=until)
        results = self.tool.call("retry", jobs=orders)["results"]
        self.assertEqual([result["outcome"] for result in results],
                         ["done", "done", "refused", "refused", "done"])
        for result, order in zip(results[2:4], orders[2:4]):
            self.assert_refused(result, "missing")
            self.assertIn("another job", result["message"])
            self.assertEqual(self.containers_of(order["id"]), ["failed"])
            self.assertIsNone(self.receipt(order))

    def test_discarded(self):
        self.add_failed("a-1")
        order = self.orders("a-1")[0]
        self.assertEqual(self.tool.call("discard", outbox_id=order["outbox_id"]), {"sent": False})
        self.assertEqual(self.retry(order), ["discarded"])
        self.assertEqual(self.containers_of("a-1"), ["failed"])


class Refused(RetryCase):
    """What gets no place is as failed as before, to the last digit."""

    SCORE = FAILED_AT + 0.125

    def seed(self):
        self.add_failed("plain-1", "plain-2", score=self.SCORE)
        self.add_failed("ranked-1", score=self.SCORE + 10, priority=3)
        return self.orders("plain-1", "ranked-1", "plain-2")

    def failed(self):
        return dict(self.redis.zrange(self.key("failed"), 0, -1, withscores=True))

    def test_commands(self):
        everywhere = {"plain-1": self.SCORE, "plain-2": self.SCORE + 1,
                      "ranked-1": self.SCORE + 10}
        for forbidden, left in (
                (("zmscore",), ()), (("zmscore", "lpush"), ("plain-1", "plain-2")),
                (("lpush",), ("plain-1", "plain-2")), (("incr",), ("ranked-1",)),
                (("zmscore", "incr"), ("ranked-1",)), (("lpush", "incr"), everywhere),
                (("zrem",), everywhere), (("zadd",), everywhere)):
            with self.fresh(forbidden=forbidden):
                self.open()
                orders = self.seed()
                results = self.retry_narrowly(orders, *forbidden)
                for order, result in zip(orders, results):
                    refused = order["id"] in left
                    self.assertEqual(result["outcome"], "refused" if refused else "done")
                    self.assertEqual(self.receipt(order), None if refused else "sent")
                    self.assertEqual(len(self.containers_of(order["id"])), 1)
                self.assertEqual(self.failed(), {name: everywhere[name] for name in left})

    def test_twice_and_refused(self):
        self.add_failed("a-1")
        orders = self.orders("a-1", "a-1")
        for result in self.retry_narrowly(orders, "lpush"):
            self.assert_refused(result)
        self.assertEqual(self.containers_of("a-1"), ["failed"])
        self.assertEqual([self.receipt(order) for order in orders], [None, None])

    def test_paused_with_both_lists_filled(self):
        for in_wait, forbidden, done in ((2, (), True), (2, ("rpoplpush",), False),
                                         (5001, (), False)):
            with self.fresh(in_wait=in_wait, forbidden=forbidden):
                self.open()
                orders = self.seed()
                self.redis.hset(self.key("meta"), "paused", 1)
                self.redis.lpush(self.key("paused"), "p-1")
                self.redis.lpush(self.key("wait"), *(f"w-{number}" for number in range(in_wait)))
                failed = self.failed()
                results = self.retry_narrowly(orders, *forbidden)
                self.assertEqual({result["outcome"] for result in results},
                                 {"done" if done else "refused"})
                if done:
                    self.assertEqual(self.redis.lrange(self.key("paused"), 0, -1)[::-1],
                                     ["p-1", "w-0", "w-1", "plain-1", "plain-2"])
                    self.assertEqual(self.failed(), {})
                else:
                    self.assertEqual(self.failed(), failed)
                    self.assertEqual(self.redis.llen(self.key("wait")), in_wait)
                    self.assertEqual(self.redis.zcard(self.key("prioritized")), 0)

    def test_full_server(self):
        orders = self.seed()
        self.tool.call("site")
        before = self.dump()
        self.redis.config_set("maxmemory", 1)
        self.addCleanup(self.redis.config_set, "maxmemory", 0)
        answer = self.tool.call("retry", jobs=orders, keep=1)
        self.assertEqual(self.outcomes(answer), ["refused"] * 3)
        self.assertIn("OOM", answer["results"][0]["message"])
        self.assertEqual(self.dump(), before)


if __name__ == "__main__":
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the scripts write, and what they refuse, without any worker."""

import unittest

from queue_case import QUEUE, QueueCase, Tool

from fixtures.redis_server import PASSWORD_IN_URL, USER

# Each container, and a command that makes something else of it.
WRONG_TYPES = {
    "meta": ("SET", "x"), "id": ("LPUSH", "x"), "wait": ("SET", "x"), "paused": ("SADD", "x"),
    "active": ("SET", "x"), "prioritized": ("LPUSH", "x"), "pc": ("LPUSH", "x"),
    "delayed": ("HSET", "a", "b"), "completed": ("LPUSH", "x"), "failed": ("SET", "x"),
    "waiting-children": ("SET", "x"), "marker": ("LPUSH", "x"), "events": ("LPUSH", "x"),
    "stalled": ("LPUSH", "x"), "limiter": ("LPUSH", "x"), "repeat": ("SET", "x"),
}

# What the scripts that add and retry call, each taken away in turn.
COMMANDS = """del eval evalsha exists get hdel hexists hget hmget hset incr lindex llen lpos lpush
mget
lrange rpoplpush rpush sadd set type xadd xlen xrange xrevrange zadd zmscore zrange zrem zrevrange
zrevrangebyscore zscore""".split()


class Layouts(QueueCase):
    """Queues that must not be written to are left exactly as they are."""

    def seed(self, version="bullmq:5.81.5"):
        """A queue with one failed job."""
        self.redis.hset(self.key("meta"), "opts.maxLenEvents", 10000)
        if version:
            self.redis.hset(self.key("meta"), "version", version)
        self.redis.hset(self.key("old-1"), mapping={
            "name": "work", "data": "{}", "opts": "{}", "timestamp": 1700000000000, "delay": 0,
            "priority": 0, "ats": 1, "atm": 1, "finishedOn": 1700000001000, "failedReason": "no"})
        self.redis.zadd(self.key("failed"), {"old-1": 1700000001000})

    def assert_refused(self, part):
        self.tool.call("site")
        before = self.dump()
        requests = [("add", {"jobs": [self.job(), self.job(priority=3), self.job(delay=9)]}),
                    ("retry", {"jobs": [{"id": "old-1", "outbox_id": "r1"},
                                        self.job(readd=1)]})]
        for operation, fields in requests:
            answer = self.tool.call(operation, **fields)
            for result in answer["results"]:
                self.assertEqual(result["outcome"], "refused", answer)
                self.assertIn(part, result["message"])
            self.assertEqual(self.dump(), before, operation)
        for operation in ("pause", "resume"):
            answer = self.tool.call(operation)
            self.assertEqual(answer.get("code"), "layout", answer)
            self.assertIn(part, answer["error"])
            self.assertEqual(self.dump(), before, operation)
        self.assertIn(part, self.tool.call("counts")["layout"])

    def assert_accepted(self):
        self.assertIsNone(self.tool.call("counts")["layout"])
        self.assertEqual(self.add(self.job(id="new-1")), ["done"])
        self.assertEqual(len(self.containers_of("new-1")), 1)

    def test_wrong_types(self):
        for suffix, (command, *arguments) in WRONG_TYPES.items():
            with self.fresh(case=suffix):
                self.seed()
                self.redis.delete(self.key(suffix))
                self.redis.execute_command(command, self.key(suffix), *arguments)
                self.assert_refused(self.key(suffix))

    def test_versions(self):
        for version, part in (("bullmq:3.16.2", "3.16.2"), ("bullmq:4.18.3", "4.18.3"),
                              ("bullmq:7.0.0", "7.0.0"), ("bullmq-pro:7.1.0", "bullmq-pro"),
                              ("nonsense", "nonsense")):
            with self.fresh(case=version):
                self.seed(version)
                self.assert_refused(part)

    def test_known_versions(self):
        for version in ("bullmq:5.0.0", "bullmq:5.81.5", "bullmq:6.7.0", None):
            with self.fresh(case=version):
                self.seed(version)
                self.assert_accepted()

    def test_other_libraries_number_themselves(self):
        self.seed("bullmq:1.2.3")
        self.assert_accepted()

    def test_old_signs(self):
        def priority_set():
            self.redis.zadd(self.key("priority"), {"old-1": 1})

        def wake_up_mark():
            self.redis.lpush(self.key("wait"), "0:0")

        def attempts_counted_at_start():
            self.redis.hdel(self.key("meta"), "version")
            self.redis.hdel(self.key("old-1"), "ats", "atm")
            self.redis.hset(self.key("old-1"), "attemptsMade", 1)

        for sign, part in ((priority_set, "priority"), (wake_up_mark, "wake-up"),
                           (attempts_counted_at_start, "BullMQ 3 or 4")):
            with self.fresh(case=sign.__name__):
                self.seed()
                sign()
                self.assert_refused(part)

    def test_jobs_without_settings_are_not_bullmq(self):
        self.redis.lpush(self.key("wait"), "a", "b")
        self.redis.hset(self.key("a"), "data", "{}")
        self.assert_refused("another library")

    def test_a_counter_without_settings_is_not_bullmq(self):
        """All that is left of an idle Bull queue whose jobs are removed when they end."""
        self.redis.set(self.key("id"), 12)
        self.assert_refused("another library")

    def test_every_adding_by_bullmq_tells_itself(self):
        """However its jobs were added, and whatever was done to its events since."""
        def add(queues, major):
            queues.call(QUEUE, "add", "work", {}, {"removeOnComplete": True}, major=major)

        def trim(queues, major):
            add(queues, major)
            queues.call(QUEUE, "trimEvents", 0, major=major)

        def obliterate(queues, major):
            add(queues, major)
            queues.call(QUEUE, "obliterate", {"force": True}, major=major)

        for major in (5, 6):
            for way in (add, trim, obliterate):
                with self.fresh(major=major, way=way.__name__):
                    queues = self.queues()
                    way(queues, major)
                    # As one with `skipMetasUpdate`, or of flows alone, leaves it.
                    self.redis.hdel(self.key("meta"), "version")
                    self.redis.delete(self.key("wait"))
                    self.assert_accepted()

    def test_new_queues(self):
        self.assert_accepted()
        self.redis.flushall()
        self.redis.hset(self.key("meta"), "opts.maxLenEvents", 10000)
        self.redis.set(self.key("stalled-check"), 1)
        self.assert_accepted()
        self.assertNotIn("version", self.redis.hgetall(self.key("meta")))


class Permissions(QueueCase):
    """An ACL that lacks one command: a job is queued whole or not at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.servers.redis.client().execute_command(
            "ACL", "SETUSER", USER, "on", "~*", "&*", "+@all")
        socket = cls.servers.redis.socket
        cls.narrow = Tool(f"redis+unix://{USER}:{PASSWORD_IN_URL}@{socket}")
        cls.addClassCleanup(cls.narrow.close)

    def setUp(self):
        super().setUp()
        self.servers.redis.limit("+@all")

    def seed(self, paused):
        self.redis.hset(self.key("meta"), mapping={"version": "bullmq:5.81.5",
                                                   "opts.maxLenEvents": 10000})
        for number, priority in enumerate((0, 0, 4)):
            job = f"old-{number}"
            self.redis.hset(self.key(job), mapping={
                "name": "work", "data": "{}", "opts": "{}", "timestamp": 1700000000000, "delay": 0,
                "priority": priority, "ats": 1, "atm": 1, "finishedOn": 1700000001000,
                "failedReason": "no", "parentKey": "bull:parents:p1"})
            self.redis.zadd(self.key("failed"), {job: 1700000001000 + number})
            self.redis.zadd("bull:parents:p1:unsuccessful", {self.key(job): 1})
        if paused:
            self.redis.hset(self.key("meta"), "paused", 1)
            for name in ("wait", "paused"):
                self.redis.lpush(self.key(name), f"in-{name}")
                self.redis.hset(self.key(f"in-{name}"), "name", "work")
        self.narrow.call("site")

    def forbid(self, command):
        self.servers.redis.limit("-" + command)

    def judge(self, answer, jobs):
        """Yields each job with whether it counts as queued."""
        results = answer.get("results") or []
        for job, result in zip(jobs, results + [{}] * len(jobs)):
            done = result.get("outcome") in ("done", "warned")
            if not done:
                self.assertIn(result.get("outcome"), ("refused", None), answer)
            yield job, done

    def test_adding(self):
        for paused in (False, True):
            for command in COMMANDS:
                with self.fresh(command=command, paused=paused):
                    self.servers.redis.limit("+@all")
                    self.seed(paused)
                    self.forbid(command)
                    jobs = [self.job(), self.job(priority=2), self.job(delay=60000), self.job()]
                    answer = self.narrow.call("add", jobs=jobs, keep=1)
                    for job, done in self.judge(answer, jobs):
                        self.assertEqual(len(self.containers_of(job["id"])), int(done), answer)
                        self.assertEqual(self.redis.exists(self.key(job["id"])), int(done))
                        receipt = self.key("wd-receipt:" + job["outbox_id"])
                        self.assertEqual(self.redis.get(receipt), "sent" if done else None)
                    self.assert_nothing_lost(paused)

    def test_retrying(self):
        for paused in (False, True):
            for command in COMMANDS:
                with self.fresh(command=command, paused=paused):
                    self.servers.redis.limit("+@all")
                    self.seed(paused)
                    self.forbid(command)
                    jobs = [self.job(id=f"old-{number}", reset=number % 2) for number in range(3)]
                    jobs.append(self.job(readd=1))
                    answer = self.narrow.call("retry", jobs=jobs, keep=1)
                    for job, done in self.judge(answer, jobs[:3]):
                        self.assert_retried(job, done, answer)
                    gone = jobs[3]["id"]
                    self.assertEqual(len(self.containers_of(gone)),
                                     self.redis.exists(self.key(gone)))
                    self.assert_nothing_lost(paused)

    def assert_retried(self, job, done, answer):
        containers = self.containers_of(job["id"])
        self.assertEqual(len(containers), 1, answer)
        self.assertEqual(containers[0] != "failed", done, answer)
        record = self.redis.hgetall(self.key(job["id"]))
        self.assertEqual("finishedOn" in record, not done)
        receipt = self.key("wd-receipt:" + job["outbox_id"])
        self.assertEqual(self.redis.get(receipt), "sent" if done else None)

    def assert_nothing_lost(self, paused):
        for job in ("in-wait", "in-paused") if paused else ():
            self.assertEqual(len(self.containers_of(job)), 1)

    def test_reading_without_rights(self):
        self.seed(False)
        self.forbid("client|list")
        self.assertEqual(self.narrow.call("counts")["workers"], -1)
        self.forbid("evalsha")
        self.forbid("eval")
        counts = self.narrow.call("counts")
        self.assertEqual(counts["failed"], 3)
        self.assertEqual(counts["lost_locks"], -1)
        self.assertIn("scripts", counts["layout"])
        self.forbid("info")
        answer = self.narrow.call("site")
        self.assertIsNotNone(answer["site"])
        self.assertIsNone(answer["identity"])


class Trouble(QueueCase):
    """A server that is full, a replica, or silent."""

    def test_out_of_memory(self):
        self.tool.call("site")
        before = self.dump()
        self.redis.config_set("maxmemory", 1)
        self.addCleanup(self.redis.config_set, "maxmemory", 0)
        for operation in ("add", "retry"):
            jobs = [self.job(), self.job(priority=1)]
            answer = self.tool.call(operation, jobs=jobs, keep=1)
            self.assertEqual(self.outcomes(answer), ["refused"] * 2)
            self.assertIn("OOM", answer["results"][0]["message"])
        self.assertEqual(self.dump(), before)

    def test_replica(self):
        self.tool.call("site")
        before = self.dump()
        self.redis.replicaof("127.0.0.1", 1)
        self.addCleanup(self.redis.replicaof, "NO", "ONE")
        for operation in ("add", "retry"):
            answer = self.tool.call(operation, jobs=[self.job()], keep=1)
            self.assertEqual((answer["code"], answer["results"]), ("no-connection", [{}]), answer)
        self.assertEqual(self.dump(), before)

    def test_silent_server(self):
        """A job sent without an answer is unknown; asked again it is found queued, once."""
        for operation in ("add", "retry"):
            with self.fresh(operation=operation):
                job = self.job(readd=1)
                self.tool.call("site")
                self.servers.redis.pause()
                answer = self.tool.call(operation, jobs=[job], keep=1, timeout=300)
                self.servers.redis.resume()
                self.assertEqual((answer["code"], answer["results"]), ("unknown-outcome", [{}]))
                again = self.tool.call("add", jobs=[job])
                self.assertIn(self.outcomes(again), (["already"], ["done"]))
                self.assertEqual(self.containers_of(job["id"]), ["wait"])

    def test_a_connection_made_anew_is_not_trusted(self):
        self.tool.call("site")
        self.redis.client_kill_filter(_type="normal", skipme=True)
        self.tool.call("counts")
        job = self.job()
        self.assertEqual(self.add(job, keep=1), ["site-changed"])
        self.assertEqual(self.containers_of(job["id"]), [])


if __name__ == "__main__":
    unittest.main()

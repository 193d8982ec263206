#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service writes the rows of workers that write none: what happened, and each thing once."""

import signal
import time
import unittest

from fixtures.processes import is_stopped, wait_until
from fixtures.service import Service, make_token, run_server
from fixtures.site import OWNER
from recording_case import GAS, SECONDS, SYNC, RecordingCase

POINTS = ("recorder:after-read", "recorder:before-begin", "recorder:before-save",
          "recorder:before-commit", "recorder:after-commit")


class Recording(RecordingCase):
    def test_workers_that_log_nothing(self):
        service = self.recorder()
        for major in (5, 6):
            with self.subTest(major=major):
                self.queues.command(SYNC, "close")
                done = self.add(SYNC, "sync", {"wallet_address": "Wa", "user_id": OWNER}, major)
                named = self.add(GAS, "topup", {"walletAddress": "Wb", "userId": OWNER}, major,
                                 jobId=f"topup-{major}", attempts=3,
                                 backoff={"type": "fixed", "delay": 200})
                lost = self.add(SYNC, "sync", {"global": True, "fail": "fail-me"}, major,
                                attempts=2, backoff={"type": "fixed", "delay": 100})
                later = self.add(GAS, "topup", {"walletAddress": "Wc"}, major, delay=3600000)
                # The data of one that is completed and gone before that nobody knows.
                wait_until(lambda: {named, *(f"{SYNC}/{i}" for i in (done, lost))}
                           <= set(self.statuses()), SECONDS, "their rows")
                with self.workers(major, fail_match="topup-|fail-me"):
                    wait_until(lambda: [self.statuses().get(i) for i in
                                        (f"{SYNC}/{done}", named, f"{SYNC}/{lost}")]
                               == ["completed", "failed", "failed"], SECONDS, "the ends")
                row = self.row(f"{SYNC}/{done}")
                self.assertEqual((row.job_type, row.wallet_address, row.user_id, row.triggered_by,
                                  row.data, row.error_message, row.retry_count, row.max_retries),
                                 ("sync", "Wa", OWNER, "system",
                                  {"wallet_address": "Wa", "user_id": OWNER}, None, 0, 1))
                self.assertLessEqual(row.created_at, row.started_at)
                self.assertLessEqual(row.started_at, row.completed_at)
                row = self.row(named)
                self.assertEqual((row.job_type, row.wallet_address, row.retry_count,
                                  row.max_retries), ("gas-topup", "Wb", 2, 3))
                job = self.queues.command(GAS, "describe", id=named, major=major)
                self.assertEqual(row.error_message, job["failedReason"])
                self.assertEqual(row.created_at.timestamp() * 1000, job["timestamp"])
                # The worker's clock told the queue, Redis' clock the stream.
                told = {fields["event"]: int(event.split("-")[0]) for event, fields in
                        self.redis.xrange(f"bull:{GAS}:events") if fields.get("jobId") == named}
                self.assertEqual([round(at.timestamp() * 1000)
                                  for at in (row.started_at, row.completed_at)],
                                 [told["active"], told["failed"]])
                row = self.row(f"{SYNC}/{lost}")
                self.assertEqual((row.wallet_address, row.retry_count), (None, 1))
                self.assertEqual(self.row(f"{GAS}/{later}").status, "pending")
                # What an admin's own tool does is told as well.
                self.queues.call_job(GAS, later, "remove", major=major)
                self.queues.call_job(GAS, named, "retry", "failed", major=major)
                wait_until(lambda i=later: self.row(f"{GAS}/{i}").status == "cancelled", SECONDS,
                           "removal")
                wait_until(lambda i=named: self.row(i).status == "pending", SECONDS, "retry")
                row = self.row(named)
                self.assertEqual((row.error_message, row.started_at, row.completed_at,
                                  row.retry_count), (None, None, None, 2))
        self.assertEqual(service.stop(), 0)
        self.assertEqual([line for line in service.log() if line["level"] != "info"], [])

    def add_until(self, condition, what):
        """How much is read at once is the service's affair: there is more until that is so.
        Returns how many jobs were added."""
        count = 0
        for _attempt in range(300):
            self.add_many(10)
            count += 10
            time.sleep(0.2)
            if condition():
                return count
        self.fail(f"{count} jobs did not bring it to {what}")

    def test_killed(self):
        """Wherever it dies, it goes on where it stopped."""
        self.recorder(SYNC).stop()
        count = 0
        with self.workers(queues=[SYNC], fail_first=1):
            for point in POINTS:
                service = self.recorder(SYNC, wait=False, WD_FAULT=f"{point}:2")
                count += self.add_until(lambda at=service: at.process.poll() is not None, point)
                self.assertEqual(service.process.returncode, -signal.SIGKILL, service.log_text())
                self.free_lease()
            self.recorder(SYNC)
            self.wait_for_rows(count, "completed")
            self.caught_up()
        self.assert_each_once(count)

    def test_two_instances(self):
        """One records, the other stands by; one that was paused does not write what is written."""
        paused = self.recorder(SYNC, WD_FAULT="recorder:before-begin:3", WD_FAULT_ACTION="stop")
        other = self.recorder(SYNC, wait=False)
        self.wait_for_log(other, "Another instance records")
        with self.workers(queues=[SYNC], fail_first=1):
            count = self.add_until(lambda: is_stopped(paused.process.pid), "its standstill")
            self.free_lease()
            self.wait_for_log(other, "Recording the events")
            self.wait_for_rows(count, "completed")
            self.caught_up()
            paused.process.send_signal(signal.SIGCONT)
            self.wait_for_log(paused, "Another instance records")
            self.add_many(20)
            self.wait_for_rows(count + 20, "completed")
            self.caught_up()
        self.assert_each_once(count + 20)
        # Whoever leaves lets the other go on at once.
        self.assertEqual(other.stop(), 0)
        before = paused.log_text().count("Recording the events")
        wait_until(lambda: paused.log_text().count("Recording the events") > before, 10, "its turn")

    def test_lost_events(self):
        """What was trimmed unread is asked of the queue; what that does not know is said."""
        self.recorder(SYNC).stop()
        ids = {}
        with self.workers(queues=[SYNC], fail_match="fail-me") as workers:
            gone = self.add(SYNC, "sync", {"walletAddress": "W0"}, delay=3600000)
            with self.subTest("a row that stays behind"):
                service = self.recorder(SYNC)
                self.wait_for_rows(1)
                self.assertEqual(service.stop(), 0)
            self.queues.call_job(SYNC, gone, "promote")
            for name, data, options in (
                    ("kept", {"walletAddress": "W1"}, {"removeOnComplete": False}),
                    ("failed", {"walletAddress": "W2", "do": "fail-me"}, {})):
                ids[name] = self.add(SYNC, "sync", data, **options)
            wait_until(lambda: len(workers.runs()) == 3, SECONDS, "three runs")
            workers.hold()
            ids["active"] = self.add(SYNC, "sync", {"walletAddress": "W3"})
            wait_until(lambda: len(workers.runs()) == 4, SECONDS, "four runs")
            ids["waits"] = self.add(SYNC, "sync", {"walletAddress": "W4"})
            self.redis.xtrim(f"bull:{SYNC}:events", maxlen=1, approximate=False)
            for point in ("recorder:before-repair", "recorder:after-repair"):
                service = self.recorder(SYNC, wait=False, WD_FAULT=point)
                wait_until(lambda at=service: at.process.poll() is not None, SECONDS, point)
                self.assertEqual("were lost" in service.log_text(),
                                 point == "recorder:before-repair")
                self.free_lease()
            service = self.recorder(SYNC)
            self.wait_for_rows(5)
            self.caught_up()
            self.assertEqual(
                {name: self.row(f"{SYNC}/{number}").status for name, number in ids.items()},
                {"kept": "completed", "failed": "failed", "active": "active", "waits": "pending"})
            row = self.row(f"{SYNC}/{ids['failed']}")
            job = self.queues.command(SYNC, "describe", id=ids["failed"])
            self.assertEqual((row.error_message, row.wallet_address,
                              row.completed_at.timestamp() * 1000),
                             (job["failedReason"], "W2", job["finishedOn"]))
            # Nobody knows whether the one that is gone was completed or removed.
            self.assertEqual(self.row(f"{SYNC}/{gone}").status, "pending")
            self.wait_for_log(service, "of 1 jobs that are gone it is not known")
            workers.release()
            self.wait_for_rows(3, "completed")

    def test_flushed(self):
        """Another Redis in its place: what it tells is recorded from its beginning."""
        self.recorder(SYNC)
        with self.workers(queues=[SYNC]):
            for _ in range(5):
                self.add(SYNC, "sync", {"walletAddress": "W1"})
            self.wait_for_rows(5, "completed")
            self.redis.flushall()
            self.queues.command(SYNC, "close")
            # Numbers begin again: the row of the first job is kept as that of a past one.
            before = self.row(f"{SYNC}/1")
            again = self.add(SYNC, "sync", {"walletAddress": "W2"}, removeOnComplete=False)
            self.assertEqual(again, "1")
            wait_until(lambda: self.row(f"{SYNC}/1").data == {"walletAddress": "W2"}
                       and self.row(f"{SYNC}/1").status == "completed", SECONDS,
                       "the new job")
            self.assertEqual(self.row(f"{SYNC}/1").wallet_address, "W2")
        self.caught_up()
        self.assertEqual(len(self.statuses()), 6)
        before.job_id += f"@{round(before.created_at.timestamp() * 1000)}"
        self.assertEqual(vars(self.row(before.job_id)), vars(before))
        # It is no job of the queue any more, least of all the one that bears the number now.
        self.site.sql("UPDATE job_logs SET status = 'failed' WHERE job_id = %s", before.job_id)
        answer = self.site.wdctl("jobs", "retry", before.job_id)
        self.assertEqual(answer.status, 4, answer)
        self.assertIn("dispatch a new job instead", str(answer.document))
        self.assertEqual(self.redis.zcard(f"bull:{SYNC}:completed"), 1)

    def test_worker_that_logs_itself(self):
        """Its word stays, and so does a dispatch's row; how the job ended is not said twice."""
        wallet = self.site.add_wallets(1)[0]
        self.recorder(GAS)
        with self.workers(queues=[GAS], database=True, fail_match=wallet):
            answer = self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet)
            row = answer.document["jobs"][0]["id"]
            for _ in range(2):
                wait_until(lambda: self.redis.zscore(f"bull:{GAS}:delayed", row) is not None,
                           SECONDS, "the next attempt")
                self.caught_up(GAS)
                self.assertEqual(self.row(row).status, "retrying")
                self.queues.call_job(GAS, row, "promote")
            wait_until(lambda: self.redis.zscore(f"bull:{GAS}:failed", row) is not None, SECONDS,
                       "the failure")
            self.caught_up(GAS)
        said = self.row(row)
        self.assertEqual(said.status, "failed")
        self.assertEqual(said.wallet_address, wallet)
        # The worker says so itself when it begins an attempt.
        self.assertEqual(said.retry_count, 2)
        self.site.sql("UPDATE job_logs SET status = 'completed', completed_at = now() "
                      "WHERE id = %s", row)
        self.redis.xadd(f"bull:{GAS}:events", {"event": "failed", "jobId": row,
                                               "failedReason": "late", "prev": "active"})
        self.caught_up(GAS)
        self.assertEqual(self.row(row).status, "completed")

    def test_retry_on_its_way(self):
        """What the queue still says does not undo a retry that has not reached it."""
        service = self.recorder(GAS)
        with self.workers(queues=[GAS], fail_match="fail-me"):
            job = f"{GAS}/{self.add(GAS, 'topup', {'walletAddress': 'W1', 'do': 'fail-me'})}"
            self.wait_for_rows(1, "failed")
        self.assertEqual(service.stop(), 0)
        self.site.wdctl("jobs", "retry", job, WD_FAULT="delivery:before-send")
        self.assertEqual((self.row(job).status, len(self.site.outbox())), ("pending", 1))
        # As a service that has never recorded: who wrote that row is not known to it.
        self.site.sql("TRUNCATE worker_dashboard.recording, worker_dashboard.recording_mark")
        self.recorder(GAS)
        self.caught_up(GAS)
        self.assertEqual(self.row(job).status, "pending")
        self.site.wdctl("outbox", "send")
        self.assertEqual((self.site.outbox(), self.redis.zcard(f"bull:{GAS}:failed")), ([], 0))

    def test_what_no_row_takes(self):
        """One job that the database refuses stops no other; what is left out is said."""
        self.site.sql("ALTER TABLE job_logs ALTER COLUMN wallet_address SET NOT NULL, "
                      "ADD COLUMN processed_at timestamptz")
        self.addCleanup(self.site.sql,
                        "ALTER TABLE job_logs ALTER COLUMN wallet_address DROP NOT NULL, "
                        "DROP COLUMN processed_at")
        service = self.recorder(SYNC)
        self.wait_for_log(service, "was compared")
        jobs = [{"name": "sync", "data": {"walletAddress": f"W{i}", "note": note}, "opts": {}}
                for i, note in enumerate(["fine", "zero \0", "fine"])]
        self.queues.command(SYNC, "addAll",
                            jobs=jobs + [{"name": "sync", "data": {"global": True}, "opts": {}}])
        self.wait_for_rows(3)
        self.caught_up()
        self.assertEqual(self.site.sql("SELECT wallet_address, data IS NULL FROM job_logs "
                                       "ORDER BY job_id"),
                         [("W0", False), ("W1", True), ("W2", False)])
        # Sites whose table has another word and another column for it.
        self.redis.xadd(f"bull:{SYNC}:events", {"event": "active", "jobId": "1",
                                                "prev": "waiting"})
        self.wait_for_rows(1, "processing")
        self.assertEqual(self.site.sql("SELECT job_id FROM job_logs WHERE status = 'processing' "
                                       "AND processed_at = started_at"), [(f"{SYNC}/1",)])
        # What is as deep as no stack.
        self.redis.hset(f"bull:{SYNC}:5", mapping={"name": "sync", "data": "[" * 200000,
                                                   "opts": "[" * 200000, "timestamp": 1})
        for job in ("4", "5"):
            for event in ("active", "completed"):
                self.redis.xadd(f"bull:{SYNC}:events", {"event": event, "jobId": job})
        # A row that somebody holds is waited for.
        with self.site.postgres.connect() as other, other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT FROM job_logs WHERE job_id = %s FOR UPDATE", (f"{SYNC}/1",))
            self.redis.xadd(f"bull:{SYNC}:events", {"event": "completed", "jobId": "1",
                                                    "prev": "active"})
            wait_until(lambda: self.site.sql("SELECT count(*) FROM pg_stat_activity "
                                             "WHERE wait_event_type = 'Lock'")[0][0], SECONDS,
                       "recording to wait")
            cursor.execute("ROLLBACK")
        self.wait_for_rows(1, "completed")
        self.assertEqual(service.stop(), 0)
        self.assertNotIn("Nothing is recorded", service.log_text())
        self.assertIn("2 jobs without a wallet", service.log_text())
        self.assertIn("1 rows without data, which are too large", service.log_text())

    def test_what_row_security_hides(self):
        """A row that can be neither written nor read stops no other job, and is told of."""
        service = self.recorder(SYNC)
        self.wait_for_log(service, "was compared")
        for statement in (
                "INSERT INTO job_logs (job_id, job_type, wallet_address, status) "
                f"VALUES ('{SYNC}/2', 'sync', 'Whidden', 'completed')",
                "CREATE POLICY seen ON job_logs USING (wallet_address IS DISTINCT FROM 'Whidden')",
                "ALTER TABLE job_logs ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE job_logs FORCE ROW LEVEL SECURITY"):
            self.site.sql(statement)
        self.addCleanup(self.site.sql, "DROP POLICY seen ON job_logs")
        self.addCleanup(self.site.sql, "ALTER TABLE job_logs DISABLE ROW LEVEL SECURITY, "
                                       "NO FORCE ROW LEVEL SECURITY")
        jobs = [{"name": "sync", "data": {"walletAddress": f"W{i}"}, "opts": {}} for i in range(5)]
        self.queues.command(SYNC, "addAll", jobs=jobs)
        with self.workers(queues=[SYNC]):
            self.wait_for_rows(4, "completed")
            self.caught_up()
        self.assertEqual(sorted(self.statuses()), [f"{SYNC}/{i}" for i in (1, 3, 4, 5)])
        self.assertEqual([line["message"] for line in service.log() if line["level"] != "info"],
                         [f"The events about the job “2” of the queue “{SYNC}” are left out until "
                          "the queue is recorded anew: Rows about these jobs appeared meanwhile, "
                          "or are there and cannot be seen: row security or a trigger may hide "
                          "them"])
        token = make_token(self.site, "watch", "viewer")
        self.assertIn("\nworker_dashboard_recording_set_aside_total 1\n",
                      service.get("/metrics", token).text)

    def test_stores_that_are_gone(self):
        """One line when a store goes, one when it is back; nothing is recorded twice."""
        service = self.recorder(SYNC)
        with self.workers(queues=[SYNC], fail_first=1):
            self.site.postgres.stop()
            self.add_many(10)
            self.wait_for_log(service, "Nothing is recorded for now")
            self.site.postgres.start()
            self.site.reconnect()
            self.wait_for_rows(10, "completed")
            self.caught_up()
        self.assert_each_once(10)
        self.site.redis.kill()
        wait_until(lambda: service.log_text().count("Nothing is recorded for now") == 2, SECONDS,
                   "the loss of Redis")
        self.site.redis.start()
        wait_until(lambda: service.log_text().count("Recording the events") == 3, SECONDS,
                   "Redis to be back")
        told = [line["message"] for line in service.log() if "ecord" in line.get("message", "")]
        self.assertEqual([text.split(":")[0].split(" of ")[0] for text in told
                          if "compared" not in text],
                         ["Recording the events", "Nothing is recorded for now"] * 2
                         + ["Recording the events"], told)

    def test_refused(self):
        for options, words in ((["--record=mail"], "no kind of job belongs to that queue"),
                               (["--record="], "no kind of job belongs to that queue")):
            answer = run_server(self.site, *options)
            self.assertEqual(answer.returncode, 2, answer)
            self.assertIn(words, answer.stderr)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerts: they open when something is wrong, end when it is not, and scripts can follow them."""

import json
import os
import select
import shutil
import signal
import subprocess
import time
import unittest

from fixtures.processes import FixtureError, catches, dies_with_parent, wait_until
from fixtures.service import Service, make_token
from fixtures.site import Site
from fixtures.stack import wdctl_path
from fixtures.workers import Workers

SECONDS = 120.0
ALERT = ["id", "rule", "subject", "severity", "state", "unit", "since", "seen", "opened",
         "resolved", "acknowledged", "snoozed_until", "notified", "value", "peak", "threshold",
         "window", "title", "measured", "advice"]
RULES = ["failed-jobs", "failure-rate", "retry-rate", "queue-depth", "oldest-waiting", "stuck",
         "no-worker", "run-time", "wallets", "undelivered", "drift", "connection"]


class Watch:
    """wdctl --json watch."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [wdctl_path(), "--json", "watch"], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=dies_with_parent())
        os.set_blocking(self.process.stdout.fileno(), False)
        self._rest = b""
        self._heard = []

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def hear(self, event, rule, subject):
        """Returns the document of that event; whatever else comes is kept for later."""
        end = time.monotonic() + SECONDS
        while True:
            for said in self._heard:
                if (said["event"], said["rule"], said["subject"]) == (event, rule, subject):
                    self._heard.remove(said)
                    return said
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise FixtureError(f"{rule} of “{subject}” was not {event} within {SECONDS:g} s")
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                raise FixtureError(f"wdctl ended with {self.process.wait()}")
            *lines, self._rest = (self._rest + more).split(b"\n")
            self._heard += map(json.loads, lines)


class Alerts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)

    def setUp(self):
        self.site.sql("TRUNCATE job_logs, user_wallets, worker_dashboard.outbox")
        self.site.redis.flush()
        for folder in ("alerts-data", "alerts-config"):
            shutil.rmtree(self.site.household.path(folder), ignore_errors=True)
        self.environment = {
            **os.environ, **self.site.environment(), "LC_ALL": "C.UTF-8", "LANGUAGE": "C",
            "XDG_DATA_HOME": self.site.household.path("alerts-data"),
            "XDG_CONFIG_HOME": self.site.household.path("alerts-config")}
        self.find_rules()

    def find_rules(self):
        """Their name tells which servers these are."""
        data = self.site.household.path("alerts-data")
        shutil.rmtree(data, ignore_errors=True)
        self.run_wdctl("alerts", "list")
        lock, = (name for name in os.listdir(os.path.join(data, "worker-dashboard", "alerts"))
                 if name.endswith(".lock"))
        self.rules_path = self.site.household.path(
            "alerts-config", "worker-dashboard", "alerts", lock.replace(".lock", ".conf"))

    def write_rules(self, text):
        os.makedirs(os.path.dirname(self.rules_path), exist_ok=True)
        with open(self.rules_path, "w", encoding="utf-8") as file:
            file.write(text)

    def run_wdctl(self, *arguments, status=0):
        result = subprocess.run(
            [wdctl_path(), *arguments], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
            preexec_fn=dies_with_parent())
        self.assertEqual(result.returncode, status, result)
        return result

    def ask(self, *arguments, status=0):
        return json.loads(self.run_wdctl("--json", *arguments, status=status).stdout)

    def fail_jobs(self, count, job_type="gas-topup"):
        self.site.add_failed_jobs(count, job_type=job_type)

    def test_workers_that_fail(self):
        """Real workers, whose jobs fail; then they are history."""
        self.write_rules("[failed-jobs]\nthreshold=100\nthreshold.sync=2\ncooldown=0\n"
                         "[failure-rate]\nenabled=false\n")
        with Watch(self.environment) as watch, \
                Workers(self.site, major=5, queues=["sync-balances"], fast=True, fail_first=9):
            for address in self.site.add_wallets(3):
                self.site.wdctl("dispatch", "sync", "--wallet", address)
            said = watch.hear("opened", "failed-jobs", "sync")
            self.assertEqual(list(said), ["event", "at", *ALERT])
            self.assertGreaterEqual(said["value"], 2)
            self.assertEqual((said["threshold"], said["unit"], said["window"]), (2, "count", 3600))
            self.assertEqual(said["title"], "Failed jobs: Balance sync")
            listed, = self.ask("alerts", "list")["alerts"]
            self.assertEqual((listed["id"], listed["state"]), (said["id"], "open"))
            self.site.sql("DELETE FROM job_logs")
            ended = watch.hear("resolved", "failed-jobs", "sync")
            self.assertEqual(ended["id"], said["id"])
            self.assertIsNotNone(ended["resolved"])
        self.assertEqual(self.ask("alerts", "list")["alerts"], [])
        past, = self.ask("alerts", "list", "--history")["alerts"]
        self.assertEqual((past["id"], past["state"]), (said["id"], "resolved"))

    def test_lost_servers(self):
        self.write_rules("[connection]\nhold=0\n")
        with Watch(self.environment) as watch:
            self.site.redis.kill()
            said = watch.hear("opened", "connection", "redis")
            self.assertEqual((said["severity"], said["title"]),
                             ("critical", "Lost connection: Redis"))
            # Not killed: the cluster of the tests does not wait for its disk.
            self.site.postgres.stop()
            watch.hear("opened", "connection", "postgresql")
            self.site.postgres.start()
            self.site.redis.start()
            watch.hear("resolved", "connection", "postgresql")
            watch.hear("resolved", "connection", "redis")
        self.site.reconnect()

    def fill_queue(self, queue, count):
        redis = self.site.redis.client()
        redis.hset(f"bull:{queue}:meta", mapping={"opts.maxLenEvents": 10000,
                                                  "version": "bullmq:5.34.0"})
        for number in range(count):
            redis.hset(f"bull:{queue}:{number}", mapping={
                "name": "it", "data": "{}", "opts": "{}", "timestamp": int(time.time() * 1000)})
            redis.lpush(f"bull:{queue}:wait", number)

    def test_queues_of_others(self):
        """They are watched while those of the connection are empty, and a Redis that does not
        answer does not empty them."""
        self.write_rules("[queue-depth]\nthreshold=5\nhold=0\n[no-worker]\nenabled=false\n")
        self.fill_queue("withdrawals", 6)
        alert, = self.ask("alerts", "list")["alerts"]
        self.assertEqual((alert["rule"], alert["subject"], alert["value"]),
                         ("queue-depth", "withdrawals", 6))
        self.fill_queue("sync-balances", 7)
        self.assertEqual([(alert["subject"], alert["value"])
                          for alert in self.ask("alerts", "list")["alerts"]],
                         [("withdrawals", 6), ("sync", 7)])
        # Only the walk over all keys tells of others.
        self.site.redis.limit("-scan", user="default")
        try:
            self.assertEqual({alert["subject"] for alert in self.ask("alerts", "list")["alerts"]},
                             {"withdrawals", "sync"})
        finally:
            self.site.redis.limit("+scan", user="default")
        self.site.redis.kill()
        try:
            self.assertEqual({alert["subject"] for alert in self.ask("alerts", "list")["alerts"]
                              if alert["rule"] == "queue-depth"}, {"withdrawals", "sync"})
        finally:
            self.site.redis.start()
            self.site.reconnect()

    def test_over_a_remote_dashboard(self):
        """What it tells is watched by the same rules."""
        self.fill_queue("sync-balances", 6)
        redis = self.site.redis.client()
        redis.zadd("bull:gas-topup:delayed", {"later": int(time.time() * 1000) << 12})
        self.fail_jobs(3)
        service = Service(self.site)
        self.addCleanup(service.kill)
        self.environment.update(
            WORKER_DASHBOARD_API_URL=f"http://127.0.0.1:{service.port}", DATABASE_URL="",
            REDIS_URL="", WORKER_DASHBOARD_API_TOKEN=make_token(self.site, "alerts", "viewer"))
        self.find_rules()
        self.write_rules("[queue-depth]\nthreshold=5\nhold=0\n[no-worker]\nhold=0\n"
                         "[failed-jobs]\nthreshold=3\n[failure-rate]\nenabled=false\n"
                         "[connection]\nhold=0\n")
        alerts = self.ask("alerts", "list")["alerts"]
        known = {("queue-depth", "sync"), ("no-worker", "sync"), ("failed-jobs", "gas-topup")}
        self.assertEqual({(alert["rule"], alert["subject"]) for alert in alerts}, known)
        self.assertEqual({alert["value"] for alert in alerts}, {6, 3})
        self.site.redis.kill()
        try:
            wait_until(lambda: {(alert["rule"], alert["subject"]) for alert in
                                self.ask("alerts", "list")["alerts"]}
                       == known | {("connection", "redis")}, 20, "the lost server")
        finally:
            self.site.redis.start()
            self.site.reconnect()
        service.kill()
        self.assertIn("Lost connection: Remote Dashboard",
                      [alert["title"] for alert in self.ask("alerts", "list")["alerts"]])

    def test_once(self):
        """For cron: the exit status says whether something critical is open."""
        self.write_rules("[no-worker]\nhold=0\n[failed-jobs]\nthreshold=3\n")
        self.run_wdctl("watch", "--once")
        self.fail_jobs(3)
        line, = self.run_wdctl("watch", "--once").stdout.splitlines()
        self.assertIn("opened warning Failed jobs: Gas top-up (3 failed in 1 h, threshold 3)", line)
        address, = self.site.add_wallets(1)
        self.site.wdctl("dispatch", "sync", "--wallet", address)
        result = self.run_wdctl("watch", "--once", status=1)
        self.assertIn("still warning Failed jobs: Gas top-up", result.stdout)
        self.assertIn("opened critical No worker: Balance sync", result.stdout)
        self.assertIn("1 critical alert is open", result.stderr)
        with Workers(self.site, major=5, queues=["sync-balances"], fast=True):
            wait_until(lambda: self.site.sql("SELECT 1 FROM job_logs WHERE status = 'completed'"),
                       20, "the job done")
            self.run_wdctl("watch", "--once")

    def test_what_jobs_did(self):
        """Run times and retries of the last hour, from the counts."""
        self.site.sql(
            "INSERT INTO job_logs (job_id, job_type, status, wallet_address, triggered_by, "
            "created_at, started_at, completed_at, retry_count) "
            "SELECT gen_random_uuid()::text, 'consolidation', 'completed', 'W' || i, 'system', "
            "now() - interval '30 minutes', now() - interval '30 minutes', "
            "now() - interval '20 minutes', 2 FROM generate_series(1, 40) i")
        alerts = {alert["rule"]: alert for alert in self.ask("alerts", "list")["alerts"]}
        self.assertEqual(set(alerts), {"run-time", "retry-rate"})
        self.assertTrue(all(alert["subject"] == "consolidation" for alert in alerts.values()))
        self.assertAlmostEqual(alerts["run-time"]["value"], 600, delta=60)
        self.assertEqual(alerts["retry-rate"]["value"], 200)

    def test_drift(self):
        """Rows without their jobs are an alert, until something is done about them."""
        self.write_rules("[drift]\nthreshold=2\n[no-worker]\nenabled=false\n")
        rows = [row for row, in self.site.sql(
            "INSERT INTO job_logs (job_id, job_type, status, created_at, updated_at) SELECT i, "
            "'sync', 'pending', now() - interval '1 hour', now() - interval '1 hour' "
            "FROM generate_series(100, 101) i RETURNING id::text")]
        # Whoever looks only once does not compare all rows with all queues.
        self.assertEqual(self.ask("alerts", "list")["alerts"], [])
        environment = {**self.environment, "WD_FAULT_SPAN": "watch:settled:0"}
        with Watch(environment) as watch:
            alert = watch.hear("opened", "drift", "")
        self.assertEqual((alert["value"], alert["threshold"]), (2, 2))
        self.assertIn("Compare rows with queues", alert["advice"])
        ids = [item["id"] for item in self.ask("drift", "check")["items"]
               if item["job_log_id"] in rows]
        self.run_wdctl("drift", "fix", "mark-failed", *ids)
        with Watch(environment) as watch:
            self.assertEqual(watch.hear("resolved", "drift", "")["id"], alert["id"])
        past, = self.ask("alerts", "list", "--history")["alerts"]
        self.assertEqual((past["id"], past["state"]), (alert["id"], "resolved"))

    def test_hold_lasts_over_runs(self):
        """What must hold for a while is remembered from one start to the next."""
        self.write_rules("[failed-jobs]\nthreshold=3\nhold=2\n")
        self.fail_jobs(3)
        self.assertEqual(self.run_wdctl("watch", "--once").stdout, "")
        wait_until(lambda: "opened" in self.run_wdctl("watch", "--once").stdout, 20, "the alert")

    def test_acknowledge_and_snooze(self):
        self.write_rules("[failed-jobs]\nthreshold=3\n")
        self.fail_jobs(3)
        alert, = self.ask("alerts", "list")["alerts"]
        done = self.ask("alerts", "acknowledge", alert["id"])
        self.assertTrue(done["success"])
        self.assertIsNotNone(done["alert"]["acknowledged"])
        done = self.ask("alerts", "snooze", alert["id"], "--for", "2h")
        self.assertIsNotNone(done["alert"]["snoozed_until"])
        self.assertIn("snoozed", self.run_wdctl("alerts", "list").stdout)
        self.ask("alerts", "snooze", alert["id"], "--until", "2001-01-01", status=2)
        self.ask("alerts", "snooze", alert["id"], "--for", "long", status=2)
        refused = self.ask("alerts", "acknowledge", "0123456789", status=3)
        self.assertEqual(refused["code"], "not-found")

    def test_rules(self):
        self.write_rules("[drift]\nthreshold=5\n[wallets]\nthreshold=none\n"
                         "[failed-jobs]\nthreshold.sync=9\n"
                         "[quiet-hours]\nenabled=true\nfrom=23:00\n")
        result = self.run_wdctl("--json", "alerts", "rules")
        document = json.loads(result.stdout)
        rules = {rule["rule"]: rule for rule in document["rules"]}
        self.assertEqual(list(rules), RULES)
        self.assertEqual((rules["drift"]["threshold"], rules["wallets"]["threshold"]), (5, 1))
        self.assertEqual(rules["failed-jobs"]["thresholds"], {"sync": 9})
        self.assertEqual(document["quiet_hours"], {"from": "23:00", "to": "07:00",
                                                   "critical": True})
        self.assertIn("[wallets] is not used", result.stderr)
        self.assertEqual(len(self.run_wdctl("alerts", "rules").stdout.splitlines()), 13)

    def test_two_at_once(self):
        """Two that watch find one incident, not two."""
        self.write_rules("[failed-jobs]\nthreshold=3\n")
        with Watch(self.environment) as one, Watch(self.environment) as other:
            self.fail_jobs(3)
            first = one.hear("opened", "failed-jobs", "gas-topup")
            second = other.hear("opened", "failed-jobs", "gas-topup")
            self.assertEqual(first["id"], second["id"])
            self.ask("alerts", "acknowledge", first["id"])
            one.hear("acknowledged", "failed-jobs", "gas-topup")

    def test_files_that_cannot_be_kept(self):
        """It tells all the same, says so, and tells once."""
        data = self.site.household.path("alerts-data", "worker-dashboard", "alerts")
        shutil.rmtree(data)
        with open(data, "w", encoding="utf-8"):
            pass
        self.write_rules("[failed-jobs]\nthreshold=3\n")
        self.fail_jobs(3)
        result = self.run_wdctl("watch", "--once")
        self.assertIn("opened warning", result.stdout)
        self.assertIn("The alerts cannot be kept", result.stderr)

    def test_ends(self):
        """It ends when it is told to, and when nobody reads, also while nothing happens."""
        for number in (signal.SIGINT, signal.SIGTERM):
            with Watch(self.environment) as watch:
                wait_until(lambda: catches(watch.process.pid, number), 30, f"it to heed {number}")
                watch.process.send_signal(number)
                self.assertEqual(watch.process.wait(60), 0)
                self.assertEqual(watch.process.stderr.read(), b"")
        with Watch(self.environment) as watch:
            watch.process.stdout.close()
            self.assertEqual(watch.process.wait(60), 0)


if __name__ == "__main__":
    unittest.main()

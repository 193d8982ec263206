# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of recording share: services that record, jobs and workers that write no rows."""

from fixtures.processes import FixtureError, wait_until
from fixtures.service import Service
from site_case import SiteCase

SECONDS = 30.0
SYNC, GAS = "sync-balances", "gas-topup"
COLUMNS = ("job_id, job_type, status, wallet_address, user_id::text, triggered_by, data, "
           "error_message, retry_count, max_retries, started_at, completed_at, created_at")


class Row:
    def __init__(self, values):
        names = [name.split("::")[0].strip() for name in COLUMNS.split(",")]
        self.__dict__.update(zip(names, values))


class RecordingCase(SiteCase):
    def setUp(self):
        self.empty(SYNC, "job_logs", "worker_dashboard.recording",
                   "worker_dashboard.recording_mark")

    def recorder(self, *queues, wait=True, **environment):
        self.number += 1
        options = [f"--record={queue}" for queue in queues] or ["--record"]
        service = Service(self.site, "--rate-limit", "0", *options,
                          name=f"{self.id()}-{self.number}",
                          **{"WD_FAULT_SPAN": "recorder:round:1", **environment})
        self.addCleanup(service.kill)
        if wait:
            self.wait_for_log(service, "Recording the events")
        return service

    @staticmethod
    def wait_for_log(service, words):
        wait_until(lambda: words in service.log_text(), SECONDS, words)

    def add(self, queue, name, data, major=5, **options):
        """Returns the id of a job as sites' own scripts add one."""
        return self.queues.call(queue, "add", name, data,
                                {"removeOnComplete": True, **options}, major=major)["id"]

    def workers(self, major=5, queues=(SYNC, GAS), **options):
        return self.start_workers(*queues, major=major, **options)

    def row(self, job_id):
        rows = self.site.sql(f"SELECT {COLUMNS} FROM job_logs WHERE job_id = %s", job_id)
        self.assertEqual(len(rows), 1, job_id)
        return Row(rows[0])

    def statuses(self):
        return dict(self.site.sql("SELECT job_id, status FROM job_logs"))

    def wait_for_rows(self, count, status=None):
        def wanted():
            return [job for job, found in self.statuses().items() if status in (None, found)]

        try:
            wait_until(lambda: len(wanted()) >= count, SECONDS, f"{count} rows {status}")
        except FixtureError as error:
            marks = self.site.sql("SELECT * FROM worker_dashboard.recording")
            raise AssertionError(f"{error}: {self.statuses()}, read to {marks}") from error

    def caught_up(self, queue=SYNC):
        def at_end():
            last = self.redis.xinfo_stream(f"bull:{queue}:events")["last-generated-id"]
            return self.site.sql("SELECT last_id FROM worker_dashboard.recording "
                                 "WHERE queue = %s AND gap_from IS NULL", queue) == [(last,)]
        wait_until(at_end, SECONDS, f"{queue} to be recorded to its end")

    def free_lease(self):
        """As if whoever recorded had not been heard of for long."""
        self.site.sql("UPDATE worker_dashboard.recording SET heard_at = now() - interval '1 hour'")

    def add_many(self, count, **options):
        """Jobs that fail once and are completed then."""
        jobs = [{"name": "sync", "data": {"walletAddress": f"W{i}"},
                 "opts": {"removeOnComplete": True, "attempts": 2, **options}}
                for i in range(count)]
        self.queues.command(SYNC, "addAll", jobs=jobs)

    def assert_each_once(self, count):
        """Of jobs by add_many(): an event that was recorded twice would show as a retry more."""
        self.assertEqual(
            self.site.sql("SELECT status, retry_count, count(*) FROM job_logs GROUP BY 1, 2"),
            [("completed", 1, count)])
        stream = self.redis.xinfo_stream(f"bull:{SYNC}:events")
        self.assertEqual(
            self.site.sql("SELECT last_id, n_read FROM worker_dashboard.recording "
                          "WHERE queue = %s", SYNC),
            [(stream["last-generated-id"], stream["entries-added"])])

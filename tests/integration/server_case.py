# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the service share: a site, three tokens, and a service in front of it."""

from fixtures.processes import wait_until
from fixtures.service import Service, make_token, read_reply
from money_case import MoneyCase


class ServerCase(MoneyCase):
    """One service for a class; tests that need another one start it."""

    service_options = ("--rate-limit", "0")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = make_token(cls.site, "viewer", "viewer")
        cls.operator = make_token(cls.site, "operator", "operator")
        cls.admin = make_token(cls.site, "admin", "admin")
        cls.service = Service(cls.site, *cls.service_options)
        cls.addClassCleanup(cls.service.close)

    def setUp(self):
        super().setUp()
        self.site.sql("TRUNCATE worker_dashboard.request_key")

    def start_service(self, *options, **arguments):
        service = Service(self.site, *options, name=f"service-{id(self)}-{len(options)}",
                          **arguments)
        self.addCleanup(service.kill)
        return service

    def hold_wallet(self, address):
        """No job is written for that wallet until the answer is called."""
        self.site.sql("CREATE OR REPLACE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql "
                      "AS 'BEGIN WHILE NOT pg_try_advisory_xact_lock(8) LOOP PERFORM "
                      "pg_sleep(0.01); END LOOP; RETURN NEW; END'")
        self.addCleanup(self.site.sql, "DROP FUNCTION IF EXISTS public.hold() CASCADE")
        self.site.sql("CREATE OR REPLACE TRIGGER hold BEFORE INSERT ON job_logs FOR EACH ROW "
                      f"WHEN (NEW.wallet_address = '{address}') EXECUTE FUNCTION public.hold()")
        lock = self.site.postgres.connect()
        self.addCleanup(lock.close)
        lock.cursor().execute("SELECT pg_advisory_lock(8)")
        return lock.close

    def slow_down(self):
        """Each job takes its time to be written until the answer is called."""
        self.site.sql("CREATE OR REPLACE FUNCTION public.linger() RETURNS trigger LANGUAGE plpgsql "
                      "AS 'BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END'")
        self.site.sql("CREATE TRIGGER linger BEFORE INSERT ON job_logs FOR EACH ROW "
                      "EXECUTE FUNCTION public.linger()")

        def free():
            self.site.sql("DROP FUNCTION IF EXISTS public.linger() CASCADE")

        self.addCleanup(free)
        return free

    def wait_held(self):
        """Until somebody stands at hold_wallet()."""
        wait_until(lambda: self.site.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event = "
                                         "'PgSleep'"), 30, "the job that is held")

    def wait_locked(self):
        """Until somebody waits for a lock."""
        wait_until(lambda: self.site.sql("SELECT 1 FROM pg_locks WHERE NOT granted"), 30,
                   "a lock that is waited for")

    @staticmethod
    def ask_together(service, head, count):
        """Replies to COUNT requests that come at once, however slow the answers are."""
        links = [service.connect() for _ in range(count)]
        for link in links:
            link.sendall((head + "\r\n").encode())
        replies = []
        for link in links:
            with link, link.makefile("rb") as stream:
                replies.append(read_reply(stream))
        return replies

    def get(self, path, status=200, token=None, **headers):
        reply = self.service.get(path, token or self.viewer, **headers)
        self.assertEqual(reply.status, status, reply)
        return reply.document

    def post(self, path, body, status=200, token=None, **headers):
        reply = self.service.post(path, body, token or self.operator, **headers)
        self.assertEqual(reply.status, status, reply)
        return reply.document

    def dispatch(self, wallet, status=200, job_type="gas-topup", **headers):
        return self.post(f"/api/dispatch/{job_type}", {"wallet_address": wallet}, status, **headers)

    def rows(self):
        return self.site.sql("SELECT id::text, status FROM job_logs ORDER BY created_at")
